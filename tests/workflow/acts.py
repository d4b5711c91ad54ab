"""What a person needs to take each action: rows made ready, and the words of the act."""

from datetime import timedelta

from django.utils import timezone

from proposals.enums import Action, GateResult, JointState, ReasonFor, Role
from proposals.models import GateAnswer, JointProgramme, Office, Share
from proposals.workflow import Given, Point
from tests import cast, lists
from tests.moves import form_joint, make_review

NEXT_WEEK = timezone.localdate() + timedelta(days=7)


def answer_points(proposal, by):
    proposal.return_points.filter(answer="").update(
        answer="Sudah diperbaiki", answered_at=timezone.now(), answered_by=by
    )


def let_officers_send(proposal):
    Office.objects.filter(pk=proposal.office_id).update(officers_may_send=True)


def answer_gates(proposal, result=GateResult.PASSED, reason=""):
    checker = cast.person(Role.GATE_CHECKER)
    for gate in lists.gates(proposal.request_to):
        GateAnswer.objects.create(
            proposal=proposal, criterion=gate, result=result, reason=reason, answered_by=checker
        )


def join_alone(proposal):
    """Lay the proposal into a programme that is joined already: what comes before merging."""
    joint = form_joint([proposal])
    JointProgramme.objects.filter(pk=joint.pk).update(
        state=JointState.JOINED, number="PROV-90", amount_rp=joint.shares.get().amount_rp
    )
    return joint


POINT = Point("background", "Jelaskan dengan angka", NEXT_WEEK)


def make_sendable(proposal, by):
    answer_points(proposal, by)
    let_officers_send(proposal)


READY = {
    Action.HAND_TO_HEAD: make_sendable,
    Action.SEND: make_sendable,
    Action.ACCEPT_FOR_REVIEW: lambda proposal, _: answer_gates(proposal),
    Action.PUT_ON_DESK: lambda proposal, by: make_review(proposal, reviewer=by),
    Action.MERGE: lambda proposal, _: join_alone(proposal),
    Action.RELEASE: lambda proposal, _: Share.objects.filter(proposal=proposal).delete(),
}
WORDS = {
    Action.RETURN: lambda _: Given(points=(POINT,)),
    Action.AGREE: lambda proposal: Given(agreed_rp=proposal.requested_rp),
    Action.AGREE_CHANGED: lambda _: Given(agreed_rp=1, reason=lists.reason(ReasonFor.CHANGE)),
    Action.REDIRECT: lambda _: Given(reason=lists.reason(ReasonFor.REDIRECT)),
    Action.DEFER: lambda _: Given(reason=lists.reason(ReasonFor.DEFER)),
    Action.REJECT: lambda _: Given(reason=lists.reason(ReasonFor.REFUSAL)),
}


def act(action, proposal, by):
    """Make everything ready for an action, and return the words that go with it."""
    if action in READY:
        READY[action](proposal, by)
    return WORDS[action](proposal) if action in WORDS else Given(note="Sesuai rapat")
