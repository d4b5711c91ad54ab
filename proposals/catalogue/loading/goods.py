"""Codes, sectors, commodities, industry trees, money, and kinds of activity."""

from fnmatch import fnmatch

from proposals.catalogue.loading import rows
from proposals.catalogue.loading.rows import Count, Line, Links, Values
from proposals.enums import NomenclatureDepth
from proposals.models import (
    Commodity,
    DerivativeStage,
    Division,
    FundingSource,
    IndustryCode,
    InterventionFunding,
    InterventionNomenclature,
    InterventionType,
    Nomenclature,
    Sector,
    SectorCode,
)

PURSES = frozenset({"apbd_kab", "dak_fisik_ikm", "dak_nonfisik_ikm", "dana_desa", "dbh"})
"""Money that is the region's to give up: its own budget and what the centre transfers to it."""


UNITS = {
    "ton": "ton",
    "liter": "liter",
    "m3": "m3",
    "sheet": "lembar",
    "carat": "karat",
    "meter": "meter",
    "kg": "kg",
    "piece": "buah",
    "unit": "unit",
}
"""Units of the commodity list as the screen writes them."""


def load() -> dict[str, Count]:
    """Load what proposals choose from."""
    return {
        "nomenclature": _nomenclature(),
        "industry codes": _industry_codes(),
        "sectors": _sectors(),
        "codes of sectors": _sector_codes(),
        "commodities": _commodities(),
        "derivative stages": _stages(),
        "funding sources": _funding_sources(),
        "intervention types": _interventions(),
        "nomenclature of interventions": _links("nomenclature_keys", Nomenclature),
        "funding of interventions": _links("usual_funding", FundingSource),
    }


def _nomenclature() -> Count:
    divisions = rows.ids(Division)
    routes = [
        (pattern, divisions[line["key"]])
        for line in rows.read("divisions")
        for pattern in rows.words(line["codes"])
    ]
    wanted = {}
    for line in rows.read("nomenclature"):
        values: Values = {name: line[name] for name in ("code", "level", "depth", "edition")}
        values |= {"scope": line["scope"], "division_id": _division_of(line, routes)}
        wanted[line["key"]] = (line["parent_key"], rows.listed(line) | values)
    return rows.write_tree(Nomenclature, wanted)


def _division_of(line: Line, routes: list[tuple[str, int]]) -> int | None:
    """Return the division that a sub-activity goes to by default (PROCESS, section 3)."""
    if line["depth"] != NomenclatureDepth.SUB_ACTIVITY:
        return None
    return next((pk for pattern, pk in routes if fnmatch(line["code"], pattern)), None)


def _industry_codes() -> Count:
    return rows.write(
        IndustryCode,
        (
            rows.listed(line) | {"kind": line["kind"], "code": line["code"]}
            for line in rows.read("industry_codes")
        ),
    )


def _sectors() -> Count:
    return rows.write(
        Sector,
        (rows.listed(line) | {"relevance": line["relevance_id"]} for line in rows.read("sectors")),
    )


def _sector_codes() -> Count:
    sectors, codes = rows.ids(Sector), rows.ids(IndustryCode)
    wanted: dict[int, set[int]] = {pk: set() for pk in codes.values()}
    for line in rows.read("sectors"):
        names = [f"KBLI-{code}" for code in rows.words(line["kbli_divisions"])]
        for name in [*names, *rows.words(line["ripin_groups"])]:
            wanted[codes[name]].add(sectors[line["key"]])
    links = Links(SectorCode, "industry_code_id", "sector_id")
    return rows.write_links(links, wanted, rows.edited_ids(IndustryCode))


def _commodities() -> Count:
    sectors = rows.ids(Sector)
    columns = ("local_name", "kind", "export_note", "balance_status")
    return rows.write(
        Commodity,
        (
            rows.listed(line)
            | {name: line[name] for name in columns}
            | {
                "sector_id": sectors[line["sector_key"]] if line["sector_key"] else None,
                "unit": f"{UNITS[line['unit'].removesuffix('/year')]}/tahun",
                "is_raw_export_discouraged": rows.truth(line["is_raw_export_discouraged"]),
            }
            for line in rows.read("commodities")
        ),
    )


def _stages() -> Count:
    sectors, commodities = rows.ids(Sector), rows.ids(Commodity)
    columns = ("tree", "tree_name_id", "stage", "kbli_5", "scale", "typical_yield")
    wanted = {}
    for line in rows.read("derivatives"):
        values: Values = {name: line[name] for name in (*columns, "present_in_kalsel")}
        values |= rows.sourced(line)
        values |= {
            "key": line["key"],
            "name_id": line["product_id"],
            "name_en": line["product_en"],
            "upstream_commodity_id": commodities.get(line["upstream_commodity"]),
            "product_commodity_id": commodities.get(line["product_commodity"]),
            "sector_id": sectors.get(line["sector_key"]),
        }
        wanted[line["key"]] = (line["parent_key"], values)
    return rows.write_tree(DerivativeStage, wanted)


def _funding_sources() -> Count:
    columns = ("level", "decided_by", "planning_system", "can_pay_for", "cannot_pay_for")
    return rows.write(
        FundingSource,
        (
            rows.listed(line)
            | {name: line[name] for name in columns}
            | {"holder": line["holder_id"], "is_regional_purse": line["key"] in PURSES}
            for line in rows.read("funding_sources")
        ),
    )


def _interventions() -> Count:
    columns = ("family", "typical_outputs", "typical_units", "supply_effect", "note")
    return rows.write(
        InterventionType,
        (
            rows.listed(line)
            | {name: line[name].replace("|", ", ") for name in columns}
            | {
                "unit_cost_low_rp": rows.number(line["unit_cost_low_rp"]),
                "unit_cost_high_rp": rows.number(line["unit_cost_high_rp"]),
                "cost_basis": line["cost_basis_id"],
                "needs_budget": rows.truth(line["needs_budget"]),
            }
            for line in rows.read("intervention_types")
        ),
    )


def _links(column: str, other: type[Nomenclature | FundingSource]) -> Count:
    links = {
        "nomenclature_keys": Links(InterventionNomenclature, "intervention_id", "nomenclature_id"),
        "usual_funding": Links(InterventionFunding, "intervention_id", "funding_source_id"),
    }[column]
    interventions, others = rows.ids(InterventionType), rows.ids(other)
    wanted = {
        interventions[line["key"]]: {others[key] for key in rows.words(line[column])}
        for line in rows.read("intervention_types")
    }
    return rows.write_links(links, wanted, rows.edited_ids(InterventionType))
