"""Gates, comments and routing, each with its exact outcome."""

import pytest

from proposals.enums import GateResult, RequestTo, Status
from proposals.models import Comment, Division, GateAnswer, Proposal, ReviewCriterion
from proposals.review import actions
from tests import cast, lists
from tests.builders import make_proposal
from tests.review.scenes import reasons_of, save

pytestmark = pytest.mark.django_db
PASSED = (GateResult.PASSED, "")


def sent(**fields):
    return make_proposal(status=Status.SENT, **fields)


def answers(*results):
    return dict(zip(lists.gates(RequestTo.PROVINCE), results, strict=False))


def test_every_gate_passed_takes_the_proposal_in(gate_checker):
    proposal = sent()
    actions.accept(proposal=proposal, by=gate_checker, answers=answers(PASSED, PASSED))
    proposal.refresh_from_db()
    assert proposal.status == Status.UNDER_REVIEW
    told = GateAnswer.objects.values_list("criterion__key", "result", "answered_by__role")
    assert sorted(told) == [
        ("g_dokumen", "passed", "gate_checker"),
        ("g_kewenangan", "passed", "gate_checker"),
    ]


def test_what_is_not_plainly_passed_needs_a_reason(gate_checker):
    failing = answers((GateResult.FAILED, " "), (GateResult.CONDITIONAL, ""))
    named = {"proposal": sent(), "by": gate_checker}
    assert reasons_of(actions.answer_gates, answers=failing, **named) == tuple(
        f"{gate.name}: write the reason." for gate in lists.gates(RequestTo.PROVINCE)
    )


@pytest.mark.parametrize(
    ("result", "reasons"),
    [
        (
            GateResult.FAILED,
            ("A gate has failed: return the proposal, or let it pass on condition.",),
        ),
        (None, ("Answer every gate first.",)),
    ],
)
def test_a_failed_or_open_gate_keeps_the_proposal_out_and_nothing_is_kept(
    gate_checker, result, reasons
):
    said = answers(PASSED, (result, "Kode salah")) if result else answers(PASSED)
    assert reasons_of(actions.accept, proposal=sent(), by=gate_checker, answers=said) == reasons
    assert GateAnswer.objects.count() == 0


def test_a_failed_gate_passes_on_condition_with_its_printed_reason(gate_checker):
    proposal, condition = sent(), (GateResult.CONDITIONAL, "RAB menyusul 1 Maret")
    actions.accept(proposal=proposal, by=gate_checker, answers=answers(PASSED, condition))
    proposal.refresh_from_db()
    assert proposal.status == Status.UNDER_REVIEW
    assert proposal.gate_answers.get(result="conditional").reason == "RAB menyusul 1 Maret"


def test_gates_for_requests_alone_are_not_asked_of_own_programmes(gate_checker):
    land = lists.keyed(ReviewCriterion, "g_lahan_siap", group="gate", is_gate=True)
    proposal = sent(request_to="own")
    said = answers(PASSED, PASSED)
    assert reasons_of(
        actions.answer_gates, proposal=proposal, by=gate_checker, answers=said | {land: PASSED}
    ) == ("A gate does not apply to this kind of proposal.",)
    actions.accept(proposal=proposal, by=gate_checker, answers=said)
    proposal.refresh_from_db()
    assert proposal.status == Status.UNDER_REVIEW


def test_gates_are_answered_by_the_checker_before_the_review(reviewer, gate_checker):
    said = answers(PASSED, PASSED)
    assert reasons_of(actions.answer_gates, proposal=sent(), by=reviewer, answers=said) == (
        "Your role may not do this.",
    )
    later = make_proposal(status=Status.UNDER_REVIEW)
    assert reasons_of(actions.answer_gates, proposal=later, by=gate_checker, answers=said) == (
        f"{later.number}: not possible while the proposal is: Under review.",
    )


