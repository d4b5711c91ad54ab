"""The requests of a year as the cut-off line needs them, with the score of their sector."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import CharField, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat

from proposals.enums import FundingLevel, JointState, RequestTo, ReviewState, Status
from proposals.models import (
    Ceiling,
    CutScenario,
    PlanningYear,
    Proposal,
    Review,
    ScaleScore,
    ScaleVersion,
    ScaleWeight,
    Score,
    User,
)
from proposals.models.proposal import ProposalQuerySet
from proposals.priorities import scale
from proposals.priorities.cutting import Cut, Item, Limit, Place, Settings, cut, mean_of

OPEN = frozenset({Status.SENT, Status.UNDER_REVIEW, Status.AT_DESK, Status.RETURNED})
ABOVE = frozenset({FundingLevel.PROVINCE, FundingLevel.CENTRE})
PARTS = {
    "s_bahan_baku": "raw",
    "s_bahan_penolong": "auxiliary",
    "s_tenaga_kerja": "labour",
    "s_kesiapan": "readiness",
    "s_pemerataan": "balance",
}
"""Criteria of the review that are shown beside the total, or break ties."""


@dataclass
class Pool:
    """All requests of a year with the ceilings of the province, read in four queries."""

    proposals: dict[int, Proposal]
    items: list[Item]
    limits: list[Limit]
    ceilings: dict[int, Ceiling]
    parts: dict[int, dict[str, int]] = field(default_factory=dict)
    scores: dict[int, Decimal] = field(default_factory=dict)
    """The score of each ranked sector on the scale in force."""
    asked: list[Item] = field(default_factory=list)
    """The same requests as if nothing were joined or agreed yet: each with what it asks."""

    def items_for(self, settings: Settings) -> list[Item]:
        """Return the requests as these settings look at them."""
        return self.asked if settings.is_afresh else self.items

    def cut(self, settings: Settings, source_id: int | None = None) -> Cut:
        """Draw the line, for one source or for all."""
        items = self.items_for(settings)
        if source_id is not None:
            items = [one for one in items if one.source_id == source_id]
        limits = [one for one in self.limits if source_id in {None, one.source_id}]
        return cut(items, limits, settings)


def pool(user: User, year: PlanningYear) -> Pool:
    """Read what the line is drawn through: proposals, sector scores, ceilings.

    Drawn afresh, who asked nobody but was joined asks nothing.
    """
    rows = list(_requests(Proposal.objects.visible_to(user).of_year(year)))
    scores = sector_scores(year)
    parts = {row.pk: _parts(vars(row)["parts"] or ()) for row in rows}
    mean = mean_of(scores.values())
    items = [_item(row, parts[row.pk], scores, mean) for row in rows]
    ceilings = Ceiling.objects.filter(year=year, region=F("year__office__region"))
    found = list(ceilings.select_related("funding_source", "sector").order_by("sector", "pk"))
    return Pool(
        proposals={row.pk: row for row in rows},
        items=items,
        limits=[
            Limit(one.pk, one.funding_source_id, one.sector_id, one.amount_rp) for one in found
        ],
        ceilings={one.pk: one for one in found},
        parts=parts,
        scores=scores,
        asked=[_asked(row, one) for row, one in zip(rows, items, strict=True) if row.is_request],
    )


def _requests(proposals: ProposalQuerySet) -> ProposalQuerySet:
    """Keep what asks for the province's ceilings, or has a share of them, and is not turned away.

    A share counts against the ceiling of its source whatever its member asked (ceilings.py).
    """
    alive = Q(status__in=sorted(OPEN | {Status.AGREED})) | Q(
        status=Status.MERGED, share__joint__state__in=[JointState.JOINED, JointState.AGREED]
    )
    shares = Q(status=Status.MERGED, share__funding_source__level__in=ABOVE)
    asks = ~Q(request_to=RequestTo.OWN) | shares
    own = Score.objects.filter(
        review__proposal=OuterRef("pk"),
        review__state=ReviewState.FINAL,
        criterion__key__in=PARTS,
        value__isnull=False,
    )
    told = Concat(
        "criterion__key", Value(":"), Cast("value", CharField()), output_field=CharField()
    )
    by_proposal = own.order_by().values("review__proposal")
    parts = by_proposal.annotate(told=ArrayAgg(told, order_by=("review__final_at", "pk")))
    found = proposals.filter(alive, asks).annotate(parts=Subquery(parts.values("told")))
    return (
        found.select_related(
            "office__region", "sector", "funding_source", "share__joint", "share__funding_source"
        )
        .defer("background", "search")
        .order_by("number", "pk")
    )


def _parts(told: Iterable[str]) -> dict[str, int]:
    """Read "s_bahan_baku:4"; of several reviews the last one stands."""
    pairs = (one.split(":") for one in told)
    return {PARTS[key]: int(value) for key, value in pairs}


def share_of(row: Proposal) -> Any:
    """Return the share of a merged proposal, or nothing."""
    return row.share if row.status == Status.MERGED else None


def _asked(row: Proposal, one: Item) -> Item:
    """Return a request with what it asks and from whom, before anybody said anything."""
    asked = row.requested_rp or Decimal(0)
    return replace(one, amount_rp=asked, source_id=row.funding_source_id)


def _item(
    row: Proposal, parts: dict[str, int], scores: dict[int, Decimal], mean: Decimal | None
) -> Item:
    share = share_of(row)
    asked = row.requested_rp if row.recommended_rp is None else row.recommended_rp
    amount = asked if row.agreed_rp is None else row.agreed_rp
    agreed = row.status == Status.AGREED
    if share is not None:
        amount, agreed = share.amount_rp, share.joint.state == JointState.AGREED
    return Item(
        pk=row.pk,
        number=row.label,
        region_id=row.office.region_id,
        sector_id=row.sector_id,
        source_id=share.funding_source_id if share else row.funding_source_id,
        amount_rp=amount or Decimal(0),
        review=row.score_pct,
        scale=scores.get(row.sector_id or 0),
        own_rank=row.own_rank,
        readiness=parts.get("readiness"),
        balance=parts.get("balance"),
        is_agreed=agreed,
        stand_in=mean,
    )


def sector_scores(year: PlanningYear) -> dict[int, Decimal]:
    """Return the score of each sector on the scale in force: what its proposals inherit."""
    newest = ScaleVersion.objects.filter(year=year, frozen_at__isnull=False).order_by("-number")
    own = ScaleWeight.objects.filter(version=OuterRef("version"), criterion=OuterRef("criterion"))
    rows = ScaleScore.objects.filter(
        version=Subquery(newest.values("pk")[:1]), sector__isnull=False
    ).annotate(weight=Subquery(own.values("weight")))
    weights: dict[str, int] = {}
    points: dict[int, dict[str, Decimal | None]] = {}
    for row in rows.order_by("sector", "pk"):
        weights[row.criterion] = row.weight
        points.setdefault(row.sector_id or 0, {})[row.criterion] = row.points
    return {
        one.key: one.score
        for one in scale.measured(points, weights)
        if one.score is not None and one.is_ranked
    }


def scenarios(year: PlanningYear) -> list[CutScenario]:
    """List the scenarios kept for a year."""
    return list(CutScenario.objects.filter(year=year).order_by("name", "pk"))


def settings_of(scenario: CutScenario) -> Settings:
    """Return how a kept scenario draws the line."""
    return Settings(scenario.rule, scenario.scale_share, scenario.floor, scenario.is_afresh)


@dataclass(frozen=True)
class ReviewRead:
    """A final review with its arithmetic: weight x score, the sum, and the most there could be."""

    review: Review
    scores: list[Score]

    @property
    def counted(self) -> list[tuple[Score, int]]:
        """Return each score that applies with its product."""
        return [(one, one.criterion.weight * one.value) for one in self.scores if one.value]

    @property
    def total(self) -> int:
        """Return the sum of the products."""
        return sum(product for _one, product in self.counted)

    @property
    def most(self) -> int:
        """Return the sum if every score that applies were 5."""
        return sum(5 * one.criterion.weight for one, _product in self.counted)

    @property
    def left_out(self) -> list[Score]:
        """Return what does not apply."""
        return [one for one in self.scores if one.value is None]


def reviews_of(proposal: Proposal) -> list[ReviewRead]:
    """Return the final reviews of a proposal: two queries."""
    finals = proposal.reviews.filter(state=ReviewState.FINAL).order_by("final_at", "pk")
    scores: dict[int, list[Score]] = {}
    rows = Score.objects.filter(review__in=finals).select_related("criterion")
    for row in rows.order_by("criterion__group", "-criterion__weight", "pk"):
        scores.setdefault(row.review_id, []).append(row)
    return [ReviewRead(one, scores.get(one.pk, [])) for one in finals]


def place_of(found: Cut, pk: int) -> Place | None:
    """Return where a proposal stands."""
    return next((place for place in found.places if place.item.pk == pk), None)
