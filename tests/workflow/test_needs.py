"""Every need of the table: the sentence when it is not met, silence when it is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from proposals import completeness
from proposals.enums import (
    Action,
    GateResult,
    ReasonFor,
    RequestTo,
    ReviewState,
    Role,
    Status,
    YearState,
)
from proposals.models import (
    Comment,
    GateAnswer,
    OfficeYear,
    PlanningYear,
    Proposal,
    ReadinessDocument,
)
from proposals.refused import Refused
from proposals.workflow import Given, Point, hindrances, knowing, take
from tests import cast, lists
from tests.builders import make_ceiling, make_joint, make_office_year, make_proposal, set_state
from tests.moves import make_review, move
from tests.scenes import scribble
from tests.workflow.acts import NEXT_WEEK, POINT, answer_gates, answer_points, join_alone

pytestmark = pytest.mark.django_db

S, A = Status, Action
YESTERDAY = timezone.localdate() - timedelta(days=1)


def why(action, proposal, role, given=None, office=None):
    """Return the hindrances as a page would read them now."""
    fresh = Proposal.objects.get(pk=proposal.pk)
    return hindrances(action, proposal=fresh, user=cast.person(role, office), given=given)


def test_another_office_stays_out():
    other = make_proposal(cast.make_office(cast.OTHER_REGENCY))
    said = why(A.WITHDRAW, other, Role.HEAD, Given(note="Batal"))
    assert said == ["This proposal belongs to another office."]


def test_who_cannot_see_a_proposal_is_told_no_more():
    other = make_proposal(cast.make_office(cast.OTHER_REGENCY))
    with pytest.raises(Refused) as refused:
        take(A.WITHDRAW, proposal=other, by=cast.person(Role.HEAD), given=Given(note="Batal"))
    assert refused.value.reasons == ("You cannot see this proposal any more.",)


def test_every_reason_is_given_at_once():
    bare = make_proposal(status=S.AT_DESK)
    said = why(A.AGREE_CHANGED, bare, Role.COORDINATOR, Given())
    assert said == ["Choose the reason.", "Enter the agreed amount."]


def test_an_officer_sends_only_where_the_office_lets_officers_send():
    draft = make_proposal()
    said = why(A.SEND, draft, Role.OFFICER)
    assert said == ["In your office only the head sends: hand the proposal to the head."]
    draft.office.officers_may_send = True
    draft.office.save()
    assert why(A.SEND, draft, Role.OFFICER) == []


def test_the_head_sends_whatever_the_office_says():
    assert why(A.SEND, make_proposal(), Role.HEAD) == []


def test_the_provincial_head_sends_the_provinces_own():
    own = make_proposal(cast.make_office(cast.PROVINCE))
    assert why(A.SEND, own, Role.PROVINCE_HEAD) == []


def test_what_is_missing_is_named_thing_by_thing():
    draft = make_proposal(beneficiary_ikm=None, target_group=" ")
    assert why(A.SEND, draft, Role.HEAD) == ["Fill in: Target group.", "Fill in: IKM reached."]


def test_a_page_that_has_read_everything_asks_nothing_more(django_assert_num_queries):
    made, head = make_proposal(), cast.person(Role.HEAD)
    lists.document("siteplan", blocks_sending=False)
    rows = Proposal.objects.for_page().prefetch_related(*completeness.PREFETCH, "return_points")
    draft = rows.get(pk=made.pk)
    own = OfficeYear.objects.get(office=draft.office_id)
    knowing(draft, list(ReadinessDocument.objects.all()), own)
    with django_assert_num_queries(0):
        assert hindrances(A.SEND, proposal=draft, user=head) == []


CLOSED = ["Sending is closed now. Saving your draft stays possible."]


@pytest.mark.parametrize(
    ("opens", "closes", "said"),
    [(-10, 10, []), (1, 10, CLOSED), (-10, -1, CLOSED)],
    ids=["inside", "before", "after"],
)
def test_sending_follows_the_window(opens, closes, said):
    draft = make_proposal()
    now = timezone.now()
    PlanningYear.objects.update(
        opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes)
    )
    assert why(A.SEND, draft, Role.HEAD) == said


@pytest.mark.parametrize("state", [YearState.CLOSED, YearState.MEETING])
def test_people_close_a_year_before_the_clock_does(state):
    draft = make_proposal()
    set_state(draft.year, state)
    assert why(A.SEND, draft, Role.HEAD) == CLOSED


@pytest.mark.parametrize(("days", "said"), [(1, []), (-1, CLOSED)])
def test_one_office_may_have_longer(days, said):
    draft = make_proposal()
    now = timezone.now()
    PlanningYear.objects.update(closes_at=now - timedelta(hours=1))
    OfficeYear.objects.update(extended_until=now + timedelta(days=days), extension_reason="Banjir")
    assert why(A.SEND, draft, Role.HEAD) == said


def test_an_office_without_a_row_of_the_year_has_no_extension():
    own = make_proposal(cast.make_office(cast.PROVINCE))
    OfficeYear.objects.all().delete()
    PlanningYear.objects.update(closes_at=timezone.now() - timedelta(hours=1))
    assert why(A.SEND, own, Role.PROVINCE_HEAD) == CLOSED


def returned(due_on=NEXT_WEEK):
    proposal = make_proposal(status=S.SENT)
    move(proposal, S.RETURNED)
    # The row keeps field and words for good; the day stands in nothing else, so it may be set here.
    proposal.return_points.update(due_on=due_on)
    return proposal


UNANSWERED = ["Answer every point of the return first."]


def test_a_return_is_answered_before_it_goes_back():
    proposal = returned()
    assert why(A.SEND, proposal, Role.HEAD) == UNANSWERED
    assert why(A.HAND_TO_HEAD, proposal, Role.OFFICER) == UNANSWERED
    answer_points(proposal, cast.person(Role.OFFICER))
    assert why(A.SEND, proposal, Role.HEAD) == []


def test_a_settled_point_needs_no_answer():
    proposal = returned()
    proposal.return_points.update(
        settled_at=timezone.now(), settled_by=cast.person(Role.GATE_CHECKER)
    )
    assert why(A.HAND_TO_HEAD, proposal, Role.OFFICER) == []


def test_corrections_may_be_sent_after_closing_until_they_are_due():
    proposal = returned()
    answer_points(proposal, cast.person(Role.OFFICER))
    set_state(proposal.year, YearState.CLOSED)
    assert why(A.SEND, proposal, Role.HEAD) == []
    proposal.return_points.update(due_on=timezone.localdate())
    assert why(A.SEND, proposal, Role.HEAD) == []
    proposal.return_points.update(due_on=YESTERDAY)
    assert why(A.SEND, proposal, Role.HEAD) == [
        "The corrections were due: ask the provincial office how to go on."
    ]


def test_the_last_of_several_days_counts():
    proposal = returned(YESTERDAY)
    move(proposal, S.SENT, S.RETURNED)
    answer_points(proposal, cast.person(Role.OFFICER))
    assert why(A.SEND, proposal, Role.HEAD) == []


BEGUN = ["The province has begun its check: ask for a return instead."]


def test_what_waits_for_the_head_is_taken_back_freely():
    assert why(A.TAKE_BACK, make_proposal(status=S.AWAITING_HEAD), Role.OFFICER) == []


def test_what_is_sent_is_taken_back_until_the_province_begins():
    sent = make_proposal(status=S.SENT)
    assert why(A.TAKE_BACK, sent, Role.OFFICER) == []
    with scribble():
        answer_gates(sent)
        assert why(A.TAKE_BACK, sent, Role.OFFICER) == BEGUN
    make_review(sent, state=ReviewState.DRAFT)
    assert why(A.TAKE_BACK, sent, Role.HEAD) == BEGUN


def test_a_comment_does_not_begin_the_review():
    sent = make_proposal(status=S.SENT)
    Comment.objects.create(proposal=sent, author=cast.person(Role.REVIEWER), text="Dibaca")
    assert why(A.TAKE_BACK, sent, Role.OFFICER) == []


def test_every_gate_is_answered_and_none_has_failed():
    sent = make_proposal(status=S.SENT)
    assert lists.gates(sent.request_to)
    assert why(A.ACCEPT_FOR_REVIEW, sent, Role.GATE_CHECKER) == ["Answer every gate first."]
    answer_gates(sent, GateResult.CONDITIONAL, "Peta menyusul")
    assert why(A.ACCEPT_FOR_REVIEW, sent, Role.GATE_CHECKER) == []
    GateAnswer.objects.filter(pk=sent.gate_answers.first().pk).update(result=GateResult.FAILED)
    assert why(A.ACCEPT_FOR_REVIEW, sent, Role.GATE_CHECKER) == [
        "A gate has failed: return the proposal, or let it pass on condition."
    ]


def test_an_own_programme_passes_only_the_gates_of_own_programmes():
    own = make_proposal(status=S.SENT, request_to=RequestTo.OWN)
    answer_gates(own)
    gate = lists.keyed(type(lists.gates("own")[0]), "g_lahan", group="gate", is_gate=True)
    assert (gate.applies_to_own, gate.applies_to_requests) == (False, True)
    assert why(A.ACCEPT_FOR_REVIEW, own, Role.GATE_CHECKER) == []


def test_a_return_names_a_point_due_from_today_on():
    sent = make_proposal(status=S.SENT)
    assert why(A.RETURN, sent, Role.GATE_CHECKER, Given()) == [
        "Name at least one point to mend, with its due date."
    ]
    late = Point("title", "Perbaiki tahun", YESTERDAY)
    assert why(A.RETURN, sent, Role.GATE_CHECKER, Given(points=(POINT, late))) == [
        "A due date lies in the past: choose a later day."
    ]
    today = Point("title", "Perbaiki tahun", timezone.localdate())
    assert why(A.RETURN, sent, Role.GATE_CHECKER, Given(points=(today,))) == []


@pytest.mark.parametrize(
    ("action", "status", "role"),
    [
        (A.RESUME, S.RETURNED, Role.COORDINATOR),
        (A.REOPEN, S.DEFERRED, Role.PROVINCE_HEAD),
        (A.WITHDRAW, S.DRAFT, Role.HEAD),
    ],
)
def test_a_reason_is_more_than_spaces(action, status, role):
    proposal = make_proposal(status=status)
    assert why(action, proposal, role, Given(note=" \n")) == ["Write the reason."]
    assert why(action, proposal, role, Given(note="Sesuai rapat")) == []
    assert why(action, proposal, role) == []  # the form asks for it: no button is greyed


@pytest.mark.parametrize("action", [A.REDIRECT, A.DEFER, A.REJECT])
def test_a_refusal_has_a_reason_from_the_list(action):
    proposal = make_proposal(status=S.AT_DESK)
    assert why(action, proposal, Role.COORDINATOR, Given(note="x")) == ["Choose the reason."]
    given = Given(reason=lists.reason(ReasonFor.DEFER))
    assert why(action, proposal, Role.COORDINATOR, given) == []


FINISH = ["Finish your review first: every score and a recommendation."]
UNSCORED = ["No review is finished: write why the proposal goes to the desk unscored."]


def test_a_reviewer_brings_to_the_desk_what_she_reviewed_herself():
    proposal = make_proposal(status=S.UNDER_REVIEW)
    make_review(proposal, state=ReviewState.DRAFT)
    make_review(proposal, cast.person(Role.REVIEWER, number=2))
    given = Given(note="Sudah dinilai rekan")
    assert why(A.PUT_ON_DESK, proposal, Role.REVIEWER, given) == FINISH
    assert why(A.PUT_ON_DESK, proposal, Role.COORDINATOR, Given()) == []


def test_a_coordinator_says_why_it_goes_unscored():
    proposal = make_proposal(status=S.UNDER_REVIEW)
    make_review(proposal, state=ReviewState.DRAFT)
    assert why(A.PUT_ON_DESK, proposal, Role.COORDINATOR, Given()) == UNSCORED
    assert why(A.PUT_ON_DESK, proposal, Role.COORDINATOR, Given(note="Mendesak")) == []


def test_an_agreed_amount_is_said_and_not_below_zero():
    proposal = make_proposal(status=S.AT_DESK)
    assert why(A.AGREE, proposal, Role.COORDINATOR, Given()) == ["Enter the agreed amount."]
    why_changed = lists.reason(ReasonFor.CHANGE)
    below = Given(agreed_rp=-1, reason=why_changed)
    assert why(A.AGREE_CHANGED, proposal, Role.COORDINATOR, below) == [
        "The agreed amount cannot be below zero."
    ]
    nothing = Given(agreed_rp=0, reason=why_changed)
    assert why(A.AGREE_CHANGED, proposal, Role.COORDINATOR, nothing) == []


def test_another_amount_than_asked_is_agreed_with_changes():
    proposal = make_proposal(status=S.AT_DESK)
    less = Given(agreed_rp=proposal.requested_rp - 1)
    assert why(A.AGREE, proposal, Role.COORDINATOR, less) == [
        "Another amount than was asked is agreed with changes, with the reason."
    ]
    assert why(A.AGREE, proposal, Role.COORDINATOR, Given(agreed_rp=proposal.requested_rp)) == []


def test_who_decides_has_a_deciding_role():
    proposal = make_proposal(status=S.AT_DESK)
    admin = cast.person(Role.ADMIN)
    by_admin = Given(agreed_rp=proposal.requested_rp, decided_by=admin)
    assert why(A.AGREE, proposal, Role.COORDINATOR, by_admin) == [
        f"{admin.full_name} may not decide this."
    ]
    head = cast.person(Role.PROVINCE_HEAD)
    by_head = Given(agreed_rp=proposal.requested_rp, decided_by=head)
    assert why(A.AGREE, proposal, Role.COORDINATOR, by_head) == []


PASSED = ["The ceiling of Apbd prov would be passed: lower the amount or write why."]


def test_a_ceiling_is_kept_or_overridden_in_writing():
    proposal = make_proposal(status=S.AT_DESK)
    make_ceiling(249_999_999)
    asked = {"agreed_rp": proposal.requested_rp}
    assert why(A.AGREE, proposal, Role.COORDINATOR, Given(**asked)) == PASSED
    assert why(A.AGREE, proposal, Role.COORDINATOR, Given(**asked, override_reason=" ")) == PASSED
    override = Given(**asked, override_reason="Arahan gubernur")
    assert why(A.AGREE, proposal, Role.COORDINATOR, override) == []
    less = Given(agreed_rp=249_999_999, reason=lists.reason(ReasonFor.CHANGE))
    assert why(A.AGREE_CHANGED, proposal, Role.COORDINATOR, less) == []


def test_an_own_programme_is_never_refused_by_its_ceiling():
    own = make_proposal(status=S.AT_DESK, request_to=RequestTo.OWN)
    make_ceiling(1, region=own.office.region, funding="apbd_kab")
    assert why(A.AGREE, own, Role.COORDINATOR, Given(agreed_rp=own.requested_rp)) == []


JOIN_FIRST = ["Join it into a joint programme first."]


def test_merging_follows_joining():
    proposal = make_proposal(status=S.UNDER_REVIEW)
    assert why(A.MERGE, proposal, Role.COORDINATOR) == JOIN_FIRST
    make_joint([proposal], state="forming")
    assert why(A.MERGE, proposal, Role.COORDINATOR) == JOIN_FIRST
    other = make_proposal(status=S.UNDER_REVIEW)
    with scribble():
        join_alone(other)
        assert why(A.MERGE, other, Role.COORDINATOR) == []


def test_releasing_follows_taking_out():
    merged = make_proposal(status=S.MERGED)
    assert why(A.RELEASE, merged, Role.COORDINATOR) == ["Take it out of its joint programme first."]
    with scribble():
        merged.share.delete()
        assert why(A.RELEASE, merged, Role.COORDINATOR) == []


@pytest.mark.parametrize("state", [YearState.SIGNED, YearState.ARCHIVED])
def test_nothing_moves_once_the_minutes_are_signed(state):
    proposal = make_proposal(status=S.AT_DESK)
    set_state(proposal.year, state)
    assert why(A.AGREE, proposal, Role.COORDINATOR, Given(agreed_rp=250_000_000)) == [
        "The minutes are signed: a change now needs an addendum."
    ]


def test_an_unknown_role_may_do_nothing():
    head = cast.person(Role.HEAD)
    head.role = "minister"
    draft = make_proposal(created_by=cast.person(Role.OFFICER))
    assert hindrances(A.WITHDRAW, proposal=draft, user=head) == ["Your role may not do this."]


def test_a_letter_of_the_office_is_part_of_being_complete():
    office = cast.make_office(cast.OTHER_REGENCY)
    make_office_year(office, letter="", letter_at=None, letter_by=None)
    draft = make_proposal(office)
    assert why(A.SEND, draft, Role.HEAD, office=office) == [
        "Upload the covering letter of your office: one for all proposals."
    ]
