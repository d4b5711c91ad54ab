"""One commodity by place: regions with their sources, the tile map, proposals that move it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q, QuerySet

from proposals.enums import RegionKind, SupplyEffect, UseRole
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
from proposals.priorities.queries.tiles import Tile

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
        known = [one.figures for one in self.told if one.figures.coverage is not None]
        return min(known, key=lambda one: one.coverage or Decimal(0), default=Figures())

    @property
    def disagrees(self) -> bool:
        """Tell whether sources differ."""
        return len(self.told) > 1

    @property
    def percent(self) -> Decimal | None:
        """Return how much of its need the region covers."""
        return self.first.coverage

    @property
    def figure(self) -> Decimal | None:
        """Return its surplus, or its shortage below zero."""
        return self.first.balance

    @property
    def is_low(self) -> bool:
        """Tell whether the region is short."""
        return self.first.is_short


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
    """What the proposals of a year do to a commodity, as far as quantities are known."""

    uses: list[Use]
    unknown: int
    demand: Decimal
    supply: Decimal

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
        if not is_in_tons(told.unit):
            return Figures()
        return told.figures.with_more(self.supply, self.demand)


def effect_on(commodity: Commodity, user: User, year: PlanningYear | None) -> Effect:
    """Return the sent proposals of the year in hand that add demand or supply: one query."""
    return effects(_moving(user, year).filter(commodity=commodity))


def _moving(user: User, year: PlanningYear | None) -> QuerySet[CommodityUse]:
    """Return the uses that move a balance, in proposals this person may see in summary."""
    adds = Q(proposal__intervention__supply_effect=SupplyEffect.ADDS_DEMAND, role__in=TAKING)
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
    """Add up what is known, and count what is not; units other than tons are not added."""
    found = Effect([], 0, Decimal(0), Decimal(0))
    for row in rows:
        kind = row.proposal.intervention
        is_demand = row.role != UseRole.PRODUCT and (
            kind is not None and kind.supply_effect == SupplyEffect.ADDS_DEMAND
        )
        known = tons(row)
        found.uses.append(Use(row, is_demand, known))
        if known is None:
            found.unknown += 1
        elif is_demand:
            found.demand += known
        else:
            found.supply += known
    return found


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
