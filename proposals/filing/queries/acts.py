"""What a person may do with a proposal in this room, and what hinders it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proposals import access, workflow
from proposals.enums import Action, Role, Status
from proposals.models import Proposal, User

Words = str | Promise


@dataclass(frozen=True)
class Act:
    """An act of the office: its words on the button and on the page that asks once more."""

    action: Action
    word: Words
    icon: str
    asks: Words
    wants_note: bool = False


ACTS: dict[str, Act] = {
    act.action.value: act
    for act in (
        Act(
            Action.SEND,
            _("Send"),
            "paper-airplane",
            _("This will be sent. After that it is fixed, unless the province returns it."),
        ),
        Act(
            Action.HAND_TO_HEAD,
            _("Hand to the head"),
            "paper-airplane",
            _("This is what the head of your office will see and send."),
        ),
        Act(
            Action.TAKE_BACK,
            _("Take back"),
            "arrow-uturn-left",
            _("It becomes a draft again. A number once given stays with it."),
        ),
        Act(
            Action.WITHDRAW,
            _("Withdraw"),
            "x-mark",
            _("A withdrawn proposal takes no further part this year; it stays readable."),
            wants_note=True,
        ),
    )
}


@dataclass(frozen=True)
class Offer:
    """An act offered to a person, with every reason why not now."""

    act: Act
    word: Words
    reasons: tuple[str, ...]
    is_first: bool


def offers_for(proposal: Proposal, user: User) -> list[Offer]:
    """Return the acts of this room that the person's role has from this status."""
    if not access.may_write_content(user, proposal.office_id):
        return []
    found = workflow.offered(proposal, user)
    may_send = not found.get(Action.SEND)
    order = [action for action in ACTS if Action(action) in found]
    if proposal.status == Status.AWAITING_HEAD and user.role == Role.OFFICER:
        order = [action for action in order if action != Action.SEND or may_send]
    elif Action.HAND_TO_HEAD in found and not proposal.office.officers_may_send:
        order = [action for action in order if action != Action.SEND]
    return [
        Offer(ACTS[action], word_of(action, proposal), tuple(found[Action(action)]), at == 0)
        for at, action in enumerate(order)
    ]


def word_of(action: str, proposal: Proposal) -> Words:
    """Return the words on the button: what was sent before is sent again."""
    if action == Action.SEND and proposal.was_sent:
        return _("Send again")
    if action == Action.TAKE_BACK and proposal.status == Status.AWAITING_HEAD:
        return _("Take back to draft")
    return ACTS[action].word
