"""The rules of one score and of a whole review, in words; nothing is written here."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from proposals import advice
from proposals.advice import Offer
from proposals.enums import ReasonFor, Recommendation
from proposals.models import Proposal, Review, ReviewCriterion
from proposals.models.review import SENTENCE
from proposals.refused import AtField

SCALE = range(1, 6)
EXPLAINED = frozenset({1, 2, 5})
REASON_FOR: dict[str, ReasonFor] = {
    Recommendation.AGREE_CHANGED: ReasonFor.CHANGE,
    Recommendation.REDIRECT: ReasonFor.REDIRECT,
    Recommendation.DEFER: ReasonFor.DEFER,
    Recommendation.REJECT: ReasonFor.REFUSAL,
}
"""Which reason a recommendation needs; agreeing as asked and merging need none."""
AGREEING = frozenset({Recommendation.AGREE, Recommendation.AGREE_CHANGED})


@dataclass(frozen=True)
class ScoreGiven:
    """A score of 1 to 5, or nothing where the criterion does not apply and the sentence why."""

    value: int | None
    sentence: str = ""


def plain(text: str) -> str:
    """Return a sentence on one line, without spaces around it."""
    return " ".join(text.split())


def is_sentence(text: str) -> bool:
    """Tell whether the text says anything: the same measure as in the database."""
    return re.search(SENTENCE, text) is not None


def settled(given: ScoreGiven, offer: Offer | None) -> ScoreGiven:
    """Return the score as it is kept: a confirmed offer carries its source as the sentence."""
    sentence = plain(given.sentence)
    if not sentence and offer is not None and offer.value == given.value:
        sentence = offer.source
    return ScoreGiven(given.value, sentence)


def objection(given: ScoreGiven, offer: Offer | None) -> str:
    """Say what a score still lacks: a sentence for 1, 2, 5, a departure, or not applying."""
    if given.value is not None and given.value not in SCALE:
        return _("Choose a score from 1 to 5.")
    if is_sentence(given.sentence):
        return ""
    if given.value is None:
        return _("Write why the criterion does not apply.")
    if given.value in EXPLAINED:
        return _("Write a sentence: a score of 1, 2 or 5 needs one.")
    if offer is not None and offer.value != given.value:
        return _("Write a sentence: your score differs from the offered one.")
    return ""


def objections(
    scores: Mapping[ReviewCriterion, ScoreGiven], offers: Mapping[str, Offer]
) -> list[str]:
    """Return what each score lacks, with the name of its criterion."""
    found = ((one, objection(given, offers.get(one.key))) for one, given in scores.items())
    return [f"{criterion.name}: {reason}" for criterion, reason in found if reason]


def misfits(
    proposal: Proposal, review: Review, scores: Mapping[ReviewCriterion, ScoreGiven]
) -> list[str]:
    """Return what of a review does not fit its proposal, its kind or itself."""
    reasons = []
    points = set(advice.criteria_for(proposal).filter(is_gate=False).values_list("pk", flat=True))
    if any(criterion.pk not in points for criterion in scores):
        reasons.append(_("A criterion does not apply to this kind of proposal."))
    if review.recommendation and review.recommendation not in Recommendation.values:
        reasons.append(_("Choose a recommendation."))
    if review.reason and review.reason.reason_for != REASON_FOR.get(review.recommendation):
        reasons.append(_("Choose a reason that fits your recommendation."))
    return reasons


def unfinished(
    proposal: Proposal, review: Review, points: Iterable[ReviewCriterion], scored: set[int]
) -> list[str]:
    """Return everything that keeps a review from being final."""
    reasons: list[str] = [
        AtField(_("Not scored yet: %(name)s.") % {"name": one.name}, f"score_{one.pk}")
        for one in points
        if one.pk not in scored
    ]
    if not review.recommendation:
        reasons.append(AtField(_("Choose a recommendation."), "recommendation"))
    elif review.recommendation in REASON_FOR and review.reason is None:
        reasons.append(AtField(_("Choose the reason of your recommendation."), "reason"))
    if review.recommendation == Recommendation.AGREE and (
        review.recommended_rp != (proposal.requested_rp or 0)
    ):
        differs = _("The proposed amount differs from the asked one: choose to agree with changes.")
        reasons.append(AtField(differs, "recommendation"))
    if review.recommendation == Recommendation.AGREE_CHANGED and review.recommended_rp is None:
        reasons.append(AtField(_("Enter the proposed amount."), "recommended_rp"))
    return reasons
