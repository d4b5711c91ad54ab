"""The admin adds, changes, retires and brings back rows; nothing is lost or overwritten unseen."""

from decimal import Decimal

import pytest
from django.urls import reverse

from proposals.catalogue.actions.rows import new_criteria_version
from proposals.enums import Status
from proposals.models import (
    Commodity,
    DerivativeStage,
    FinancingScheme,
    GateAnswer,
    IndustryCode,
    InterventionType,
    PriorityFlag,
    ReadinessDocument,
    ReasonCode,
    ReviewCriterion,
    Sector,
)
from proposals.refused import Refused
from proposals.timeline import events_of
from tests import lists
from tests.builders import make_proposal, make_year


@pytest.fixture
def client(client, admin):
    client.force_login(admin)
    return client


@pytest.fixture
def sector(db):
    return lists.sector("karet")


def page(row, name, suffix=""):
    return reverse(f"catalogue:{name}{suffix}", args=[row.pk])


def fields(**changed):
    return {"name_id": "Karet", "row_version": 1, "certainty": "certain"} | changed


def test_the_admin_renames_a_sector_and_the_history_knows_it(client, sector):
    answer = client.post(page(sector, "sector"), fields(name_id=" Karet alam ", name_en="Rubber"))
    assert (answer.status_code, answer.url) == (302, page(sector, "sector"))
    sector.refresh_from_db()
    assert (sector.name_id, sector.name_en, sector.row_version) == ("Karet alam", "Rubber", 2)
    act = events_of(sector).acts[0]
    assert (act.who, act.address) == ("Agus Salim", "127.0.0.1")
    assert [change.column for change in act.entries[0].changes] == ["name_id", "name_en"]


def test_saving_without_a_change_writes_nothing(client, sector):
    assert client.post(page(sector, "sector"), fields()).status_code == 302
    sector.refresh_from_db()
    assert (sector.row_version, sector.events.count()) == (1, 1)


def test_a_stale_form_shows_both_values_and_overwrites_nothing(client, sector):
    client.post(page(sector, "sector"), fields(name_id="Karet alam"))
    answer = client.post(page(sector, "sector"), fields(name_id="Karet rakyat"))
    assert answer.status_code == 409
    told = [
        (pair.stored.name, pair.stored.value, pair.mine.value)
        for pair in answer.context["differences"]
    ]
    assert told == [("name_id", "Karet alam", "Karet rakyat")]
    assert answer.context["last_act"].who == "Agus Salim"
    assert answer.context["form"]["name_id"].value() == "Karet rakyat"
    sector.refresh_from_db()
    assert sector.name_id == "Karet alam"
    seen = answer.context["form"]["row_version"].value()
    assert client.post(page(sector, "sector"), fields(name_id="Karet rakyat", row_version=seen))
    sector.refresh_from_db()
    assert (sector.name_id, sector.row_version) == ("Karet rakyat", 3)


@pytest.mark.parametrize(
    "name",
    ["", "   ", "x" * 301, "a\x00b", "x" * 1_000_000],
    ids=["empty", "blank", "long", "nul", "huge"],
)
def test_a_bad_name_is_told_at_its_field_and_loses_nothing(client, sector, name):
    answer = client.post(page(sector, "sector"), fields(name_id=name, name_en="Kept"))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"name_id"}
    assert answer.context["form"]["name_en"].value() == "Kept"
    sector.refresh_from_db()
    assert (sector.name_id, sector.row_version) == ("Karet", 1)


def test_markup_and_emoji_are_kept_as_typed_and_escaped(client, sector):
    client.post(page(sector, "sector"), fields(name_id="<i>Karet</i> 🌳"))
    shown = client.get(page(sector, "sector")).content.decode()
    assert "&lt;i&gt;Karet&lt;/i&gt; 🌳" in shown
    assert "<i>Karet</i>" not in shown


