"""Deciding at the meeting: once each, however often the button was pressed."""

from django.db import transaction
from django.utils.translation import gettext as _

from proposals import workflow
from proposals.enums import Action, DecisionResult, JointAction
from proposals.models import Decision, JointProgramme, Proposal, User
from proposals.refused import Refused
from proposals.templatetags.figures import wita
from proposals.workflow import Given

RESULTS: dict[Action | JointAction, DecisionResult] = {
    Action.AGREE: DecisionResult.AGREED,
    Action.AGREE_CHANGED: DecisionResult.AGREED_CHANGED,
    Action.REDIRECT: DecisionResult.REDIRECTED,
    Action.DEFER: DecisionResult.DEFERRED,
    Action.REJECT: DecisionResult.REJECTED,
    Action.REOPEN: DecisionResult.REOPENED,
}
JOINT_RESULTS: dict[JointAction, DecisionResult] = {
    JointAction.AGREE: DecisionResult.AGREED,
    JointAction.DEFER: DecisionResult.DEFERRED,
    JointAction.REOPEN: DecisionResult.REOPENED,
}


class Overtaken(Refused):
    """Somebody decided meanwhile; ``decision`` is what stands now."""

    def __init__(self, decision: Decision) -> None:
        """Say who decided what, and when; nothing of the second act was written."""
        sentence = _("%(name)s decided meanwhile (%(time)s): %(result)s. Nothing was overwritten.")
        words = {"name": decision.decided_by.full_name, "time": wita(decision.decided_at)}
        super().__init__([sentence % (words | {"result": decision.get_result_display()})])
        self.decision = decision


@transaction.atomic
def decide(action: Action, *, proposal: Proposal, by: User, after: int, given: Given) -> Decision:
    """Decide on a proposal after the decision that was seen last (0: none).

    The same act sent twice is kept once; another decision made meanwhile is never overwritten.
    """
    Proposal.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=proposal.pk).first()
    if done := _done(_last(proposal), RESULTS[action], by, after, given):
        return done
    workflow.take(action, proposal=proposal, by=by, given=given)
    return _last_of(proposal)


@transaction.atomic
def decide_joint(
    action: JointAction, *, joint: JointProgramme, by: User, after: int, given: Given
) -> Decision:
    """Decide on a joint programme after the decision that was seen last (0: none)."""
    JointProgramme.objects.select_for_update(of=("self",)).filter(pk=joint.pk).first()
    if done := _done(_last(joint), JOINT_RESULTS[action], by, after, given):
        return done
    workflow.take_joint(action, joint=joint, by=by, given=given)
    return _last_of(joint)


def _last(thing: Proposal | JointProgramme) -> Decision | None:
    return thing.decisions.select_related("decided_by").order_by("-pk").first()


def _last_of(thing: Proposal | JointProgramme) -> Decision:
    return thing.decisions.select_related("decided_by").order_by("-pk")[0]


def _done(
    last: Decision | None, result: DecisionResult, by: User, after: int, given: Given
) -> Decision | None:
    """Return the decision where this very act stands already; stop where another one does."""
    if last is None or last.pk == after:
        return None
    stands = (last.result, last.note, last.reason_id, last.recorded_by_id)
    said = (result, given.note, given.reason and given.reason.pk, by.pk)
    is_same_amount = given.agreed_rp is None or last.agreed_rp == given.agreed_rp
    if stands == said and is_same_amount:
        return last
    raise Overtaken(last)
