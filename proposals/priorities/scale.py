"""The arithmetic of the scale, pure and recomputable by hand to the last digit.

Score = sum(weight x points) / sum(weight), over the criteria that have data, rounded half up to two
decimals. A missing figure is left out, never counted as zero; what it could still change is said by
the lowest and the highest score that are possible. With less than half of the weight known a thing
has no rank. Equal scores share a rank.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import product

Points = Mapping[str, Decimal | None]
Weights = Mapping[str, int]

PLACES = Decimal("0.01")
HUNDRED = Decimal(100)
ENOUGH = 50
"""How much of a hundred weights must have data for a rank."""
SHIFTS = (10, 20)
"""By how many percent each weight is moved to see how firmly a rank stands."""


@dataclass(frozen=True)
class Line:
    """One criterion of one thing: weight x points = product."""

    criterion: str
    weight: int
    points: Decimal | None

    @property
    def product(self) -> Decimal | None:
        """Return the product, or nothing where there are no data."""
        return None if self.points is None else self.weight * self.points


@dataclass(frozen=True)
class Scored:
    """A thing with its lines; ``thing`` is whatever the caller measures."""

    key: int
    lines: Sequence[Line]

    @property
    def total(self) -> Decimal:
        """Return the sum of the products."""
        return sum((one.product or Decimal(0) for one in self.lines), Decimal(0))

    @property
    def weight(self) -> int:
        """Return the sum of the weights that have data."""
        return sum(one.weight for one in self.lines if one.points is not None)

    @property
    def weight_of_all(self) -> int:
        """Return the sum of all weights."""
        return sum(one.weight for one in self.lines)

    @property
    def missing(self) -> int:
        """Return how much of the weights has no data."""
        return self.weight_of_all - self.weight

    @property
    def score(self) -> Decimal | None:
        """Return the score, or nothing where nothing is known."""
        return rounded(self.total / self.weight) if self.weight else None

    @property
    def is_ranked(self) -> bool:
        """Tell whether enough is known for a rank."""
        return bool(self.weight) and self.weight * 100 >= ENOUGH * self.weight_of_all

    @property
    def lowest(self) -> Decimal | None:
        """Return the score if every missing figure were 0."""
        return rounded(self.total / self.weight_of_all) if self.weight_of_all else None

    @property
    def highest(self) -> Decimal | None:
        """Return the score if every missing figure were 100."""
        if not self.weight_of_all:
            return None
        return rounded((self.total + self.missing * HUNDRED) / self.weight_of_all)


@dataclass
class Placed:
    """A scored thing at its rank, with the ranks it takes when weights move."""

    scored: Scored
    rank: int | None = None
    is_tied: bool = False
    bands: dict[int, tuple[int, int]] = field(default_factory=dict)

    @property
    def key(self) -> int:
        """Return the id of the thing."""
        return self.scored.key


def rounded(value: Decimal) -> Decimal:
    """Round half up to two decimals, as one does by hand."""
    return value.quantize(PLACES, ROUND_HALF_UP)


def measured(points: Mapping[int, Points], weights: Weights) -> list[Scored]:
    """Lay points and weights side by side; a weight of 0 leaves its criterion out."""
    counted = {criterion: weight for criterion, weight in weights.items() if weight}
    return [
        Scored(key, [Line(name, weight, own.get(name)) for name, weight in counted.items()])
        for key, own in points.items()
    ]


def placed(points: Mapping[int, Points], weights: Weights) -> list[Placed]:
    """Return everything best first, ties at one rank, what has too little data at the end."""
    found = measured(points, weights)
    ranks = _ranks({one.key: one.score for one in found if one.is_ranked})
    ties = {rank for rank in ranks.values() if list(ranks.values()).count(rank) > 1}
    bands = _bands(points, weights, ranks)
    rows = [
        Placed(one, ranks.get(one.key), ranks.get(one.key) in ties, bands.get(one.key, {}))
        for one in found
    ]
    return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0))


def _ranks(scores: Mapping[int, Decimal | Fraction | None]) -> dict[int, int]:
    """Return 1, 2, 2, 4 ...: a rank is one more than how many are better."""
    values = [score for score in scores.values() if score is not None]
    return {
        key: 1 + sum(other > score for other in values)
        for key, score in scores.items()
        if score is not None
    }


def _bands(
    points: Mapping[int, Points], weights: Weights, ranks: Mapping[int, int]
) -> dict[int, dict[int, tuple[int, int]]]:
    """Return best and worst rank of each thing for each shift.

    Each weight alone goes up and then down by the shift, the others stay; the ranks of all these
    and of the weights as they are make the band. Scores are compared unrounded here.
    """
    found: dict[int, dict[int, tuple[int, int]]] = {key: {} for key in ranks}
    for shift in SHIFTS:
        seen = {key: [rank] for key, rank in ranks.items()}
        for moved in _moved(weights, shift):
            for key, rank in _ranks({key: _exact(points[key], moved) for key in ranks}).items():
                seen[key].append(rank)
        for key, taken in seen.items():
            found[key][shift] = (min(taken), max(taken))
    return found


def _moved(weights: Weights, shift: int) -> Iterable[dict[str, Fraction]]:
    for name, weight in weights.items():
        for factor in (100 + shift, 100 - shift):
            if weight:
                moved = {other: Fraction(value) for other, value in weights.items()}
                yield moved | {name: Fraction(weight * factor, 100)}


def _exact(points: Points, weights: Mapping[str, Fraction]) -> Fraction | None:
    known = [(weight, points.get(name)) for name, weight in weights.items() if weight]
    total = sum((weight for weight, own in known if own is not None), Fraction(0))
    if not total:
        return None
    summed = sum((weight * Fraction(own) for weight, own in known if own is not None), Fraction(0))
    return summed / total


@dataclass(frozen=True)
class Swap:
    """The smallest move of two weights that brings ``enters`` in and ``leaves`` out."""

    up: str
    down: str
    step: int
    enters: int
    leaves: int


MOST_MOVED = 10


def closest_swap(points: Mapping[int, Points], weights: Weights, limit: int) -> Swap | None:
    """Find the smallest whole move of weight from one criterion to another that crosses the line.

    Pairs are tried in the order of the criteria, steps from 1 to ten points; the first found is the
    answer. Nothing is said where the line falls into a tie.
    """
    inside = _inside(points, weights, limit)
    for step, up, down in _moves(weights):
        moved = dict(weights) | {up: weights[up] + step, down: weights[down] - step}
        now = _inside(points, moved, limit)
        if now != inside and len(now) == len(inside):
            return Swap(up, down, step, min(now - inside), min(inside - now))
    return None


def _moves(weights: Weights) -> Iterable[tuple[int, str, str]]:
    """Yield step, what goes up and what goes down, the smallest steps first."""
    counted = [name for name, weight in weights.items() if weight]
    for step, up, down in product(range(1, MOST_MOVED + 1), counted, counted):
        if up != down and weights[down] >= step:
            yield step, up, down


def _inside(points: Mapping[int, Points], weights: Weights, limit: int) -> set[int]:
    found = measured(points, weights)
    ranks = _ranks({one.key: one.score for one in found if one.is_ranked})
    return {key for key, rank in ranks.items() if rank <= limit}
