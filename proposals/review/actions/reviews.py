"""One's own review: kept as a draft, finished, laid on the proposal."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from proposals import access, advice, workflow
from proposals.advice import Offer
from proposals.enums import Action, ReviewState, Status
from proposals.models import Proposal, ReasonCode, Review, ReviewCriterion, Score, User
from proposals.refused import Refused
from proposals.review import amounts, scoring
from proposals.review.actions.ground import locked_for, refuse, refuse_unless
from proposals.review.scoring import ScoreGiven

WRITTEN = ("recommendation", "recommended_rp", "reason_id", "note")


class Stale(Refused):
    """The review was changed meanwhile; ``current`` is what stands now."""

    def __init__(self, current: Review | None) -> None:
        """Say what happened; nothing of it was written."""
        super().__init__([_("This review was changed meanwhile. Nothing was overwritten.")])
        self.current = current


@transaction.atomic
def save_review(  # noqa: PLR0913 - each is one part of the review, always named
    *,
    proposal: Proposal,
    by: User,
    row_version: int,
    scores: Mapping[ReviewCriterion, ScoreGiven],
    recommendation: str = "",
    recommended_rp: Decimal | None = None,
    reason: ReasonCode | None = None,
    note: str = "",
    line_amounts: Mapping[int, Decimal | None] | None = None,
) -> Review:
    """Keep one's own review as a draft again; scores not named go, the same twice counts once."""
    locked, review = _opened(proposal, by)
    lines = (line_amounts or {}) if locked.lead_reviewer_id in {None, by.pk} else {}
    wanted = Review(recommendation=recommendation, reason=reason, note=note.strip())
    wanted.recommended_rp = amounts.proposed(locked, recommendation, recommended_rp, lines)
    offers = advice.computed_scores(locked)
    kept = {one: scoring.settled(given, offers.get(one.key)) for one, given in scores.items()}
    if review.row_version != row_version:
        return _same_or_stale(review, wanted, kept)
    refuse_unless(locked, Status.UNDER_REVIEW)
    wrong = scoring.objections(kept, offers) + amounts.objections(locked, recommended_rp, lines)
    refuse(wrong + scoring.misfits(locked, wanted, kept))
    _write(review, wanted, kept, offers)
    amounts.keep_lines(locked, lines)
    _carry(locked, by)
    return review


def _opened(proposal: Proposal, by: User) -> tuple[Proposal, Review]:
    """Lock the proposal for its reviewer, and take up the review or begin it."""
    locked = locked_for(proposal, by)
    if not access.may_review(by):
        raise Refused([_("Your role may not do this.")])
    begun = locked.reviews.filter(reviewer=by).first()
    return locked, begun or Review(proposal=locked, reviewer=by, row_version=0)


@transaction.atomic
def finish_review(*, review: Review, by: User) -> Review:
    """Make a review final: it counts from now on, and its total stands on the proposal."""
    locked = locked_for(review.proposal, by)
    current = locked.reviews.filter(pk=review.pk, reviewer=by).select_related("reason").first()
    if current is None or not access.may_review(by):
        raise Refused([_("Only its writer finishes a review.")])
    if current.state == ReviewState.FINAL:
        return current
    refuse_unless(locked, Status.UNDER_REVIEW)
    scores = list(current.scores.select_related("criterion"))
    points = advice.criteria_for(locked).filter(is_gate=False)
    reasons = scoring.unfinished(locked, current, points, {score.criterion_id for score in scores})
    total = advice.total_pct((score.criterion.weight, score.value) for score in scores)
    if total is None and not reasons:
        reasons.append(_("At least one criterion must apply."))
    refuse(reasons)
    current.score_pct = total
    current.state, current.final_at = ReviewState.FINAL, timezone.now()
    current.row_version += 1
    current.save()
    _carry(locked, by)
    return current


@transaction.atomic
def conclude(*, proposal: Proposal, by: User, to_desk: bool, **given: Any) -> Review:
    """Keep the review, make it final, and bring the proposal to the desk: all or nothing."""
    review = finish_review(review=save_review(proposal=proposal, by=by, **given), by=by)
    proposal.refresh_from_db(fields=["status"])
    if to_desk and proposal.status == Status.UNDER_REVIEW:
        workflow.take(Action.PUT_ON_DESK, proposal=proposal, by=by)
    return review


def _same_or_stale(
    review: Review, wanted: Review, kept: Mapping[ReviewCriterion, ScoreGiven]
) -> Review:
    """Answer a review that was sent twice with what stands; anything else is a conflict."""
    stands = (
        {
            score.criterion_id: ScoreGiven(score.value, score.sentence)
            for score in review.scores.all()
        }
        if review.pk
        else {}
    )
    is_same = stands == {one.pk: given for one, given in kept.items()} and all(
        getattr(review, name) == getattr(wanted, name) for name in WRITTEN
    )
    if is_same and review.pk:
        return review
    raise Stale(review if review.pk else None)


def _write(
    review: Review,
    wanted: Review,
    kept: Mapping[ReviewCriterion, ScoreGiven],
    offers: Mapping[str, Offer],
) -> None:
    for name in WRITTEN:
        setattr(review, name, getattr(wanted, name))
    review.state, review.final_at, review.score_pct = ReviewState.DRAFT, None, None
    review.row_version += 1
    review.save()
    before = {score.criterion_id: score for score in review.scores.all()}
    review.scores.exclude(criterion__in=[one.pk for one in kept]).delete()
    for criterion, given in kept.items():
        offer = offers.get(criterion.key)
        score = before.get(criterion.pk) or Score(review=review, criterion=criterion)
        score.value, score.sentence = given.value, given.sentence
        score.computed = offer.value if offer else None
        score.computed_from = offer.source if offer else ""
        score.save()


def _carry(proposal: Proposal, by: User) -> None:
    """Lay the final reviews on the proposal: the mean of their totals, the lead's amount.

    The first to review a proposal without a lead leads it. Where the lead has not finished, the
    amount is that of the review finished last.
    """
    proposal.lead_reviewer_id = proposal.lead_reviewer_id or by.pk
    finals = list(proposal.reviews.filter(state=ReviewState.FINAL).order_by("-final_at", "-pk"))
    leading = [one for one in finals if one.reviewer_id == proposal.lead_reviewer_id] or finals
    totals = [one.score_pct for one in finals if one.score_pct is not None]
    mean = sum(totals, Decimal(0)) / max(len(totals), 1)
    proposal.score_pct = mean.quantize(Decimal("0.1"), ROUND_HALF_UP) if totals else None
    proposal.recommended_rp = leading[0].recommended_rp if leading else None
    proposal.save(update_fields=["score_pct", "recommended_rp", "lead_reviewer"])
