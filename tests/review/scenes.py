"""What stories of the review share: catalogue rows with weights, a review in words."""

import pytest

from proposals.enums import Recommendation
from proposals.refused import Refused
from proposals.review import actions
from proposals.review.actions import ScoreGiven
from tests import lists


def reasons_of(call, **named):
    """Return the reasons of a refusal."""
    with pytest.raises(Refused) as refusal:
        call(**named)
    return refusal.value.reasons


def given(material=4, cost=4, sentence=""):
    """Return scores for both criteria of a request: weights 5 and 3."""
    first, second = lists.criteria()
    return {first: ScoreGiven(material, sentence), second: ScoreGiven(cost, sentence)}


def save(proposal, by, row_version=0, scores=None, **fields):
    """Keep a review that agrees as asked, unless told otherwise."""
    fields = {"recommendation": Recommendation.AGREE} | fields
    scores = given() if scores is None else scores
    return actions.save_review(
        proposal=proposal, by=by, row_version=row_version, scores=scores, **fields
    )


def posted(proposal, do="draft", row_version=0, scores=(4, 4), **fields):
    """Return the review as its form sends it; ``scores`` in the order of the criteria."""
    data = {"do": do, "row_version": row_version, "recommendation": "agree"}
    for criterion, value in zip(lists.criteria(), scores, strict=False):
        data[f"score_{criterion.pk}"] = value
    return data | fields
