"""What the clock brings: reminders with 7, 3 and 1 days left, corrections due, the digest."""

from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from proposals import workflow
from proposals.enums import Action, NoticeKind, Role, Status
from proposals.home import tasks
from proposals.models import Letter, Notice, OfficeYear, PlanningYear
from proposals.notices import delivering, digests
from tests import cast
from tests.builders import make_office_year, make_proposal, make_year


@pytest.fixture(autouse=True)
def morning(monkeypatch):
    """It is morning, whatever the hour of the test."""
    monkeypatch.setattr(digests, "is_morning_over", lambda: True)


def closing_in(days):
    """Make a year that closes at the end of the day so many days ahead."""
    day = timezone.localdate() + timedelta(days=days)
    closes_at = timezone.make_aware(datetime.combine(day, time(23, 59)))
    return make_year(closes_at=closes_at)


def reminders():
    rows = Notice.objects.filter(kind=NoticeKind.DEADLINE).order_by("pk")
    return [(one.recipient.role, one.words["complete"], one.words["lacking"]) for one in rows]


@pytest.mark.parametrize(
    ("days", "is_told"), [(8, False), (7, True), (5, True), (3, True), (1, True), (0, True)]
)
def test_an_office_with_drafts_is_reminded(officer, head, days, is_told):
    closing_in(days)
    make_proposal(), make_proposal(is_bare=True)
    tasks.remind.func()
    expected = [(Role.OFFICER, 1, 1), (Role.HEAD, 1, 1)]
    assert sorted(reminders()) == (sorted(expected) if is_told else [])


def test_each_step_is_told_once_whatever_the_clock(officer):
    year = closing_in(7)
    make_proposal()
    tasks.remind.func(), tasks.remind.func()
    assert len(reminders()) == 1
    for days in (6, 4, 3, 2, 1, 0):
        day = timezone.localdate() + timedelta(days=days)
        at = timezone.make_aware(datetime.combine(day, time(23, 59)))
        PlanningYear.objects.filter(pk=year.pk).update(closes_at=at)
        tasks.remind.func()
    keys = list(Notice.objects.order_by("pk").values_list("key", flat=True))
    assert [key.rpartition(":")[2] for key in keys] == ["7", "7", "7", "3", "3", "1", "1"]


def test_an_extension_counts_for_its_office_alone(officer, other_officer):
    year = closing_in(1)
    make_proposal(), make_proposal(other_officer.office)
    own = make_office_year(officer.office, year)
    until = timezone.now() + timedelta(days=12)
    OfficeYear.objects.filter(pk=own.pk).update(
        extended_until=until, extension_reason="Jaringan putus"
    )
    tasks.remind.func()
    assert {one.recipient for one in Notice.objects.all()} == {other_officer}


def test_nobody_is_reminded_of_what_is_sent_or_of_a_closed_year(officer):
    year = closing_in(1)
    make_proposal(status=Status.SENT)
    tasks.remind.func()
    make_proposal()
    PlanningYear.objects.filter(pk=year.pk).update(state="closed")
    tasks.remind.func()
    assert reminders() == []


@pytest.mark.parametrize(("days", "n"), [(7, 0), (4, 0), (3, 1), (1, 1), (0, 1), (-1, 0)])
def test_a_correction_that_is_due_soon_is_told(officer, days, n):
    proposal = make_proposal(status=Status.RETURNED)
    due_on = timezone.localdate() + timedelta(days=days)
    proposal.return_points.update(due_on=due_on)
    tasks.remind.func(), tasks.remind.func()
    told = Notice.objects.filter(kind=NoticeKind.RETURN_DUE, recipient=officer)
    assert [one.proposal for one in told.order_by("pk")] == [proposal] * n


def test_the_digest_brings_the_rest_in_one_letter_a_day(officer, head, monkeypatch):
    for _ in range(2):
        workflow.take(Action.SEND, proposal=make_proposal(status=Status.AWAITING_HEAD), by=head)
    assert Letter.objects.count() == 0
    assert (digests.write_digests(), digests.write_digests()) == (1, 0)
    letter = Letter.objects.get()
    assert (letter.is_digest, letter.notices.count()) == (True, 2)
    assert letter.subject == "Rakortek: 2 kabar sejak kemarin"
    delivering.deliver.func()
    assert mail.outbox[0].body.count("diajukan oleh Dinas Perindustrian") == 2
    workflow.take(Action.SEND, proposal=make_proposal(status=Status.AWAITING_HEAD), by=head)
    assert digests.write_digests() == 0  # tomorrow
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(digests.timezone, "localdate", lambda: tomorrow)
    assert digests.write_digests() == 1


def test_what_was_read_meanwhile_is_not_written(officer, head):
    workflow.take(Action.SEND, proposal=make_proposal(status=Status.AWAITING_HEAD), by=head)
    Notice.objects.update(read_at=timezone.now())
    assert digests.write_digests() == 0


@pytest.mark.parametrize(("hour", "is_over"), [(6, False), (7, True), (23, True)])
def test_the_morning_is_that_of_wita(monkeypatch, hour, is_over):
    monkeypatch.undo()
    moment = timezone.make_aware(datetime(2022, 3, 1, hour, 0))
    monkeypatch.setattr(digests.timezone, "localtime", lambda: moment)
    assert digests.is_morning_over() is is_over


@pytest.mark.parametrize("n_offices", [1, 3])
def test_reminding_costs_the_same_for_any_number_of_drafts(
    n_offices, officer, django_assert_max_num_queries
):
    closing_in(7)
    office = cast.make_office()
    for _ in range(n_offices * 5):
        make_proposal(office)
    with django_assert_max_num_queries(32):
        tasks.remind.func()
