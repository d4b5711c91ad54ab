"""Industry trees: where the province stands, what proposals reach, what is brought in."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from django.db.models import Exists, OuterRef, Q, QuerySet

from proposals.enums import BalanceStatus, CommodityKind, MaterialOrigin
from proposals.models import (
    Commodity,
    CommodityUse,
    DerivativeStage,
    PlanningYear,
    Proposal,
    SupplyBalance,
    User,
)
from proposals.priorities.queries.standing import read_in_full, standing

OUTSIDE = frozenset({MaterialOrigin.OTHER_PROVINCE, MaterialOrigin.IMPORT})
NOT_YET = frozenset({"partial", "planned", "no"})
"""Where a stage of a tree can still be gained; of "not_known" nobody can say."""
Why = Literal["inflow", "origin", "short"]
"""On what it rests that something is brought in: a figure, an origin named, a shortage."""


@dataclass
class Node:
    """A product of a tree with what is known of it, at its depth from the raw material."""

    stage: DerivativeStage
    depth: int
    uses: list[CommodityUse] = field(default_factory=list)
    brought: Why | None = None

    @property
    def proposals(self) -> list[Proposal]:
        """Return the proposals that name it and that this person reads, each once."""
        return each_once(readable(self.uses))

    @property
    def n_others(self) -> int:
        """Return how many proposals of others name it."""
        return len(each_once(self.uses)) - len(self.proposals)

    @property
    def may_leave_raw(self) -> bool:
        """Tell whether this should not leave the province as it is."""
        product = self.stage.product_commodity
        return product is not None and product.is_raw_export_discouraged


@dataclass
class Tree:
    """An industry tree in the order of its branches."""

    key: str
    name: str
    nodes: list[Node]

    @property
    def here(self) -> dict[str, int]:
        """Count the products by where the province stands."""
        return dict(Counter(node.stage.present_in_kalsel or "not_known" for node in self.nodes))

    @property
    def n_proposals(self) -> int:
        """Return how many proposals reach a product of this tree."""
        uses = [use for node in self.nodes for use in node.uses if makes(use)]
        return len(each_once(uses))


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
                Node(
                    row, depth, reached.get(row.pk, []), brought.get(row.product_commodity_id or 0)
                )
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


def brought_in(uses: Iterable[CommodityUse]) -> dict[int, Why]:
    """Return what comes from outside, and on what that rests: one query.

    A figure of inflow or an origin that a proposal names; else a product that the list calls short
    and that the tree says is not, or not fully, made here.
    """
    told = SupplyBalance.objects.filter(commodity=OuterRef("pk"), inflow__gt=0)
    lacking = DerivativeStage.objects.in_use().filter(
        product_commodity=OuterRef("pk"), present_in_kalsel__in=NOT_YET
    )
    goods = Commodity.objects.in_use().annotate(flows=Exists(told), lacks=Exists(lacking))
    short = Q(lacks=True, kind=CommodityKind.DERIVED_PRODUCT, balance_status=BalanceStatus.DEFICIT)
    found: dict[int, Why] = {}
    rows = goods.filter(Q(flows=True) | short).order_by("pk").values_list("pk", "flows")
    for pk, flows in rows:
        found[pk] = "inflow" if flows else "short"
    named = {use.commodity_id for use in uses if use.origin in OUTSIDE}
    return found | {pk: "origin" for pk in named if found.get(pk) != "inflow"}


def makes(use: CommodityUse) -> bool:
    """Tell whether the activity behind a row makes something; a study only names a stage."""
    kind = use.proposal.intervention
    return kind is not None and kind.makes_products


def readable(uses: Iterable[CommodityUse]) -> list[CommodityUse]:
    """Return the rows that the person reads for whom they were fetched."""
    return [use for use in uses if vars(use)["may_read"]]


def each_once(uses: Iterable[CommodityUse]) -> list[Proposal]:
    """Return the proposals of these rows, each once."""
    return list({use.proposal_id: use.proposal for use in uses}.values())
