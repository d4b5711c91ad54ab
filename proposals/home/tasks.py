"""What the clock brings every morning from 07.00 WITA on: reminders, then the daily digest."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from proposals import completeness, notices
from proposals.enums import Status, YearState
from proposals.models import Office, OfficeYear, PlanningYear, Proposal, ReturnPoint
from proposals.notices import digests

STEPS = (1, 3, 7)
"""Days before an end at which an office is reminded; a day missed is told on the next one."""
UNSENT = (Status.DRAFT, Status.AWAITING_HEAD)


@task()
def remind() -> int:
    """Remind, and write the digests; whatever was told already is not told again."""
    if not digests.is_morning_over():
        return 0
    for year in PlanningYear.objects.filter(state=YearState.OPEN).order_by("pk"):
        remind_of_deadline(year)
    remind_of_corrections()
    return digests.write_digests()


def step_of(days: int) -> int | None:
    """Return the step that so many days left belong to; None while there is time, or none left."""
    return next((step for step in STEPS if 0 <= days <= step), None)


def remind_of_deadline(year: PlanningYear) -> None:
    """Remind each office of what it has not sent, by its own end of sending."""
    documents = completeness.blocking_documents()
    own_years = {one.office_id: one for one in OfficeYear.objects.filter(year=year).order_by("pk")}
    for office, proposals in _unsent_by_office(year):
        own = own_years.get(office.pk)
        until = end_of(year, own)
        step = step_of((timezone.localdate(until) - timezone.localdate()).days)
        if step is None or until <= timezone.now():
            continue
        lacking = sum(bool(completeness.missing(one, documents, own)) for one in proposals)
        with transaction.atomic():
            notices.deadline_near(
                year, office, until, step, complete=len(proposals) - lacking, lacking=lacking
            )


def end_of(year: PlanningYear, own: OfficeYear | None) -> datetime:
    """Return until when an office may send: its extension where it has a later one."""
    extended = own.extended_until if own else None
    return max(year.closes_at, extended) if extended else year.closes_at


def _unsent_by_office(year: PlanningYear) -> Iterator[tuple[Office, list[Proposal]]]:
    unsent = Proposal.objects.filter(year=year, status__in=UNSENT).select_related("office__region")
    by_office: dict[Office, list[Proposal]] = defaultdict(list)
    for proposal in completeness.with_facts(unsent).order_by("office", "pk"):
        by_office[proposal.office].append(proposal)
    yield from by_office.items()


def remind_of_corrections() -> None:
    """Remind each office of returned proposals whose correction is due within three days."""
    open_points = (
        ReturnPoint.objects.filter(
            settled_at__isnull=True,
            proposal__status=Status.RETURNED,
            proposal__year__state__in=[YearState.OPEN, YearState.CLOSED, YearState.MEETING],
        )
        .select_related("proposal__office", "proposal__year")
        .order_by("proposal", "pk")
    )
    by_proposal: dict[Proposal, list[ReturnPoint]] = defaultdict(list)
    for point in open_points:
        by_proposal[point.proposal].append(point)
    for proposal, points in by_proposal.items():
        due_on = max(point.due_on for point in points)
        step = step_of((due_on - timezone.localdate()).days)
        if step is not None and step < max(STEPS):
            with transaction.atomic():
                notices.return_due(proposal, points, due_on, step)
