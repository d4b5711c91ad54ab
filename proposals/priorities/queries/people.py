"""Labour by sector and region, each figure with its source; sources are never added."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from proposals.enums import RegionKind
from proposals.models import LabourPotential, Region, Sector
from proposals.priorities.queries.tiles import Tile


class Told:
    """What rows tell of workers together."""

    rows: list[LabourPotential]

    @property
    def workers(self) -> int | None:
        """Return all workers that are known."""
        return _sum(row.workers for row in self.rows)

    @property
    def trained(self) -> int | None:
        """Return all trained workers that are known."""
        return _sum(row.trained for row in self.rows)

    @property
    def counted(self) -> list[LabourPotential]:
        """Return the rows that tell of both: what part is trained is reckoned from them alone."""
        return [row for row in self.rows if row.workers and row.trained is not None]

    @property
    def trained_pct(self) -> Decimal | None:
        """Return how many of the workers are trained, in percent and at most all of them."""
        workers = sum(row.workers or 0 for row in self.counted)
        trained = sum(row.trained or 0 for row in self.counted)
        return min(Decimal(100 * trained) / workers, Decimal(100)) if workers else None


@dataclass
class SectorLabour(Told):
    """What one source says of the workers of a sector in its newest year."""

    sector: Sector
    data_year: int
    source: str
    rows: list[LabourPotential] = field(default_factory=list)
    is_whole: bool = False

    @property
    def is_province(self) -> bool:
        """Tell whether it speaks of the province as a whole, not of single regions."""
        return any(_is_province(row) for row in self.rows)

    @property
    def is_example(self) -> bool:
        """Tell whether any figure was made up to show the product."""
        return any(row.is_example for row in self.rows)


@dataclass
class RegionLabour(Told, Tile):
    """The workers of one region over all sectors; the tile fills with those who are trained."""

    rows: list[LabourPotential] = field(default_factory=list)

    @property
    def percent(self) -> Decimal | None:
        """Return how many of the workers are trained, of the rows that tell both."""
        return self.trained_pct

    @property
    def figure(self) -> int | None:
        """Return the workers."""
        return self.workers


def by_region(told: Iterable[SectorLabour]) -> list[RegionLabour]:
    """Return every regency and city with its labour: one query.

    Where sources disagree about a sector in a region, the one that tells of fewer workers counts.
    """
    regions = Region.objects.exclude(kind=RegionKind.PROVINCE).order_by("code")
    found = {region.pk: RegionLabour(region) for region in regions}
    fewest: dict[tuple[int, int], LabourPotential] = {}
    for row in (row for one in told for row in one.rows):
        key = (row.region_id, row.sector_id)
        fewest[key] = min(fewest.get(key, row), row, key=_few)
    for row in fewest.values():
        if row.region_id in found:
            found[row.region_id].rows.append(row)
    return list(found.values())


def _few(row: LabourPotential) -> tuple[bool, int, int]:
    return row.workers is None, row.workers or 0, row.pk


def _sum(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def labour() -> list[SectorLabour]:
    """List sectors with their labour in the newest year that speaks of the province: one query.

    As with balances: a source that speaks of the province itself is not added to its regencies,
    and a year counts once a source tells of as many regions as any other year.
    """
    found: dict[int, dict[tuple[int, str], SectorLabour]] = defaultdict(dict)
    rows = LabourPotential.objects.select_related("sector", "region")
    for row in rows.order_by("sector__name_id", "-data_year", "source", "region__code", "pk"):
        one = SectorLabour(row.sector, row.data_year, row.source)
        found[row.sector_id].setdefault((row.data_year, row.source), one).rows.append(row)
    return [one for own in found.values() for one in _newest(list(own.values()))]


def untold(labour: Iterable[SectorLabour]) -> list[Sector]:
    """List the sectors of whose workers nothing is known: one query."""
    known = {one.sector.pk for one in labour}
    return list(Sector.objects.in_use().exclude(pk__in=known).order_by("name_id", "pk"))


def _newest(told: list[SectorLabour]) -> list[SectorLabour]:
    for one in told:
        one.rows = [row for row in one.rows if _is_province(row)] or one.rows
    regions = [len(one.rows) for one in told if not _is_province(one.rows[0])]
    for one in told:
        one.is_whole = _is_province(one.rows[0]) or len(one.rows) >= max(regions, default=0)
    newest = max(one.data_year for one in told if one.is_whole)
    return [one for one in told if one.data_year == newest]


def _is_province(row: LabourPotential) -> bool:
    return row.region.kind == RegionKind.PROVINCE
