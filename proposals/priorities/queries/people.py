"""Labour by sector and region, each figure with its source; sources are never added."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from proposals.enums import RegionKind
from proposals.models import LabourPotential, Sector


@dataclass
class SectorLabour:
    """What one source says of the workers of a sector in its newest year."""

    sector: Sector
    data_year: int
    source: str
    rows: list[LabourPotential] = field(default_factory=list)
    is_whole: bool = False

    @property
    def workers(self) -> int | None:
        """Return all workers that are known."""
        known = [row.workers for row in self.rows if row.workers is not None]
        return sum(known) if known else None

    @property
    def trained(self) -> int | None:
        """Return all trained workers that are known."""
        known = [row.trained for row in self.rows if row.trained is not None]
        return sum(known) if known else None

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

    @property
    def is_example(self) -> bool:
        """Tell whether any figure was made up to show the product."""
        return any(row.is_example for row in self.rows)


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
