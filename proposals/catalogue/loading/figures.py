"""Figures of raw material, each with its method and source."""

from proposals.catalogue.loading import rows
from proposals.catalogue.loading.rows import Count, Line, Values
from proposals.models import Commodity, Region, SupplyBalance


def load() -> dict[str, Count]:
    """Load supply and need by commodity, region and year."""
    commodities, regions = rows.ids(Commodity), rows.ids(Region, "code")

    def values(line: Line) -> Values:
        return {
            "commodity_id": commodities[line["commodity_key"]],
            "region_id": regions[line["region_code"]],
            "data_year": int(line["year"]),
            "unit": line["unit"],
            "production": rows.number(line["production"]),
            "household_need": rows.number(line["non_industrial_need"]),
            "industrial_demand": rows.number(line["industrial_demand"]),
            "method": line["note"],
            **rows.sourced(line),
        }

    key = ("commodity_id", "region_id", "data_year", "source")
    lines = rows.read("supply_balance_example")
    return {"supply balance": rows.write(SupplyBalance, map(values, lines), key)}
