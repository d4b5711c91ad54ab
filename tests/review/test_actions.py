"""A proposal is checked, scored, recommended: each act with its exact outcome."""

from decimal import Decimal

import pytest

from proposals.enums import GateResult, ReasonFor, Recommendation, ReviewState, Status
from proposals.refused import Refused
from proposals.review import actions
from proposals.review.actions import ScoreGiven
from tests import lists
from tests.builders import make_proposal

pytestmark = pytest.mark.django_db


def reasons_of(call, **named):
    with pytest.raises(Refused) as refusal:
        call(**named)
    return refusal.value.reasons


def given(material=4, cost=4, sentence=""):
    first, second = lists.criteria()
    return {first: ScoreGiven(material, sentence), second: ScoreGiven(cost, sentence)}


def save(proposal, by, row_version=0, scores=None, **fields):
    fields = {"recommendation": Recommendation.AGREE} | fields
    return actions.save_review(
        proposal=proposal, by=by, row_version=row_version, scores=scores or given(), **fields
    )


def test_reviewer_scores_and_finishes(reviewer):
    proposal = make_proposal(status=Status.UNDER_REVIEW)
    draft = save(proposal, reviewer)
    proposal.refresh_from_db()
    assert (draft.state, draft.row_version) == (ReviewState.DRAFT, 1)
    assert (proposal.lead_reviewer, proposal.score_pct) == (reviewer, None)
    final = actions.finish_review(review=draft, by=reviewer)
    proposal.refresh_from_db()
    assert (final.state, final.score_pct) == (ReviewState.FINAL, Decimal("80.0"))
    assert (proposal.score_pct, proposal.recommended_rp) == (Decimal("80.0"), 250_000_000)
