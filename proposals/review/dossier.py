"""Everything the page of one proposal shows, in at most a dozen queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language

from proposals import access, advice, likeness
from proposals.advice import Advice, Known, Offer, Paper
from proposals.changes import Change, between
from proposals.enums import GateResult, ResultKind, ReviewState, Status, UseRole
from proposals.models import (
    BudgetLine,
    CoFunding,
    CommodityUse,
    GateAnswer,
    Location,
    Output,
    PlanningYear,
    PriorityFlag,
    Proposal,
    Review,
    ReviewCriterion,
    Score,
    User,
    Version,
)
from proposals.models.proposal import ProposalQuerySet
from proposals.review.listing import Trail
from proposals.review.queries import CappedCount
from proposals.review.talk import Remark, talk_of
from proposals.transitions import OWN_ONLY


@dataclass(frozen=True)
class Neighbour:
    """The proposal before or after this one in the same saved view."""

    pk: int
    number: str


@dataclass(frozen=True)
class Gate:
    """A gate and its answer, if there is one."""

    criterion: ReviewCriterion
    result: str = ""
    reason: str = ""
    who: str = ""
    at: datetime | None = None

    @property
    def word(self) -> str:
        """Return the answer in words."""
        return str(GateResult(self.result).label) if self.result else ""


@dataclass(frozen=True)
class Marked:
    """One score of a review, with the name and weight of its criterion."""

    criterion: int
    name: str
    weight: int
    value: int | None
    sentence: str
    computed: int | None


@dataclass(frozen=True)
class Opinion:
    """A review with its scores."""

    review: Review
    marks: list[Marked]


@dataclass(frozen=True)
class Dossier:
    """One proposal as the province reads it; a draft review is in it only for its writer."""

    proposal: Proposal
    places: list[str]
    papers: list[Paper]
    gates: list[Gate]
    points: list[ReviewCriterion]
    opinions: list[Opinion]
    talk: list[Remark]
    offers: Mapping[str, Offer] = field(default_factory=dict)
    advice: list[Advice] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    alike: list[likeness.Alike] = field(default_factory=list)
    previous: Neighbour | None = None
    following: Neighbour | None = None

    def opinion_of(self, reviewer: int) -> Opinion | None:
        """Return the review of one person, if there is one to see."""
        own = (one for one in self.opinions if one.review.reviewer_id == reviewer)
        return next(own, None)

    def lines_for(self, reviewer: int) -> list[BudgetLine]:
        """Return the budget lines that a reviewer fills in: of a request, where they lead."""
        leads = self.proposal.lead_reviewer_id in {None, reviewer}
        return list(self.proposal.budget_lines.all()) if leads and self.proposal.is_request else []

    @property
    def opening(self) -> str:
        """Return the first sentence of the background: what it is about."""
        return self.proposal.background.strip().partition("\n")[0].partition(". ")[0].strip()

    @property
    def open_points(self) -> list[Remark]:
        """Return the points of a return that still wait."""
        return [remark for remark in self.talk if remark.is_open]

    @property
    def outputs(self) -> list[Output]:
        """Return what is produced."""
        return [one for one in self.proposal.outputs.all() if one.kind == ResultKind.OUTPUT]

    @property
    def outcomes(self) -> list[Output]:
        """Return what changes afterwards."""
        return [one for one in self.proposal.outputs.all() if one.kind == ResultKind.OUTCOME]

    @property
    def auxiliaries(self) -> list[CommodityUse]:
        """Return the auxiliary materials."""
        uses = self.proposal.commodity_uses.all()
        return [use for use in uses if use.role == UseRole.AUXILIARY]

    @property
    def chain(self) -> list[CommodityUse]:
        """Return the way from raw material to product."""
        order = (UseRole.RAW, UseRole.MAIN, UseRole.PRODUCT)
        uses = [use for use in self.proposal.commodity_uses.all() if use.role in order]
        return sorted(uses, key=lambda use: order.index(UseRole(use.role)))


def rows_for_page(user: User) -> ProposalQuerySet:
    """Return what this person may open on the page of the check: never an office's draft."""
    if not access.sees_scores(user):
        return Proposal.objects.none()
    return Proposal.objects.visible_to(user).exclude(status__in=sorted(OWN_ONLY))


def rows_for_dossier(
    user: User, trail: Trail | None, year: PlanningYear | None
) -> ProposalQuerySet:
    """Load one proposal with its parts, and its neighbours in the saved view it was opened from."""
    uses = CommodityUse.objects.select_related("commodity", "stage")
    flags = PriorityFlag.objects.filter(year=OuterRef("year"), sector=OuterRef("sector"))
    places = Location.objects.filter(proposal=OuterRef("pk")).order_by("position", "pk")
    funds = CoFunding.objects.filter(proposal=OuterRef("pk")).order_by("position", "pk")
    rows = rows_for_page(user).for_page().prefetch_related("outputs", "budget_lines")
    rows = rows.prefetch_related(Prefetch("commodity_uses", uses)).annotate(
        is_priority=Exists(flags),
        alike_told=ArraySubquery(likeness.rows_for(user)),
        n_versions=CappedCount(Version.objects.filter(proposal=OuterRef("pk")).values("pk")),
        places_told=ArraySubquery(
            places.values(
                told=JSONObject(village="village", district="district__name", region="region__name")
            )
        ),
        funds_told=ArraySubquery(funds.values(told=JSONObject(who="who", amount="amount_rp"))),
    )
    if trail is None:
        return rows
    beside = trail.rows(user, year)
    return rows.annotate(
        previous_told=_beside(beside, [_turned(name) for name in trail.order]),
        following_told=_beside(beside, trail.order),
    )


