"""A proposal is scored and recommended: each act with its exact outcome."""

from decimal import Decimal

import pytest

from proposals.enums import Action, ReasonFor, Recommendation, ReviewState, Status
from proposals.models import Proposal, Review
from proposals.review import actions
from proposals.review.actions import ScoreGiven, Stale
from proposals.workflow import hindrances
from tests import lists
from tests.builders import make_proposal, set_state
from tests.review.scenes import given, reasons_of, save

pytestmark = pytest.mark.django_db


def under_review(**fields):
    return make_proposal(status=Status.UNDER_REVIEW, **fields)


def test_a_draft_counts_nowhere_a_finished_review_stands_on_the_proposal(reviewer):
    proposal = under_review()
    draft = save(proposal, reviewer)
    proposal.refresh_from_db()
    assert (draft.state, draft.row_version) == (ReviewState.DRAFT, 1)
    assert (proposal.lead_reviewer, proposal.score_pct) == (reviewer, None)
    final = actions.finish_review(review=draft, by=reviewer)
    proposal.refresh_from_db()
    assert (final.state, final.score_pct) == (ReviewState.FINAL, Decimal("80.0"))
    assert (proposal.score_pct, proposal.recommended_rp) == (Decimal("80.0"), 250_000_000)


@pytest.mark.parametrize(
    ("material", "cost", "total"),
    [(3, 3, "60.0"), (5, 1, "70.0"), (4, None, "80.0"), (4, 3, "72.5"), (1, 2, "27.5")],
)
def test_total_is_weighted_over_what_applies(reviewer, material, cost, total):
    review = save(under_review(), reviewer, scores=given(material, cost, "Cukup jelas"))
    assert actions.finish_review(review=review, by=reviewer).score_pct == Decimal(total)


def test_an_own_programme_is_scored_on_fit_alone_and_keeps_its_amount(reviewer):
    proposal = under_review(request_to="own")
    fit, cost = lists.criteria()
    assert reasons_of(save, proposal=proposal, by=reviewer, scores={cost: ScoreGiven(4)}) == (
        "A criterion does not apply to this kind of proposal.",
    )
    review = save(proposal, reviewer, scores={fit: ScoreGiven(3)}, recommended_rp=Decimal(1))
    final = actions.finish_review(review=review, by=reviewer)
    assert (final.score_pct, final.recommended_rp) == (Decimal("60.0"), 250_000_000)


@pytest.mark.parametrize("value", [1, 2, 5])
def test_extreme_scores_need_a_sentence(reviewer, value):
    fit, _cost = lists.criteria()
    named = {"proposal": under_review(), "by": reviewer}
    lacking = f"{fit.name}: Write a sentence: a score of 1, 2 or 5 needs one."
    assert reasons_of(save, scores={fit: ScoreGiven(value)}, **named) == (lacking,)
    assert reasons_of(save, scores={fit: ScoreGiven(value, " . ")}, **named) == (lacking,)
    kept = save(scores={fit: ScoreGiven(value, "  Bahan   jelas ")}, **named).scores.get()
    assert (kept.value, kept.sentence) == (value, "Bahan jelas")


def test_what_does_not_apply_says_why_and_scores_stay_on_the_scale(reviewer):
    fit, cost = lists.criteria()
    scores = {fit: ScoreGiven(None), cost: ScoreGiven(6, "Sangat baik")}
    assert reasons_of(save, proposal=under_review(), by=reviewer, scores=scores) == (
        f"{fit.name}: Write why the criterion does not apply.",
        f"{cost.name}: Choose a score from 1 to 5.",
    )


def offering(key="s_biaya"):
    """Make the criterion that the tables can tell: 250 million for 50 people is in the band."""
    lists.intervention(typical_units="angkatan|orang")
    return lists.keyed(lists.ReviewCriterion, key, group="score", weight=4)


def test_a_confirmed_offer_carries_its_source_a_departure_its_sentence(reviewer):
    cost, proposal = offering(), under_review()
    kept = save(proposal, reviewer, scores={cost: ScoreGiven(4)}).scores.get()
    assert (kept.value, kept.computed, kept.sentence) == (4, 4, kept.computed_from)
    assert reasons_of(
        save, proposal=proposal, by=reviewer, row_version=1, scores={cost: ScoreGiven(3)}
    ) == (f"{cost.name}: Write a sentence: your score differs from the offered one.",)
    scores = {cost: ScoreGiven(3, "Harga setempat lebih rendah")}
    departed = save(proposal, reviewer, 1, scores).scores.get()
    assert (departed.value, departed.computed) == (3, 4)


def test_an_unfinished_review_says_all_that_is_missing(reviewer):
    fit, cost = lists.criteria()
    review = save(under_review(), reviewer, scores={fit: ScoreGiven(4)}, recommendation="")
    assert reasons_of(actions.finish_review, review=review, by=reviewer) == (
        f"Not scored yet: {cost.name}.",
        "Choose a recommendation.",
    )


def test_each_recommendation_wants_its_own_reason(reviewer):
    named = {"proposal": under_review(), "by": reviewer, "recommendation": Recommendation.DEFER}
    wrong = lists.reason(ReasonFor.REFUSAL)
    assert reasons_of(save, reason=wrong, **named) == (
        "Choose a reason that fits your recommendation.",
    )
    review = save(**named)
    assert reasons_of(actions.finish_review, review=review, by=reviewer) == (
        "Choose the reason of your recommendation.",
    )
    review = save(row_version=1, reason=lists.reason(ReasonFor.DEFER), **named)
    final = actions.finish_review(review=review, by=reviewer)
    assert (final.recommendation, final.recommended_rp) == (Recommendation.DEFER, None)


