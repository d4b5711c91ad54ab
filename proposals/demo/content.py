"""What a line of the example files becomes: the columns and rows of a proposal.

What the files do not have (origin, target group, labour, budget lines, quantities) follows fixed
rules, so that every load gives the same proposals.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from proposals.catalogue.loading import rows
from proposals.catalogue.loading.rows import Line
from proposals.demo.lines import lines_of
from proposals.demo.lists import Lists
from proposals.demo.people import PROVINCE
from proposals.enums import (
    CommodityKind,
    MaterialOrigin,
    Origin,
    RequestTo,
    ResultKind,
    SupplyEffect,
    UseRole,
)

KINDS = {
    "kabupaten_kota": RequestTo.OWN,
    "provinsi": RequestTo.PROVINCE,
    "pusat": RequestTo.CENTRE,
}
ORIGINS = (
    Origin.RENJA,
    Origin.MUSRENBANG,
    Origin.MUSRENBANG,
    Origin.POKIR,
    Origin.DIRECTION,
    Origin.OTHER,
)
GROUPS = {
    "sawit": "Koperasi dan kelompok petani sawit",
    "singkong": "Kelompok tani dan IKM olahan singkong",
    "padi": "IKM olahan padi dan penggilingan padi",
    "pakan": "Peternak dan kelompok pembuat pakan",
    "karet": "Petani karet dan pengepul bokar",
    "ikan": "Pembudidaya dan pengolah ikan",
    "pangan_khas": "IKM pangan khas",
    "kain": "Perajin sasirangan dan penenun",
    "anyaman": "Perajin anyaman",
    "kayu": "Perajin kayu",
    "logam": "Perajin logam",
    "permata": "Perajin permata",
    "kemasan": "IKM pangan yang memerlukan kemasan",
}
ANYBODY = "Pelaku industri kecil dan menengah"
LABOUR_SOURCE = "Data contoh: perkiraan dinas"
STAGES = (
    ("ubi_kayu", "Tapioka", "CASSAVA-03"),
    ("ubi_kayu", "Keripik", "CASSAVA-05"),
    ("mocaf", "Mocaf", "CASSAVA-04"),
    ("jagung", "Marning", "CORN-05"),
    ("jagung", "Pakan", "CORN-02"),
    ("cpo", "Minyak Goreng", "PALM-07"),
    ("sekam", "Sekam", "RICE-08"),
    ("beras", "Kue Basah", "RICE-06"),
    ("beras", "Beras Kemasan", "RICE-07"),
    ("purun", "Tas", "PURUN-04"),
    ("rotan", "Pengolahan Awal", "RATTAN-02"),
    ("rotan", "Lampit", "RATTAN-03"),
    ("ikan_haruan", "Abon", "FISH-05"),
    ("ikan_haruan", "Kerupuk", "FISH-05"),
    ("ikan_patin", "Pakan Ikan", "FISH-09"),
    ("ikan_laut", "Ikan Asin", "FISH-02"),
    ("ikan_laut", "Terasi", "FISH-07"),
    ("ikan_laut", "Cold Storage", "FISH-03"),
    ("bokar", "Bokar", "RUBBER-01"),
    ("bijih_besi", "Smelter", "IRON-04"),
    ("batubara", "Briket", "COAL-02"),
)
"""Main commodity and a word of the title, to the stage of its tree that the activity leads to."""
PRODUCTS = {
    "CASSAVA-03": ("tapioka", Decimal("0.20")),
    "CORN-02": ("pakan_ternak", Decimal(2)),
    "PALM-07": ("minyak_goreng", Decimal("0.70")),
}
"""Stage of a processing unit: what it makes, and tons of it from one ton (derivatives.csv)."""
PER_YEAR, MILLIONS = "ton/tahun", "juta rupiah"
OWN_SHARE = "Swadaya kelompok penerima"
GRANT, CLINIC = "bantuan_mesin", "akses_pembiayaan"
BANK_SCHEME = "kmk_bank_kalsel"

Values = dict[str, Any]


def values_of(line: Line, lists: Lists) -> Values:
    """Return the columns of a proposal; an empty cell of the file stays empty."""
    return {
        "title": line["title"],
        "background": line["background"],
        "origin": ORIGINS[(int(line["own_rank"]) - 1) % len(ORIGINS)],
        "target_group": target_group(line, lists),
        "sector": lists.sectors.get(line["sector_key"]),
        "intervention": lists.interventions.get(line["intervention_key"]),
        "nomenclature": lists.nomenclature.get(line["nomenclature_key"]),
        "beneficiary_ikm": rows.whole(line["beneficiary_ikm"]),
        "beneficiary_workers": rows.whole(line["beneficiary_workers"]),
        "requested_rp": rows.number(line["budget_rp"]),
        "funding_source": lists.funding.get(line["funding_key"]),
        **_labour(line, lists),
    }


def kind_of(line: Line) -> RequestTo:
    """Return the kind; what the province asks of itself is its own programme."""
    return RequestTo.OWN if line["region_code"] == PROVINCE else KINDS[line["request_to"]]


def target_group(line: Line, lists: Lists) -> str:
    """Say who gains, by sector and place."""
    where = lists.regions[line["region_code"]].name
    places = rows.words(line["kecamatan"])
    district = f"Kecamatan {' dan '.join(places)}, " if places else ""
    return f"{GROUPS.get(line['sector_key'], ANYBODY)} di {district}{where}"


def _labour(line: Line, lists: Lists) -> Values:
    """Give labour where something is to be made: six of ten workers are there already."""
    needed = rows.whole(line["beneficiary_workers"])
    kind = lists.interventions.get(line["intervention_key"])
    if not needed or kind is None or kind.supply_effect != SupplyEffect.ADDS_DEMAND:
        return {}
    available = needed * 6 // 10
    return {
        "labour_needed": needed,
        "labour_available": available,
        "labour_to_train": needed - available,
        "labour_source": LABOUR_SOURCE,
    }


def parts_of(line: Line, lists: Lists) -> dict[str, list[Values]]:
    """Return the rows of a proposal."""
    return {
        "outputs": list(_results(line)),
        "locations": list(_places(line, lists)),
        "commodity_uses": list(_uses(line, lists)),
        "budget_lines": _lines(line, lists),
        "co_funding": list(_co_funding(line)),
        "financing_needs": list(_financing(line, lists)),
    }


def _results(line: Line) -> Iterator[Values]:
    for name, kind in (
        ("output_1", ResultKind.OUTPUT),
        ("output_2", ResultKind.OUTPUT),
        ("outcome", ResultKind.OUTCOME),
    ):
        if line[name]:
            yield {
                "kind": kind,
                "text": line[name],
                "unit": line[f"{name}_unit"],
                "target": Decimal(line[f"{name}_target"]),
            }


def _places(line: Line, lists: Lists) -> Iterator[Values]:
    """Give districts; the province's own programmes name regions, those of their text or all."""
    if line["region_code"] != PROVINCE:
        for name in rows.words(line["kecamatan"]):
            yield {"district": lists.districts[line["region_code"], name], "region": None}
        return
    regions = [region for region in lists.regions.values() if not region.is_province]
    named = [region for region in regions if region.short_name in line["background"]]
    for region in named or regions:
        yield {"district": None, "region": region}


