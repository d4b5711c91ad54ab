"""What the tables offer: the value, and the sentence that says where it comes from."""

from decimal import Decimal

import pytest

from proposals import advice
from proposals.advice import Offer
from proposals.enums import BalanceStatus, Certainty, SupplyEffect
from proposals.models import (
    Commodity,
    DocumentIntervention,
    InterventionType,
    PriorityFlag,
    Proposal,
    SupplyBalance,
)
from tests import lists
from tests.builders import make_office_year, make_proposal

pytestmark = pytest.mark.django_db


def offers_of(proposal):
    return advice.computed_scores(Proposal.objects.get(pk=proposal.pk))


@pytest.mark.parametrize(
    ("scores", "total"),
    [
        ([(5, 4), (3, 3)], "72.5"),
        ([(5, None), (3, 3)], "60.0"),
        ([(1, 5), (1, 1), (1, 1), (1, 2)], "45.0"),
        ([(3, 4), (3, 3), (3, 3)], "66.7"),
        ([(2, 5), (1, 4), (1, 2), (4, 1)], "50.0"),
    ],
)
def test_total_has_one_decimal_rounded_half_up(scores, total):
    assert advice.total_pct(scores) == Decimal(total)


def test_total_of_nothing_is_nothing():
    assert advice.total_pct([]) is None
    assert advice.total_pct([(5, None)]) is None


def asked_papers(*keys):
    """Ask further papers for the activity of the builders; two more are there already."""
    for key in keys:
        paper = lists.document(key, is_for_all=False, name_id=key)
        DocumentIntervention.objects.create(document=paper, intervention=lists.intervention())


@pytest.mark.parametrize(
    ("keys", "offer"),
    [
        ((), Offer(5, "Readiness list: all 2 required papers are there.")),
        (
            ("ded",),
            Offer(3, "Readiness list: 2 of 3 required papers are there; missing: ded."),
        ),
        (
            ("ded", "lahan"),
            Offer(3, "Readiness list: 2 of 4 required papers are there; missing: ded, lahan."),
        ),
        (
            ("ded", "lahan", "sppl"),
            Offer(
                1, "Readiness list: 2 of 5 required papers are there; missing: ded, lahan, sppl."
            ),
        ),
    ],
)
def test_readiness_counts_the_required_papers_of_the_activity(keys, offer):
    proposal = make_proposal()
    asked_papers(*keys)
    assert offers_of(proposal)["s_kesiapan"] == offer


def test_papers_tell_what_is_there_promised_and_missing():
    proposal = make_proposal()
    make_office_year(proposal.office)
    asked_papers("ded")
    told = [
        (p.document.key, p.file and p.file.name, p.promised_on) for p in advice.papers_of(proposal)
    ]
    assert told == [
        ("kak", "kak.pdf", None),
        ("rab", "rab.pdf", None),
        ("surat_usulan", "surat-usulan.pdf", None),
        ("ded", None, None),
    ]


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        (175_000_000, 3),  # the lower end: 3,5 million for each of 50 people
        (157_500_000, 3),  # 10 % below it
        (157_499_999, 1),
        (192_500_000, 3),  # 10 % above it
        (192_500_050, 4),
        (300_000_000, 4),
        (337_500_000, 3),  # 10 % below the upper end
        (412_500_000, 3),  # 10 % above it
        (412_500_050, 1),
    ],
)
def test_unit_cost_is_laid_against_the_band(asked, value):
    lists.intervention(typical_units="angkatan|Orang", cost_basis="per orang")
    offer = offers_of(make_proposal(requested_rp=asked))["s_biaya"]
    assert offer.value == value
    assert "per orang" in offer.source


def test_unit_cost_names_its_source_and_says_example_data():
    lists.intervention(
        typical_units="orang", cost_basis="per orang, 5 hari", certainty=Certainty.ILLUSTRATIVE
    )
    assert offers_of(make_proposal())["s_biaya"].source == (
        "Rp\xa05.000.000 per orang against the band Rp\xa03.500.000 to Rp\xa07.500.000"
        " (per orang, 5 hari) of Pelatihan teknis. (example data)"
    )


@pytest.mark.parametrize(
    "change", [{"typical_units": "sentra"}, {"typical_units": "orang", "unit_cost_low_rp": None}]
)
def test_no_band_or_no_usual_unit_no_offer_on_cost(change):
    proposal = make_proposal()
    InterventionType.objects.update(**change)
    assert "s_biaya" not in offers_of(proposal)