def test_lines_add_up_to_the_proposed_amount_and_the_asked_ones_stay(reviewer):
    proposal = under_review(n_lines=2, requested_rp=200_000_000)
    first, second = proposal.budget_lines.all()
    review = save(
        proposal,
        reviewer,
        recommendation=Recommendation.AGREE_CHANGED,
        reason=lists.reason(ReasonFor.CHANGE),
        line_amounts={first.pk: Decimal(60_000_000), second.pk: None},
    )
    assert actions.finish_review(review=review, by=reviewer).recommended_rp == 160_000_000
    kept = [(line.total_rp, line.recommended_rp) for line in proposal.budget_lines.all()]
    assert kept == [(100_000_000, 60_000_000), (100_000_000, None)]


def test_lines_of_another_proposal_and_impossible_amounts_are_refused(reviewer):
    other = under_review(n_lines=1).budget_lines.get()
    proposal = under_review(n_lines=1)
    amounts = {other.pk: Decimal(10**18), proposal.budget_lines.get().pk: Decimal(-1)}
    assert reasons_of(save, proposal=proposal, by=reviewer, line_amounts=amounts) == (
        "A budget line does not belong to this proposal.",
        "A proposed amount cannot be below zero.",
        "A proposed amount is too large.",
    )


def test_agreeing_as_asked_does_not_change_the_amount(reviewer):
    review = save(under_review(), reviewer, recommended_rp=Decimal(1))
    assert reasons_of(actions.finish_review, review=review, by=reviewer) == (
        "The proposed amount differs from the asked one: choose to agree with changes.",
    )


def test_a_stale_review_overwrites_nothing_the_same_one_twice_is_kept_once(reviewer):
    proposal = under_review()
    first = save(proposal, reviewer, note="Dari jendela pertama")
    again = save(proposal, reviewer, note="Dari jendela pertama")
    assert (again.pk, again.row_version) == (first.pk, 1)
    with pytest.raises(Stale) as conflict:
        save(proposal, reviewer, note="Dari jendela kedua")
    assert conflict.value.current == first
    assert Review.objects.get().note == "Dari jendela pertama"


def test_changing_a_finished_review_takes_it_out_of_the_count(reviewer):
    proposal = under_review()
    final = actions.finish_review(review=save(proposal, reviewer), by=reviewer)
    changed = save(proposal, reviewer, final.row_version, note="Dilihat lagi")
    proposal.refresh_from_db()
    assert (changed.state, proposal.score_pct, proposal.recommended_rp) == ("draft", None, None)


def test_two_reviewers_the_mean_counts_and_the_lead_names_the_amount(reviewer, other_reviewer):
    proposal = under_review()
    changed = {"recommendation": Recommendation.AGREE_CHANGED}
    changed["reason"] = lists.reason(ReasonFor.CHANGE)
    lead = save(proposal, reviewer, recommended_rp=Decimal(200), **changed)
    other = save(proposal, other_reviewer, scores=given(3, 3), recommended_rp=Decimal(9), **changed)
    for review, by in ((lead, reviewer), (other, other_reviewer)):
        actions.finish_review(review=review, by=by)
    proposal.refresh_from_db()
    assert (proposal.score_pct, proposal.recommended_rp) == (Decimal("70.0"), 200)


def test_concluding_scores_and_brings_to_the_desk_all_or_nothing(reviewer):
    proposal, points = under_review(), lists.criteria()
    named = {"proposal": proposal, "by": reviewer, "to_desk": True, "row_version": 0}
    assert reasons_of(
        actions.conclude, scores={}, recommendation=Recommendation.AGREE, **named
    ) == tuple(f"Not scored yet: {one.name}." for one in points)
    assert Review.objects.count() == 0
    for _twice in range(2):
        actions.conclude(scores=given(), recommendation=Recommendation.AGREE, **named)
    stands = Proposal.objects.get(pk=proposal.pk)
    assert (stands.status, stands.score_pct) == (Status.AT_DESK, Decimal("80.0"))


def test_only_a_reviewer_scores_and_only_under_review(coordinator, gate_checker, officer, reviewer):
    proposal = under_review()
    for person in (coordinator, gate_checker, officer):
        assert reasons_of(save, proposal=proposal, by=person) == ("Your role may not do this.",)
    sent = make_proposal(status=Status.SENT)
    assert reasons_of(save, proposal=sent, by=reviewer) == (
        f"{sent.number}: not possible while the proposal is: Sent.",
    )
    draft = make_proposal()
    assert reasons_of(save, proposal=draft, by=reviewer) == (
        "You cannot see this proposal any more.",
    )


def test_nobody_finishes_the_review_of_another(reviewer, other_reviewer):
    review = save(under_review(), reviewer)
    assert reasons_of(actions.finish_review, review=review, by=other_reviewer) == (
        "Only its writer finishes a review.",
    )


def test_after_signing_nothing_moves(reviewer):
    proposal = under_review()
    set_state(proposal.year, "signed")
    assert reasons_of(save, proposal=proposal, by=reviewer) == (
        "The minutes are signed: a change now needs an addendum.",
    )


def test_unscored_goes_to_the_desk_only_with_the_coordinators_reason(coordinator, reviewer):
    proposal = under_review()
    assert hindrances(Action.PUT_ON_DESK, proposal=proposal, user=coordinator) == []
    save(proposal, reviewer)
    proposal.refresh_from_db()
    assert proposal.status == Status.UNDER_REVIEW
