"""The queue: who sees what in which order, at the same cost for one row and for many."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from proposals.enums import Role, Status
from proposals.models import PriorityFlag, Proposal
from proposals.review import workbook
from tests import cast, lists
from tests.builders import make_joint, make_proposal, make_year

pytestmark = pytest.mark.django_db
QUEUE = "/telaah/"
XLSX = "/telaah/antrean.xlsx"


def numbers(response):
    return [row.proposal.number for row in response.context["rows"]]


def get(client_of, person, **query):
    return client_of(person).get(QUEUE, query)


@pytest.mark.parametrize("n_rows", [1, 30])
def test_queue_costs_the_same_for_any_number_of_rows(
    client_of, coordinator, n_rows, django_assert_num_queries
):
    for _ in range(n_rows):
        make_proposal(status=Status.SENT)
    browser = client_of(coordinator)
    with django_assert_num_queries(7):
        response = browser.get(QUEUE, {"tampilan": "semua"})
    assert len(response.context["rows"]) == min(n_rows, 25)


def test_saved_views_count_what_they_show(client_of, reviewer, other_reviewer):
    mine = make_proposal(status=Status.UNDER_REVIEW)
    others = make_proposal(status=Status.UNDER_REVIEW, requested_rp=1_000_000_001)
    for proposal, lead in ((mine, reviewer), (others, other_reviewer)):
        Proposal.objects.filter(pk=proposal.pk).update(lead_reviewer=lead)
    for status in (Status.SENT, Status.RETURNED, Status.AT_DESK, Status.AGREED):
        make_proposal(status=status, sector=lists.sector("karet"))
    make_proposal()
    flagged = {"year": mine.year, "sector": lists.sector(), "rank": 1, "reason": "Ada bahan"}
    PriorityFlag.objects.create(**flagged)
    response = get(client_of, reviewer)
    counts = {tab.view.key: tab.count for tab in response.context["tabs"]}
    assert counts == {
        "tugas": "1",
        "belum": "1",
        "ditelaah": "2",
        "meja": "1",
        "dikembalikan": "1",
        "mirip": "0",
        "prioritas": "2",
        "besar": "1",
        "semua": "6",
    }
    assert numbers(response) == [mine.number]
    for key, count in counts.items():
        assert len(numbers(get(client_of, reviewer, tampilan=key))) == int(count)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.GATE_CHECKER, Status.SENT),
        (Role.COORDINATOR, Status.UNDER_REVIEW),
        (Role.PROVINCE_HEAD, Status.AT_DESK),
    ],
)
def test_my_tasks_are_what_waits_for_my_hand(client_of, role, status):
    for one in (Status.SENT, Status.UNDER_REVIEW, Status.AT_DESK):
        make_proposal(status=one)
    response = get(client_of, cast.person(role))
    assert [row.proposal.status for row in response.context["rows"]] == [status]


def test_drafts_never_come_not_even_the_head_s_own(client_of, province_head, province_office):
    make_proposal(province_office)
    make_proposal(province_office, Status.AWAITING_HEAD)
    shown = make_proposal(province_office, Status.SENT)
    assert numbers(get(client_of, province_head, tampilan="semua")) == [shown.number]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD, Role.OBSERVER])
@pytest.mark.parametrize("address", [QUEUE, XLSX])
def test_queue_is_closed_to_offices_and_observers(client_of, role, address):
    assert client_of(cast.person(role)).get(address).status_code == 404


@pytest.mark.parametrize("role", [Role.ADMIN, Role.BAPPEDA])
def test_admin_and_bappeda_read_the_queue_without_scores(client_of, role):
    proposal = make_proposal(status=Status.AT_DESK, score_pct="88.8")
    response = get(client_of, cast.person(role))
    assert next(tab.view.key for tab in response.context["tabs"]) == "belum"
    assert numbers(response) == [proposal.number]
    page = response.content.decode()
    assert (reverse("filing:proposal", args=[proposal.pk]) in page, "rk-skor" in page) == (
        True,
        False,
    )


def filtered(client_of, person, **query):
    return numbers(get(client_of, person, tampilan="semua", **query))


def test_filters_narrow_and_chips_take_them_away(client_of, reviewer, other_office):
    here = make_proposal(status=Status.SENT)
    there = make_proposal(other_office, Status.UNDER_REVIEW, request_to="own")
    Proposal.objects.filter(pk=here.pk).update(lead_reviewer=reviewer)
    assert filtered(client_of, reviewer, kantor=other_office.pk) == [there.number]
    assert filtered(client_of, reviewer, status="sent") == [here.number]
    assert filtered(client_of, reviewer, jenis="own") == [there.number]
    assert filtered(client_of, reviewer, dana=here.funding_source_id) == [here.number]
    assert filtered(client_of, reviewer, penelaah=reviewer.pk) == [here.number]
    assert filtered(client_of, reviewer, sektor=here.sector_id, jenis="province") == [here.number]
    query = {"tampilan": "semua", "jenis": "own", "status": "under_review", "urut": "nomor"}
    chips = client_of(reviewer).get(QUEUE, query).context["chips"]
    assert [chip.href for chip in chips] == [
        "?tampilan=semua&status=under_review&urut=nomor",
        "?tampilan=semua&jenis=own&urut=nomor",
    ]


@pytest.mark.parametrize(
    "query",
    [
        {"kantor": "abc"},
        {"sektor": "999999999999999999999999"},
        {"status": "draft"},
        {"urut": "x"},
        {"q": "\x00"},
        {"after": "bm90LWEta2V5"},
        {"tampilan": "tidak-ada"},
    ],
)
def test_what_cannot_be_read_in_the_address_is_left_out(client_of, gate_checker, query):
    proposal = make_proposal(status=Status.SENT)
    response = client_of(gate_checker).get(QUEUE, query)
    assert (response.status_code, numbers(response)) == (200, [proposal.number])


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("pelatihan", True),  # the stem of melatih
        ("melatih penenun", True),
        ("sasirangan", True),
        ("sasiranagn", True),  # a slip of the finger
        ("6301-01", True),
        ("rt22-6301", True),
        ("karet alam", False),
    ],
)
def test_search_finds_stems_slips_and_numbers(client_of, reviewer, words, found):
    title = "Pelatihan penenun kain sasirangan"
    proposal = make_proposal(status=Status.SENT, title=title, background="Penenun perlu dilatih.")
    assert filtered(client_of, reviewer, q=words) == ([proposal.number] if found else [])


def test_the_longest_waiting_come_first_and_orders_turn(client_of, reviewer):
    small = make_proposal(status=Status.UNDER_REVIEW, requested_rp=100)
    large = make_proposal(status=Status.UNDER_REVIEW, requested_rp=300)
    Proposal.objects.filter(pk=large.pk).update(score_pct=50)
    asked = {"tampilan": "semua"}
    assert filtered(client_of, reviewer) == [small.number, large.number]
    for order, expected in {
        "baru": [large, small],
        "nomor": [small, large],
        "nilai": [large, small],
        "skor": [large],
    }.items():
        response = client_of(reviewer).get(QUEUE, asked | {"urut": order})
        assert numbers(response) == [one.number for one in expected]


def test_pages_go_by_key_and_keep_the_filters(client_of, reviewer):
    made = [make_proposal(status=Status.SENT).number for _ in range(27)]
    browser, asked = client_of(reviewer), {"tampilan": "belum", "urut": "nomor"}
    first = browser.get(QUEUE, asked)
    assert (numbers(first), first.context["page"].previous) == (made[:25], "")
    second = browser.get(QUEUE + first.context["page"].next)
    assert numbers(second) == made[25:]
    assert second.context["page"].next == ""
    assert numbers(browser.get(QUEUE + second.context["page"].previous)) == made[:25]


def test_a_proposal_in_a_group_names_it(client_of, reviewer):
    joint = make_joint(state="forming", title="Grup tapioka")
    page = get(client_of, reviewer, tampilan="semua").content.decode()
    assert page.count(reverse("harmonisation:group", args=[joint.pk])) == 2
    assert page.count("Grup tapioka") == 2


def test_without_a_year_the_queue_is_empty(client_of, reviewer):
    response = client_of(reviewer).get(QUEUE)
    assert (response.status_code, response.context["rows"]) == (200, [])


def test_only_the_year_in_hand_is_listed(client_of, reviewer):
    old = make_year(2021, state="closed")
    make_proposal(status=Status.SENT, year=old)
    now = make_proposal(status=Status.SENT, year=make_year(2022))
    assert filtered(client_of, reviewer) == [now.number]


def sheet(response):
    book = openpyxl.load_workbook(BytesIO(response.content))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()], book


def test_workbook_has_real_types_and_no_formulas(client_of, reviewer):
    title = '=HYPERLINK("http://contoh.test")'
    proposal = make_proposal(status=Status.AT_DESK, title=title, score_pct="72.5")
    make_proposal(status=Status.SENT)
    response = client_of(reviewer).get(XLSX, {"tampilan": "meja"})
    rows, book = sheet(response)
    found = dict(zip(rows[0], rows[1], strict=True))
    assert len(rows) == 2
    assert (found["Nomor"], found["Judul"]) == (proposal.number, title)
    assert (found["Diminta (Rp)"], found["Skor (%)"]) == (250_000_000, 72.5)
    local = timezone.localtime(proposal.sent_at).replace(tzinfo=None)
    assert abs(found["Pertama dikirim (WITA)"] - local) < timedelta(seconds=1)
    assert book.worksheets[0]["B2"].data_type == "s"
    about = [cell.value for cell in book.worksheets[1]["A"]]
    assert about[0] == "Antrean usulan, tahun anggaran 2022"
    assert about[1] == "Di meja rapat"


def test_a_long_queue_is_written_behind_the_page_for_its_reader_alone(
    client_of, admin, reviewer, monkeypatch
):
    monkeypatch.setattr(workbook, "AT_ONCE", 1)
    monkeypatch.setattr(workbook, "CHUNK", 2)
    numbers = [make_proposal(status=Status.SENT).number for _ in range(5)]
    client, asked = client_of(reviewer), {"tampilan": "semua"}
    for _press in range(2):
        assert "Berkas sedang ditulis" in client.get(XLSX, asked).content.decode()
    job = DBTaskResult.objects.get()
    job.claim("worker")
    job.set_successful(job.task.call(*job.args_kwargs["args"]))
    book = openpyxl.load_workbook(BytesIO(b"".join(client.get(XLSX, asked).streaming_content)))
    assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)] == numbers
    assert "Berkas sedang ditulis" in client_of(admin).get(XLSX, asked).content.decode()


def test_workbook_hides_what_its_reader_may_not_see(client_of, admin):
    make_proposal(status=Status.AGREED)
    rows, _book = sheet(client_of(admin).get(XLSX, {"tampilan": "semua"}))
    assert {"Skor (%)", "Usul penelaah (Rp)", "Disepakati (Rp)"} & set(rows[0]) == set()


def test_ticked_rows_are_routed_and_compared(client_of, coordinator, reviewer):
    chosen = [make_proposal(status=Status.SENT) for _ in range(2)]
    ticked = {"usulan": [one.pk for one in chosen], "penelaah": reviewer.pk}
    back = "/telaah/?tampilan=belum"
    response = client_of(coordinator).post("/telaah/tugaskan/", ticked | {"kembali": back})
    assert response.headers["Location"] == back
    assert list(Proposal.objects.values_list("lead_reviewer", flat=True)) == [reviewer.pk] * 2
    response = client_of(coordinator).post("/telaah/bandingkan/", ticked)
    query = "&".join(f"usulan={one.pk}" for one in chosen)
    assert response.headers["Location"] == f"{reverse('harmonisation:compare')}?{query}"


def test_the_way_back_never_leads_away(client_of, coordinator):
    for address in ("https://contoh.test/", "//contoh.test/", "javascript:alert(1)"):
        response = client_of(coordinator).post("/telaah/bandingkan/", {"kembali": address})
        assert response.headers["Location"] == QUEUE
