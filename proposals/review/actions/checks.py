"""The other acts of the check: answer the gates, comment, route."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from proposals import access, advice, notices, workflow
from proposals.enums import Action, GateResult, Role, Status
from proposals.models import Comment, Division, GateAnswer, Proposal, ReviewCriterion, User
from proposals.refused import DoneAlready, Refused
from proposals.review import scoring
from proposals.review.actions.ground import locked_for, refuse_unless

ASSIGNABLE = frozenset({Status.SENT, Status.UNDER_REVIEW, Status.RETURNED, Status.AT_DESK})
SAME_PRESS = timedelta(minutes=1)


@transaction.atomic
def answer_gates(
    *, proposal: Proposal, by: User, answers: Mapping[ReviewCriterion, tuple[GateResult, str]]
) -> None:
    """Keep the answers to some or all gates; whatever is not plainly passed needs a reason."""
    locked = locked_for(proposal, by)
    if not access.may_check_gates(by):
        raise Refused([_("Your role may not do this.")])
    refuse_unless(locked, Status.SENT)
    gates = {gate.pk for gate in advice.criteria_for(locked).filter(is_gate=True)}
    reasons = [
        _("%(gate)s: write the reason.") % {"gate": gate.name}
        for gate, (result, reason) in answers.items()
        if result != GateResult.PASSED and not reason.strip()
    ]
    if any(gate.pk not in gates for gate in answers):
        reasons.append(_("A gate does not apply to this kind of proposal."))
    if reasons:
        raise Refused(reasons)
    before = {answer.criterion_id: answer for answer in locked.gate_answers.all()}
    for gate, (result, reason) in answers.items():
        answer = before.get(gate.pk) or GateAnswer(proposal=locked, criterion=gate)
        said = (result, scoring.plain(reason))
        if (answer.result, answer.reason) != said:
            answer.result, answer.reason = said
            answer.answered_by = by
            answer.save()


@transaction.atomic
def accept(
    *, proposal: Proposal, by: User, answers: Mapping[ReviewCriterion, tuple[GateResult, str]]
) -> Proposal:
    """Keep the answers to the gates and take the proposal in for review: all or nothing."""
    if _was_accepted(proposal, by, answers):
        raise DoneAlready
    answer_gates(proposal=proposal, by=by, answers=answers)
    return workflow.take(Action.ACCEPT_FOR_REVIEW, proposal=proposal, by=by)


def _was_accepted(
    proposal: Proposal, by: User, answers: Mapping[ReviewCriterion, tuple[GateResult, str]]
) -> bool:
    """Tell whether it is under review with the very answers that came a second time."""
    locked = locked_for(proposal, by)
    stand = {
        answer.criterion_id: (answer.result, answer.reason) for answer in locked.gate_answers.all()
    }
    said = {gate.pk: (result, scoring.plain(reason)) for gate, (result, reason) in answers.items()}
    return locked.status == Status.UNDER_REVIEW and stand == said


@transaction.atomic
def comment(*, proposal: Proposal, by: User, text: str, is_internal: bool) -> Comment:
    """Keep a remark on the version that was last sent; internal ones stay in the province.

    The same words again within a minute are one press too many.
    """
    locked = locked_for(proposal, by)
    may = access.may_comment(by, locked.office_id) and locked.was_sent
    if not may or (is_internal and not access.may_comment_internally(by)):
        raise Refused([_("Your role may not do this.")])
    if not text.strip():
        raise Refused([_("Write the comment.")])
    said = {"proposal": locked, "author": by, "text": text.strip(), "is_internal": is_internal}
    lately = timezone.now() - SAME_PRESS
    if twice := Comment.objects.filter(**said, created_at__gte=lately).first():
        return twice
    written = Comment.objects.create(**said, version=locked.versions.count())
    notices.commented(written)
    return written


@transaction.atomic
def assign(
    *,
    proposals: Iterable[Proposal],
    by: User,
    division: Division | None,
    reviewer: User | None,
) -> int:
    """Route proposals to a division, a lead reviewer, or both; nothing means: leave as it is.

    Returns how many were routed. All or none.
    """
    if not access.may_assign(by):
        raise Refused([_("Your role may not do this.")])
    if division is None and reviewer is None:
        raise Refused([_("Choose a division or a reviewer.")])
    if reviewer is not None and access.role_of(reviewer) != Role.REVIEWER:
        raise Refused([_("%(name)s is not an active reviewer.") % {"name": reviewer.full_name}])
    rows = _locked_all({proposal.pk for proposal in proposals}, by)
    for proposal in rows:
        refuse_unless(proposal, *ASSIGNABLE)
        proposal.lead_division = division or proposal.lead_division
        proposal.lead_reviewer = reviewer or proposal.lead_reviewer
        proposal.save(update_fields=["lead_division", "lead_reviewer"])
    if reviewer is not None:
        notices.assigned(proposals=rows, reviewer=reviewer, by=by)
    return len(rows)


def _locked_all(chosen: set[int], by: User) -> list[Proposal]:
    """Lock these proposals in one order; all of them must be visible."""
    found = Proposal.objects.visible_to(by).filter(pk__in=chosen).select_related("year")
    rows = list(found.select_for_update(of=("self",)).order_by("pk"))
    if len(rows) != len(chosen):
        raise Refused([_("You cannot see this proposal any more.")])
    return rows
