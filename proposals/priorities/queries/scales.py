"""The scale of a year as a page shows it: ranks, weights, the limit line, what it costs."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, Sum

from proposals import access
from proposals.enums import Certainty, RequestTo, ScaleCriterion
from proposals.models import (
    Commodity,
    PlanningYear,
    PriorityFlag,
    Proposal,
    ScaleScore,
    ScaleVersion,
    ScaleWeight,
    Sector,
    User,
)
from proposals.priorities import scale
from proposals.priorities.scale import Line, Placed

FILLS = dict(zip(ScaleCriterion.values, ("f1", "f2", "f3", "f4", "f5", "f0", "fi"), strict=True))
"""The colour of each criterion, the same in legend and bars."""
SOME_REGIONS = re.compile(r"\([\w ]*?(\d+ \w+ \d+ \w+)\)")
"""How a basis says that some regions alone tell it: "(figures of 2 of 13 regions)"."""


@dataclass(frozen=True)
class Segment:
    """A piece of a bar: from where, how wide, in which colour; percent of the whole."""

    x: str
    width: str
    fill: str


@dataclass
class Row:
    """One sector or commodity with its place and the scores behind it."""

    thing: Sector | Commodity
    placed: Placed
    scores: Mapping[str, ScaleScore]
    flag: PriorityFlag | None = None
    is_inside: bool = False

    @property
    def lines(self) -> list[tuple[ScaleCriterion, Line, ScaleScore | None]]:
        """Return each criterion that weighs, with its arithmetic and what it rests on."""
        found = self.placed.scored.lines
        return [
            (ScaleCriterion(one.criterion), one, self.scores.get(one.criterion)) for one in found
        ]

    @property
    def segments(self) -> list[Segment]:
        """Return the bar: each product as its part of the score."""
        scored, found, x = self.placed.scored, [], Decimal(0)
        for one in scored.lines:
            if one.product:
                width = one.product / scored.weight
                found.append(Segment(f"{x:.2f}", f"{width:.2f}", FILLS[one.criterion]))
                x += width
        return found

    @property
    def partly(self) -> list[tuple[ScaleCriterion, str]]:
        """Return the criteria that weigh and rest on some regions alone, in the words stored."""
        return [
            (criterion, "; ".join(dict.fromkeys(SOME_REGIONS.findall(score.basis))))
            for criterion, line, score in self.lines
            if line.points is not None and score and SOME_REGIONS.search(score.basis)
        ]

    @property
    def is_example(self) -> bool:
        """Tell whether any figure that weighs was made up to show the product."""
        counted = {one.criterion for one in self.placed.scored.lines if one.points is not None}
        return any(
            row.certainty == Certainty.ILLUSTRATIVE
            for name, row in self.scores.items()
            if name in counted
        )


@dataclass
class Board:
    """A version of the scale with everything placed; ``limit`` is where the line is drawn."""

    version: ScaleVersion
    weights: dict[str, int]
    rows: list[Row]
    limit: int
    flagged: int = 0
    trial: bool = False
    unseen: list[Sector] = field(default_factory=list)
    """Flagged sectors that this version does not know."""
    by_key: dict[int, Row] = field(default_factory=dict)

    @property
    def legend(self) -> list[tuple[ScaleCriterion, int, str]]:
        """Return the criteria that weigh, with weight and colour."""
        return [
            (ScaleCriterion(name), weight, FILLS[name])
            for name, weight in self.weights.items()
            if weight
        ]

    @property
    def is_tied_at_the_line(self) -> bool:
        """Tell whether the limit falls into a tie: then people decide, not the figures."""
        inside = [row for row in self.rows if row.is_inside]
        beyond = [row for row in self.rows if not row.is_inside]
        return bool(inside and beyond) and inside[-1].placed.rank == beyond[0].placed.rank

    @property
    def gap(self) -> Decimal | None:
        """Return by how much the last inside is better than the first outside."""
        inside = [row for row in self.rows if row.is_inside]
        beyond = [row for row in self.rows if not row.is_inside and row.placed.rank]
        if not inside or not beyond:
            return None
        last, first = inside[-1].placed.scored.score, beyond[0].placed.scored.score
        return last - first if last is not None and first is not None else None


def versions_for(user: User, year: PlanningYear) -> QuerySet[ScaleVersion]:
    """Return the versions this person reads, the newest first."""
    found = ScaleVersion.objects.filter(year=year)
    if not access.sees_draft_scale(user):
        found = found.filter(frozen_at__isnull=False)
    return found.order_by("-number", "pk")


class Shown(NamedTuple):
    """A version with its weights in the fixed order of the criteria."""

    version: ScaleVersion
    weights: dict[str, int]


def all_shown(user: User, year: PlanningYear) -> list[Shown]:
    """Return the versions this person reads with their weights, the newest first: one query."""
    rows = ScaleWeight.objects.filter(version__in=versions_for(user, year))
    found: dict[int, Shown] = {}
    people = ("version__created_by", "version__frozen_by")
    for row in rows.select_related(*people).order_by("-version__number", "pk"):
        row.version.year = year
        one = found.setdefault(
            row.version_id, Shown(row.version, dict.fromkeys(ScaleCriterion.values, 0))
        )
        one.weights[row.criterion] = row.weight
    return list(found.values())


def shown(user: User, year: PlanningYear, number: int | None = None) -> Shown | None:
    """Return the version asked for, else the one in force, else the newest this person reads."""
    found = all_shown(user, year)
    if number is not None:
        return next((one for one in found if one.version.number == number), None)
    return next((one for one in found if one.version.is_frozen), found[0] if found else None)


def in_force(user: User, year: PlanningYear) -> Shown | None:
    """Return the newest frozen version."""
    return next((one for one in all_shown(user, year) if one.version.is_frozen), None)


def draft(user: User, year: PlanningYear) -> Shown | None:
    """Return the version that is being weighed."""
    return next((one for one in all_shown(user, year) if not one.version.is_frozen), None)


def board(
    of: Shown,
    model: type[Sector] | type[Commodity] = Sector,
    *,
    weights: Mapping[str, int] | None = None,
    limit: int | None = None,
) -> Board:
    """Place every sector (or commodity) of a version; other weights or limit are a trial."""
    version = of.version
    one = "sector" if model is Sector else "commodity"
    scores = version.scores.filter(**{f"{one}__isnull": False}).select_related(one)
    things: dict[int, Any] = {}
    own: dict[int, dict[str, ScaleScore]] = {}
    for score in scores.order_by(f"{one}__name_id", "pk"):
        thing = getattr(score, one)
        things[thing.pk] = thing
        own.setdefault(thing.pk, {})[score.criterion] = score
    used = dict(weights or of.weights)
    points = {pk: {name: row.points for name, row in rows.items()} for pk, rows in own.items()}
    rows = [Row(things[at.key], at, own[at.key]) for at in scale.placed(points, used)]
    found = Board(version, used, rows, limit or version.year.max_priority_sectors)
    found.trial = weights is not None or limit is not None
    found.by_key = {row.thing.pk: row for row in rows}
    if model is Sector:
        _draw_line(found)
    return found


def _draw_line(found: Board) -> None:
    """Put the flags on their rows, and what ranks above the limit inside it."""
    flags = PriorityFlag.objects.filter(year=found.version.year, sector__isnull=False)
    for flag in flags.select_related("sector").order_by("rank", "pk"):
        found.flagged += 1
        if flag.sector_id in found.by_key:
            found.by_key[flag.sector_id].flag = flag
        elif flag.sector is not None:
            found.unseen.append(flag.sector)
    for row in [row for row in found.rows if row.placed.rank][: found.limit]:
        row.is_inside = True


@dataclass(frozen=True)
class Effect:
    """What the limit does: how many proposals of how many are in the sectors inside it.

    What is asked of each purse stands by itself: kinds are never added.
    """

    inside: int
    total: int
    province_rp: Decimal | None
    centre_rp: Decimal | None
    own_rp: Decimal | None


def effect(found: Board, user: User) -> Effect:
    """Return what the sectors inside the limit ask, of what this person may count."""
    inside: Sequence[int] = [row.thing.pk for row in found.rows if row.is_inside]
    sent = Proposal.objects.summary_visible_to(user).filter(year=found.version.year)
    sums = sent.aggregate(
        total=Count("pk"),
        inside=Count("pk", filter=Q(sector__in=inside)),
        **{
            f"{kind}_rp": Sum("requested_rp", filter=Q(sector__in=inside, request_to=kind))
            for kind in RequestTo.values
        },
    )
    return Effect(**sums)
