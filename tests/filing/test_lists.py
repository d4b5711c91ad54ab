"""The lists: one price for any number of rows, filters, and no more than the summary's columns."""

import pytest
from django.urls import reverse
from django.utils import timezone

from proposals.access import SUMMARY_COLUMNS
from proposals.enums import RequestTo, Status
from proposals.models import OfficeYear
from tests.builders import current_year, make_proposal

pytestmark = pytest.mark.django_db

OWN, SUMMARY, PRINT = (reverse(f"filing:{name}") for name in ("own_list", "summary", "print_list"))


def titles(response):
    return [row.title for row in response.context["page"]]


@pytest.mark.parametrize("n_rows", [1, 30])
def test_the_own_list_costs_the_same_for_any_number_of_rows(
    client_of, officer, n_rows, django_assert_num_queries
):
    for _ in range(n_rows):
        make_proposal(n_lines=2)
    visitor = client_of(officer)
    with django_assert_num_queries(7):
        response = visitor.get(OWN)
    assert len(titles(response)) == min(n_rows, 25)


@pytest.mark.parametrize("n_rows", [1, 30])
def test_the_heads_list_costs_one_query_more(client_of, head, n_rows, django_assert_num_queries):
    for _ in range(n_rows):
        make_proposal(status=Status.AWAITING_HEAD)
    visitor = client_of(head)
    with django_assert_num_queries(8):
        response = visitor.get(OWN)
    assert len(response.context["waiting"]) == n_rows


@pytest.mark.parametrize("n_rows", [1, 30])
def test_the_summary_costs_the_same_for_any_number_of_rows(
    client_of, officer, n_rows, django_assert_num_queries
):
    for _ in range(n_rows):
        make_proposal(status=Status.SENT)
    visitor = client_of(officer)
    with django_assert_num_queries(6):
        response = visitor.get(SUMMARY)
    assert len(titles(response)) == min(n_rows, 25)


@pytest.mark.parametrize("n_rows", [1, 30])
def test_the_printed_list_costs_the_same_for_any_number_of_rows(
    client_of, officer, n_rows, django_assert_num_queries
):
    for _ in range(n_rows):
        make_proposal()
    visitor = client_of(officer)
    with django_assert_num_queries(5):
        response = visitor.get(PRINT)
    assert len(response.context["lines"]) == n_rows


def test_the_own_list_tells_how_far_each_proposal_is(client_of, officer):
    make_proposal(title="Lengkap", own_rank=1)
    make_proposal(title="Kosong", own_rank=2, is_bare=True, intervention=None)
    make_proposal(title="Terkirim", own_rank=3, status=Status.SENT)
    response = client_of(officer).get(OWN)
    told = [
        (row.title, progress.n_missing, progress.is_complete_but_unsent)
        for row, progress, *_ways in response.context["lines"]
    ]
    assert told == [("Lengkap", 0, True), ("Kosong", 12, False), ("Terkirim", 0, False)]
    assert response.content.decode().count("BELUM DIKIRIM") == 1


def test_only_the_own_office_stands_in_the_own_list(client_of, officer, other_officer):
    make_proposal(title="Milik kami")
    make_proposal(other_officer.office, title="Milik mereka")
    assert titles(client_of(officer).get(OWN)) == ["Milik kami"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=MOCAF", ["Mocaf"]),
        ("?q=RT22-6301-01", ["Tapioka"]),
        ("?status=sent", ["Tapioka"]),
        ("?jenis=own", ["Mocaf"]),
        ("?urut=judul", ["Mocaf", "Tapioka"]),
        ("?urut=nilai", ["Tapioka", "Mocaf"]),
        ("?status=entah&jenis=%00&urut=x&page=999", ["Mocaf", "Tapioka"]),
        ("?q=%27%20or%201%3D1", []),
    ],
)
def test_the_own_list_is_searched_filtered_and_sorted(client_of, officer, query, found):
    make_proposal(title="Mocaf", request_to=RequestTo.OWN, requested_rp=5)
    make_proposal(title="Tapioka", status=Status.SENT, requested_rp=9)
    response = client_of(officer).get(OWN + query)
    assert response.status_code == 200
    assert titles(response) == found


def test_kinds_stand_side_by_side_and_are_never_added(client_of, officer):
    make_proposal(request_to=RequestTo.OWN, requested_rp=5)
    make_proposal(request_to=RequestTo.PROVINCE, requested_rp=7)
    assert sums(client_of(officer).get(OWN)) == [
        ("Program sendiri", 5),
        ("Permintaan ke provinsi", 7),
    ]


