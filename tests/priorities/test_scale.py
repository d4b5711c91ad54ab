"""The scale on its pages: begun, weighed, frozen, read by offices, and flags set from it."""

from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from proposals.enums import Certainty, CommodityKind, RequestTo, ScaleCriterion, Status, YearState
from proposals.keeping.flags import Ground, set_flag
from proposals.models import (
    Commodity,
    DerivativeStage,
    PriorityFlag,
    ScaleScore,
    ScaleVersion,
    Sector,
    SupplyBalance,
)
from proposals.priorities.actions import scale as actions
from proposals.priorities.actions.flagging import state_of
from proposals.priorities.computing import Found
from tests import lists
from tests.builders import make_proposal, make_year, set_state

HOME = reverse("priorities:scale")
DRAFT = reverse("priorities:scale_draft")
DONE = "Ini sudah dilakukan; penekanan kedua tidak mengubah apa pun."


@pytest.fixture
def year(db):
    return make_year(max_priority_sectors=2)


def grown(key, row):
    kind = CommodityKind.RAW_MATERIAL
    return lists.keyed(
        Commodity, f"k_{key}", name_id=key.capitalize(), sector=row, kind=kind, unit="ton"
    )


@pytest.fixture
def goods(year):
    """Return three sectors: one in surplus, one short, one of which nothing is known."""
    for key, production in (("padi", 300), ("jagung", 50)):
        row = lists.keyed(Sector, key)
        grain = grown(key, row)
        SupplyBalance.objects.create(
            commodity=grain,
            region=lists.region("63.01"),
            data_year=2020,
            unit="ton",
            production=production,
            household_need=60,
            industrial_demand=40,
            source="BPS",
            method="KSA",
        )
    lists.keyed(Sector, "permata")
    return {row.key: row for row in Sector.objects.all()}


def begin(year, coordinator):
    return actions.begin_version(year=year, by=coordinator, reason="Arahan gubernur")


def weights(version, **given):
    total = dict.fromkeys(ScaleCriterion.values, 0) | given
    return {f"w_{name}": weight for name, weight in total.items()} | {
        "row_version": version.row_version
    }


def scored(version, key):
    found = ScaleScore.objects.get(version=version, sector__key=key, criterion="raw_material")
    return found.points, found.basis, found.source


def test_points_are_computed_with_what_they_rest_on(goods, year, coordinator):
    version = begin(year, coordinator)
    said = "Jagung 2020: 50 dari 100 ton, tercukupi 50,0%, arus belum ada data = 25,0"
    assert scored(version, "padi")[0] == Decimal("100.0")
    assert scored(version, "jagung") == (Decimal("25.0"), said, "BPS")
    assert scored(version, "permata") == (None, "", "")


def test_the_lower_of_two_sources_counts_and_they_are_never_added(goods, year, coordinator):
    row = SupplyBalance.objects.get(commodity__key="k_jagung")
    SupplyBalance.objects.create(
        commodity=row.commodity,
        region=row.region,
        data_year=2020,
        unit="ton",
        production=80,
        household_need=100,
        source="Dinas",
    )
    assert scored(begin(year, coordinator), "jagung")[0] == Decimal("25.0")


def test_a_balance_of_some_regions_says_so_on_page_and_print(client, goods, year, coordinator):
    lists.region("63.02")
    version = begin(year, coordinator)
    said = "Jagung 2020: 50 dari 100 ton, tercukupi 50,0%, arus belum ada data"
    said += " (angka dari 1 dari 2 daerah)"
    assert scored(version, "jagung") == (Decimal("25.0"), f"{said} = 25,0", "BPS")
    own = version.scores.filter(sector__key="jagung")
    assert own.get(criterion="raw_material").certainty == Certainty.LIKELY
    spread = own.get(criterion="spread")
    told = "Jagung dihasilkan di 1 dari 2 daerah (angka dari 1 dari 2 daerah)"
    assert (spread.points, spread.basis) == (None, told)
    actions.freeze(version=version, by=coordinator, row_version=1)
    client.force_login(coordinator)
    page = client.get(reverse("priorities:explanation", args=["sektor", goods["jagung"].pk]))
    assert said in page.text
    printed = client.get(reverse("priorities:print_scale"))
    (row,) = [row for row in printed.context["board"].rows if row.thing.key == "jagung"]
    assert [(criterion.value, told) for criterion, told in row.partly] == [
        ("raw_material", "1 dari 2 daerah"),
    ]
    assert "bahan baku: 1 dari 2 daerah" in " ".join(printed.text.lower().split())


