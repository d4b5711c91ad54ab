"""Each rule of advice by plain facts: what it says, where, and when it is silent."""

from decimal import Decimal

import pytest

from proposals.advice import Facts, Line, Result, judge
from proposals.advice.slips import Priced
from proposals.enums import (
    BalanceStatus,
    Certainty,
    CommodityKind,
    FundingLevel,
    NomenclatureLevel,
    RequestTo,
    SupplyEffect,
)
from proposals.models import (
    Commodity,
    DerivativeStage,
    FundingSource,
    InterventionType,
    Nomenclature,
    ReadinessDocument,
)

pytestmark = pytest.mark.usefixtures("english")

REGENCY = Nomenclature(
    key="K:3.31.02.2.01.04", code="3.31.02.2.01.04", level=NomenclatureLevel.REGENCY
)
PROVINCE = Nomenclature(
    key="P:3.31.02.1.01.04", code="3.31.02.1.01.04", level=NomenclatureLevel.PROVINCE
)
TRADE = Nomenclature(key="K:3.30.05", code="3.30.05", level=NomenclatureLevel.REGENCY)
PURSE = FundingSource(key="apbd_prov", level=FundingLevel.PROVINCE)
AID = FundingSource(key="bkk_prov", level=FundingLevel.PROVINCE)
OWN = FundingSource(key="apbd_kab", level=FundingLevel.REGENCY)
CORN = Commodity(
    pk=1,
    key="jagung",
    name_id="Jagung pipilan kering",
    kind=CommodityKind.RAW_MATERIAL,
    balance_status=BalanceStatus.DEFICIT,
    source="Press.",
)
DYE = Commodity(
    pk=2,
    key="pewarna_alam",
    name_id="Zat warna alam",
    kind=CommodityKind.AUXILIARY,
    balance_status=BalanceStatus.DEFICIT,
)
MILL = InterventionType(
    pk=1,
    key="unit_pengolahan",
    name_id="Pabrik mini",
    family="sarana",
    typical_units="unit",
    unit_cost_low_rp=Decimal(600_000_000),
    unit_cost_high_rp=Decimal(8_000_000_000),
    cost_basis="per unit",
    supply_effect=SupplyEffect.ADDS_DEMAND,
    certainty=Certainty.ILLUSTRATIVE,
)
STAGES = (
    DerivativeStage(pk=1, name_id="CPO", scale="large", product_commodity_id=3, tree="PALM"),
    DerivativeStage(pk=2, name_id="Minyak goreng", scale="medium-large", tree="PALM"),
)
CPO = Commodity(pk=3, key="cpo", name_id="CPO", kind=CommodityKind.INTERMEDIATE)


def output(text="Pabrik beroperasi", unit="unit", target=1, kind="output"):
    return Result(kind, text, unit, Decimal(target))


def outcome(text, unit="ton/tahun", target=9):
    return output(text, unit, target, "outcome")


def told(**facts):
    """Return the advice as key, reference and field."""
    return [
        (one.key, one.reference, one.field) for one in judge(Facts(**{"fiscal_year": 2022} | facts))
    ]


def test_nothing_known_nothing_said():
    assert told() == []


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ({"nomenclature": REGENCY, "funding": PURSE}, "level_vs_funding"),
        ({"nomenclature": REGENCY, "funding": AID}, None),
        ({"nomenclature": REGENCY, "funding": OWN}, None),
        ({"nomenclature": PROVINCE, "funding": PURSE}, None),
        ({"nomenclature": PROVINCE, "funding": AID}, "code_segment"),
        ({"nomenclature": PROVINCE, "request_to": RequestTo.OWN}, "code_segment"),
        ({"nomenclature": PROVINCE, "request_to": RequestTo.OWN, "is_provincial": True}, None),
        ({"nomenclature": TRADE}, "urusan_mismatch"),
    ],
)
def test_the_segment_of_the_code_against_who_executes(facts, key):
    code = facts["nomenclature"]
    assert told(**facts) == ([(key, code.key, "nomenclature")] if key else [])


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Pameran Produk Unggulan", "urusan_mismatch"),
        ("Pembangunan Tambak dan Budidaya Ikan", "urusan_mismatch"),
        ("Bantuan Pupuk bagi Petani", "urusan_mismatch"),
        ("Mesin Pelet bagi Kelompok Pembudidaya", None),
        ("Pabrik Smelter Nikel", "authority_mismatch"),
        ("Pelatihan Anyaman Tahun 2021", "stale_year"),
        ("Rencana Pembangunan Industri 2018-2038", None),
        ("Rencana Pembangunan Industri 2015-2020", "stale_year"),
        ("Pelatihan Anyaman Tahun 2022", None),
        ("Produksi 2020 lembar sasirangan", "stale_year"),
    ],
)
def test_words_of_the_title(title, key):
    assert [(one, field) for one, _reference, field in told(title=title)] == (
        [(key, "title")] if key else []
    )


def test_a_past_budget_year_in_the_background_is_asked_about():
    assert told(background="Dianggarkan APBD 2019; data tahun 2020 dari BPS.") == [
        ("stale_year", "2019", "background")
    ]


