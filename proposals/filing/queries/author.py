"""Who wrote the last change of a proposal, read from its history."""

from typing import Any

from proposals.models import Proposal, User


def last_author(proposal: Proposal) -> User | None:
    """Return the person of the newest event; nothing where a machine wrote it."""
    events: Any = Proposal.pgh_event_model  # type: ignore[attr-defined]  # untyped package
    newest = events.objects.filter(pgh_obj=proposal.pk).order_by("-pgh_id").first()
    context = (newest.pgh_context or {}) if newest else {}
    person = context.get("user")
    return User.objects.filter(pk=person).first() if person else None