def test_a_figure_without_a_source_says_so(goods, year, coordinator):
    SupplyBalance.objects.filter(commodity__key="k_jagung").update(source="")
    version = begin(year, coordinator)
    assert scored(version, "jagung")[2] == "daftar portal ini, sumber tidak disebut"


def test_weights_are_saved_and_frozen_for_good(client, goods, year, coordinator):
    client.force_login(coordinator)
    answer = client.post(reverse("priorities:versions"), {"reason": "Arahan gubernur"})
    assert (answer.status_code, answer.url) == (302, DRAFT)
    version = ScaleVersion.objects.get()
    wrong = client.post(DRAFT, weights(version, raw_material=60, labour=39))
    assert (wrong.status_code, wrong.context["form"].non_field_errors()) == (
        422,
        ["Jumlah bobot 99, bukan 100."],
    )
    for _ in range(2):
        assert client.post(DRAFT, weights(version, raw_material=60, labour=40)).url == DRAFT
    version.refresh_from_db()
    frozen = client.post(reverse("priorities:step", args=["bekukan"]), {"row_version": 2})
    version.refresh_from_db()
    assert (frozen.url, version.is_frozen, version.frozen_by) == (HOME, True, coordinator)
    assert client.get(DRAFT).status_code == 404
    again = client.post(reverse("priorities:step", args=["bekukan"]), {"row_version": 2})
    said = [str(one) for one in get_messages(again.wsgi_request)]
    assert (again.url, said[-1]) == (HOME, DONE)
    assert client.get(HOME).context["board"].weights["raw_material"] == 60


def test_an_office_reads_the_scale_once_it_is_frozen(client, goods, year, coordinator, officer):
    version = begin(year, coordinator)
    client.force_login(officer)
    assert client.get(HOME).context["board"] is None
    actions.freeze(version=version, by=coordinator, row_version=1)
    assert client.get(HOME).context["board"].version == version
    assert client.get(f"{HOME}?versi=2").status_code == 404


def test_a_trial_changes_the_order_on_the_page_alone(client, goods, year, coordinator):
    actions.freeze(version=begin(year, coordinator), by=coordinator, row_version=1)
    client.force_login(coordinator)
    asked = weights(ScaleVersion.objects.get(), raw_material=100)
    board = client.get(HOME, asked | {"n": 1}).context["board"]
    assert (board.trial, board.limit, board.weights["raw_material"]) == (True, 1, 100)
    assert [row.thing.key for row in board.rows if row.is_inside] == ["padi"]
    assert ScaleVersion.objects.get().weights.get(criterion="raw_material").weight == 30


def test_an_older_version_keeps_its_own_explanations(client, goods, year, coordinator):
    for _ in range(2):
        actions.freeze(version=begin(year, coordinator), by=coordinator, row_version=1)
    client.force_login(coordinator)
    address = reverse("priorities:explanation", args=["sektor", goods["padi"].pk])
    for number in (1, 2):
        assert f'{address}?versi={number}"' in client.get(HOME, {"versi": number}).text
        printed = client.get(reverse("priorities:print_scale"), {"versi": number})
        assert printed.context["version"].number == number


def test_points_are_given_by_hand_and_taken_back(client, goods, year, coordinator):
    version = begin(year, coordinator)
    score = version.scores.get(sector__key="permata", criterion="market")
    client.force_login(coordinator)
    url = reverse("priorities:points", args=[score.pk])
    given = {"points": "62.5", "basis": "Pasar Martapura", "source": "Survei"}
    given["certainty"] = "likely"
    for _ in range(2):
        assert client.post(url, given | {"row_version": 1}).status_code == 302
    score.refresh_from_db()
    assert (score.points, score.basis, score.is_by_hand) == (
        Decimal("62.5"),
        "Pasar Martapura",
        True,
    )
    client.post(url, given | {"row_version": 1, "basis": "Lain"})
    score.refresh_from_db()
    assert score.basis == "Pasar Martapura"
    client.post(url, {"row_version": 2, "computed": 1})
    score.refresh_from_db()
    assert (score.points, score.is_by_hand) == (None, False)


@pytest.mark.parametrize(("typed", "status"), [("62,5", 302), ("625", 422), ("-1", 422)])
def test_points_are_typed_with_a_comma_and_end_at_a_hundred(
    client, goods, year, coordinator, typed, status
):
    score = begin(year, coordinator).scores.get(sector__key="permata", criterion="market")
    client.force_login(coordinator)
    given = {"points": typed, "basis": "Pasar", "source": "Survei", "certainty": "likely"}
    url = reverse("priorities:points", args=[score.pk])
    answer = client.post(url, given | {"row_version": 1})
    score.refresh_from_db()
    assert (answer.status_code, score.points) == (
        status,
        Decimal("62.5") if status == 302 else None,
    )


