"""The report of added value: what is kept here, what is replaced, which stages are gained."""

from dataclasses import dataclass, field
from decimal import Decimal

from proposals.enums import MaterialOrigin, UseRole
from proposals.enums import TreeStage as Stage
from proposals.models import CommodityUse, PlanningYear, Region, Sector, User
from proposals.priorities.queries.standing import tons
from proposals.priorities.queries.trees import (
    NOT_YET,
    Why,
    brought_in,
    each_once,
    makes,
    readable,
    uses_of,
)

HERE = frozenset({MaterialOrigin.OWN_REGENCY, MaterialOrigin.PROVINCE})


@dataclass(frozen=True)
class Input:
    """A row of a proposal, and what it counts as in the report."""

    use: CommodityUse
    is_kept: bool
    replaces: Why | None
    is_reached: bool
    is_gained: bool


@dataclass
class Gain:
    """What the proposals of a sector or region gain, each figure with the rows it is made of."""

    name: str
    kept: list[CommodityUse] = field(default_factory=list)
    replaced: list[CommodityUse] = field(default_factory=list)
    intermediate: list[CommodityUse] = field(default_factory=list)
    downstream: list[CommodityUse] = field(default_factory=list)
    brought: dict[int, Why] = field(default_factory=dict)

    @property
    def n_intermediate(self) -> int:
        """Return how many proposals reach an intermediate stage."""
        return len(each_once(self.intermediate))

    @property
    def new_intermediate(self) -> int:
        """Return how many of them gain one that is not, or not fully, made here yet."""
        return len(each_once([use for use in self.intermediate if is_gained(use)]))

    @property
    def n_downstream(self) -> int:
        """Return how many proposals reach a final product."""
        return len(each_once(self.downstream))

    @property
    def new_downstream(self) -> int:
        """Return how many of them gain one that is not, or not fully, made here yet."""
        return len(each_once([use for use in self.downstream if is_gained(use)]))

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
    def readable(self) -> list[Input]:
        """Return the rows that this person reads, with what each counts as; the sums are of all."""
        return [
            Input(
                use,
                is_kept=use in self.kept,
                replaces=self.brought.get(use.commodity_id) if use in self.replaced else None,
                is_reached=use in self.intermediate or use in self.downstream,
                is_gained=is_gained(use),
            )
            for use in readable(self.inputs)
        ]

    @property
    def n_others(self) -> int:
        """Return how many rows are of others."""
        return len(self.inputs) - len(readable(self.inputs))


def is_gained(use: CommodityUse) -> bool:
    """Tell whether the stage of a row is known not to be, or not fully, made here yet."""
    return use.stage is not None and use.stage.present_in_kalsel in NOT_YET


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
    total = Gain("", brought=brought)
    for use in uses:
        sector, region = use.proposal.sector, use.proposal.office.region
        name = sector.name if sector else cross_sector
        own = sectors.setdefault(sector, Gain(name, brought=brought))
        place = regions.setdefault(region, Gain(region.short_name, brought=brought))
        for gain in (own, place, total):
            _count(gain, use)
    return AddedValue(
        sorted((one for one in sectors.values() if one.inputs), key=lambda one: one.name),
        [regions[key] for key in sorted(regions, key=lambda one: one.code) if regions[key].inputs],
        total,
    )


def _count(gain: Gain, use: CommodityUse) -> None:
    """Count a row of an activity that makes something; what should not leave raw is kept."""
    if not makes(use):
        return
    is_taken = use.role != UseRole.PRODUCT and use.origin in HERE
    if is_taken and use.commodity.is_raw_export_discouraged:
        gain.kept.append(use)
    if use.role == UseRole.PRODUCT and use.commodity_id in gain.brought:
        gain.replaced.append(use)
    if use.stage is not None and use.stage.stage == Stage.INTERMEDIATE:
        gain.intermediate.append(use)
    if use.stage is not None and use.stage.stage == Stage.DOWNSTREAM:
        gain.downstream.append(use)
