"""One commodity by place: regions with their sources, the tile map, proposals that move it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q, QuerySet

from proposals.enums import CommodityKind, RegionKind, SupplyEffect, UseRole
from proposals.models import (
    Commodity,
    CommodityUse,
    PlanningYear,
    Region,
    SupplyBalance,
    User,
)
from proposals.priorities.balance import COLUMNS, Figures, SourceSum
from proposals.priorities.queries.standing import is_in_tons, read_in_full, standing, tons
from proposals.priorities.queries.tiles import BRIM, Tile

TAKING = frozenset({UseRole.MAIN, UseRole.RAW, UseRole.AUXILIARY})


@dataclass(frozen=True)
class Told:
    """What one source says of one region."""

    row: SupplyBalance
    figures: Figures


@dataclass
class RegionRow(Tile):
    """One region with everything that is said of it; several sources stand side by side."""

    told: list[Told] = field(default_factory=list)

    @property
    def first(self) -> Figures:
        """Return the figures drawn on the map: of the source with less coverage."""
        known = [one.figures for one in self.told if one.figures.balance is not None]
        return min(known, key=_covered, default=Figures())

    @property
    def disagrees(self) -> bool:
        """Tell whether sources differ."""
        return len(self.told) > 1

    @property
    def percent(self) -> Decimal | None:
        """Return how much of its need the region covers."""
        return self.first.coverage

    @property
    def needs_nothing(self) -> bool:
        """Tell whether it is known that nobody there needs it."""
        return self.first.needs_nothing

    @property
    def level(self) -> float | None:
        """Return how high the vessel stands: full too where a surplus meets no need."""
        return float(BRIM) if self.needs_nothing and self.figure else super().level

    @property
    def figure(self) -> Decimal | None:
        """Return its surplus, or its shortage below zero."""
        return self.first.balance

    @property
    def is_low(self) -> bool:
        """Tell whether the region is short."""
        return self.first.is_short


def _covered(figures: Figures) -> tuple[bool, Decimal]:
    """Put what covers less first, and what needs nothing last."""
    return figures.coverage is None, figures.coverage or figures.balance or Decimal(0)


def regions_with(commodity: Commodity, data_year: int) -> list[RegionRow]:
    """Return every regency and city with what is said of it in a year: two queries."""
    regions = Region.objects.exclude(kind=RegionKind.PROVINCE).order_by("code")
    found = {region.pk: RegionRow(region) for region in regions}
    rows = SupplyBalance.objects.filter(commodity=commodity, data_year=data_year)
    for row in rows.order_by("region__code", "source", "pk"):
        if row.region_id in found:
            figures = Figures(**{name: getattr(row, name) for name in COLUMNS})
            found[row.region_id].told.append(Told(row, figures))
    return list(found.values())


def only_source(regions: Iterable[RegionRow]) -> SupplyBalance | None:
    """Return one row of the source that tells of every region, None where several do."""
    rows = {(one.row.source, one.row.is_example): one.row for row in regions for one in row.told}
    return next(iter(rows.values())) if len(rows) == 1 else None


@dataclass(frozen=True)
class Use:
    """A proposal that takes or makes the commodity."""

    use: CommodityUse
    adds_demand: bool
    quantity: Decimal | None


@dataclass
class Effect:
    """What the proposals of a year do to a commodity, as far as quantities are known.

    Demand or supply is 0 where no proposal adds any, and not known where none that does tells how
    much.
    """

    uses: list[Use]

    @property
    def unknown(self) -> int:
        """Return how many rows tell no quantity in tons."""
        return sum(one.quantity is None for one in self.uses)

    @property
    def demand(self) -> Decimal | None:
        """Return the tons a year that are taken, as far as told."""
        return _told(one for one in self.uses if one.adds_demand)

    @property
    def supply(self) -> Decimal | None:
        """Return the tons a year that are made, as far as told."""
        return _told(one for one in self.uses if not one.adds_demand)

    @property
    def readable(self) -> list[Use]:
        """Return the rows that this person reads; the sums are made of all."""
        return [one for one in self.uses if vars(one.use)["may_read"]]

    @property
    def n_others(self) -> int:
        """Return how many rows are of others."""
        return len(self.uses) - len(self.readable)

    def on(self, told: SourceSum) -> Figures:
        """Return the figures of a source with these proposals carried out; tons meet tons alone."""
        if not is_in_tons(told.unit) or self.supply is None or self.demand is None:
            return Figures()
        return told.figures.with_more(self.supply, self.demand)


def effect_on(commodity: Commodity, user: User, year: PlanningYear | None) -> Effect:
    """Return the sent proposals of the year in hand that add demand or supply: one query."""
    return effects(_moving(user, year).filter(commodity=commodity))


def _moving(user: User, year: PlanningYear | None) -> QuerySet[CommodityUse]:
    """Return the uses that move a balance, in proposals this person may see in summary."""
    made = Q(role=UseRole.MAIN, commodity__kind=CommodityKind.DERIVED_PRODUCT)
    adds = Q(proposal__intervention__supply_effect=SupplyEffect.ADDS_DEMAND, role__in=TAKING)
    adds &= ~made
    gives = Q(proposal__intervention__supply_effect=SupplyEffect.ADDS_SUPPLY) | Q(
        role=UseRole.PRODUCT
    )
    return (
        CommodityUse.objects.filter(adds | gives, proposal__in=standing(user, year))
        .select_related("proposal__office__region", "proposal__intervention", "commodity", "stage")
        .annotate(may_read=read_in_full(user))
        .order_by("proposal__number", "pk")
    )


def effects(rows: Iterable[CommodityUse]) -> Effect:
    """Tell of each row whether it takes or makes; units other than tons are not added."""
    found = Effect([])
    for row in rows:
        kind = row.proposal.intervention
        is_demand = row.role != UseRole.PRODUCT and (
            kind is not None and kind.supply_effect == SupplyEffect.ADDS_DEMAND
        )
        found.uses.append(Use(row, is_demand, tons(row)))
    return found


def _told(uses: Iterable[Use]) -> Decimal | None:
    quantities = [one.quantity for one in uses]
    known = [quantity for quantity in quantities if quantity is not None]
    return None if quantities and not known else sum(known, Decimal(0))


@dataclass(frozen=True)
class Material:
    """An auxiliary material: what the list knows of it, and where proposals get it from."""

    commodity: Commodity
    origins: dict[str, int]


def auxiliaries(user: User, year: PlanningYear | None) -> list[Material]:
    """List the auxiliary materials with the origins that proposals name: two queries."""
    rows = CommodityUse.objects.filter(proposal__in=standing(user, year)).exclude(origin="")
    origins: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows.only("commodity_id", "origin").order_by("pk"):
        origins[row.commodity_id][row.get_origin_display()] += 1
    goods = Commodity.objects.in_use().filter(kind="auxiliary").select_related("sector")
    return [Material(one, dict(origins[one.pk])) for one in goods.order_by("name_id", "pk")]
