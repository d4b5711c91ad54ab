"""Supply against need of a commodity, pure: balance, coverage, and what several rows make together.

balance = production + inflow - outflow - household need - industrial demand; coverage = supply /
need; an industry's coverage = (supply - household need) / industrial demand (SOURCES, How to read
the columns). Empty is not zero: without production or without any need there is no figure. Figures
of two sources are never added.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language

FLOWS = ("inflow", "outflow")
COLUMNS = ("production", *FLOWS, "household_need", "industrial_demand")
TENTH = Decimal("0.1")
HUNDRED = Decimal(100)
ZERO = Decimal(0)


@dataclass(frozen=True)
class Figures:
    """Supply and need of one place from one source, in one unit a year."""

    production: Decimal | None = None
    inflow: Decimal | None = None
    outflow: Decimal | None = None
    household_need: Decimal | None = None
    industrial_demand: Decimal | None = None

    @property
    def supply(self) -> Decimal | None:
        """Return production and what comes in, less what goes out, as far as known."""
        if self.production is None:
            return None
        return self.production + (self.inflow or ZERO) - (self.outflow or ZERO)

    @property
    def need(self) -> Decimal | None:
        """Return what households and industry take together, as far as known."""
        if self.household_need is None and self.industrial_demand is None:
            return None
        return (self.household_need or ZERO) + (self.industrial_demand or ZERO)

    @property
    def balance(self) -> Decimal | None:
        """Return surplus (above zero) or shortage (below)."""
        if self.supply is None or self.need is None:
            return None
        return self.supply - self.need

    @property
    def is_short(self) -> bool:
        """Tell whether less is there than is needed."""
        return self.balance is not None and self.balance < 0

    @property
    def coverage(self) -> Decimal | None:
        """Return supply in percent of need."""
        return percent(self.supply, self.need)

    @property
    def industry_coverage(self) -> Decimal | None:
        """Return what is left after households, in percent of what industry asks."""
        if self.supply is None or self.household_need is None:
            return None
        return percent(max(self.supply - self.household_need, ZERO), self.industrial_demand)

    @property
    def knows_flows(self) -> bool:
        """Tell whether it is known what comes in and what goes out."""
        return self.inflow is not None and self.outflow is not None

    def with_more(self, supply: Decimal, demand: Decimal) -> "Figures":
        """Return the figures with a further production and industrial demand."""
        return Figures(
            None if self.production is None else self.production + supply,
            self.inflow,
            self.outflow,
            self.household_need,
            (self.industrial_demand or ZERO) + demand if self.need is not None else None,
        )


def percent(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Return a percentage with one decimal, half up; nothing without a whole."""
    if part is None or not whole:
        return None
    return (part * HUNDRED / whole).quantize(TENTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class SourceSum:
    """What one source says of a commodity in a year for the whole province."""

    commodity_id: int
    name_id: str
    name_en: str
    data_year: int
    source: str
    certainty: str
    unit: str
    method: str
    n_regions: int
    figures: Figures
    is_province: bool = False
    known: Mapping[str, int] = field(default_factory=dict)

    @property
    def partly(self) -> dict[str, int]:
        """Return the columns that some regions tell and others do not, with how many tell them."""
        return {name: n for name, n in self.known.items() if 0 < n < self.n_regions}

    @property
    def name(self) -> str:
        """Return the commodity's name in the person's language."""
        return self.name_en if self.name_en and get_language() == "en" else self.name_id

    @property
    def is_example(self) -> bool:
        """Tell whether any row of it was made up to show the product."""
        return self.certainty == "illustrative"


def whole(sums: Sequence[SourceSum]) -> list[SourceSum]:
    """Keep what speaks of the whole province: by itself, or of as many regions as any other."""
    most = max((one.n_regions for one in sums if not one.is_province), default=0)
    return [one for one in sums if one.is_province or one.n_regions >= most]


def cautious(sums: Sequence[SourceSum]) -> SourceSum | None:
    """Return the source to reckon with: where sources disagree, the one with less coverage."""
    known = [one for one in whole(sums) if one.figures.coverage is not None]
    return min(known, key=lambda one: (one.figures.coverage or ZERO, one.source), default=None)
