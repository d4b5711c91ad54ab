"""The time in which an office may send, counted in days of WITA."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from proposals.models import OfficeYear, PlanningYear


@dataclass(frozen=True)
class SendingWindow:
    """Until when this office may send, whether it may now, and the days that are left."""

    year: PlanningYear
    until: datetime
    is_open: bool
    is_extended: bool

    @property
    def days_left(self) -> int:
        """Return the days left by the calendar of WITA: 0 on the last day, below 0 after it."""
        return (timezone.localdate(self.until) - timezone.localdate()).days

    @property
    def is_to_come(self) -> bool:
        """Tell whether sending opens later."""
        return timezone.now() < self.year.opens_at


def window_of(year: PlanningYear, office_year: OfficeYear | None) -> SendingWindow:
    """Return the window of an office, with its extension where it has one."""
    extended = office_year.extended_until if office_year else None
    until = max(year.closes_at, extended) if extended else year.closes_at
    return SendingWindow(
        year=year,
        until=until,
        is_open=year.is_open_for_sending(extended),
        is_extended=until > year.closes_at,
    )
