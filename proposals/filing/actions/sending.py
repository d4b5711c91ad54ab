"""The head's room: sending many at once, and giving one back to the officer."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from proposals import workflow
from proposals.enums import Action
from proposals.models import Comment, Proposal, User
from proposals.refused import Refused


@dataclass(frozen=True)
class Sent:
    """What became of one proposal: sent with its number, or the reasons why not."""

    proposal: Proposal
    reasons: tuple[str, ...] = ()


def send_all(*, proposals: Iterable[Proposal], by: User) -> list[Sent]:
    """Send each in a transaction of its own: one that is hindered holds up no other."""
    results = []
    for proposal in proposals:
        try:
            results.append(Sent(workflow.take(Action.SEND, proposal=proposal, by=by)))
        except Refused as refusal:
            results.append(Sent(proposal, refusal.reasons))
    return results


@transaction.atomic
def give_back(*, proposal: Proposal, by: User, note: str) -> Proposal:
    """Give a proposal that waits for the head back to the officer, with the head's note."""
    if not note.strip():
        raise Refused([_("Write what the officer should change.")])
    given = workflow.take(Action.TAKE_BACK, proposal=proposal, by=by)
    Comment.objects.create(
        proposal=given, author=by, text=note.strip(), version=given.versions.count()
    )
    return given
