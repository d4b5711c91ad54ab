"""Steps of the check: each is taken once, however often its button was pressed."""

from django.db import transaction

from proposals import workflow
from proposals.enums import Action
from proposals.models import Proposal, User
from proposals.refused import DoneAlready
from proposals.review.actions.ground import locked_for
from proposals.transitions import TRANSITIONS
from proposals.workflow import Given


@transaction.atomic
def take_step(action: Action, *, proposal: Proposal, by: User, given: Given) -> Proposal:
    """Take the step; the same words sent again find it done."""
    locked = locked_for(proposal, by)
    if locked.status == TRANSITIONS[action].target and _said(action, locked, by) == _words(given):
        raise DoneAlready
    return workflow.take(action, proposal=proposal, by=by, given=given)


def _words(given: Given) -> object:
    points = {(point.field, point.what, point.due_on) for point in given.points}
    return points or (given.note, given.reason)


def _said(action: Action, proposal: Proposal, by: User) -> object:
    """Return the words that the step left on the proposal when it was taken."""
    if action == Action.RETURN:
        rows = proposal.return_points.filter(settled_at__isnull=True, made_by=by)
        return set(rows.values_list("field", "what", "due_on"))
    if action == Action.PUT_ON_DESK:
        return (proposal.unscored_reason, None)
    return (proposal.result_note, proposal.result_reason)
