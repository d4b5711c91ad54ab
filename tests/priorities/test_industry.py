"""Industry trees, the report of added value, and the investment sheet."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse

from proposals.enums import CommodityKind, MaterialOrigin, Status, SupplyEffect, UseRole
from proposals.models import (
    Commodity,
    CommodityUse,
    DerivativeStage,
    FinancingScheme,
    InterventionType,
    SupplyBalance,
)
from proposals.models.catalogue import FACILITIES
from proposals.priorities.queries.standing import tons
from tests import lists
from tests.builders import make_proposal
from tests.moves import move

TREES = reverse("priorities:trees")
REPORT = reverse("priorities:added_value")


def stage(key, name, kind="hilir", parent=None, **fields):
    place = {"tree": "CORN", "tree_name_id": "Pohon industri jagung", "sector": lists.sector()}
    return lists.keyed(
        DerivativeStage, key, name_id=name, stage=kind, parent=parent, **(place | fields)
    )


@pytest.fixture
def tree(db):
    maize = lists.commodity("jagung", is_raw_export_discouraged=True)
    feed = lists.keyed(
        Commodity,
        "pakan_ternak",
        kind=CommodityKind.DERIVED_PRODUCT,
        unit="ton/year",
        balance_status="deficit",
    )
    root = stage("C-1", "Jagung", "hulu", product_commodity=maize, present_in_kalsel="yes")
    made = stage("C-2", "Pakan", parent=root, product_commodity=feed, present_in_kalsel="partial")
    return maize, feed, made


@pytest.fixture
def mill(tree):
    """Return a sent proposal that takes 100 t of maize and makes 90 t of feed."""
    maize, feed, made = tree
    adds = lists.intervention("pabrik", supply_effect=SupplyEffect.ADDS_DEMAND, family=FACILITIES)
    draft = make_proposal(intervention=adds)
    CommodityUse.objects.filter(proposal=draft).update(
        commodity=maize,
        quantity=100,
        unit="ton/tahun",
        origin=MaterialOrigin.OWN_REGENCY,
        stage=made,
    )
    CommodityUse.objects.create(
        proposal=draft,
        role=UseRole.PRODUCT,
        commodity=feed,
        quantity=90,
        unit="ton/tahun",
        stage=made,
    )
    return move(draft, Status.SENT)


def balance_of(maize):
    SupplyBalance.objects.create(
        commodity=maize,
        region=lists.region("63.01"),
        data_year=2020,
        unit="ton",
        production=300,
        source="BPS",
    )
    return maize


def test_the_tree_shows_where_the_province_stands_and_what_proposals_reach(client, officer, mill):
    client.force_login(officer)
    found = client.get(TREES, {"pohon": "CORN"}).context["chosen"]
    assert [
        (node.stage.key, node.depth, node.may_leave_raw, node.brought, node.proposals)
        for node in found.nodes
    ] == [("C-1", 0, True, None, []), ("C-2", 1, False, "short", [mill])]
    assert (found.n_proposals, dict(found.here)) == (1, {"yes": 1, "partial": 1})


def test_added_value_names_the_rows_each_figure_is_made_of(client, officer, mill):
    client.force_login(officer)
    report = client.get(REPORT).context["report"]
    for (gain,) in (report.by_sector, report.by_region):
        assert (gain.kept_ton, gain.replaced_ton) == (100, 90)
        assert (gain.new_downstream, gain.n_downstream) == (1, 1)
        assert [one.use.quantity for one in gain.readable] == [Decimal(100), Decimal(90)]
    text = client.get(REPORT).text
    words = ("dihitung sebagai bahan baku tertahan", "dihitung sebagai pengganti barang luar")
    assert [text.count(said) for said in words] == [2, 2]


def total(client, officer):
    client.force_login(officer)
    return client.get(REPORT).context["report"].total


def test_what_should_not_leave_raw_is_kept_whatever_its_kind(client, officer, mill):
    """Crude palm oil is an intermediate product that should not leave unprocessed."""
    Commodity.objects.filter(key="jagung").update(kind=CommodityKind.INTERMEDIATE)
    assert total(client, officer).kept_ton == 100
    Commodity.objects.filter(key="jagung").update(is_raw_export_discouraged=False)
    assert total(client, officer).kept_ton is None


def test_a_study_names_a_stage_and_gains_nothing(client, officer, mill):
    InterventionType.objects.filter(key="pabrik").update(family="perencanaan")
    assert total(client, officer).inputs == []
    found = client.get(TREES, {"pohon": "CORN"})
    assert (found.context["chosen"].n_proposals, "hanya menyebut" in found.text) == (0, True)


def test_what_is_made_here_already_is_reached_and_not_gained(client, officer, mill):
    """Neither is it brought in for being short: the page of the tree says the same."""
    DerivativeStage.objects.filter(key="C-2").update(present_in_kalsel="yes")
    gain = total(client, officer)
    assert (gain.new_downstream, gain.n_downstream, gain.replaced_ton) == (0, 1, None)
    nodes = client.get(TREES, {"pohon": "CORN"}).context["chosen"].nodes
    assert [node.brought for node in nodes] == [None, None]


def test_a_figure_of_inflow_tells_that_something_is_replaced(client, officer, tree, mill):
    DerivativeStage.objects.filter(key="C-2").update(present_in_kalsel="yes")
    balance_of(tree[1])
    SupplyBalance.objects.update(inflow=40)
    assert total(client, officer).replaced_ton == 90
    assert "dihitung sebagai pengganti barang luar (angka arus masuk)" in client.get(REPORT).text


def test_of_others_an_office_reads_the_sums_alone(client, other_officer, coordinator, tree, mill):
    pages = (REPORT, TREES, reverse("priorities:commodity", args=[balance_of(tree[0]).pk]))
    for person, is_named in ((other_officer, False), (coordinator, True)):
        client.force_login(person)
        for page in pages:
            text = client.get(page).text
            assert (mill.number in text, "milik kantor lain" in text) == (is_named, not is_named)
    assert client.get(REPORT).context["report"].total.kept_ton == 100


def test_a_ton_a_month_is_no_ton_a_year():
    units = ("Ton/tahun", " ton ", "ton/bulan", "kg", "")
    told = [tons(CommodityUse(quantity=Decimal(90), unit=unit)) for unit in units]
    assert told == [90, 90, None, None, None]
    assert tons(CommodityUse(quantity=Decimal(0), unit="ton")) == 0


def test_what_is_turned_away_gains_nothing(client, officer, mill):
    move(mill, Status.REDIRECTED)
    client.force_login(officer)
    assert client.get(REPORT).context["report"].by_sector == []


def test_the_investment_sheet_says_what_is_missing(client, officer, mill):
    client.force_login(officer)
    sheet = client.get(reverse("priorities:investment", args=[lists.sector().pk])).context["sheet"]
    assert [row.key for row in sheet.missing] == ["C-2"]
    assert (sheet.flag, sheet.labour, sheet.terms) == (None, [], [])


def scheme(key, name, **fields):
    values = {"code": key, "scheme": "Hibah", "source": f"Sumber {key}"} | fields
    return lists.keyed(FinancingScheme, key, name_id=name, **values)


def test_terms_of_another_sector_stand_on_no_sheet(client, officer, mill):
    lists.sector("sawit")
    general = scheme("kur", "KUR Kecil", rate_note="Tambahan subsidi 3 persen")
    palm = scheme("psr", "Peremajaan Sawit Rakyat")
    client.force_login(officer)
    for key, terms in (("singkong", [general]), ("sawit", [general, palm])):
        page = client.get(reverse("priorities:investment", args=[lists.sector(key).pk]))
        assert page.context["sheet"].terms == terms
        assert ("Sumber kur" in page.text, "Tambahan subsidi 3 persen" in page.text) == (True, True)


def test_the_sheet_names_whom_to_ask_and_what_is_not_stored(client, officer, mill, province_head):
    client.force_login(officer)
    text = client.get(reverse("priorities:investment", args=[lists.sector().pk])).text
    assert f"{province_head.full_name}, {province_head.get_role_display()}" in text
    assert settings.SITE_ADDRESS in text
    assert "alamat dan surel kantor: belum ada data" in text


@pytest.mark.parametrize("n_rows", [1, 30])
def test_trees_and_report_cost_the_same_for_any_number(
    client, officer, tree, n_rows, django_assert_num_queries
):
    for _ in range(n_rows):
        sent = make_proposal(status=Status.SENT)
        assert sent.commodity_uses.count() == 1
    client.force_login(officer)
    with django_assert_num_queries(7):
        client.get(TREES)
    with django_assert_num_queries(5):
        client.get(REPORT)
    with django_assert_num_queries(13):
        client.get(reverse("priorities:investment", args=[lists.sector().pk]))
