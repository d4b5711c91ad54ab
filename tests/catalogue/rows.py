"""Rows of the reference lists, as many as a test wants."""

from datetime import date
from itertools import count

from proposals.catalogue.specs import SPECS
from proposals.models import Sector

BESIDE = {
    "commodities": {"kind": "auxiliary", "unit": "ton"},
    "stages": {"tree": "POHON", "tree_name_id": "Pohon", "stage": "hulu"},
    "nomenclature": {
        "level": "provinsi",
        "depth": "sub_kegiatan",
        "edition": "050-3708/2020",
        "scope": "core",
    },
    "interventions": {"family": "sdm"},
    "funding": {"level": "provinsi"},
    "schemes": {"scheme": "KUR", "valid_from": date(2022, 1, 1)},
    "reasons": {"reason_for": "change"},
    "criteria": {"group": "strategi", "weight": 3},
    "industry_codes": {"kind": "kbli_division"},
    "synonyms": {"role": "thing", "words": "bimtek, pelatihan"},
}
_running = count(1)


def fill(n_rows, *names):
    """Put as many rows into these lists, or into all of them."""
    for spec in SPECS:
        if not names or spec.name in names:
            spec.model.objects.bulk_create(row(spec, next(_running)) for _ in range(n_rows))


def row(spec, n):
    """Return a new row of a list, not yet saved; what has a sector gets the first one."""
    values = {"key": f"{spec.one}_{n}", "name_id": f"Baris {n}"} | BESIDE.get(spec.name, {})
    if spec.name in {"nomenclature", "schemes", "industry_codes"}:
        values["code"] = f"3.31.{n}" if spec.name != "schemes" else f"skema_{n}"
    if spec.name in {"commodities", "stages"}:
        values["sector"] = Sector.objects.order_by("pk").first()
    return spec.model(**values)
