"""The balance: pure figures, sources side by side, pages, and statistics brought in."""

from decimal import Decimal

import pytest
from django.urls import reverse

from proposals.enums import CommodityKind, Status, SupplyEffect
from proposals.models import CommodityUse, SupplyBalance
from proposals.priorities.balance import Figures
from proposals.priorities.queries import balances, places
from tests import lists
from tests.builders import make_proposal
from tests.moves import move

BALANCE = reverse("priorities:balance")


def row(region="63.01", source="BPS", **fields):
    values = {"production": 230, "household_need": 23, "industrial_demand": 414} | fields
    return SupplyBalance.objects.create(
        commodity=lists.commodity("jagung"),
        region=lists.region(region),
        data_year=2020,
        unit="ton",
        source=source,
        **values,
    )


def figures(**given):
    return Figures(**{name: Decimal(value) for name, value in given.items()})


def test_maize_covers_feed_to_50_percent_as_the_article_says():
    maize = figures(production=230_000, household_need=23_000, industrial_demand=414_000)
    assert (maize.balance, maize.is_short) == (-207_000, True)
    assert (maize.coverage, maize.industry_coverage) == (Decimal("52.6"), Decimal("50.0"))


def test_flows_count_where_they_are_known():
    rice = figures(production=100, inflow=30, outflow=10, household_need=80, industrial_demand=0)
    assert (rice.supply, rice.balance, rice.coverage) == (120, 40, Decimal("150.0"))
    assert (rice.flows_untold, Figures().flows_untold) == ([], ["inflow", "outflow"])


def test_nothing_known_gives_no_figure():
    assert (Figures().balance, Figures().coverage, Figures().industry_coverage) == (
        None,
        None,
        None,
    )
    assert figures(production=10, household_need=0, industrial_demand=0).coverage is None


def test_regions_of_one_source_are_summed_and_sources_never(db):
    row()
    row("63.02", production=None)
    row(source="Dinas", production=300)
    (told,) = balances.province_sums().values()
    assert [(one.source, one.n_regions, one.figures.production) for one in told] == [
        ("BPS", 2, 230),
        ("Dinas", 1, 300),
    ]


def test_a_column_that_some_regions_do_not_tell_says_so(client, officer, db):
    row()
    row("63.02", production=None)
    client.force_login(officer)
    page = client.get(reverse("priorities:commodity", args=[lists.commodity("jagung").pk]))
    (told,) = page.context["told"]
    assert told.partly == {"production": 1}
    assert page.text.count("diketahui di 1 dari 2 daerah") == 1


SEDGE = {"production": Decimal("1250.5"), "household_need": None, "industrial_demand": 300}


def test_what_households_need_is_not_taken_for_nothing(client, officer, db):
    row(**SEDGE)
    ((told,),) = balances.province_sums().values()
    assert (told.figures.coverage, told.columns.production) == (None, Decimal("1250.5"))
    assert figures(production=5, household_need=2).balance is None
    client.force_login(officer)
    text = client.get(reverse("priorities:commodity", args=[lists.commodity("jagung").pk])).text
    assert ("416,8" in text, "1.250,5" in text) == (False, True)


def test_supply_and_need_speak_of_the_same_regions_and_say_of_how_many(client, officer, db):
    """BPS: Tanah Laut tells all (230 of 437), Kotabaru nothing of households."""
    row()
    row("63.02", **SEDGE)
    ((told,),) = balances.province_sums().values()
    assert (told.n_counted, told.n_all, told.is_whole) == (1, 2, False)
    assert (told.figures.supply, told.figures.need) == (230, 437)
    assert (told.columns.production, told.columns.industrial_demand) == (Decimal("1480.5"), 714)
    client.force_login(officer)
    for page in (BALANCE, reverse("priorities:commodity", args=[told.commodity_id])):
        text = client.get(page).text
        assert ("1 dari 2 daerah" in text, "Seluruh provinsi" in text) == (True, False)


def test_flows_that_nobody_told_are_named_beside_the_figure(client, officer, db):
    row(outflow=30)
    ((told,),) = balances.province_sums().values()
    assert (told.figures.supply, told.flows_untold) == (200, ["inflow"])
    client.force_login(officer)
    for page in (BALANCE, reverse("priorities:commodity", args=[told.commodity_id])):
        assert "arus masuk: belum ada data" in client.get(page).text


def test_commodities_and_sectors_without_figures_are_named(client, officer, db):
    row()
    paddy, stones = lists.commodity("padi"), lists.sector("permata")
    client.force_login(officer)
    page = client.get(BALANCE)
    assert page.context["untold"] == [paddy]
    assert f"1 komoditas lain: belum ada data.</b> {paddy.name}" in page.text
    page = client.get(reverse("priorities:potential"))
    assert stones in page.context["untold"]
    assert "sektor lain: belum ada data." in page.text


