"""Industry trees: where the province stands, what proposals reach, what comes in and leaves."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q, QuerySet

from proposals.enums import BalanceStatus, CommodityKind, MaterialOrigin, SupplyEffect, UseRole
from proposals.enums import TreeStage as Stage
from proposals.models import (
    Commodity,
    CommodityUse,
    DerivativeStage,
    PlanningYear,
    Proposal,
    Region,
    Sector,
    SupplyBalance,
    User,
)
from proposals.priorities.queries.standing import read_in_full, standing, tons

OUTSIDE = frozenset({MaterialOrigin.OTHER_PROVINCE, MaterialOrigin.IMPORT})
HERE = frozenset({MaterialOrigin.OWN_REGENCY, MaterialOrigin.PROVINCE})


@dataclass
class Node:
    """A product of a tree with what is known of it, at its depth from the raw material."""

    stage: DerivativeStage
    depth: int
    uses: list[CommodityUse] = field(default_factory=list)
    is_brought_in: bool = False

    @property
    def proposals(self) -> list[Proposal]:
        """Return the proposals that reach it and that this person reads, each once."""
        return _each_once(_readable(self.uses))

    @property
    def n_others(self) -> int:
        """Return how many proposals of others reach it."""
        return len(_each_once(self.uses)) - len(self.proposals)

    @property
    def may_leave_raw(self) -> bool:
        """Tell whether this should not leave the province as it is."""
        product = self.stage.product_commodity
        return product is not None and product.is_raw_export_discouraged

    @property
    def could_be_made_here(self) -> bool:
        """Tell whether it is brought in though the tree grows here and it is not made yet."""
        return self.is_brought_in and self.stage.present_in_kalsel != "yes"


@dataclass
class Tree:
    """An industry tree in the order of its branches."""

    key: str
    name: str
    nodes: list[Node]

    @property
    def here(self) -> Counter[str]:
        """Count the products by where the province stands."""
        return Counter(node.stage.present_in_kalsel or "not_known" for node in self.nodes)

    @property
    def n_proposals(self) -> int:
        """Return how many proposals reach a product of this tree."""
        return len({use.proposal_id for node in self.nodes for use in node.uses})


def uses_of(user: User, year: PlanningYear | None) -> QuerySet[CommodityUse]:
    """Return the commodities of the sent proposals that this person may see in summary."""
    return (
        CommodityUse.objects.filter(proposal__in=standing(user, year))
        .select_related(
            "proposal__office__region", "proposal__sector", "proposal__intervention", "commodity"
        )
        .select_related("stage")
        .annotate(may_read=read_in_full(user))
        .order_by("proposal__number", "pk")
    )


def trees(user: User, year: PlanningYear | None) -> list[Tree]:
    """Return every tree with its products and the proposals that reach them: three queries."""
    stages = DerivativeStage.objects.in_use().select_related("product_commodity", "sector")
    rows = list(stages.order_by("tree", "key", "pk"))
    uses = list(uses_of(user, year))
    brought = brought_in(uses)
    reached: dict[int, list[CommodityUse]] = defaultdict(list)
    for use in uses:
        if use.stage_id is not None:
            reached[use.stage_id].append(use)
    grown: dict[str, list[DerivativeStage]] = defaultdict(list)
    for row in rows:
        grown[row.tree].append(row)
    return [
        Tree(
            key,
            own[0].tree_name_id,
            [
                Node(row, depth, reached.get(row.pk, []), row.product_commodity_id in brought)
                for row, depth in _branches(own)
            ],
        )
        for key, own in grown.items()
    ]


def _branches(rows: list[DerivativeStage]) -> Iterator[tuple[DerivativeStage, int]]:
    """Yield each product below the one it is made of."""
    children: dict[int | None, list[DerivativeStage]] = defaultdict(list)
    known = {row.pk for row in rows}
    for row in rows:
        children[row.parent_id if row.parent_id in known else None].append(row)

    def below(parent: int | None, depth: int) -> Iterator[tuple[DerivativeStage, int]]:
        for row in children.get(parent, []):
            yield row, depth
            yield from below(row.pk, depth + 1)

    yield from below(None, 0)


def brought_in(uses: list[CommodityUse]) -> set[int]:
    """Return what comes from outside: figures of inflow, origins named, a word of shortage."""
    told = SupplyBalance.objects.filter(inflow__gt=0).values_list("commodity", flat=True)
    products = Commodity.objects.in_use().filter(
        Q(pk__in=told) | Q(kind=CommodityKind.DERIVED_PRODUCT, balance_status=BalanceStatus.DEFICIT)
    )
    named = {use.commodity_id for use in uses if use.origin in OUTSIDE}
    return named | set(products.order_by("pk").values_list("pk", flat=True))


@dataclass
class Gain:
    """What the proposals of a sector or region gain, each figure with the rows it is made of."""

    name: str
    kept: list[CommodityUse] = field(default_factory=list)
    replaced: list[CommodityUse] = field(default_factory=list)
    intermediate: list[CommodityUse] = field(default_factory=list)
    downstream: list[CommodityUse] = field(default_factory=list)

    @property
    def n_intermediate(self) -> int:
        """Return how many proposals reach an intermediate stage."""
        return len(_each_once(self.intermediate))

    @property
    def n_downstream(self) -> int:
        """Return how many proposals reach a final product."""
        return len(_each_once(self.downstream))

    @property
    def kept_ton(self) -> Decimal | None:
        """Return how much raw material is worked here, a year, as far as told."""
        return _tons(self.kept)

    @property
    def replaced_ton(self) -> Decimal | None:
        """Return how much is made here that came from outside, a year, as far as told."""
        return _tons(self.replaced)

    @property
    def untold(self) -> int:
        """Return how many rows tell no quantity in tons."""
        return sum(tons(use) is None for use in (*self.kept, *self.replaced))

    @property
    def inputs(self) -> list[CommodityUse]:
        """Return every row behind the figures, each once."""
        rows = (*self.kept, *self.replaced, *self.intermediate, *self.downstream)
        return list({use.pk: use for use in rows}.values())

    @property
    def readable(self) -> list[CommodityUse]:
        """Return the rows that this person reads; the sums are made of all."""
        return _readable(self.inputs)

    @property
    def n_others(self) -> int:
        """Return how many rows are of others."""
        return len(self.inputs) - len(self.readable)


def _readable(uses: list[CommodityUse]) -> list[CommodityUse]:
    return [use for use in uses if vars(use)["may_read"]]


def _each_once(uses: list[CommodityUse]) -> list[Proposal]:
    return list({use.proposal_id: use.proposal for use in uses}.values())


def _tons(uses: list[CommodityUse]) -> Decimal | None:
    known = [ton for use in uses if (ton := tons(use)) is not None]
    return sum(known, Decimal(0)) if known else None


@dataclass(frozen=True)
class AddedValue:
    """The report: by sector, by region, and all together."""

    by_sector: list[Gain]
    by_region: list[Gain]
    total: Gain


def added_value(user: User, year: PlanningYear, cross_sector: str) -> AddedValue:
    """Return what the sent proposals of a year gain: two queries."""
    uses = list(uses_of(user, year))
    brought = brought_in(uses)
    sectors: dict[Sector | None, Gain] = {}
    regions: dict[Region, Gain] = {}
    total = Gain("")
    for use in uses:
        sector, region = use.proposal.sector, use.proposal.office.region
        name = sector.name if sector else cross_sector
        own = sectors.setdefault(sector, Gain(name))
        place = regions.setdefault(region, Gain(region.short_name))
        for gain in (own, place, total):
            _count(gain, use, brought)
    return AddedValue(
        sorted((one for one in sectors.values() if one.inputs), key=lambda one: one.name),
        [regions[key] for key in sorted(regions, key=lambda one: one.code) if regions[key].inputs],
        total,
    )


def _count(gain: Gain, use: CommodityUse, brought: set[int]) -> None:
    kind = use.proposal.intervention
    takes = kind is not None and kind.supply_effect == SupplyEffect.ADDS_DEMAND
    is_raw = use.commodity.kind == CommodityKind.RAW_MATERIAL
    if takes and is_raw and use.role != UseRole.PRODUCT and use.origin in HERE:
        gain.kept.append(use)
    if use.role == UseRole.PRODUCT and use.commodity_id in brought:
        gain.replaced.append(use)
    if use.stage is not None and use.stage.stage == Stage.INTERMEDIATE:
        gain.intermediate.append(use)
    if use.stage is not None and use.stage.stage == Stage.DOWNSTREAM:
        gain.downstream.append(use)