def _beside(rows: ProposalQuerySet, order: Sequence[str]) -> Subquery:
    """Return the first row after this one in an order: (a > x) or (a = x and b > y) ..."""
    beyond, equal = Q(), Q()
    for name in order:
        bare = name.removeprefix("-")
        step = "lt" if name.startswith("-") else "gt"
        beyond |= equal & Q(**{f"{bare}__{step}": OuterRef(bare)})
        equal &= Q(**{bare: OuterRef(bare)})
    found = rows.filter(beyond).order_by(*order)
    return Subquery(found.values(told=JSONObject(pk="pk", number="number"))[:1])


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def dossier_of(proposal: Proposal, user: User, *, version: int = 0) -> Dossier:
    """Gather what belongs to a proposal loaded by :func:`rows_for_dossier`."""
    criteria = list(_with_answers(advice.criteria_for(proposal), proposal))
    papers = advice.papers_of(proposal)
    scores_now = access.may_review(user) and proposal.status == Status.UNDER_REVIEW
    return Dossier(
        proposal=proposal,
        places=[_place(told) for told in getattr(proposal, "places_told", [])],
        papers=papers,
        gates=[_gate(one) for one in criteria if one.is_gate],
        points=[one for one in criteria if not one.is_gate],
        opinions=opinions_of(proposal, user),
        talk=talk_of(proposal, user),
        offers=advice.computed_scores(proposal, papers) if scores_now else {},
        advice=_advice(proposal, papers),
        changes=_changes(proposal, papers, version),
        alike=likeness.alike_to(proposal),
        previous=_neighbour(proposal, "previous_told"),
        following=_neighbour(proposal, "following_told"),
    )


def _advice(proposal: Proposal, papers: list[Paper]) -> list[Advice]:
    """Return what the tables advise; missing papers stand in their own list."""
    stages = advice.near(advice.main_commodity(proposal))
    known = Known(
        documents=[paper.document for paper in papers],
        attached=frozenset(paper.document.pk for paper in papers if paper.file),
        stages=stages,
        commodities=advice.beginnings(stages),
    )
    found = advice.judge(advice.facts_of(proposal, known))
    return [one for one in found if one.field != "attachments" or not one.reference]


def opinions_of(proposal: Proposal, user: User) -> list[Opinion]:
    """Return the finished reviews and one's own draft, each with its scores: one query."""
    scores = Score.objects.filter(review=OuterRef("pk")).values(
        told=JSONObject(
            criterion="criterion",
            name_id="criterion__name_id",
            name_en="criterion__name_en",
            weight="criterion__weight",
            value="value",
            sentence="sentence",
            computed="computed",
        )
    )
    ordered = scores.order_by("criterion__group", "-criterion__weight", "criterion__key")
    reviews = (
        proposal.reviews.filter(Q(state=ReviewState.FINAL) | Q(reviewer=user))
        .select_related("reviewer__division", "reason")
        .annotate(scores_told=ArraySubquery(ordered))
        .order_by("created_at", "pk")
    )
    return [
        Opinion(review, [_marked(told) for told in getattr(review, "scores_told", [])])
        for review in reviews
    ]


def _marked(told: dict[str, Any]) -> Marked:
    english, indonesian = told.pop("name_en"), told.pop("name_id")
    return Marked(name=english if get_language() == "en" and english else indonesian, **told)


def _with_answers(
    criteria: QuerySet[ReviewCriterion], proposal: Proposal
) -> QuerySet[ReviewCriterion]:
    answers = GateAnswer.objects.filter(proposal=proposal, criterion=OuterRef("pk"))
    told = JSONObject(
        result="result", reason="reason", who="answered_by__full_name", at="answered_at"
    )
    return criteria.annotate(answer_told=Subquery(answers.values(told=told)[:1])).order_by(
        "-is_gate", "group", "-weight", "key", "pk"
    )


def _gate(criterion: ReviewCriterion) -> Gate:
    told: dict[str, Any] = getattr(criterion, "answer_told", None) or {}
    at = told.pop("at", None)
    return Gate(criterion, at=parse_datetime(at) if at else None, **told)


def _place(told: dict[str, str | None]) -> str:
    return ", ".join(filter(None, (told["village"], told["district"] or told["region"])))


def _neighbour(proposal: Proposal, name: str) -> Neighbour | None:
    told = getattr(proposal, name, None)
    return Neighbour(**told) if told else None


def _changes(proposal: Proposal, papers: list[Paper], version: int) -> list[Change]:
    """Compare the last sending with an earlier one, the one before unless another is named."""
    last: int = getattr(proposal, "n_versions", 0)
    if last < 2:
        return []
    older = version if 0 < version < last else last - 1
    found = {one.version: one for one in proposal.versions.filter(version__in=(older, last))}
    names = {paper.document.key: paper.document.name for paper in papers}
    return between(found[older].content, found[last].content, names)