def test_where_nobody_needs_it_that_is_said(client, officer, db):
    row(production=10_680, household_need=0, industrial_demand=0)
    client.force_login(officer)
    page = client.get(reverse("priorities:commodity", args=[lists.commodity("jagung").pk]))
    (region,) = page.context["regions"]
    assert (region.percent, region.needs_nothing, region.figure) == (None, True, 10_680)
    assert page.text.count("tanpa kebutuhan") == 4  # sum, table, tile and what the tile is called


def test_every_method_of_a_sum_is_named(db):
    row(method="Ubinan")
    row("63.02", method="Laporan penggilingan")
    row("63.03", method="Ubinan")
    ((told,),) = balances.province_sums().values()
    assert told.method == "Laporan penggilingan; Ubinan"


def test_a_newer_year_of_fewer_regions_is_not_taken_for_the_province(db):
    row()
    row("63.02")
    SupplyBalance.objects.filter(pk=row("63.03", source="Baru").pk).update(data_year=2021)
    ((told,),) = balances.province_sums().values()
    assert (told.data_year, told.n_regions) == (2020, 2)
    ((only,),) = balances.province_sums(2021).values()
    assert (only.source, only.n_regions) == ("Baru", 1)


def test_a_source_that_speaks_of_the_province_is_not_added_to_its_regions(db):
    row()
    row("63", production=900)
    ((told,),) = balances.province_sums().values()
    assert (told.n_regions, told.figures.production) == (1, 900)


def test_the_page_shows_conflicting_sources_side_by_side(client, officer, db):
    row()
    row(source="Dinas", production=300)
    client.force_login(officer)
    ((told, used),) = client.get(BALANCE).context["rows"]
    assert ([one.source for one in told], used.source) == (["BPS", "Dinas"], "BPS")
    page = client.get(reverse("priorities:commodity", args=[lists.commodity("jagung").pk]))
    (region,) = [one for one in page.context["regions"] if one.told]
    assert (region.disagrees, len(region.told)) == (True, 2)
    assert (
        client.get(reverse("priorities:commodity", args=[lists.commodity("padi").pk])).status_code
        == 404
    )


def test_proposals_add_demand_as_far_as_quantities_are_known(officer):
    row()
    mill = lists.intervention("pabrik", supply_effect=SupplyEffect.ADDS_DEMAND)
    maize = lists.commodity("jagung")
    for quantity, unit in ((Decimal(70), "ton/tahun"), (None, "")):
        draft = make_proposal(intervention=mill)
        CommodityUse.objects.filter(proposal=draft).update(
            commodity=maize, quantity=quantity, unit=unit
        )
        assert places.effect_on(maize, officer, draft.year).demand == (0 if quantity else 70)
        move(draft, Status.SENT)
    found = places.effect_on(maize, officer, draft.year)
    assert (found.demand, found.supply, found.unknown) == (70, 0, 1)
    ((told,),) = balances.province_sums().values()
    assert found.on(told).industrial_demand == 484


def test_what_no_proposal_quantifies_is_not_none(client, officer):
    row()
    mill = lists.intervention("pabrik", supply_effect=SupplyEffect.ADDS_DEMAND)
    draft = make_proposal(intervention=mill)
    maize = lists.commodity("jagung")
    CommodityUse.objects.filter(proposal=draft).update(commodity=maize, quantity=None, unit="")
    move(draft, Status.SENT)
    found = places.effect_on(maize, officer, draft.year)
    assert (found.demand, found.supply, found.unknown) == (None, 0, 1)
    ((told,),) = balances.province_sums().values()
    assert found.on(told).coverage is None
    client.force_login(officer)
    text = client.get(reverse("priorities:commodity", args=[maize.pk])).text
    assert "dengan usulan ini <b>belum ada data</b>" in text


def test_a_main_commodity_that_is_a_product_is_not_taken(officer):
    """A loom for weavers makes cloth; it does not need more of it."""
    loom = lists.intervention("alat", supply_effect=SupplyEffect.ADDS_DEMAND)
    cloth = lists.commodity("tenun", kind=CommodityKind.DERIVED_PRODUCT)
    draft = make_proposal(intervention=loom)
    CommodityUse.objects.filter(proposal=draft).update(commodity=cloth)
    move(draft, Status.SENT)
    assert places.effect_on(cloth, officer, draft.year).uses == []


def test_tons_are_not_added_to_another_unit(officer):
    row()
    SupplyBalance.objects.update(unit="m3")
    ((told,),) = balances.province_sums().values()
    found = places.Effect([places.Use(CommodityUse(), adds_demand=True, quantity=Decimal(70))])
    assert (told.figures.coverage, found.on(told).coverage) == (Decimal("52.6"), None)


@pytest.mark.parametrize("n_rows", [1, 30])
def test_the_balance_costs_the_same_for_any_number(
    client, officer, n_rows, django_assert_num_queries
):
    for n in range(n_rows):
        row(source=f"Sumber {n}")
    client.force_login(officer)
    with django_assert_num_queries(6):
        client.get(BALANCE)
    with django_assert_num_queries(8):
        client.get(reverse("priorities:commodity", args=[lists.commodity("jagung").pk]))
    with django_assert_num_queries(7):
        client.get(reverse("priorities:potential"))