def test_computing_again_changes_what_differs_alone(goods, year, coordinator):
    version = begin(year, coordinator)
    told = ScaleScore.pgh_event_model.objects
    before, ids = told.count(), set(version.scores.values_list("pk", flat=True))
    SupplyBalance.objects.filter(commodity__key="k_jagung").update(production=60)
    actions.compute_again(version=version, by=coordinator)
    assert set(version.scores.values_list("pk", flat=True)) == ids
    assert scored(version, "jagung")[0] == Decimal("30.0")
    assert told.count() - before == 2


def test_a_new_version_keeps_weights_and_hand_given_points(goods, year, coordinator):
    first = begin(year, coordinator)
    score = first.scores.get(sector__key="permata", criterion="market")
    found = Found(Decimal(40), "Pasar", "Survei")
    actions.give_points(score=score, by=coordinator, row_version=1, given=found)
    actions.freeze(version=first, by=coordinator, row_version=2)
    second = begin(year, coordinator)
    kept = second.scores.get(sector__key="permata", criterion="market")
    assert (second.number, kept.points, kept.is_by_hand) == (2, 40, True)


@pytest.fixture
def frozen(goods, year, coordinator):
    version = begin(year, coordinator)
    only = dict.fromkeys(ScaleCriterion.values, 0) | {"raw_material": 100}
    actions.weigh(version=version, by=coordinator, row_version=1, weights=only)
    return actions.freeze(version=version, by=coordinator, row_version=2)


def test_what_is_asked_of_each_purse_stands_by_itself(client, goods, frozen, coordinator):
    for kind in (RequestTo.PROVINCE, RequestTo.CENTRE, RequestTo.OWN):
        make_proposal(status=Status.SENT, request_to=kind, sector=goods["padi"])
    client.force_login(coordinator)
    effect = client.get(HOME).context["effect"]
    sums = (effect.province_rp, effect.centre_rp, effect.own_rp)
    assert (effect.inside, sums) == (3, (250_000_000,) * 3)


def test_a_firm_rank_is_said_to_stay(client, goods, frozen, coordinator):
    client.force_login(coordinator)
    page = client.get(reverse("priorities:explanation", args=["sektor", goods["padi"].pk]))
    assert "bergeser 20%, peringkatnya tetap 1." in page.text


def ticked(goods, *keys, **more):
    rows = {"seen": state_of(ScaleVersion.objects.get())}
    for key in keys:
        rows |= {f"first_{goods[key].pk}": "on", f"reason_{goods[key].pk}": f"Alasan {key}"}
    return rows | more


def test_flags_are_set_with_reason_and_stages_after_a_warning(client, goods, frozen, coordinator):
    stage = DerivativeStage.objects.create(
        key="R-1",
        name_id="Bihun",
        tree="RICE",
        tree_name_id="Padi",
        stage="hilir",
        sector=goods["padi"],
    )
    client.force_login(coordinator)
    url = reverse("priorities:flags")
    sent = ticked(goods, "padi", "jagung", **{f"stages_{goods['padi'].pk}": stage.pk})
    warned = client.post(url, sent)
    assert (warned.status_code, warned.context["form"].non_field_errors()) == (
        422,
        ["Daftar bertambah dari 0 menjadi 2 sektor: nyatakan di bawah."],
    )
    assert PriorityFlag.objects.count() == 0
    for _ in range(2):
        assert client.post(url, sent | {"may_grow": "on"}).url == HOME
    found = PriorityFlag.objects.order_by("rank")
    assert [(row.rank, row.sector.key, row.reason) for row in found] == [
        (1, "padi", "Alasan padi"),
        (2, "jagung", "Alasan jagung"),
    ]
    assert list(found[0].stages.all()) == [stage]
    client.post(url, ticked(goods, "jagung"))
    assert [(row.rank, row.sector.key) for row in PriorityFlag.objects.all()] == [(1, "jagung")]