def sums(response):
    return [(kind.word, kind.asked_rp) for kind in response.context["figures"].kinds]


def test_the_figures_tell_the_whole_office_whatever_is_searched(client_of, officer):
    make_proposal(title="Mocaf", request_to=RequestTo.OWN, requested_rp=5)
    make_proposal(request_to=RequestTo.OWN, requested_rp=9, status=Status.WITHDRAWN)
    for query, n_found in (("", 2), ("?q=mocaf", 1), ("?q=tidak-ada", 0), ("?status=draft", 1)):
        response = client_of(officer).get(OWN + query)
        assert (response.context["figures"].count, sums(response)) == (1, [("Program sendiri", 5)])
        assert (response.context["page"].total, len(titles(response))) == (n_found, n_found)


def test_the_days_left_count_in_wita_with_the_extension(client_of, officer):
    make_proposal()
    year = current_year()
    window = client_of(officer).get(OWN).context["window"]
    assert (window.days_left, window.is_open, window.is_extended) == (10, True, False)
    OfficeYear.objects.update(
        extended_until=year.closes_at + timezone.timedelta(days=3), extension_reason="Banjir"
    )
    window = client_of(officer).get(OWN).context["window"]
    assert (window.days_left, window.is_extended) == (13, True)


def test_before_the_first_year_the_list_says_what_comes(client_of, officer):
    assert "Provinsi membuka tahunnya lebih dulu." in client_of(officer).get(OWN).content.decode()


@pytest.mark.parametrize("role", ["gate_checker", "reviewer", "admin", "bappeda", "observer"])
def test_who_files_nothing_has_no_own_list(client_of, request, role):
    visitor = client_of(request.getfixturevalue(role))
    assert [visitor.get(address).status_code for address in (OWN, PRINT)] == [404, 404]


def test_the_summary_shows_all_offices_and_never_a_draft(client_of, officer, other_officer):
    make_proposal(title="Draf kami")
    make_proposal(title="Kirim kami", status=Status.SENT)
    make_proposal(other_officer.office, title="Draf mereka")
    make_proposal(other_officer.office, title="Menunggu", status=Status.AWAITING_HEAD)
    make_proposal(other_officer.office, title="Kirim mereka", status=Status.SENT)
    make_proposal(other_officer.office, title="Ditarik mereka", status=Status.WITHDRAWN)
    response = client_of(officer).get(SUMMARY)
    assert titles(response) == ["Kirim mereka", "Kirim kami"]
    assert SUMMARY_COLUMNS == (
        "number",
        "title",
        "office",
        "commodity",
        "request_to",
        "requested_rp",
        "status",
    )


def test_the_summary_loads_and_searches_nothing_else(client_of, officer, other_officer):
    make_proposal(
        other_officer.office, title="Mocaf", background="Rahasia dapur", status=Status.SENT
    )
    visitor = client_of(officer)
    assert titles(visitor.get(f"{SUMMARY}?q=rahasia")) == []
    (row,) = visitor.get(f"{SUMMARY}?q=mocaf").context["page"]
    loaded = {field.attname for field in row._meta.concrete_fields} - row.get_deferred_fields()
    assert loaded == {
        "id",
        "number",
        "title",
        "office_id",
        "request_to",
        "requested_rp",
        "status",
        "is_changed",
        "sent_at",
    }
    assert row.commodity == "Ubi kayu"


def test_an_office_opens_only_its_own_from_the_summary(client_of, officer, other_officer, reviewer):
    mine = make_proposal(status=Status.SENT)
    theirs = make_proposal(other_officer.office, status=Status.SENT)
    page = client_of(officer).get(SUMMARY).content.decode()
    assert (f"/usulan/{mine.pk}/" in page, f"/usulan/{theirs.pk}/" in page) == (True, False)
    page = client_of(reviewer).get(SUMMARY).content.decode()
    assert f"/usulan/{theirs.pk}/" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?daerah=63.02", ["Kotabaru"]),
        ("?status=returned", []),
        ("?jenis=centre", []),
        ("?q=RT22-6301", ["Tanah Laut"]),
        ("?after=x&before=%00", ["Kotabaru", "Tanah Laut"]),
    ],
)
def test_the_summary_is_searched_and_filtered(client_of, officer, other_officer, query, found):
    make_proposal(title="Tanah Laut", status=Status.SENT)
    make_proposal(other_officer.office, title="Kotabaru", status=Status.SENT)
    assert titles(client_of(officer).get(SUMMARY + query)) == found
