"""Labour by sector and region, each figure with its source; sources are never added."""

from dataclasses import dataclass, field

from proposals.models import LabourPotential, Sector


@dataclass
class SectorLabour:
    """What one source says of the workers of a sector in its newest year."""

    sector: Sector
    data_year: int
    source: str
    rows: list[LabourPotential] = field(default_factory=list)

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
    def is_example(self) -> bool:
        """Tell whether any figure was made up to show the product."""
        return any(row.is_example for row in self.rows)


def labour() -> list[SectorLabour]:
    """List sectors with their labour, newest year of each source first: one query."""
    found: dict[tuple[int, int, str], SectorLabour] = {}
    rows = LabourPotential.objects.select_related("sector", "region")
    for row in rows.order_by("sector__name_id", "-data_year", "source", "region__code", "pk"):
        key = (row.sector_id, row.data_year, row.source)
        one = found.setdefault(key, SectorLabour(row.sector, row.data_year, row.source))
        one.rows.append(row)
    newest: dict[int, int] = {}
    for sector_id, data_year, _source in found:
        newest[sector_id] = max(newest.get(sector_id, 0), data_year)
    return [one for (pk, data_year, _s), one in found.items() if data_year == newest[pk]]