def _uses(line: Line, lists: Lists) -> Iterator[Values]:
    key = line["commodity_key"]
    if not key:
        return
    stage = next((stage for own, word, stage in STAGES if own == key and word in line["title"]), "")
    product, tons = PRODUCTS.get(stage, ("", Decimal(1)))
    made = _tons_made(line) if product else None
    yield {
        "role": UseRole.MAIN,
        "commodity": lists.commodities[key],
        "quantity": None if made is None else (made / tons).quantize(Decimal(1)),
        "unit": "" if made is None else lists.commodities[key].unit,
        "origin": _origin(line, lists),
        "stage": lists.stages.get(stage),
    }
    if made is not None:
        yield {
            "role": UseRole.PRODUCT,
            "commodity": lists.commodities[product],
            "quantity": made,
            "unit": lists.commodities[product].unit,
            "origin": "",
            "stage": lists.stages[stage],
        }


def _tons_made(line: Line) -> Decimal | None:
    is_unit = line["intervention_key"] == "unit_pengolahan"
    return Decimal(line["outcome_target"]) if is_unit and line["outcome_unit"] == PER_YEAR else None


def _origin(line: Line, lists: Lists) -> MaterialOrigin:
    """Tell where the material comes from: its main regions, else the rest of the province."""
    commodity = lists.commodities[line["commodity_key"]]
    if commodity.kind == CommodityKind.AUXILIARY:
        return MaterialOrigin.OTHER_PROVINCE
    is_home = line["region_code"] in lists.homes[line["commodity_key"]]
    return MaterialOrigin.OWN_REGENCY if is_home else MaterialOrigin.PROVINCE


def _co_funding(line: Line) -> Iterator[Values]:
    """Let those who are given machines add a twentieth of their own."""
    if line["intervention_key"] == GRANT:
        yield {"who": OWN_SHARE, "amount_rp": Decimal(line["budget_rp"]) // 20}


def _financing(line: Line, lists: Lists) -> Iterator[Values]:
    """Let a clinic for credit want what its outcome promises."""
    if line["intervention_key"] == CLINIC and line["outcome_unit"] == MILLIONS:
        amount = Decimal(line["outcome_target"]) * 10**6
        yield {"scheme": lists.schemes[BANK_SCHEME], "amount_rp": amount, "note": line["outcome"]}


def _lines(line: Line, lists: Lists) -> list[Values]:
    if not line["budget_rp"] or not line["intervention_key"]:
        return []
    family = lists.interventions[line["intervention_key"]].family
    reached = int(Decimal(line["output_1_target"] or 1))
    return lines_of(line["intervention_key"], family, int(line["budget_rp"]), reached)