@pytest.mark.parametrize(
    ("facts", "is_asked"),
    [
        ({"commodity": CORN}, True),
        ({"commodity": CORN, "products": frozenset({1})}, False),
        ({"commodity": CORN, "results": (outcome("Jagung pipilan kering terjual"),)}, False),
        ({"commodity": CORN, "results": (outcome("Jagung terserap"),)}, True),
        ({"commodity": CORN, "title": "Briket dari Tongkol Jagung"}, False),
        ({"commodity": CORN, "title": "Bungkil dan jagung giling"}, True),
        ({"commodity": DYE, "results": (output("Kain tercelup"),)}, True),
        ({"commodity": DYE, "results": (outcome("Produksi pewarna alam"),)}, False),
        ({"commodity": DYE, "title": "Pembuatan Pewarna Alam dari Kulit Kayu"}, False),
        ({"commodity": DYE, "title": "Pencelupan Kain dengan Pewarna Alam"}, True),
        ({"commodity": CORN, "title": "Pabrik Jagung Pipilan Kering"}, True),
        ({"commodity": None}, False),
    ],
)
def test_a_shortage_of_raw_material(facts, is_asked):
    found = told(intervention=MILL, **facts)
    assert [key for key, *_ in found] == ["supply_deficit_conflict"] * is_asked


def test_a_shortage_names_list_and_figures_and_says_example_data():
    facts = Facts(fiscal_year=2022, intervention=MILL, commodity=CORN, balance="Balance 2020.")
    found = judge(facts)
    assert [(one.message, one.source, one.is_example) for one in found] == [
        (
            (
                "This adds demand for Jagung pipilan kering, which is in deficit: add a supply"
                " plan or contract, make less, or join others."
            ),
            "List of commodities: Press. Balance 2020.",
            False,
        )
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (7_000_000_000, ["scale_too_large"]),
        (2_000_000_000, []),
        (500_000_000, ["cost_low"]),
        (8_000_000_000, ["scale_too_large", "cost_high"]),
        (7_000_000, ["amount_slip"]),
    ],
)
def test_scale_and_cost_of_a_mill(asked, found):
    facts = {"title": "Pabrik minyak goreng", "trees": STAGES, "commodity": CPO}
    facts |= {"requested_rp": Decimal(asked), "results": (output(),)}
    assert [key for key, *_ in told(intervention=MILL, **facts)] == found


def test_the_unit_cost_is_told_with_its_band_as_example_data():
    found = judge(
        Facts(
            fiscal_year=2022,
            intervention=MILL,
            requested_rp=Decimal(500_000_000),
            results=(output(),),
        )
    )
    assert [(one.message, one.source, one.field, one.is_example) for one in found] == [
        (
            (
                "Rp\xa0500.000.000 per unit; usual are Rp\xa0600.000.000 to Rp\xa08.000.000.000"
                " (per unit): explain it in the cost estimate."
            ),
            "Cost band of the list of activities: Pabrik mini",
            "requested_rp",
            True,
        )
    ]


def test_a_slipped_line_is_asked_about_in_words():
    lines = tuple(
        Line(text, Priced(unit, Decimal(1), Decimal(cost)))
        for text, unit, cost in (("Honor", "orang jam", 450_000_000), ("Alat", "unit", 900_000_000))
    )
    found = judge(Facts(fiscal_year=2022, lines=lines))
    assert [(one.key, one.row, one.message) for one in found] == [
        (
            "line_slip",
            0,
            (
                "Honor: Rp\xa0450.000.000 (empat ratus lima puluh juta rupiah). Unusual for this"
                " unit. Right, or is it Rp\xa0450.000?"
            ),
        )
    ]


@pytest.mark.parametrize(
    ("result", "keys"),
    [
        (output("Pelatihan perajin", "orang", 25), ["activity_not_result"]),
        (output("Terlaksananya bimbingan", "kali", 1), ["activity_not_result"]),
        (output("Perajin terlatih", "orang", 25), []),
        (outcome("Laporan tepat waktu", "persen", 80), ["indicator_weak"]),
        (outcome("Forum", "kali", 2), ["activity_not_result", "indicator_weak"]),
        (outcome("Omzet naik", "persen", 20), []),
    ],
)
def test_an_activity_is_no_result(result, keys):
    assert told(results=(result,)) == [
        (key, f"{result.kind}_1" if key == "activity_not_result" else "", "outputs") for key in keys
    ]


@pytest.mark.parametrize(
    ("ikm", "workers", "cross", "is_asked"),
    [
        (1, 0, False, True),
        (0, None, False, True),
        (1, 5, False, False),
        (1, 0, True, False),
        (None, None, False, False),
        (20, 0, False, False),
    ],
)
def test_who_gains_by_it(ikm, workers, cross, is_asked):
    found = told(ikm=ikm, workers=workers, is_cross_sector=cross)
    assert found == [("no_beneficiary", "", "beneficiary_ikm")] * is_asked


def test_papers_and_the_limit_of_the_office():
    paper = ReadinessDocument(key="ded", name_id="DED", source="Practice.")
    assert told(lacking=(paper,), n_of_office=6, limit=5) == [
        ("missing_document", "ded", "attachments"),
        ("over_limit", "5", "request_to"),
    ]
    assert told(n_of_office=5, limit=5) == []
    assert told(n_of_office=50, limit=None) == []
