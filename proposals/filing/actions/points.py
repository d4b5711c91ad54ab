"""Answering what the province asked to mend."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from proposals.filing.actions.rows import WRITABLE, locked_own
from proposals.models import ReturnPoint, User
from proposals.refused import Refused


@transaction.atomic
def answer_point(*, point: ReturnPoint, by: User, answer: str) -> ReturnPoint:
    """Write the office's answer to one point of a return; it may be changed until sending."""
    proposal = locked_own(point.proposal, by)
    fresh = ReturnPoint.objects.select_for_update().get(pk=point.pk)
    if fresh.settled_at is not None or proposal.status not in WRITABLE:
        raise Refused([_("This point is closed: its answer cannot change any more.")])
    text = answer.strip()
    if not text:
        raise Refused([_("Write an answer to the point.")])
    if fresh.answer != text:
        fresh.answer = text
        fresh.answered_by = by
        fresh.answered_at = timezone.now()
        fresh.save(update_fields=["answer", "answered_by", "answered_at"])
    return fresh
