"""The head's room: sending many at once, and giving one back to the officer."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from proposals import access, workflow
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
    _say(given, by, note)
    return given


@transaction.atomic
def remark(*, proposal: Proposal, by: User, text: str) -> Comment:
    """Keep a remark that office and province both read, from whoever may comment."""
    seen = Proposal.objects.visible_to(by).filter(pk=proposal.pk).first()
    if seen is None or not access.may_comment(by, seen.office_id):
        raise Refused([_("This proposal belongs to another office.")])
    if not text.strip():
        raise Refused([_("Write a few words.")])
    return _say(seen, by, text)


def _say(proposal: Proposal, by: User, text: str) -> Comment:
    return Comment.objects.create(
        proposal=proposal, author=by, text=text.strip(), version=proposal.versions.count()
    )
