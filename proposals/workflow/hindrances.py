"""Why an action is not possible now: one list for the greyed button and for the refusal."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from proposals import access, ceilings, completeness
from proposals.enums import Action, GateResult, ReviewState, Role, Status
from proposals.models import OfficeYear, Proposal, ReadinessDocument, ReviewCriterion, User
from proposals.transitions import JOINED_STATES, TRANSITIONS, Need
from proposals.workflow.given import Given

Check = Callable[[Proposal, User, Given], list[str]]


def hindrances(
    action: Action, *, proposal: Proposal, user: User, given: Given | None = None
) -> list[str]:
    """Return every reason why this person cannot take this action now; empty when possible.

    Without ``given`` only what does not depend on the words of the act is judged: that is what a
    page shows beside a greyed button.
    """
    row = TRANSITIONS[action]
    if access.role_of(user) not in row.by:
        return [_("Your role may not do this.")]
    if Status(proposal.status) not in row.sources:
        return [
            _("Not possible while the proposal is: %(status)s.")
            % {"status": Status(proposal.status).label}
        ]
    reasons = _decider(row.by, given)
    for need in Need:
        if need in row.needs and (given is not None or need not in SAID):
            reasons += CHECKS[need](proposal, user, given or Given())
    return reasons


def offered(proposal: Proposal, user: User) -> dict[Action, list[str]]:
    """Return the actions of this person's role from this status, each with what hinders it."""
    return {
        row.action: hindrances(row.action, proposal=proposal, user=user)
        for row in TRANSITIONS.values()
        if access.role_of(user) in row.by
        and Status(proposal.status) in row.sources
        and not (Need.OWN_OFFICE in row.needs and user.office_id != proposal.office_id)
    }


def _decider(roles: frozenset[Role], given: Given | None) -> list[str]:
    """Who decides at the meeting is held to the same roles as who types."""
    if given is None or given.decided_by is None or access.role_of(given.decided_by) in roles:
        return []
    return [_("%(name)s may not decide this.") % {"name": given.decided_by.full_name}]


def _own_office(proposal: Proposal, user: User, _given: Given) -> list[str]:
    if user.office_id == proposal.office_id:
        return []
    return [_("This proposal belongs to another office.")]


def _may_send(proposal: Proposal, user: User, _given: Given) -> list[str]:
    if user.role != Role.OFFICER or proposal.office.officers_may_send:
        return []
    return [_("In your office only the head sends: hand the proposal to the head.")]


def knowing(
    proposal: Proposal, documents: Iterable[ReadinessDocument], office_year: OfficeYear | None
) -> Proposal:
    """Keep on a proposal what its page has read already, so that no hindrance asks it again."""
    vars(proposal)["known"] = ([one for one in documents if one.blocks_sending], office_year)
    return proposal


def office_year_of(proposal: Proposal) -> OfficeYear | None:
    """Return what the proposal's office has of its year, if anything."""
    if "known" in vars(proposal):
        known: OfficeYear | None = vars(proposal)["known"][1]
        return known
    return OfficeYear.objects.filter(year=proposal.year_id, office=proposal.office_id).first()


def _complete(proposal: Proposal, _user: User, _given: Given) -> list[str]:
    known = vars(proposal).get("known")
    documents = known[0] if known else completeness.blocking_documents()
    return [
        item.message for item in completeness.missing(proposal, documents, office_year_of(proposal))
    ]


def _window_open(proposal: Proposal, _user: User, _given: Given) -> list[str]:
    due_on = return_due_on(proposal)
    if due_on is not None:
        if timezone.localdate() <= due_on:
            return []
        return [_("The corrections were due: ask the provincial office how to go on.")]
    office_year = office_year_of(proposal)
    if proposal.year.is_open_for_sending(office_year.extended_until if office_year else None):
        return []
    return [_("Sending is closed now. Saving your draft stays possible.")]


def return_due_on(proposal: Proposal) -> date | None:
    """Return the last day for the open return points; nothing when none is open."""
    days = [point.due_on for point in proposal.return_points.all() if point.settled_at is None]
    return max(days, default=None)


def _points_answered(proposal: Proposal, _user: User, _given: Given) -> list[str]:
    if all(point.answer or point.settled_at for point in proposal.return_points.all()):
        return []
    return [_("Answer every point of the return first.")]


def _review_not_begun(proposal: Proposal, _user: User, _given: Given) -> list[str]:
    if proposal.status != Status.SENT:
        return []
    begun = Q(gate_answers__isnull=False) | Q(reviews__isnull=False)
    if Proposal.objects.filter(begun, pk=proposal.pk).exists():
        return [_("The province has begun its check: ask for a return instead.")]
    return []


