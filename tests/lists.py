"""A small catalogue of the tests' own: the rows a complete proposal needs, with the true keys."""

from proposals.enums import (
    CommodityKind,
    FundingLevel,
    NomenclatureDepth,
    NomenclatureLevel,
    ReasonFor,
    RegionKind,
    RequestTo,
)
from proposals.models import (
    Commodity,
    District,
    FundingSource,
    InterventionType,
    Nomenclature,
    ReadinessDocument,
    ReasonCode,
    Region,
    ReviewCriterion,
    Sector,
)
from tests.memory import remembered

PROVINCE = "63"
NAMES = {
    "63": "Kalimantan Selatan",
    "63.01": "Tanah Laut",
    "63.02": "Kotabaru",
    "63.03": "Banjar",
    "63.71": "Banjarmasin",
}
EDITION = "050-3708/2020"


def keyed(model, key, **values):
    """Return the row of this key, made with these values where it does not stand yet."""
    return model.objects.filter(key=key).first() or model.objects.create(
        key=key, **({"name_id": key.replace("_", " ").capitalize()} | values)
    )


@remembered
def region(code=PROVINCE):
    """Return the region of this code; every regency lies in the province."""
    found = Region.objects.filter(code=code).first()
    if found:
        return found
    name = NAMES.get(code, f"Daerah {code}")
    if code == PROVINCE:
        return Region.objects.create(
            code=code, kind=RegionKind.PROVINCE, name=f"Provinsi {name}", short_name=name
        )
    kind = RegionKind.CITY if code >= "63.7" else RegionKind.REGENCY
    word = "Kota" if kind == RegionKind.CITY else "Kabupaten"
    return Region.objects.create(
        code=code, kind=kind, parent=region(), name=f"{word} {name}", short_name=name
    )


@remembered
def district(of):
    """Return the first district of a region."""
    return District.objects.filter(region=of).order_by("code").first() or District.objects.create(
        code=f"{of.code}.01", region=of, name=f"Kecamatan {of.short_name}"
    )


@remembered
def sector(key="singkong"):
    return keyed(Sector, key)


@remembered
def commodity(key="ubi_kayu", **values):
    values = {"kind": CommodityKind.RAW_MATERIAL, "unit": "ton/year"} | values
    found = Commodity.objects.filter(key=key).first()
    return found or keyed(Commodity, key, sector=sector(), **values)


@remembered
def intervention(key="pelatihan_teknis", **values):
    band = {"unit_cost_low_rp": 3_500_000, "unit_cost_high_rp": 7_500_000}
    return keyed(InterventionType, key, **({"family": "sdm", **band} | values))


@remembered
def funding(key="apbd_prov"):
    """Return a source of money: the regency's own purse is its budget and its DAK."""
    levels = {"apbd_kab": FundingLevel.REGENCY, "dak_fisik_ikm": FundingLevel.CENTRE}
    return keyed(
        FundingSource,
        key,
        level=levels.get(key, FundingLevel.PROVINCE),
        is_regional_purse=key in levels,
    )


@remembered
def nomenclature(level=NomenclatureLevel.PROVINCE):
    """Return a sub-activity; its fourth segment says which level of government may use it."""
    province = level == NomenclatureLevel.PROVINCE
    code = f"3.31.02.{1 if province else 2}.01.03"
    return keyed(
        Nomenclature,
        f"{'P' if province else 'K'}:{code}",
        code=code,
        level=level,
        depth=NomenclatureDepth.SUB_ACTIVITY,
        edition=EDITION,
        scope="core",
        name_id="Koordinasi pembangunan sumber daya industri",
    )


@remembered
def reason(act):
    """Return a fixed reason for this kind of act."""
    return keyed(ReasonCode, f"alasan_{ReasonFor(act).value}", reason_for=act)


@remembered
def document(key, **values):
    return keyed(ReadinessDocument, key, **({"is_for_all": True, "is_required": True} | values))


@remembered
def papers():
    """Return the papers of a single proposal that block its sending."""
    document("surat_usulan", blocks_sending=True, is_per_office=True)
    return [document(key, blocks_sending=True) for key in ("kak", "rab")]


@remembered
def gates(kind):
    """Return the gates in use for a kind of proposal, two of our own among them."""
    for key in ("g_kewenangan", "g_dokumen"):
        keyed(ReviewCriterion, key, group="gate", is_gate=True, applies_to_own=True)
    applies = "applies_to_own" if kind == RequestTo.OWN else "applies_to_requests"
    return list(ReviewCriterion.objects.in_use().filter(**{"is_gate": True, applies: True}))


@remembered
def criteria():
    """Return the scored points: one for every kind, one for requests alone."""
    rows = (("p_bahan_baku", 5, True), ("p_biaya", 3, False))
    return [
        keyed(ReviewCriterion, key, group="score", weight=weight, applies_to_own=own)
        for key, weight, own in rows
    ]