def flag(year, **what):
    return PriorityFlag.objects.create(year=year, rank=2, reason="Bahan baku melimpah", **what)


def test_a_flagged_sector_or_main_commodity_is_offered_four():
    proposal = make_proposal()
    assert "s_prioritas" not in offers_of(proposal)  # nothing was flagged yet
    by_commodity = flag(proposal.year, commodity=lists.commodity())
    assert offers_of(proposal)["s_prioritas"] == Offer(
        4, "Ubi kayu is flagged as priority 2 of 2022: Bahan baku melimpah"
    )
    by_commodity.delete()
    flag(proposal.year, sector=lists.sector("karet"))
    assert offers_of(proposal)["s_prioritas"] == Offer(
        1, "Singkong / Ubi kayu is not among the priorities flagged for 2022."
    )


def test_across_sectors_no_priority_is_offered():
    proposal = make_proposal(sector=None)
    flag(proposal.year, sector=lists.sector("karet"))
    assert "s_prioritas" not in offers_of(proposal)


def demanding(**commodity):
    """Let the activity add demand, and the main commodity stand as told."""
    proposal = make_proposal()
    InterventionType.objects.update(supply_effect=SupplyEffect.ADDS_DEMAND)
    Commodity.objects.update(**commodity)
    return proposal


@pytest.mark.parametrize(
    ("status", "value"),
    [(BalanceStatus.DEFICIT, 1), (BalanceStatus.BALANCED, 3), (BalanceStatus.SURPLUS, 5)],
)
def test_without_figures_the_list_of_commodities_speaks(status, value):
    proposal = demanding(balance_status=status, source="Press report.")
    assert offers_of(proposal)["s_bahan_baku"] == Offer(
        value, f"List of commodities: Ubi kayu, {status.label}. Source: Press report."
    )


def test_an_unknown_balance_offers_nothing():
    assert "s_bahan_baku" not in offers_of(demanding())


def balance(region, year, production, need, **fields):
    return SupplyBalance.objects.create(
        commodity=lists.commodity(),
        region=lists.region(region),
        data_year=year,
        unit="ton",
        production=production,
        industrial_demand=need,
        **({"source": "BPS", "household_need": 0} | fields),
    )


@pytest.mark.parametrize(
    ("supply", "value", "word"),
    [(1_000, 3, "balanced"), (1_100, 3, "balanced"), (1_101, 5, "surplus"), (899, 1, "deficit")],
)
def test_the_newest_figures_of_the_province_speak_first(supply, value, word):
    proposal = demanding(balance_status=BalanceStatus.SURPLUS)
    balance("63", 2019, 1, 1_000)
    balance("63", 2020, supply, 1_000, certainty=Certainty.ILLUSTRATIVE)
    balance("63.01", 2020, 9_000, 1)
    told = f"{supply:,}".replace(",", ".")
    assert offers_of(proposal)["s_bahan_baku"] == Offer(
        value,
        f"Balance of Ubi kayu in the province, 2020: supply {told}, need 1.000 ton: {word}."
        " Source: BPS. (example data)",
    )


def test_a_need_that_is_known_in_part_tells_no_balance():
    proposal = demanding(balance_status=BalanceStatus.DEFICIT, source="Press report")
    balance("63", 2020, 9_000, 1, household_need=None)
    assert offers_of(proposal)["s_bahan_baku"] == Offer(
        1, "List of commodities: Ubi kayu, Deficit. Source: Press report."
    )


def test_without_a_figure_of_the_province_its_regions_are_added():
    proposal = demanding()
    balance("63.01", 2020, 400, 100)
    balance("63.02", 2020, 100, 900)
    balance("63.03", 2020, None, 900)
    balance("63.01", 2020, 9_000, 1, source="Dinas Pertanian")
    assert offers_of(proposal)["s_bahan_baku"].source == (
        "Balance of Ubi kayu in the province, 2020: supply 500, need 1.000 ton: deficit."
        " Source: BPS."
    )


@pytest.mark.parametrize("effect", [SupplyEffect.NEUTRAL, SupplyEffect.ADDS_SUPPLY])
def test_an_activity_that_adds_no_demand_does_not_ask_for_material(effect):
    proposal = make_proposal()
    InterventionType.objects.update(supply_effect=effect)
    offer = offers_of(proposal)["s_bahan_baku"]
    assert (offer.value, offer.source) == (
        None,
        f"Does not apply: Pelatihan teknis does not add demand for raw material ({effect.label}).",
    )
