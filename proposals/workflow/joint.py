"""The life of a joint programme: join, agree, defer, reopen, dissolve."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from proposals import access, ceilings, notices
from proposals.enums import Action, DecisionResult, JointAction, JointState
from proposals.models import Decision, JointProgramme, Share, User
from proposals.refused import Refused
from proposals.rupiah import format_rp
from proposals.transitions import JOINT_TRANSITIONS
from proposals.workflow.given import Given
from proposals.workflow.hindrances import hindrances
from proposals.workflow.moves import take


def shares_of(joint: JointProgramme) -> list[Share]:
    """Return the shares with what their rules look at."""
    return list(
        joint.shares.select_related(
            "proposal__funding_source",
            "proposal__office__region",
            "proposal__year",
            "funding_source",
        ).order_by("proposal__number", "pk")
    )


def joint_hindrances(
    action: JointAction, *, joint: JointProgramme, user: User, given: Given | None = None
) -> list[str]:
    """Return every reason why this person cannot take this action on a joint programme now."""
    row = JOINT_TRANSITIONS[action]
    if access.role_of(user) not in row.by:
        return [_("Your role may not do this.")]
    if JointState(joint.state) not in row.sources:
        return [
            _("Not possible while the programme is: %(state)s.")
            % {"state": JointState(joint.state).label}
        ]
    if joint.year.is_signed:
        return [_("The minutes are signed: a change now needs an addendum.")]
    check = CHECKS.get(action)
    return check(joint, user, given) if check else []


def _may_join(joint: JointProgramme, user: User, _given: Given | None) -> list[str]:
    shares = shares_of(joint)
    reasons = []
    if len(shares) < 2:
        reasons.append(_("A joint programme has at least two members."))
    if joint.amount_rp is None:
        reasons.append(_("Enter the amount of the programme."))
    else:
        reasons += adding_up(joint, shares)
    if joint.nomenclature_id is None:
        reasons.append(_("Choose the sub-activity code of the programme."))
    for share in shares:
        reasons += [
            f"{share.proposal.label}: {reason}"
            for reason in hindrances(Action.MERGE, proposal=share.proposal, user=user)
            if reason != _("Join it into a joint programme first.")
        ]
    return reasons


def adding_up(joint: JointProgramme, shares: list[Share]) -> list[str]:
    """Return the difference between the programme and its shares, in words; empty when equal."""
    difference = (joint.amount_rp or 0) - sum(share.amount_rp for share in shares)
    if difference == 0:
        return []
    return [
        _("The shares do not add up: %(amount)s is left to share.")
        % {"amount": format_rp(int(difference))}
        if difference > 0
        else _("The shares do not add up: they are %(amount)s above the programme.")
        % {"amount": format_rp(-int(difference))}
    ]


def _may_agree(joint: JointProgramme, _user: User, given: Given | None) -> list[str]:
    shares = shares_of(joint)
    reasons = [
        _("%(office)s has not consented yet to give up its own money.")
        % {"office": share.proposal.office.name}
        for share in shares
        if share.needs_consent and share.consent_at is None
    ]
    if given is not None and not given.override_reason.strip():
        reasons += [
            _("The ceiling of %(source)s would be passed: lower the amount or write why.")
            % {"source": room.ceiling.funding_source.name}
            for room in ceilings.rooms_for_joint(joint, shares)
            if room.is_passed
        ]
    return reasons


def _wants_note(_joint: JointProgramme, _user: User, given: Given | None) -> list[str]:
    return [] if given is None or given.note.strip() else [_("Write the reason.")]


CHECKS: dict[JointAction, Callable[[JointProgramme, User, Given | None], list[str]]] = {
    JointAction.JOIN: _may_join,
    JointAction.AGREE: _may_agree,
    JointAction.DEFER: _wants_note,
    JointAction.REOPEN: _wants_note,
    JointAction.DISSOLVE: _wants_note,
}

RESULTS = {
    JointAction.AGREE: DecisionResult.AGREED,
    JointAction.DEFER: DecisionResult.DEFERRED,
    JointAction.REOPEN: DecisionResult.REOPENED,
}


@transaction.atomic
def take_joint(
    action: JointAction, *, joint: JointProgramme, by: User, given: Given | None = None
) -> JointProgramme:
    """Lock the programme, check the action, write; members are merged or released with it.

    Raises :class:`Refused` with every hindrance, in words for the person.
    """
    given = given or Given()
    locked = (
        JointProgramme.objects.select_for_update(of=("self",))
        .select_related("year__office", "lead_office__region")
        .get(pk=joint.pk)
    )
    if reasons := joint_hindrances(action, joint=locked, user=by, given=given):
        raise Refused(reasons)
    if action in RESULTS:
        _record(action, locked, by, given)
    if action == JointAction.JOIN:
        _number(locked)
    members = shares_of(locked)
    was_joined = locked.state == JointState.JOINED
    if action == JointAction.DISSOLVE:
        locked.shares.all().delete()
    _move(locked, JOINT_TRANSITIONS[action].target, given)
    with notices.gathered():
        _move_members(action, members, by, given, was_joined=was_joined)
        notices.joint_moved(action, joint=locked, by=by, note=given.note)
        if action == JointAction.JOIN:
            notices.consents_asked(locked, by=by)
    return locked


def _move(joint: JointProgramme, target: JointState, given: Given) -> None:
    decided = target in {JointState.AGREED, JointState.DEFERRED}
    joint.state = target
    joint.decided_at = timezone.now() if decided else None
    joint.result_note = given.note
    joint.row_version += 1
    joint.save()


def _move_members(
    action: JointAction, members: list[Share], by: User, given: Given, *, was_joined: bool
) -> None:
    for member in members:
        if action == JointAction.JOIN:
            take(Action.MERGE, proposal=member.proposal, by=by, given=given)
        elif action == JointAction.DISSOLVE and was_joined:
            take(Action.RELEASE, proposal=member.proposal, by=by, given=given)


def _record(action: JointAction, joint: JointProgramme, by: User, given: Given) -> None:
    shares = shares_of(joint)
    Decision.objects.create(
        joint=joint,
        result=RESULTS[action],
        requested_rp=sum(share.proposal.requested_rp or 0 for share in shares),
        agreed_rp=joint.amount_rp if action == JointAction.AGREE else None,
        note=given.note,
        reason=given.reason,
        override_reason=given.override_reason,
        regency_word=given.regency_word,
        regency_note=given.regency_note,
        decided_by=given.decided_by or by,
        recorded_by=by,
        decided_at=timezone.now(),
    )


def _number(joint: JointProgramme) -> None:
    """Give the number at the first joining: PROV-nn led by the province, BERSAMA-nn otherwise.

    The year's row is locked, so two joinings at one moment get two numbers.
    """
    if joint.number:
        return
    type(joint.year).objects.select_for_update(of=("self",)).get(pk=joint.year_id)
    prefix = "PROV" if joint.is_led_by_province else "BERSAMA"
    taken = (
        JointProgramme.objects.filter(year=joint.year_id, number__startswith=f"{prefix}-")
        .order_by("-number")
        .values_list("number", flat=True)
    )
    last = max((int(number.rsplit("-", 1)[1]) for number in taken if number), default=0)
    joint.number = f"{prefix}-{last + 1:02d}"
