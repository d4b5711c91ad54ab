"""Supply against need of a commodity, pure: balance, coverage, and what several rows make together.

balance = production + inflow - outflow - household need - industrial demand; coverage = supply /
need; an industry's coverage = (supply - household need) / industrial demand (SOURCES, How to read
the columns). Empty is not zero: where production, households or industry are not known there is no
balance and no coverage. A flow that is not known is left out and named beside the figure. A sum
over regions is weighed over those alone that tell all three, and says of how many. Figures
of two sources are never added.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language

FLOWS = ("inflow", "outflow")
NEEDED = ("production", "household_need", "industrial_demand")
"""What must be known of a place before its balance is told."""
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
        """Return production, with what is known to come in and without what is known to go out."""
        if self.production is None:
            return None
        return self.production + (self.inflow or ZERO) - (self.outflow or ZERO)

    @property
    def need(self) -> Decimal | None:
        """Return what households and industry take together, where both are known."""
        if self.household_need is None or self.industrial_demand is None:
            return None
        return self.household_need + self.industrial_demand

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
    def needs_nothing(self) -> bool:
        """Tell whether it is known that nobody here needs it: there is no percentage of nothing."""
        return self.supply is not None and self.need == 0

    @property
    def flows_untold(self) -> list[str]:
        """Return the flows that are not known: the figures are told without them."""
        return [name for name in FLOWS if getattr(self, name) is None]

    def with_more(self, supply: Decimal, demand: Decimal) -> "Figures":
        """Return the figures with a further production and industrial demand, where known."""
        return Figures(
            None if self.production is None else self.production + supply,
            self.inflow,
            self.outflow,
            self.household_need,
            None if self.industrial_demand is None else self.industrial_demand + demand,
        )


def percent(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Return a percentage with one decimal, half up; nothing without a whole."""
    if part is None or not whole:
        return None
    return (part * HUNDRED / whole).quantize(TENTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class SourceSum:
    """What one source says of a commodity in a year: sums over its regions, or the province's row.

    ``columns`` adds up whatever each column tells; ``figures`` adds up those rows alone that tell
    production, households and industry, so that supply and need speak of the same places.
    """

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
    columns: Figures = Figures()
    is_province: bool = False
    known: Mapping[str, int] = field(default_factory=dict)
    n_counted: int = 0
    n_all: int = 0
    flows_known: Mapping[str, int] = field(default_factory=dict)

    @property
    def partly(self) -> dict[str, int]:
        """Return the columns that some regions tell and others do not, with how many tell them."""
        if self.is_province:
            return {}
        return {name: n for name, n in self.known.items() if 0 < n < self.n_all}

    @property
    def is_whole(self) -> bool:
        """Tell whether the balance speaks of the whole province."""
        return bool(self.n_counted) and (self.is_province or self.n_counted >= self.n_all)

    @property
    def flows_untold(self) -> list[str]:
        """Return the flows that not every row of the balance tells."""
        return [name for name in FLOWS if self.flows_known.get(name, 0) < self.n_counted]

    @property
    def shown(self) -> Figures:
        """Return what stands in a list: the balance with its parts, else what each column tells."""
        return self.figures if self.n_counted else self.columns

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
    most = max((one.n_counted for one in sums if not one.is_province), default=0)
    return [one for one in sums if one.n_counted >= (1 if one.is_province else most)]


def cautious(sums: Sequence[SourceSum]) -> SourceSum | None:
    """Return the source to reckon with: where sources disagree, the one with less coverage."""
    known = [one for one in whole(sums) if one.figures.coverage is not None]
    return min(known, key=lambda one: (one.figures.coverage or ZERO, one.source), default=None)


def newest_year(sums: Iterable[SourceSum]) -> int:
    """Return the newest year that speaks of the whole province, else the newest of all."""
    told = list(sums)
    return max(one.data_year for one in whole(told) or told)