def test_nothing_is_ticked_or_written_for_the_person(client, goods, frozen, coordinator):
    client.force_login(coordinator)
    page = client.get(reverse("priorities:flags"))
    form = page.context["form"]
    told = [(one[0].value(), one[1].value()) for row, one in form.rows if row.is_inside]
    assert set(told) == {(False, "")}
    assert page.text.count("di atas garis, belum ditetapkan") == len(told)
    assert "Peringkat 1 pada skala versi 1, skor" in page.text
    set_flag(frozen.year, goods["padi"], Ground("Arahan gubernur"))
    form = client.get(reverse("priorities:flags")).context["form"]
    pk = goods["padi"].pk
    assert (form[f"first_{pk}"].value(), form[f"reason_{pk}"].value()) == (True, "Arahan gubernur")


def test_flags_that_somebody_set_meanwhile_are_not_overwritten(client, goods, frozen, coordinator):
    client.force_login(coordinator)
    url = reverse("priorities:flags")
    early = ticked(goods, "padi", may_grow="on")
    client.post(url, ticked(goods, "jagung", may_grow="on"))
    answer = client.post(url, early)
    assert answer.context["form"].non_field_errors() == [
        "Urutan baru saja diubah orang lain. Lihat kembali."
    ]
    assert PriorityFlag.objects.get().sector == goods["jagung"]
    assert client.post(url, early | {"seen": answer.context["seen"]}).url == HOME
    assert PriorityFlag.objects.get().sector == goods["padi"]


def test_a_flag_of_a_sector_unknown_to_the_scale_is_named(client, goods, frozen, coordinator):
    late = lists.keyed(Sector, "sasirangan")
    set_flag(frozen.year, late, Ground("Arahan gubernur"))
    client.force_login(coordinator)
    page = client.get(reverse("priorities:flags"))
    assert (page.context["board"].unseen, str(late) in page.text) == ([late], True)


def test_where_nothing_can_be_ranked_the_page_says_so(client, year, coordinator):
    lists.keyed(Sector, "permata")
    client.force_login(coordinator)
    url = reverse("priorities:flags")
    assert client.get(url).url == HOME
    actions.freeze(version=begin(year, coordinator), by=coordinator, row_version=1)
    page = client.get(url)
    said = "Terlalu sedikit yang diketahui untuk memeringkat sektor"
    assert (said in page.text, 'name="seen"' in page.text) == (True, False)
    refused = client.post(url, {"may_grow": "on"})
    assert refused.context["form"].non_field_errors() == ["Centang setidaknya satu sektor."]


def test_more_than_the_limit_is_refused_as_a_whole(client, goods, year, frozen, coordinator):
    year.max_priority_sectors = 1
    year.save()
    client.force_login(coordinator)
    sent = ticked(goods, "padi", "jagung", may_grow="on")
    answer = client.post(reverse("priorities:flags"), sent)
    assert (answer.status_code, PriorityFlag.objects.count()) == (422, 0)


def test_after_signing_no_version_is_begun(client, year, coordinator):
    set_state(year, YearState.SIGNED)
    client.force_login(coordinator)
    answer = client.post(reverse("priorities:versions"), {"reason": "Arahan"})
    assert (answer.status_code, ScaleVersion.objects.count()) == (422, 0)
    said = "Berita acara tahun ini sudah ditandatangani: skalanya tetap."
    assert answer.context["form"].non_field_errors() == [said]


def test_after_signing_a_draft_stays_as_it_is(client, goods, year, coordinator):
    version = begin(year, coordinator)
    set_state(year, YearState.SIGNED)
    client.force_login(coordinator)
    assert "Bekukan skala" not in client.get(DRAFT).text
    said = ["Berita acara tahun ini sudah ditandatangani: skalanya tetap."]
    answer = client.post(DRAFT, weights(version, raw_material=60, labour=40))
    assert answer.context["form"].non_field_errors() == said
    for act in ("hitung", "bekukan"):
        answer = client.post(reverse("priorities:step", args=[act]), {"row_version": 1})
        assert [str(one) for one in get_messages(answer.wsgi_request)][-1:] == said
    version.refresh_from_db()
    assert (version.row_version, version.is_frozen) == (1, False)


@pytest.mark.parametrize("n_rows", [1, 30])
def test_the_scale_costs_the_same_for_any_number(
    client, year, coordinator, reviewer, n_rows, django_assert_num_queries
):
    for n in range(n_rows):
        row = lists.keyed(Sector, f"sektor_{n}")
        grown(f"bahan_{n}", row)
    actions.freeze(version=begin(year, coordinator), by=coordinator, row_version=1)
    client.force_login(reviewer)
    with django_assert_num_queries(8):
        answer = client.get(HOME)
    assert len(answer.context["board"].rows) == n_rows
