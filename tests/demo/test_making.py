"""How the demo is made: by the people whose work it is, through every rule, visibly an example."""

from decimal import Decimal
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.db.models import Sum
from django.utils import timezone

from proposals.demo import pdf
from proposals.demo.people import PROVINCIAL, REGENCIES
from proposals.enums import Role, Status, UseRole, YearState
from proposals.models import (
    Attachment,
    BudgetLine,
    Ceiling,
    CommodityUse,
    OfficeYear,
    PlanningYear,
    PriorityFlag,
    Proposal,
    Review,
    User,
)

pytestmark = pytest.mark.usefixtures("demo")


def test_a_second_run_refuses_in_one_line():
    with pytest.raises(CommandError) as refusal:
        call_command("make_demo", stdout=StringIO())
    assert len(str(refusal.value).splitlines()) == 1


def test_loading_tells_in_indonesian_what_it_does(demo):
    assert all("data contoh" in line.lower() for line in demo)
    assert demo[-1] == f"Data contoh: {Proposal.objects.count()} usulan."


def test_every_role_and_every_regency_has_its_people():
    assert User.objects.count() == len(PROVINCIAL) + 2 * len(REGENCIES)
    assert set(User.objects.values_list("role", flat=True)) == set(Role)
    assert User.objects.filter(role=Role.HEAD).count() == 13
    assert all(
        name.endswith("(contoh)") for name in User.objects.values_list("full_name", flat=True)
    )
    passwords = set(User.objects.values_list("password", flat=True))
    assert [check_password(settings.DEMO_PASSWORD, one) for one in passwords] == [True]


def test_the_year_is_marked_as_an_example_and_open_around_today():
    year = PlanningYear.objects.get()
    assert (year.fiscal_year, year.is_example, year.state) == (2022, True, YearState.OPEN)
    days = [timezone.localdate(at) for at in (year.opens_at, timezone.now(), year.closes_at)]
    assert (days[1] - days[0]).days == (days[2] - days[1]).days == 10
    assert year.max_priority_sectors == 5
    assert list(PriorityFlag.objects.order_by("rank").values_list("sector__key", flat=True)) == [
        "sawit",
        "singkong",
        "padi",
        "pakan",
    ]
    assert Ceiling.objects.filter(year=year).count() == 15


def test_every_paper_and_letter_says_that_it_is_an_example():
    letters = OfficeYear.objects.exclude(letter="").order_by("pk")
    assert letters.count() == 13
    for file in (Attachment.objects.order_by("pk")[0].file, letters[0].letter):
        content = file.read()
        assert content.startswith(b"%PDF-1.4")
        assert b"(DATA CONTOH)" in content


def test_a_page_is_the_same_bytes_each_time_and_ends_as_a_pdf():
    page = pdf.page("DATA CONTOH", ["Kerangka Acuan (KAK)", "é " * 90])
    assert page == pdf.page("DATA CONTOH", ["Kerangka Acuan (KAK)", "é " * 90])
    assert rb"(Kerangka Acuan \(KAK\)) Tj" in page
    start = int(page.rsplit(b"startxref\n", 1)[1].split()[0])
    assert page[start : start + 4] == b"xref"


def test_budget_lines_add_up_and_nothing_has_none():
    for proposal in Proposal.objects.exclude(requested_rp=None).order_by("pk"):
        total = BudgetLine.objects.filter(proposal=proposal).aggregate(sum=Sum("total_rp"))["sum"]
        assert (total or 0) == proposal.requested_rp
        assert proposal.budget_lines.count() in ({0} if not total else {3, 4})


def test_nothing_passes_by_the_workflow():
    """Every sending left a version, every change an event with the person who did it."""
    sent = Proposal.objects.exclude(number=None)
    assert sent.filter(versions__isnull=True).count() == 0
    assert sent.count() == 84
    senders = set(sent.values_list("versions__sent_by__role", flat=True))
    assert senders == {Role.HEAD, Role.PROVINCE_HEAD}
    events = apps.get_model("proposals", "ProposalEvent").objects.order_by("pgh_id")
    roles = dict(User.objects.values_list("pk", "role"))
    moved = {
        (event.status, roles[event.pgh_context["user"]])
        for event in events
        if event.pgh_label == "update"
    }
    assert (Status.AGREED, Role.PROVINCE_HEAD) in moved
    assert (Status.AGREED, Role.OFFICER) not in moved
    assert {role for status, role in moved if status == Status.AWAITING_HEAD} == {Role.OFFICER}
    assert {event.pgh_label for event in events} == {"insert", "update"}


def test_every_change_of_a_year_has_a_person_in_its_history():
    tables = (
        *("PlanningYear", "OfficeYear", "Ceiling", "PriorityFlag", "Proposal", "Output"),
        *("BudgetLine", "Location", "CommodityUse", "Attachment", "Version", "GateAnswer"),
        *("Review", "Score", "ReturnPoint", "Comment", "JointProgramme", "Share", "Decision"),
    )
    for table in tables:
        events = apps.get_model("proposals", f"{table}Event").objects
        assert events.count() > 0, table
        assert events.exclude(pgh_context__has_key="user").count() == 0, table
        assert events.filter(pgh_context=None).count() == 0, table


def test_reviews_of_both_divisions_are_whole_and_one_is_still_a_draft():
    finals = Review.objects.filter(state="final")
    assert set(finals.values_list("reviewer__division__key", flat=True)) == {
        "sumber_daya",
        "sarana_pemberdayaan",
    }
    assert finals.filter(score_pct=None).count() == 0
    assert Review.objects.filter(state="draft").count() == 1


def test_quantities_agree_with_the_yields_of_the_trees():
    """derivatives.csv: 0.20-0.25 tapioca of roots, about 0.70 oil of CPO, maize half of feed."""
    uses = CommodityUse.objects.select_related("commodity", "stage").order_by("pk")
    products = uses.filter(role=UseRole.PRODUCT)
    told = {"tapioka": set(), "minyak_goreng": set(), "pakan_ternak": set()}
    for made in products:
        (raw,) = uses.filter(proposal=made.proposal_id, role=UseRole.MAIN)
        told[made.commodity.key].add((raw.commodity.key, round(made.quantity / raw.quantity, 2)))
    assert told == {
        "tapioka": {("ubi_kayu", Decimal("0.20"))},
        "minyak_goreng": {("cpo", Decimal("0.70"))},
        "pakan_ternak": {("jagung", Decimal("2.00"))},
    }


def test_stages_fit_the_titles():
    uses = CommodityUse.objects.filter(role=UseRole.MAIN).select_related("proposal", "stage")
    stages = {use.proposal.title: use.stage and use.stage.key for use in uses.order_by("pk")}
    assert {title: key for title, key in stages.items() if "Keripik" in title} == {
        "Pengembangan Keripik Singkong Aneka Rasa bagi Usaha Perempuan di Kecamatan Batang Alai"
        " Selatan": "CASSAVA-05"
    }
    halal = [key for title, key in stages.items() if "Halal bagi IKM Pangan" in title]
    feed = [key for title, key in stages.items() if "Pakan Ikan" in title]
    assert (halal, feed) == ([None], ["FISH-09", "FISH-09"])
