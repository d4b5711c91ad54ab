"""The model: a weight per feature and a bias, laid on the logistic curve.

The weights are data (data/overlap_weights.csv): ``prior`` is what the rules of the field say,
``weight`` what the known pairs made of it. They are learned by Newton's method with a ridge that
pulls to the prior, so few known pairs cannot lead far from the rules.
"""

from collections.abc import Sequence
from math import exp
from operator import mul

from proposals.harmonisation.overlaps.features import NAMES, Features
from proposals.harmonisation.overlaps.lists import rows_of

RIDGE = 1.0
ROUNDS = 30
STILL = 1e-6
Weights = tuple[float, ...]
"""The bias, then one weight per feature."""


def stored(column: str = "weight") -> Weights:
    """Return the weights of the file, or its priors."""
    rows = {row["feature"]: float(row[column]) for row in rows_of("overlap_weights")}
    return tuple(rows[name] for name in ("bias", *NAMES))


def score(weights: Weights, found: Features) -> float:
    """Return how surely two pieces overlap, from 0 to 1."""
    total = sum(map(mul, weights[1:], found), weights[0])
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total))))


def learned(prior: Weights, found: Sequence[Features], truth: Sequence[bool]) -> Weights:
    """Return the weights that fit known pairs best, pulled to the prior."""
    rows = [(1.0, *one) for one in found]
    weights = list(prior)
    for _round in range(ROUNDS):
        step = _step(weights, prior, rows, truth)
        weights = [w - s for w, s in zip(weights, step, strict=True)]
        if max(map(abs, step)) < STILL:
            break
    return tuple(weights)


def _step(
    weights: Sequence[float],
    prior: Weights,
    rows: Sequence[tuple[float, ...]],
    truth: Sequence[bool],
) -> list[float]:
    """Return Newton's step: the solution of (curvature) x = (slope)."""
    n = len(prior)
    slope = [RIDGE * (w - p) for w, p in zip(weights, prior, strict=True)]
    curve = [[RIDGE * (i == j) for j in range(n)] for i in range(n)]
    for row, is_true in zip(rows, truth, strict=True):
        chance = score(tuple(weights), row[1:])
        spread = chance * (1 - chance)
        used = [(i, x) for i, x in enumerate(row) if x]
        for i, x in used:
            slope[i] += (chance - is_true) * x
            for j, y in used:
                curve[i][j] += spread * x * y
    return _solved(curve, slope)


def _solved(curve: list[list[float]], slope: list[float]) -> list[float]:
    """Solve linear equations by elimination; the ridge keeps every pivot above zero."""
    table = [[*row, right] for row, right in zip(curve, slope, strict=True)]
    for at, pivot in enumerate(table):
        for below in table[at + 1 :]:
            share = below[at] / pivot[at]
            below[at:] = [x - share * y for x, y in zip(below[at:], pivot[at:], strict=True)]
    found = [0.0] * len(slope)
    for at in reversed(range(len(slope))):
        known = sum(table[at][j] * found[j] for j in range(at + 1, len(slope)))
        found[at] = (table[at][-1] - known) / table[at][at]
    return found
