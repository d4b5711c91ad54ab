"""Priority flags of a year: how many are used, in which order, and what may be flagged."""

from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from proposals.models import (
    Commodity,
    DerivativeStage,
    PlanningYear,
    PriorityFlag,
    Proposal,
    Sector,
    User,
)
from proposals.models.listed import Listed


@dataclass(frozen=True, slots=True)
class Board:
    """The flags of one year, first to last; ``limit`` counts for sectors alone."""

    year: PlanningYear
    flags: list[PriorityFlag]
    limit: int | None

    @property
    def used(self) -> int:
        """Return how many are flagged."""
        return len(self.flags)

    @property
    def is_full(self) -> bool:
        """Tell whether another one must give up its flag first."""
        return self.limit is not None and self.used >= self.limit

    @property
    def is_fixed(self) -> bool:
        """Tell whether the minutes are signed: then flags stay as they are."""
        return self.year.is_signed

    def of(self, row: Listed) -> PriorityFlag | None:
        """Return the flag of this sector or commodity, if it has one."""
        return next((f for f in self.flags if row.pk in {f.sector_id, f.commodity_id}), None)


def board(year: PlanningYear | None, model: type[Listed]) -> Board | None:
    """Return the flags of sectors, or of commodities, of a year; nothing without a year."""
    if year is None:
        return None
    flags = PriorityFlag.objects.filter(year=year).select_related("sector", "commodity", "year")
    flags = flags.prefetch_related("stages").order_by("rank", "pk")
    if model is Sector:
        return Board(year, list(flags.filter(sector__isnull=False)), year.max_priority_sectors)
    return Board(year, list(flags.filter(commodity__isnull=False)), None)


def stages_of(row: Listed) -> list[DerivativeStage]:
    """List the stages that may be decided together with a flag of this sector or commodity."""
    stages = DerivativeStage.objects.in_use().select_related("product_commodity")
    if isinstance(row, Sector):
        stages = stages.filter(sector=row.pk)
    else:
        stages = stages.filter(Q(upstream_commodity=row.pk) | Q(product_commodity=row.pk))
    return list(stages.order_by("tree", "key", "pk"))


def flagged(rows: QuerySet[Listed], year: PlanningYear | None) -> QuerySet[Listed]:
    """Add the rank of the flag that each row has in this year."""
    own = Q(flags__year=year.pk if year else 0)  # without a year no flag is joined
    joined = rows.alias(flag=FilteredRelation("flags", condition=own))
    return joined.annotate(flag_rank=F("flag__rank"))


def with_goods(rows: QuerySet[Listed], year: PlanningYear | None, user: User) -> QuerySet[Listed]:
    """Add to sectors the names of their commodities and the proposals this person may count."""
    goods = (
        Commodity.objects.in_use()
        .filter(sector=OuterRef("pk"))
        .order_by()
        .values("sector")
        .annotate(names=ArrayAgg("name_id", order_by="name_id"))
        .values("names")
    )
    asked = (
        Proposal.objects.summary_visible_to(user)
        .filter(year=year, sector=OuterRef("pk"))
        .order_by()
        .values("sector")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return rows.annotate(goods=Subquery(goods), asked=Coalesce(Subquery(asked), 0))


BESIDE_THE_LIMIT = frozenset(
    {
        *("fiscal_year", "opens_at", "closes_at", "return_due_on", "meets_from", "meets_until"),
        *("nomenclature_edition", "state", "state_reason", "is_example", "office"),
        *("source", "certainty"),
    }
)
"""Columns that do not belong to the short history of a year's flags."""
