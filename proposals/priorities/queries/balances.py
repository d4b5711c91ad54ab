"""Figures of supply and need, summed over the regions of one source, never over sources."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max, Q, Subquery, Sum, Value

from proposals.enums import Certainty, RegionKind
from proposals.models import Commodity, Region, SupplyBalance
from proposals.priorities.balance import (
    COLUMNS,
    FLOWS,
    NEEDED,
    Figures,
    SourceSum,
    newest_year,
)

KEY = ("commodity", "commodity__name_id", "commodity__name_en", "data_year", "source", "unit")
WHOLE_ROW = Q(**{f"{name}__isnull": False for name in NEEDED})
"""A row whose balance can be told."""
WORST_FIRST = (Certainty.ILLUSTRATIVE, Certainty.LIKELY, Certainty.CERTAIN)


def data_years() -> list[int]:
    """List the years that have figures, the newest first."""
    years = SupplyBalance.objects.order_by("-data_year").values_list("data_year", flat=True)
    return list(years.distinct())


def data_years_of(commodity: Commodity) -> list[int]:
    """List the years in which anything is said of a commodity, the newest first."""
    rows = commodity.balances.order_by("-data_year").values_list("data_year", flat=True)
    return list(rows.distinct())


def province_sums(data_year: int | None = None) -> dict[int, list[SourceSum]]:
    """Return for each commodity what each source says of the whole province in a year.

    Without a year, each commodity's newest that speaks of the whole province. A source with a row
    of the province itself speaks by that row; else by the sum of its regencies. One query.
    """
    rows = SupplyBalance.objects.order_by()
    if data_year is not None:
        rows = rows.filter(data_year=data_year)
    regions = Region.objects.exclude(kind=RegionKind.PROVINCE).order_by().annotate(one=Value(1))
    all_regions = regions.values("one").annotate(n=Count("pk")).values("n")
    lines = rows.values(*KEY, "region__kind").annotate(
        n=Count("pk"),
        n_counted=Count("pk", filter=WHOLE_ROW),
        n_all=Max(Subquery(all_regions)),
        says=ArrayAgg("method", distinct=True, filter=~Q(method="")),
        examples=Count("pk", filter=Q(certainty=Certainty.ILLUSTRATIVE)),
        likely=Count("pk", filter=Q(certainty=Certainty.LIKELY)),
        **{f"sum_{name}": Sum(name) for name in COLUMNS},
        **{f"known_{name}": Count(name) for name in COLUMNS},
        **{f"counted_{name}": Sum(name, filter=WHOLE_ROW) for name in COLUMNS},
        **{f"flows_{name}": Count(name, filter=WHOLE_ROW) for name in FLOWS},
    )
    return _newest(_by_source(lines))


def _by_source(lines: Iterable[Any]) -> list[SourceSum]:
    """Put the lines of regencies and cities together, unless the province's own stands beside."""
    groups: dict[tuple[Any, ...], dict[bool, list[dict[str, Any]]]] = defaultdict(dict)
    for line in lines:
        key = tuple(line[name] for name in KEY)
        groups[key].setdefault(line["region__kind"] == "province", []).append(line)
    return [_sum(key, kinds.get(True) or kinds[False]) for key, kinds in sorted(groups.items())]


def _sum(key: tuple[Any, ...], lines: list[dict[str, Any]]) -> SourceSum:
    commodity, name_id, name_en, data_year, source, unit = key
    has = [any(line["examples"] for line in lines), any(line["likely"] for line in lines), True]
    return SourceSum(
        commodity_id=commodity,
        name_id=name_id,
        name_en=name_en,
        data_year=data_year,
        source=source,
        certainty=next(word for word, holds in zip(WORST_FIRST, has, strict=True) if holds),
        unit=unit,
        method="; ".join(sorted({said for line in lines for said in line["says"] or ()})),
        n_regions=sum(line["n"] for line in lines),
        figures=_figures(lines, "counted"),
        columns=_figures(lines, "sum"),
        is_province=lines[0]["region__kind"] == "province",
        known={name: sum(line[f"known_{name}"] for line in lines) for name in COLUMNS},
        n_counted=sum(line["n_counted"] for line in lines),
        n_all=lines[0]["n_all"] or 0,
        flows_known={name: sum(line[f"flows_{name}"] for line in lines) for name in FLOWS},
    )


def _figures(lines: list[dict[str, Any]], sums: str) -> Figures:
    return Figures(**{name: _added(line[f"{sums}_{name}"] for line in lines) for name in COLUMNS})


def _added(values: Iterable[Any]) -> Any:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _newest(sums: list[SourceSum]) -> dict[int, list[SourceSum]]:
    """Keep each commodity's newest year that speaks of the whole province."""
    said: dict[int, list[SourceSum]] = defaultdict(list)
    for one in sums:
        said[one.commodity_id].append(one)
    found = {}
    for commodity_id, own in said.items():
        newest = newest_year(own)
        found[commodity_id] = [one for one in own if one.data_year == newest]
    return found


def untold(known: Iterable[int]) -> list[Commodity]:
    """List the commodities of which there is no figure: one query."""
    goods = Commodity.objects.in_use().exclude(pk__in=list(known))
    return list(goods.order_by("name_id", "pk"))


def producers() -> dict[int, tuple[int, int]]:
    """Return for each commodity how many regions produce it, and how many have a figure at all."""
    rows = SupplyBalance.objects.exclude(region__kind="province").order_by()
    lines = rows.values("commodity").annotate(
        making=Count("region", filter=Q(production__gt=0), distinct=True),
        known=Count("region", filter=Q(production__isnull=False), distinct=True),
    )
    return {line["commodity"]: (line["making"], line["known"]) for line in lines}
