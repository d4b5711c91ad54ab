"""Who is told what: each act, its people, and nobody else."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from proposals import notices, workflow
from proposals.enums import Action, JointAction, NoticeKind, RequestTo, Role, Status
from proposals.filing import actions as filing_actions
from proposals.models import Letter, Notice, Proposal
from proposals.review import actions as review_actions
from proposals.workflow import Given, Point
from tests import cast, lists
from tests.builders import make_joint, make_proposal
from tests.harmonisation import story

K = NoticeKind


def ready(**fields):
    return make_proposal(status=Status.AWAITING_HEAD, **fields)


def due_in(days):
    return timezone.localdate() + timedelta(days=days)


def everybody():
    """Return one person of every role, and officer and head of another office."""
    people = [cast.person(role) for role in Role]
    other = cast.make_office(cast.OTHER_REGENCY)
    return [*people, cast.person(Role.OFFICER, other), cast.person(Role.HEAD, other)]


def kinds_by_person():
    rows = Notice.objects.order_by("pk").values_list("recipient__email", "kind")
    found = {}
    for email, kind in rows:
        found.setdefault(email.partition("@")[0], []).append(kind)
    return found


def test_head_is_told_of_what_waits_for_the_signature(officer, head, told):
    draft = make_proposal()
    everybody()
    workflow.take(Action.HAND_TO_HEAD, proposal=draft, by=officer)
    assert kinds_by_person() == {"head1": ["handed"]}
    assert Notice.objects.get().words == {
        "label": "",
        "title": draft.title,
        "office": head.office.name,
        "who": "Siti Rahmah",
        "note": "",
    }


def test_sending_tells_the_own_office_and_the_gate_checkers(officer, head, told):
    proposal = ready()
    everybody()
    sent = workflow.take(Action.SEND, proposal=proposal, by=head)
    assert kinds_by_person() == {"officer1": ["sent"], "gate_checker1": ["sent"]}
    assert told(officer) == [("sent", sent.number)]


def test_office_is_told_what_to_mend_and_until_when(officer, head, gate_checker, told):
    proposal = make_proposal(status=Status.SENT)
    everybody()
    points = (
        Point("background", "Jelaskan angka", due_in(4)),
        Point("outputs", "Tulis satuan", due_in(6)),
    )
    workflow.take(Action.RETURN, proposal=proposal, by=gate_checker, given=Given(points=points))
    assert kinds_by_person() == {"officer1": ["returned"], "head1": ["returned"]}
    words = Notice.objects.filter(recipient=officer).get().words
    assert words["due"] == due_in(6).isoformat()
    assert words["points"] == [
        {"field": "background", "what": "Jelaskan angka"},
        {"field": "outputs", "what": "Tulis satuan"},
    ]


def test_who_returned_it_is_told_that_it_came_again(officer, head, gate_checker, reviewer, told):
    proposal = make_proposal(status=Status.UNDER_REVIEW)
    given = Given(points=(Point("background", "Jelaskan angka", due_in(4)),))
    workflow.take(Action.RETURN, proposal=proposal, by=reviewer, given=given)
    point = proposal.return_points.get()
    filing_actions.answer_point(point=point, by=officer, answer="Sudah dijelaskan")
    everybody()
    workflow.take(Action.SEND, proposal=proposal, by=head)
    number = proposal.number
    assert told(reviewer) == told(gate_checker) == [("sent_again", number)]
    assert told(officer) == [("returned", number), ("sent_again", number)]
    assert told(head) == [("returned", number)]


DECISIONS = {
    Action.AGREE: ({"agreed_rp": Decimal(250_000_000)}, "Disepakati, Rp 250.000.000"),
    Action.AGREE_CHANGED: (
        {"agreed_rp": Decimal(200_000_000), "reason": "change"},
        "Disepakati dengan perubahan, Rp 200.000.000",
    ),
    Action.REDIRECT: ({"reason": "redirect"}, "Dialihkan"),
    Action.DEFER: ({"reason": "defer"}, "Ditunda"),
    Action.REJECT: ({"reason": "refusal"}, "Tidak disepakati"),
}


@pytest.mark.parametrize("action", DECISIONS)
def test_a_decision_is_told_to_its_office_alone(action, officer, head, province_head):
    """Before signing, an office reads its own decisions and no other's (house, section 5)."""
    given, result = DECISIONS[action]
    given = given | ({"reason": lists.reason(given["reason"])} if "reason" in given else {})
    proposal = make_proposal(status=Status.AT_DESK)
    everybody()
    workflow.take(action, proposal=proposal, by=province_head, given=Given(**given))
    assert kinds_by_person() == {"officer1": ["decided"], "head1": ["decided"]}
    subjects = set(Letter.objects.values_list("subject", flat=True))
    assert subjects == {f"Rakortek: {proposal.number}: {result}"}


