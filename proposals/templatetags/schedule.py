"""The dates of a planning year as steps on a stitched line: past, next, to come."""

from dataclasses import dataclass
from datetime import date

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from proposals.models import PlanningYear

register = template.Library()


@dataclass(frozen=True, slots=True)
class Step:
    """One date of the year."""

    when: str
    word: str
    is_past: bool
    is_next: bool


@register.filter
def schedule(year: PlanningYear | None) -> list[Step]:
    """List the dates that are known, in order; the first that is not over is the next one."""
    if not year:
        return []
    dates = [
        (timezone.localdate(year.opens_at), None, _("Filing opens")),
        (timezone.localdate(year.closes_at), None, _("Sending closes")),
        (year.return_due_on, None, _("Corrections due")),
        (year.meets_from, year.meets_until, _("Rakortekrenbang meeting")),
    ]
    known = [(first, last or first, word) for first, last, word in dates if first]
    today = timezone.localdate()
    following = next((n for n, (_f, last, _w) in enumerate(known) if last >= today), -1)
    return [
        Step(_span(first, last), word, is_past=last < today, is_next=n == following)
        for n, (first, last, word) in enumerate(known)
    ]


def _span(first: date, last: date) -> str:
    """Write 12 Mar, 17–18 Mar, or 30 Mar – 2 Apr."""
    if first == last:
        return date_format(first, "j M")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_format(last, 'j M')}"
    return f"{date_format(first, 'j M')} – {date_format(last, 'j M')}"
