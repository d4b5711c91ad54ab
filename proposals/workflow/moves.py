"""Taking an action: lock, check against the table, write, freeze."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from proposals import notices
from proposals.enums import Action, DecisionResult, ReviewState, Status
from proposals.models import Decision, Proposal, ReturnPoint, User
from proposals.refused import Refused
from proposals.transitions import DECIDED, HEADS, TRANSITIONS
from proposals.workflow.given import Given
from proposals.workflow.hindrances import hindrances
from proposals.workflow.sending import freeze_changes, freeze_version, give_number

Effect = Callable[[Proposal, User, Given], None]

RESULTS = {
    Action.AGREE: DecisionResult.AGREED,
    Action.AGREE_CHANGED: DecisionResult.AGREED_CHANGED,
    Action.REDIRECT: DecisionResult.REDIRECTED,
    Action.DEFER: DecisionResult.DEFERRED,
    Action.REJECT: DecisionResult.REJECTED,
    Action.REOPEN: DecisionResult.REOPENED,
}

COMPARED_ANEW = {Action.SEND, Action.TAKE_BACK, Action.WITHDRAW, Action.RELEASE}
"""What changes the content that is with the province, or takes it away from there.

A returned proposal goes on as it stands then, so whatever moves it does so too.
"""


@transaction.atomic
def take(action: Action, *, proposal: Proposal, by: User, given: Given | None = None) -> Proposal:
    """Lock the proposal, check the action against the table, write its effect and the status.

    Raises :class:`Refused` with every hindrance, in words for the person.
    """
    given = given or Given()
    locked = (
        Proposal.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=proposal.pk)
    ).first()
    if locked is None:
        raise Refused([_("You cannot see this proposal any more.")])
    if reasons := hindrances(action, proposal=locked, user=by, given=given):
        raise Refused(reasons)
    if effect := EFFECTS.get(action):
        effect(locked, by, given)
    if action in COMPARED_ANEW or locked.status == Status.RETURNED:
        locked.overlaps_due_at = timezone.now()
    locked.status = TRANSITIONS[action].target
    locked.status_at = timezone.now()
    locked.decided_at = locked.status_at if locked.status in DECIDED else None
    locked.row_version += 1
    locked.save()
    notices.moved(action, proposal=locked, by=by, note=given.note)
    return locked


def _send(proposal: Proposal, by: User, _given: Given) -> None:
    if by.role in HEADS and proposal.approved_at is None:  # a head who sends approves thereby
        proposal.approved_at, proposal.approved_by = timezone.now(), by
    give_number(proposal)
    freeze_version(proposal, by)
    proposal.gate_answers.all().delete()
    proposal.reviews.filter(state=ReviewState.FINAL).update(
        state=ReviewState.DRAFT, final_at=None, score_pct=None
    )
    _forget_scores(proposal)
    if proposal.lead_division_id is None and proposal.nomenclature is not None:
        proposal.lead_division_id = proposal.nomenclature.division_id


def _forget_scores(proposal: Proposal) -> None:
    proposal.recommended_rp = None
    proposal.score_pct = None
    proposal.unscored_reason = ""


def settle_points(proposal: Proposal, by: User) -> None:
    """Close what is still open of an earlier return: its answers were read."""
    proposal.return_points.filter(settled_at__isnull=True).update(
        settled_at=timezone.now(), settled_by=by
    )


def _accept(proposal: Proposal, by: User, _given: Given) -> None:
    settle_points(proposal, by)


def _return(proposal: Proposal, by: User, given: Given) -> None:
    settle_points(proposal, by)
    for point in given.points:
        ReturnPoint.objects.create(
            proposal=proposal,
            field=point.field,
            what=point.what,
            due_on=point.due_on,
            reason=point.reason,
            made_by=by,
        )


def _resume(proposal: Proposal, by: User, given: Given) -> None:
    freeze_changes(proposal, by)
    settle_points(proposal, by)
    proposal.result_note = given.note


def _release(proposal: Proposal, _by: User, given: Given) -> None:
    proposal.result_note = given.note


def _put_on_desk(proposal: Proposal, _by: User, given: Given) -> None:
    if not proposal.reviews.filter(state=ReviewState.FINAL).exists():
        proposal.unscored_reason = given.note


def _decide(action: Action) -> Effect:
    def effect(proposal: Proposal, by: User, given: Given) -> None:
        if proposal.status == Status.RETURNED:
            freeze_changes(proposal, by)
        settle_points(proposal, by)
        agrees = action in {Action.AGREE, Action.AGREE_CHANGED}
        Decision.objects.create(
            proposal=proposal,
            result=RESULTS[action],
            requested_rp=proposal.requested_rp,
            recommended_rp=proposal.recommended_rp,
            agreed_rp=given.agreed_rp if agrees else None,
            reason=given.reason,
            note=given.note,
            override_reason=given.override_reason,
            regency_word=given.regency_word,
            regency_note=given.regency_note,
            decided_by=given.decided_by or by,
            recorded_by=by,
            decided_at=timezone.now(),
        )
        proposal.agreed_rp = given.agreed_rp if agrees else None
        proposal.is_changed = action == Action.AGREE_CHANGED
        proposal.result_reason = given.reason
        proposal.result_note = given.note

    return effect


def _take_back(proposal: Proposal, _by: User, _given: Given) -> None:
    """What comes back is approved anew before it leaves."""
    proposal.approved_at = proposal.approved_by = None


def _withdraw(proposal: Proposal, _by: User, given: Given) -> None:
    proposal.own_rank = None
    proposal.result_note = given.note


EFFECTS: dict[Action, Effect] = {
    Action.SEND: _send,
    Action.ACCEPT_FOR_REVIEW: _accept,
    Action.RETURN: _return,
    Action.RESUME: _resume,
    Action.PUT_ON_DESK: _put_on_desk,
    Action.RELEASE: _release,
    Action.TAKE_BACK: _take_back,
    Action.WITHDRAW: _withdraw,
    **{action: _decide(action) for action in RESULTS},
}
