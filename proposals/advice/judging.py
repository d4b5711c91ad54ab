"""Lay the facts of a proposal beside the tables: every rule in its turn."""

from collections.abc import Callable, Iterable

from proposals.advice import authority, cost, material, readiness, wording
from proposals.advice.facts import Advice, Facts

RULES: tuple[Callable[[Facts], Iterable[Advice]], ...] = (
    *authority.RULES,
    *wording.RULES,
    *material.RULES,
    *cost.RULES,
    *readiness.RULES,
)


def judge(facts: Facts) -> list[Advice]:
    """Return all advice on a proposal; it reads nothing but the facts."""
    return [advice for rule in RULES for advice in rule(facts)]