def test_the_same_answer_again_changes_nothing(gate_checker):
    proposal, said = sent(), answers(PASSED, (GateResult.CONDITIONAL, "Menyusul"))
    for _twice in range(2):
        actions.answer_gates(proposal=proposal, by=gate_checker, answers=said)
    assert GateAnswer.pgh_event_model.objects.count() == 2


def test_comments_name_their_version_and_notes_stay_in_the_province(officer, reviewer, admin):
    proposal = sent()
    named = {"proposal": proposal, "is_internal": False}
    shared = actions.comment(by=officer, text=" Sudah dilengkapi ", **named)
    assert (shared.text, shared.version, shared.is_internal) == ("Sudah dilengkapi", 1, False)
    note = actions.comment(proposal=proposal, by=reviewer, text="Periksa lagi", is_internal=True)
    assert note.is_internal
    refused = ("Your role may not do this.",)
    inside = {"proposal": proposal, "text": "Hai", "is_internal": True}
    assert reasons_of(actions.comment, by=officer, **inside) == refused
    assert reasons_of(actions.comment, by=admin, text="Hai", **named) == refused
    assert reasons_of(actions.comment, by=reviewer, text=" \n", **named) == ("Write the comment.",)
    assert Comment.objects.count() == 2


def test_an_office_says_nothing_on_anothers_proposal_nor_on_its_draft(other_officer, officer):
    named = {"text": "Hai", "is_internal": False}
    assert reasons_of(actions.comment, proposal=sent(), by=other_officer, **named) == (
        "You cannot see this proposal any more.",
    )
    assert reasons_of(actions.comment, proposal=make_proposal(), by=officer, **named) == (
        "Your role may not do this.",
    )


def test_the_coordinator_routes_several_at_once(coordinator, reviewer):
    division = lists.keyed(Division, "sarana")
    chosen = [sent(), make_proposal(status=Status.UNDER_REVIEW)]
    named = {"proposals": chosen, "by": coordinator}
    assert actions.assign(division=division, reviewer=reviewer, **named) == 2
    assert actions.assign(division=None, reviewer=reviewer, **named) == 2
    routed = set(Proposal.objects.values_list("lead_division__key", "lead_reviewer__email"))
    assert routed == {("sarana", reviewer.email)}


def test_routing_is_the_coordinators_and_needs_somebody_who_reviews(coordinator, reviewer, admin):
    named = {"proposals": [sent()], "division": None}
    assert reasons_of(actions.assign, by=reviewer, reviewer=reviewer, **named) == (
        "Your role may not do this.",
    )
    assert reasons_of(actions.assign, by=coordinator, reviewer=None, **named) == (
        "Choose a division or a reviewer.",
    )
    assert reasons_of(actions.assign, by=coordinator, reviewer=admin, **named) == (
        f"{admin.full_name} is not an active reviewer.",
    )


def test_routing_refuses_all_where_one_is_decided_or_unseen(coordinator, reviewer):
    open_one, done, draft = sent(), make_proposal(status=Status.AGREED), make_proposal()
    named = {"by": coordinator, "division": None, "reviewer": reviewer}
    assert reasons_of(actions.assign, proposals=[open_one, done], **named) == (
        f"{done.number}: not possible while the proposal is: Agreed.",
    )
    assert reasons_of(actions.assign, proposals=[open_one, draft], **named) == (
        "You cannot see this proposal any more.",
    )
    open_one.refresh_from_db()
    assert open_one.lead_reviewer is None


def test_a_reviewer_made_lead_by_the_coordinator_stays_lead(coordinator, reviewer, other_reviewer):
    proposal = make_proposal(status=Status.UNDER_REVIEW)
    actions.assign(proposals=[proposal], by=coordinator, division=None, reviewer=reviewer)
    save(proposal, other_reviewer)
    proposal.refresh_from_db()
    assert proposal.lead_reviewer == reviewer
    assert cast.person("reviewer").led_proposals.get() == proposal
