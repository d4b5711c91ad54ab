"""From status to status for tests: each step writes what the database wants to see first."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from proposals.enums import (
    DecisionResult,
    Delivery,
    GateResult,
    JoiningKind,
    JointState,
    ReasonFor,
    Recommendation,
    ReviewState,
    Role,
    Status,
)
from proposals.models import (
    Decision,
    GateAnswer,
    JointOutput,
    JointProgramme,
    Proposal,
    ReturnPoint,
    Review,
    Score,
    Share,
)
from proposals.transitions import DECIDED
from proposals.workflow.sending import freeze_version, give_number
from tests import cast, lists

S = Status
REVIEWED = (S.SENT, S.UNDER_REVIEW, S.AT_DESK)
PATHS = {
    S.DRAFT: (),
    S.AWAITING_HEAD: (S.AWAITING_HEAD,),
    S.SENT: (S.SENT,),
    S.UNDER_REVIEW: (S.SENT, S.UNDER_REVIEW),
    S.AT_DESK: REVIEWED,
    S.RETURNED: (S.SENT, S.RETURNED),
    S.AGREED: (*REVIEWED, S.AGREED),
    S.MERGED: (S.SENT, S.UNDER_REVIEW, S.MERGED),
    S.REDIRECTED: (S.SENT, S.REDIRECTED),
    S.DEFERRED: (*REVIEWED, S.DEFERRED),
    S.REJECTED: (*REVIEWED, S.REJECTED),
    S.WITHDRAWN: (S.SENT, S.WITHDRAWN),
}
"""The usual way from a draft to each status; other ways: ``move(proposal, status, status ...)``."""


def move(proposal, *statuses, **amounts):
    """Move a proposal through these statuses; amounts stand where the stage writes them."""
    for status in statuses:
        _step(proposal, status, amounts)
    return proposal


@transaction.atomic(savepoint=False)
def _step(proposal, status, amounts):
    columns = STEPS[status](proposal, **amounts)
    decided_at = timezone.now() if status in DECIDED else None
    columns |= {"status": status, "status_at": timezone.now(), "decided_at": decided_at}
    Proposal.objects.filter(pk=proposal.pk).update(**columns)
    for name, value in columns.items():
        setattr(proposal, name, value)


def _plain(proposal, **amounts):
    return {} if proposal.status != S.AGREED else {"agreed_rp": None, "is_changed": False}


def _withdraw(proposal, **amounts):
    return {"own_rank": None}


def _send(proposal, **amounts):
    role = Role.PROVINCE_HEAD if proposal.office.region.is_province else Role.HEAD
    sender = cast.person(role, proposal.office)
    give_number(proposal)
    proposal.refresh_from_db(fields=["requested_rp", "forward_rp"])  # as the workflow reads them
    freeze_version(proposal, sender)
    return {"number": proposal.number, "sent_at": proposal.sent_at}


def _review(proposal, **amounts):
    """Answer every gate after sending; take the share away after merging."""
    if proposal.status == S.MERGED:
        Share.objects.filter(proposal=proposal).delete()
    if proposal.status == S.SENT:
        GateAnswer.objects.bulk_create(
            [
                GateAnswer(
                    proposal=proposal,
                    criterion=gate,
                    result=GateResult.PASSED,
                    answered_by=cast.person(Role.GATE_CHECKER),
                )
                for gate in lists.gates(proposal.request_to)
            ],
            ignore_conflicts=True,
        )
    return {}


def _return(proposal, **amounts):
    ReturnPoint.objects.create(
        proposal=proposal,
        field="background",
        what="Jelaskan kebutuhan perajin dengan angka",
        due_on=timezone.localdate() + timedelta(days=7),
        made_by=cast.person(Role.GATE_CHECKER),
    )
    return {}


def _put_on_desk(proposal, *, recommended_rp=None, score_pct=72, **amounts):
    """Score and recommend; reopening is a decision of its own."""
    if proposal.status in DECIDED:
        _decide(proposal, DecisionResult.REOPENED, note="Dibahas ulang")
        return {"agreed_rp": None, "is_changed": False}
    wanted = (proposal.requested_rp or 0) if recommended_rp is None else recommended_rp
    make_review(proposal, recommended_rp=wanted, score_pct=score_pct)
    return {"recommended_rp": wanted, "score_pct": score_pct}


def make_review(proposal, reviewer=None, state=ReviewState.FINAL, **fields):
    """Make a review with a score for every criterion; a draft one counts nowhere."""
    whole = {"recommendation": Recommendation.AGREE, "score_pct": 72, "final_at": timezone.now()}
    review = Review.objects.create(
        proposal=proposal,
        reviewer=reviewer or cast.person(Role.REVIEWER),
        state=state,
        **((whole if state == ReviewState.FINAL else {}) | fields),
    )
    applying = [one for one in lists.criteria() if proposal.is_request or one.applies_to_own]
    Score.objects.bulk_create([Score(review=review, criterion=one, value=4) for one in applying])
    return review


def _decide(proposal, result, **fields):
    decider = cast.person(Role.PROVINCE_HEAD)
    return Decision.objects.create(
        proposal=proposal,
        result=result,
        requested_rp=proposal.requested_rp,
        recommended_rp=proposal.recommended_rp,
        decided_by=decider,
        recorded_by=decider,
        decided_at=timezone.now(),
        **fields,
    )


def _agree(proposal, *, agreed_rp=None, **amounts):
    amount = proposal.recommended_rp if agreed_rp is None else agreed_rp
    is_changed = amount != proposal.requested_rp
    result = DecisionResult.AGREED_CHANGED if is_changed else DecisionResult.AGREED
    _decide(
        proposal,
        result,
        agreed_rp=amount,
        reason=lists.reason(ReasonFor.CHANGE) if is_changed else None,
    )
    return {"agreed_rp": amount, "is_changed": is_changed}


def _refuse(result, act):
    def step(proposal, **amounts):
        why = lists.reason(act)
        _decide(proposal, result, reason=why)
        return {"result_reason": why}

    return step


def _merge(proposal, **amounts):
    """Merge a single proposal into a programme that it forms alone."""
    if not Share.objects.filter(proposal=proposal).exists():
        joint = form_joint([proposal])
        join(joint)
    return {}


STEPS = {
    S.DRAFT: _plain,
    S.AWAITING_HEAD: _plain,
    S.SENT: _send,
    S.UNDER_REVIEW: _review,
    S.RETURNED: _return,
    S.AT_DESK: _put_on_desk,
    S.AGREED: _agree,
    S.MERGED: _merge,
    S.REDIRECTED: _refuse(DecisionResult.REDIRECTED, ReasonFor.REDIRECT),
    S.DEFERRED: _refuse(DecisionResult.DEFERRED, ReasonFor.DEFER),
    S.REJECTED: _refuse(DecisionResult.REJECTED, ReasonFor.REFUSAL),
    S.WITHDRAWN: _withdraw,
}


# Joint programmes -------------------------------------------------------------------------------


def form_joint(members, *, lead_office=None, amounts=None, **fields):
    """Make a group being compared; a member's share is what it requested, or its amount."""
    year = members[0].year
    basics = {
        "kind": JoiningKind.CONSOLIDATE,
        "title": "Program bersama pengolahan ubi kayu",
        "created_by": cast.person(Role.COORDINATOR),
        "nomenclature": lists.nomenclature(),
        "intervention": lists.intervention(),
        "commodity": lists.commodity(),
    }
    lead = lead_office or cast.make_office(cast.PROVINCE)
    joint = JointProgramme.objects.create(year=year, lead_office=lead, **(basics | fields))
    shared = amounts or [member.requested_rp or 0 for member in members]
    for member, amount in zip(members, shared, strict=True):
        add_share(joint, member, amount)
    return joint


