"""The recap: kinds side by side, only what the reader may see, the same sums in every file."""

import io

import openpyxl
import pytest
from django.urls import reverse

from proposals import totals
from proposals.enums import JointState, RequestTo, Role, Status
from proposals.models import Proposal
from tests import builders, cast

pytestmark = pytest.mark.django_db


def figures_of(recap, code, kind):
    return next(row for row in recap.rows if row.key == code).of(kind)


def test_recap_keeps_the_kinds_apart(officer, coordinator):
    office = officer.office
    builders.make_proposal(office, Status.SENT, request_to=RequestTo.PROVINCE, requested_rp=300)
    builders.make_proposal(office, Status.AGREED, request_to=RequestTo.PROVINCE, agreed_rp=200)
    builders.make_proposal(office, Status.SENT, request_to=RequestTo.OWN, requested_rp=70)
    builders.make_proposal(office, Status.DRAFT, request_to=RequestTo.OWN, requested_rp=5)
    recap = totals.recap_by_office(
        Proposal.objects.visible_to(coordinator), builders.current_year()
    )
    asked = figures_of(recap, "63.01", RequestTo.PROVINCE)
    own = figures_of(recap, "63.01", RequestTo.OWN)
    assert (asked.count, asked.decided, asked.asked_rp, asked.agreed_rp) == (2, 1, 250_000_300, 200)
    assert (own.count, own.asked_rp, own.agreed_rp) == (1, 70, None)
    assert figures_of(recap, "63.01", RequestTo.CENTRE).count == 0
    assert recap.total.of(RequestTo.OWN) == own


def test_a_share_counts_once_its_programme_is_agreed(coordinator):
    joint = builders.make_joint(state=JointState.JOINED)
    amounts = list(joint.shares.order_by("proposal__number").values_list("amount_rp", flat=True))
    year = builders.current_year()
    seen = Proposal.objects.visible_to(coordinator)
    assert totals.recap_by_office(seen, year).total.of(RequestTo.PROVINCE).agreed_rp is None
    builders.decide_joint(joint, JointState.AGREED.value)
    agreed = totals.recap_by_office(seen, year).total.of(RequestTo.PROVINCE)
    assert (agreed.count, agreed.agreed_rp) == (2, sum(amounts))


def test_withdrawn_and_unsent_proposals_are_not_in_the_recap(officer, coordinator):
    builders.make_proposal(officer.office, Status.WITHDRAWN)
    builders.make_proposal(officer.office, Status.AWAITING_HEAD)
    recap = totals.recap_by_office(
        Proposal.objects.visible_to(coordinator), builders.current_year()
    )
    assert recap.total.kinds == {}


def test_the_board_tells_drafts_complete_and_sent_apart(officer):
    office = officer.office
    builders.make_proposal(office, Status.DRAFT, is_bare=True)
    builders.make_proposal(office, Status.DRAFT)
    builders.make_proposal(office, Status.AWAITING_HEAD)
    builders.make_proposal(office, Status.UNDER_REVIEW)
    builders.make_proposal(office, Status.RETURNED)
    builders.make_proposal(office, Status.REJECTED)
    cast.make_office("63.02")
    own, other = [
        line
        for line in totals.board(builders.current_year())
        if line.office.region.code in {"63.01", "63.02"}
    ]
    assert (own.drafts, own.complete, own.sent, own.returned, own.decided) == (1, 2, 1, 1, 1)
    assert (own.has_begun, other.has_begun) == (True, False)


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (
            Role.COORDINATOR,
            ["usulan", "diputuskan", "diminta (Rp)", "usul penelaah (Rp)", "disepakati (Rp)"],
        ),
        (Role.BAPPEDA, ["usulan", "diputuskan", "diminta (Rp)", "disepakati (Rp)"]),
        (Role.ADMIN, ["usulan", "diputuskan", "diminta (Rp)"]),
    ],
)
def test_a_reader_gets_only_the_columns_of_the_role(client, role, words):
    builders.make_proposal(status=Status.SENT)
    client.force_login(cast.person(role))
    response = client.get(reverse("reports:download_xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    header = [cell.value for cell in book.worksheets[0][3]]
    assert header[2 : 2 + len(words)] == [f"Program sendiri: {word}" for word in words]
    assert len(header) == 2 + 3 * len(words)


def test_the_workbook_holds_numbers_and_texts_that_stay_texts(client, coordinator):
    builders.make_proposal(status=Status.SENT, requested_rp=1_850_000_000)
    client.force_login(coordinator)
    response = client.get(reverse("reports:download_xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    row = next(row for row in sheet.iter_rows(min_row=4) if row[0].value == "63.01")
    assert (row[7].value, row[9].value) == (1, 1_850_000_000)
    assert {cell.data_type for cell in row[2:]} <= {"n"}
    assert sheet["A1"].value.startswith("Tahun anggaran 2022, nilai dalam rupiah penuh")
    assert "DRAF" in sheet["A1"].value


def test_csv_disarms_what_a_spreadsheet_would_calculate(client, coordinator):
    sector = builders.make_proposal(status=Status.SENT).sector
    sector.name_id = '=HYPERLINK("http://x")'
    sector.save()
    client.force_login(coordinator)
    response = client.get(reverse("reports:download_csv", args=["sektor"]))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    names = [line.split(";")[1] for line in text.splitlines()]
    assert '"\'=HYPERLINK(""http://x"")"' in names


def test_an_unknown_table_is_not_found(client, coordinator):
    builders.current_year()
    client.force_login(coordinator)
    assert client.get(reverse("reports:download_csv", args=["apa"])).status_code == 404


def test_an_officer_sees_the_own_office_alone(client, officer, other_officer):
    builders.make_proposal(other_officer.office, Status.SENT, requested_rp=999)
    builders.make_proposal(officer.office, Status.SENT, requested_rp=111)
    client.force_login(officer)
    dashboard = client.get(reverse("reports:dashboard")).context["dashboard"]
    assert [row.key for row in dashboard.by_office.rows] == ["63.01"]
    assert dashboard.by_office.total.of(RequestTo.PROVINCE).asked_rp == 111
    assert dashboard.rooms == []


@pytest.mark.parametrize("n_rows", [1, 30])
def test_the_recap_costs_the_same_for_any_number_of_rows(
    client, coordinator, django_assert_num_queries, n_rows
):
    for _ in range(n_rows):
        builders.make_proposal(status=Status.SENT)
        builders.make_proposal(status=Status.DRAFT)
    client.force_login(coordinator)
    costs = {"reports:dashboard": 8, "reports:download_xlsx": 8, "reports:board": 6}
    for name, n_queries in costs.items():
        with django_assert_num_queries(n_queries):
            assert client.get(reverse(name)).status_code == 200