def _gates_passed(proposal: Proposal, _user: User, _given: Given) -> list[str]:
    answers = {answer.criterion_id: answer for answer in proposal.gate_answers.all()}
    kind = "applies_to_requests" if proposal.is_request else "applies_to_own"
    gates = list(ReviewCriterion.objects.in_use().filter(is_gate=True, **{kind: True}))
    if any(gate.pk not in answers for gate in gates):
        return [_("Answer every gate first.")]
    if any(answer.result == GateResult.FAILED for answer in answers.values()):
        return [_("A gate has failed: return the proposal, or let it pass on condition.")]
    return []


def _return_point(_proposal: Proposal, _user: User, given: Given) -> list[str]:
    if not given.points:
        return [_("Name at least one point to mend, with its due date.")]
    if any(point.due_on < timezone.localdate() for point in given.points):
        return [_("A due date lies in the past: choose a later day.")]
    return []


def _reason(_proposal: Proposal, _user: User, given: Given) -> list[str]:
    return [] if given.note.strip() else [_("Write the reason.")]


def _reason_code(_proposal: Proposal, _user: User, given: Given) -> list[str]:
    return [] if given.reason is not None else [_("Choose the reason.")]


def _reviewed(proposal: Proposal, user: User, given: Given) -> list[str]:
    finals = [r for r in proposal.reviews.all() if r.state == ReviewState.FINAL]
    if user.role == Role.REVIEWER and not any(r.reviewer_id == user.pk for r in finals):
        return [_("Finish your review first: every score and a recommendation.")]
    if finals or given.note.strip():
        return []
    return [_("No review is finished: write why the proposal goes to the desk unscored.")]


def _agreed_amount(_proposal: Proposal, _user: User, given: Given) -> list[str]:
    if given.agreed_rp is None:
        return [_("Enter the agreed amount.")]
    return [] if given.agreed_rp >= 0 else [_("The agreed amount cannot be below zero.")]


def _as_asked(proposal: Proposal, _user: User, given: Given) -> list[str]:
    if given.agreed_rp is None or given.agreed_rp == (proposal.requested_rp or 0):
        return []
    return [_("Another amount than was asked is agreed with changes, with the reason.")]


def _within_ceiling(proposal: Proposal, _user: User, given: Given) -> list[str]:
    if not proposal.is_request or given.agreed_rp is None or given.override_reason.strip():
        return []
    return [
        _("The ceiling of %(source)s would be passed: lower the amount or write why.")
        % {"source": room.ceiling.funding_source.name}
        for room in ceilings.rooms_for(proposal, given.agreed_rp)
        if room.is_passed
    ]


def _joined(proposal: Proposal, _user: User, _given: Given) -> list[str]:
    share = getattr(proposal, "share", None)
    if share is not None and share.joint.state in JOINED_STATES:
        return []
    return [_("Join it into a joint programme first.")]


def _let_go(proposal: Proposal, _user: User, _given: Given) -> list[str]:
    if getattr(proposal, "share", None) is None:
        return []
    return [_("Take it out of its joint programme first.")]


def _not_signed(proposal: Proposal, _user: User, _given: Given) -> list[str]:
    if proposal.year.is_signed:
        return [_("The minutes are signed: a change now needs an addendum.")]
    return []


CHECKS: dict[Need, Check] = {
    Need.OWN_OFFICE: _own_office,
    Need.MAY_SEND: _may_send,
    Need.COMPLETE: _complete,
    Need.WINDOW_OPEN: _window_open,
    Need.POINTS_ANSWERED: _points_answered,
    Need.REVIEW_NOT_BEGUN: _review_not_begun,
    Need.GATES_PASSED: _gates_passed,
    Need.RETURN_POINT: _return_point,
    Need.REASON: _reason,
    Need.REASON_CODE: _reason_code,
    Need.REVIEWED: _reviewed,
    Need.AGREED_AMOUNT: _agreed_amount,
    Need.AS_ASKED: _as_asked,
    Need.WITHIN_CEILING: _within_ceiling,
    Need.JOINED: _joined,
    Need.LET_GO: _let_go,
    Need.NOT_SIGNED: _not_signed,
}

SAID = frozenset(
    {
        Need.RETURN_POINT,
        Need.REASON,
        Need.REASON_CODE,
        Need.AGREED_AMOUNT,
        Need.AS_ASKED,
        Need.WITHIN_CEILING,
        Need.REVIEWED,
    }
)
"""Needs that depend on the words of the act; a form asks for them, so no button is greyed."""