def add_share(joint, member, amount, funding="apbd_prov", **fields):
    """Give one member its share; the head of a member with a purse of its own consents."""
    own = member.funding_source
    keeps_own = joint.lead_office_id == member.office_id
    gives_up = own is not None and own.is_regional_purse and not (keeps_own and own.key == funding)
    if gives_up and "consent_at" not in fields:
        consents = cast.person(Role.HEAD, member.office)
        fields |= {"consent_at": timezone.now(), "consent_by": consents}
    return Share.objects.create(
        joint=joint,
        proposal=member,
        amount_rp=amount,
        funding_source=lists.funding(funding),
        delivery=Delivery.ACTIVITY,
        **fields,
    )


@transaction.atomic(savepoint=False)
def join(joint):
    """Join a group: number, amount and outputs; its members are merged."""
    shares = list(joint.shares.select_related("proposal"))
    word = "PROV" if joint.lead_office.region.is_province else "BERSAMA"
    given = JointProgramme.objects.filter(year=joint.year, number__startswith=word).count()
    JointOutput.objects.create(
        joint=joint, kind="output", text="Pelaku IKM terlatih", unit="orang", target=100
    )
    _set(
        joint,
        state=JointState.JOINED,
        number=f"{word}-{given + 1:02d}",
        amount_rp=sum(share.amount_rp for share in shares),
    )
    for share in shares:
        move(share.proposal, S.MERGED)
    return joint


@transaction.atomic(savepoint=False)
def decide_joint(joint, result):
    """Agree, defer or reopen a joined programme by a decision of its own."""
    decider = cast.person(Role.PROVINCE_HEAD)
    states = {"agreed": JointState.AGREED, "deferred": JointState.DEFERRED}
    state = states.get(result, JointState.JOINED)
    now = timezone.now()
    Decision.objects.create(
        joint=joint,
        result=result,
        requested_rp=joint.amount_rp,
        agreed_rp=joint.amount_rp if state == JointState.AGREED else None,
        decided_by=decider,
        recorded_by=decider,
        decided_at=now,
        note="Diputuskan di rapat",
    )
    _set(joint, state=state, decided_at=None if state == JointState.JOINED else now)
    return joint


@transaction.atomic(savepoint=False)
def dissolve(joint):
    """Dissolve a joined programme: the shares go, the members come back under review."""
    members = [share.proposal for share in joint.shares.select_related("proposal")]
    for member in members:
        move(member, S.UNDER_REVIEW) if member.status == S.MERGED else None
    joint.shares.all().delete()
    _set(joint, state=JointState.DISSOLVED)
    return joint


def _set(joint, **columns):
    JointProgramme.objects.filter(pk=joint.pk).update(**columns)
    for name, value in columns.items():
        setattr(joint, name, value)
