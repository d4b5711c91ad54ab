"""The planning year: its window, its state, and what each office has of it.

People move the state, never the clock; it goes forward only, except that a closed year may be
opened again with a reason (house, section 4).
"""

from datetime import datetime
from typing import Any

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from proposals.enums import OfficeKind, Status, YearState
from proposals.keeping import database, versions
from proposals.models import Office, OfficeYear, PlanningYear, Proposal
from proposals.refused import Refused
from proposals.transitions import RESULT, WITH_PROVINCE

NEXT: dict[str, tuple[YearState, ...]] = {
    YearState.PREPARED: (YearState.OPEN,),
    YearState.OPEN: (YearState.CLOSED,),
    YearState.CLOSED: (YearState.MEETING, YearState.OPEN),
    YearState.MEETING: (YearState.SIGNED,),
    YearState.SIGNED: (YearState.ARCHIVED,),
    YearState.ARCHIVED: (),
}
"""Where a year may go from each state; opening a closed one again needs a reason."""


@transaction.atomic
def add_year(**values: Any) -> PlanningYear:
    """Make a year that is being prepared."""
    with database.in_words():
        return PlanningYear.objects.create(**values)


@transaction.atomic
def change_year(year: PlanningYear, version: int, **values: Any) -> bool:
    """Change window, due day, meeting days, limit and edition; signed years stay."""
    row = versions.locked(year, version)
    if row.is_signed:
        raise Refused([_("The minutes are signed: nothing of this year is changed any more.")])
    with database.in_words():
        return versions.save(row, **values)


def hindrance(year: PlanningYear, state: YearState, reason: str = "") -> str:
    """Return why a year cannot go to this state now, or an empty text."""
    if state not in NEXT[year.state]:
        return _("A year moves forward only, one state after the other.")
    if year.state == YearState.CLOSED and state == YearState.OPEN and not reason.strip():
        return _("Write why sending is opened again.")
    if state == YearState.OPEN and year.closes_at <= timezone.now():
        return _("The window is over already. Set a later closing time first.")
    if state == YearState.OPEN and _is_another_open(year):
        return str(database.REFUSALS["year_one_open_per_office"])
    return _left_open(year) if state == YearState.SIGNED else ""


@transaction.atomic
def move_year(
    year: PlanningYear, version: int, state: YearState, *, reason: str = ""
) -> PlanningYear:
    """Move a year to another state; opening it gives every industry office its own row."""
    row = versions.locked(year, version)
    if found := hindrance(row, state, reason):
        raise Refused([found])
    with pghistory.context(reason=reason.strip()), database.in_words():
        kept = reason.strip() if state == YearState.OPEN else ""
        versions.save(row, state=state, state_reason=kept)
        if state == YearState.OPEN:
            _give_offices_their_year(row)
    return row


@transaction.atomic
def change_office_year(
    row: OfficeYear,
    version: int,
    *,
    proposal_limit: int | None,
    extended_until: datetime | None,
    extension_reason: str,
) -> bool:
    """Extend the window for one office, with the reason, or limit its proposals."""
    fresh = versions.locked(row, version)
    if extended_until is not None and extended_until <= fresh.year.closes_at:
        raise Refused([_("An extension ends after the window closes.")])
    return versions.save(
        fresh,
        proposal_limit=proposal_limit,
        extended_until=extended_until,
        extension_reason=extension_reason if extended_until else "",
    )


def _is_another_open(year: PlanningYear) -> bool:
    others = PlanningYear.objects.filter(office=year.office_id, state=YearState.OPEN)
    return others.exclude(pk=year.pk).exists()


def _left_open(year: PlanningYear) -> str:
    """Signing needs a result for every proposal that was sent (house, section 4)."""
    rows = Proposal.objects.filter(year=year, status__in=sorted(WITH_PROVINCE - RESULT))
    left = rows.count()
    if not left:
        return ""
    return ngettext(
        "%(left)s proposal has no result yet. Decide or defer it first.",
        "%(left)s proposals have no result yet. Decide or defer them first.",
        left,
    ) % {"left": left}


def _give_offices_their_year(year: PlanningYear) -> None:
    offices = Office.objects.filter(kind=OfficeKind.INDUSTRY, is_retired=False)
    missing = offices.exclude(years_of_office__year=year).order_by("region__code", "pk")
    OfficeYear.objects.bulk_create(OfficeYear(year=year, office=office) for office in missing)


def drafts_left(year: PlanningYear) -> int:
    """Count the proposals that no office has sent: what closing leaves behind."""
    return Proposal.objects.filter(
        year=year, status__in=[Status.DRAFT, Status.AWAITING_HEAD]
    ).count()


MOVES = {
    (YearState.PREPARED, YearState.OPEN): gettext_lazy("Open the year for sending"),
    (YearState.OPEN, YearState.CLOSED): gettext_lazy("Close sending"),
    (YearState.CLOSED, YearState.OPEN): gettext_lazy("Open sending again"),
    (YearState.CLOSED, YearState.MEETING): gettext_lazy("Begin the meeting"),
    (YearState.MEETING, YearState.SIGNED): gettext_lazy("Note that the minutes are signed"),
    (YearState.SIGNED, YearState.ARCHIVED): gettext_lazy("Archive the year"),
}


def name_of_move(year: PlanningYear, state: YearState) -> str:
    """Return what the button says that moves a year to this state."""
    return str(MOVES[YearState(year.state), state])