def test_reopening_and_resuming_are_told(officer, head, coordinator, told):
    agreed = make_proposal(status=Status.AGREED)
    returned = make_proposal(status=Status.RETURNED)
    given = Given(note="Dibahas lagi")
    workflow.take(Action.REOPEN, proposal=agreed, by=coordinator, given=given)
    workflow.take(Action.RESUME, proposal=returned, by=coordinator, given=given)
    assert told(officer) == [("decided", agreed.number), ("resumed", returned.number)]


def test_quiet_acts_tell_nobody(gate_checker, reviewer):
    proposal = make_proposal(status=Status.SENT)
    answers = dict.fromkeys(lists.gates(RequestTo.PROVINCE), ("passed", ""))
    review_actions.accept(proposal=proposal, by=gate_checker, answers=answers)
    assert kinds_by_person() == {}


def test_twenty_sent_at_once_are_one_notice(officer, head, gate_checker, post):
    proposals = [ready() for _ in range(19)]
    hindered = make_proposal(is_bare=True)
    results = filing_actions.send_all(proposals=[*proposals, hindered], by=head)
    assert [bool(one.reasons) for one in results] == [False] * 19 + [True]
    assert kinds_by_person() == {"officer1": ["sent"], "gate_checker1": ["sent"]}
    words = Notice.objects.filter(recipient=gate_checker).get().words
    assert (words["count"], len(words["items"])) == (19, 19)


def test_assigning_many_is_one_notice_for_the_reviewer(coordinator, reviewer, post):
    proposals = [make_proposal(status=Status.UNDER_REVIEW) for _ in range(3)]
    review_actions.assign(proposals=proposals, by=coordinator, division=None, reviewer=reviewer)
    assert kinds_by_person() == {"reviewer1": ["assigned"]}
    assert post() == [(reviewer.email, "Rakortek: 3 usulan ditugaskan kepada Anda")]


def test_head_gives_back_and_the_officer_is_told(officer, head, told):
    proposal = ready()
    filing_actions.give_back(proposal=proposal, by=head, note="Periksa jumlah peserta")
    assert (told(officer), told(head)) == ([("given_back", "")], [])
    assert Notice.objects.get().words["note"] == "Periksa jumlah peserta"


def test_members_are_told_of_joining_and_heads_are_asked(coordinator, told):
    own = make_proposal(status=Status.UNDER_REVIEW, request_to=RequestTo.OWN)
    other = make_proposal(cast.make_office(cast.OTHER_REGENCY), Status.UNDER_REVIEW)
    everybody()
    joint = story.joined(coordinator, [own, other], 100, 200)
    told_of = {email: sorted(kinds) for email, kinds in kinds_by_person().items()}
    assert told_of == {  # officer and head of each of the two regencies
        "officer1": ["joined", "joined"],
        "head1": ["consent_asked", "joined", "joined"],
    }
    asked = Notice.objects.get(kind=K.CONSENT_ASKED)
    assert asked.recipient == cast.person(Role.HEAD)
    assert asked.words["share"] == joint.shares.get(proposal=own).pk


def test_members_are_told_what_was_decided_of_their_programme(officer, coordinator, told):
    joint = make_joint()
    workflow.take_joint(
        JointAction.DEFER, joint=joint, by=coordinator, given=Given(note="Tunggu data")
    )
    notice = Notice.objects.get(recipient=officer)
    assert (notice.kind, notice.joint, notice.words["label"]) == ("decided", joint, joint.number)


def test_nobody_is_told_of_the_own_act(head, officer):
    workflow.take(Action.SEND, proposal=ready(), by=head)
    assert Notice.objects.filter(recipient=head).count() == 0


def test_without_a_right_to_read_nobody_is_told(head, gate_checker):
    gate_checker.is_active = False
    gate_checker.save()
    workflow.take(Action.SEND, proposal=ready(), by=head)
    assert Notice.objects.filter(recipient=gate_checker).count() == 0


@pytest.mark.parametrize("status", Status)
def test_no_notice_names_what_its_reader_may_not_read(status, db):
    """Whatever the act, and wherever the proposal stands: every reader may read it now."""
    people = everybody()
    doer = cast.person(Role.COORDINATOR, number=2)
    proposal = make_proposal(status=status)
    for action in Action:
        if action != Action.MERGE and (action != Action.RETURN or status == Status.RETURNED):
            notices.moved(action, proposal=proposal, by=doer)
    written = list(Notice.objects.select_related("recipient").order_by("pk"))
    readers = {one.recipient for one in written}
    assert readers <= set(people)
    assert {one.office for one in readers} <= {proposal.office, proposal.year.office}
    hidden = [one for one in readers if not Proposal.objects.visible_to(one).exists()]
    assert hidden == []
    assert {one.role for one in readers} <= {Role.OFFICER, Role.HEAD, Role.GATE_CHECKER}
    was_sent = status not in {Status.DRAFT, Status.AWAITING_HEAD}
    assert (Role.GATE_CHECKER in {one.role for one in readers}) == was_sent