def test_a_form_sent_twice_adds_one_row(client):
    new = fields(name_id="Kopi bubuk")
    first = client.post(reverse("catalogue:sector_new"), new)
    again = client.post(reverse("catalogue:sector_new"), new)
    assert (first.status_code, again.status_code) == (302, 422)
    assert list(Sector.objects.values_list("key", "name_id")) == [("kopi_bubuk", "Kopi bubuk")]


@pytest.mark.parametrize("name", ["!!!", "漢字"])
def test_a_name_without_letters_makes_no_row(client, name):
    answer = client.post(reverse("catalogue:sector_new"), fields(name_id=name))
    assert (answer.status_code, Sector.objects.count()) == (422, 0)


def test_a_retired_row_is_not_offered_and_comes_back(client, sector):
    goods = lists.commodity("getah", name_id="Getah")
    retire = page(sector, "sector", "_retire")
    client.post(retire, {"act": "retire", "row_version": 1})
    sector.refresh_from_db()
    assert (sector.is_retired, sector.row_version) == (True, 2)
    offered = client.get(page(goods, "commodity")).context["form"].fields["sector"].queryset
    assert sector not in offered
    client.post(retire, {"act": "restore", "row_version": 2})
    sector.refresh_from_db()
    assert sector.is_retired is False


def test_a_row_keeps_a_choice_that_was_retired_meanwhile(client, sector):
    goods = Commodity.objects.create(
        key="getah", name_id="Getah", kind="auxiliary", unit="ton", sector=sector
    )
    Sector.objects.update(is_retired=True)
    new = {"kind": "auxiliary", "unit": "kg", "sector": sector.pk, "balance_status": "unknown"}
    assert client.post(page(goods, "commodity"), fields(name_id="Getah") | new).status_code == 302
    goods.refresh_from_db()
    assert (goods.unit, goods.sector) == ("kg", sector)


def test_retiring_at_an_old_version_is_refused(client, sector):
    client.post(page(sector, "sector"), fields(name_id="Karet alam"))
    client.post(page(sector, "sector", "_retire"), {"act": "retire", "row_version": 1})
    sector.refresh_from_db()
    assert sector.is_retired is False


def test_a_flagged_sector_is_not_retired(client, sector):
    PriorityFlag.objects.create(year=make_year(), sector=sector, rank=1, reason="Surplus")
    client.post(page(sector, "sector", "_retire"), {"act": "retire", "row_version": 1})
    sector.refresh_from_db()
    assert sector.is_retired is False


def test_links_are_changed_with_the_version_of_their_owner(client, sector):
    code = IndustryCode.objects.create(
        key="KBLI-22", name_id="Karet", kind="kbli_division", code="22"
    )
    client.post(page(code, "industry_code"), fields(sectors=[sector.pk]))
    client.post(page(code, "industry_code"), fields(sectors=[sector.pk], row_version=2))
    code.refresh_from_db()
    assert (list(code.sectors.all()), code.row_version) == ([sector], 2)
    client.post(page(code, "industry_code"), fields(row_version=2))
    assert list(code.sectors.all()) == []


def test_a_band_of_cost_is_typed_as_rupiah_and_must_be_ordered(client, db):
    row = InterventionType.objects.create(key="pelatihan", name_id="Pelatihan", family="sdm")
    new = {"family": "sdm", "supply_effect": "neutral", "needs_budget": "on"}
    band = {"unit_cost_low_rp": "3,5 juta", "unit_cost_high_rp": "Rp 2.000.000"}
    answer = client.post(page(row, "intervention"), fields(**new, **band))
    assert set(answer.context["form"].errors) == {"unit_cost_high_rp"}
    band["unit_cost_high_rp"] = "7.500.000"
    assert client.post(page(row, "intervention"), fields(**new, **band)).status_code == 302
    row.refresh_from_db()
    assert (row.unit_cost_low_rp, row.unit_cost_high_rp) == (Decimal(3500000), Decimal(7500000))


