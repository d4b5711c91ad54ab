"""The covering letters an office has had, as its history keeps them."""

from typing import Any

from proposals.models import OfficeYear


def letters_of(own: OfficeYear) -> list[Any]:
    """Return the last event of each letter but the present one, the newest letter first."""
    events: Any = OfficeYear.pgh_event_model  # type: ignore[attr-defined]  # untyped package
    rows = events.objects.filter(pgh_obj=own.pk).exclude(letter__in=["", own.letter.name])
    last = rows.order_by("letter", "-pgh_id").distinct("letter")
    return sorted(last, key=lambda event: event.letter_at, reverse=True)