def stage(key, **values):
    return DerivativeStage.objects.create(
        **{"key": key, "name_id": key, "tree": "RUBBER", "tree_name_id": "Karet", "stage": "hulu"}
        | values
    )


def test_a_stage_is_not_made_from_what_is_made_from_it(client, db):
    first = stage("RUBBER-01")
    second = stage("RUBBER-02", parent=first)
    new = {"tree_name_id": "Karet", "stage": "hulu", "parent": second.pk}
    answer = client.post(page(first, "stage"), fields(**new))
    assert set(answer.context["form"].errors) == {"parent"}


def test_a_new_stage_joins_the_tree_of_that_name(client, db):
    stage("RUBBER-01")
    new = {"name_id": "Sol sepatu", "tree_name_id": "karet", "stage": "hilir"}
    client.post(reverse("catalogue:stage_new"), fields(**new))
    made = DerivativeStage.objects.get(key="rubber-sol-sepatu")
    assert (made.tree, made.tree_name_id) == ("RUBBER", "Karet")


def test_two_editions_of_a_scheme_do_not_overlap(client, db):
    new = {"name_id": "KUR Mikro", "code": "kur_mikro", "scheme": "KUR"}
    for begins, ends in (("2021-01-01", "2021-06-30"), ("2021-06-30", ""), ("2021-07-01", "")):
        dates = {"valid_from": begins, "valid_to": ends}
        client.post(reverse("catalogue:scheme_new"), fields(**new, **dates))
    found = FinancingScheme.objects.order_by("valid_from").values_list("key", flat=True)
    assert list(found) == ["kur_mikro_20210101", "kur_mikro_20210701"]


def test_one_text_may_explain_two_acts(client, db):
    for act in ("change", "refusal"):
        client.post(reverse("catalogue:reason_new"), fields(name_id="Alasan lain", reason_for=act))
    assert sorted(ReasonCode.objects.values_list("key", flat=True)) == [
        "change-alasan-lain",
        "refusal-alasan-lain",
    ]


def test_a_paper_asked_for_some_activities(client, db):
    activity = lists.intervention()
    paper = ReadinessDocument.objects.create(key="ded", name_id="DED")
    client.post(page(paper, "document"), fields(name_id="DED", interventions=[activity.pk]))
    assert list(paper.interventions.all()) == [activity]


def test_a_weight_is_fixed_once_a_score_was_given(client, db):
    make_proposal(status=Status.AT_DESK)
    row = GateAnswer.objects.select_related("criterion").first().criterion
    turned = {"applies_to_own": "on"} if not row.applies_to_own else {}
    asked = fields(name_id=row.name_id, weight="0", applies_to_requests="on")
    assert client.post(page(row, "criterion"), asked | turned).status_code == 422
    row.refresh_from_db()
    assert row.row_version == 1
    with pytest.raises(Refused):
        new_criteria_version()


def test_a_new_version_of_the_criteria_retires_the_one_before(client, db):
    old = ReviewCriterion.objects.create(
        key="s_skala", name_id="Skala", group="efisiensi", weight=4
    )
    assert client.post(reverse("catalogue:criteria_version")).status_code == 302
    rows = ReviewCriterion.objects.order_by("version").values_list(
        "version", "is_retired", "weight"
    )
    assert list(rows) == [(1, True, 4), (2, False, 4)]
    fresh = ReviewCriterion.objects.exclude(pk=old.pk).get()
    asked = fields(name_id="Skala", weight="9", applies_to_requests="on")
    answer = client.post(page(fresh, "criterion"), asked)
    assert answer.status_code == 422
    client.post(page(fresh, "criterion"), asked | {"weight": "5"})
    fresh.refresh_from_db()
    assert fresh.weight == 5


def test_a_row_page_costs_few_queries(client, sector, django_assert_max_num_queries):
    make_year()
    lists.commodity("bokar", name_id="Bokar")
    with django_assert_max_num_queries(15):
        client.get(page(sector, "sector"))
