"""The cut-off line: pure rules, what-if on 500 items, scenarios and who reads them."""

import random
import time
from decimal import Decimal

import pytest
from django.urls import reverse

from proposals import ceilings
from proposals.enums import CutRule, JointState, RequestTo, Status
from proposals.models import CutScenario
from proposals.priorities import cutting
from proposals.priorities.actions import scenarios
from proposals.priorities.cutting import Item, Limit, Settings, Why, cut
from proposals.priorities.queries import ranking
from tests.builders import current_year, make_ceiling, make_joint, make_proposal
from tests.cast import OTHER_REGENCY, make_office

RANKED = reverse("priorities:ranked")
PLAIN = {"scale_share": 0}


def item(pk, review, amount, region=1, **more):
    values = {"sector_id": 1, "source_id": 1, "scale": None, "number": f"{pk:03}"} | more
    score = None if review is None else Decimal(review)
    return Item(pk=pk, review=score, amount_rp=Decimal(amount), region_id=region, **values)


def inside(found):
    return [place.item.pk for place in found.places if place.is_in]


FOUR = [item(1, 90, 50), item(2, 80, 70), item(3, 70, 40), item(4, 60, 10)]


def test_strict_closes_where_the_first_does_not_fit_and_filling_goes_on():
    limits = [Limit(1, 1, None, Decimal(100))]
    strict = cut(FOUR, limits, Settings(CutRule.STRICT, **PLAIN))
    greedy = cut(FOUR, limits, Settings(CutRule.GREEDY, **PLAIN))
    assert (inside(strict), inside(greedy)) == ([1], [1, 3, 4])
    assert [place.why for place in strict.places] == [Why.FITS, Why.ABOVE, Why.CLOSED, Why.CLOSED]
    assert (greedy.limits[0].left_rp, limits[0].used_rp) == (0, 0)


def test_an_amount_must_fit_into_source_and_sector():
    limits = [Limit(1, 1, None, Decimal(1000)), Limit(2, 1, 1, Decimal(60))]
    items = [*FOUR, item(5, 50, 500, sector_id=2)]
    found = cut(items, limits, Settings(CutRule.STRICT, **PLAIN))
    assert inside(found) == [1, 5]
    assert [(one.pk, one.used_rp) for one in found.limits] == [(1, 550), (2, 50)]


def test_strict_closes_every_ceiling_that_something_did_not_fit_into():
    limits = [Limit(1, 1, 1, Decimal(60)), Limit(2, 1, None, Decimal(100))]
    items = [item(1, 90, 500), item(2, 80, 10, sector_id=2)]
    found = cut(items, limits, Settings(CutRule.STRICT, **PLAIN))
    assert [place.why for place in found.places] == [Why.ABOVE, Why.CLOSED]
    assert inside(cut(items, limits, Settings(CutRule.GREEDY, **PLAIN))) == [2]


def test_what_is_agreed_counts_first_unless_the_line_is_drawn_afresh():
    limits = [Limit(1, 1, None, Decimal(100))]
    items = [*FOUR[:3], item(4, 10, 60, is_agreed=True)]
    settings = Settings(CutRule.STRICT, **PLAIN)
    assert inside(cut(items, limits, settings)) == [4]
    afresh = Settings(CutRule.STRICT, is_afresh=True, **PLAIN)
    assert inside(cut(items, limits, afresh)) == [1]


def test_the_floor_gives_each_region_its_best_first():
    limits = [Limit(1, 1, None, Decimal(100))]
    items = [item(1, 90, 60), item(2, 80, 40), item(3, 50, 30, region=2)]
    floor = cut(items, limits, Settings(CutRule.GREEDY, floor=1, **PLAIN))
    assert inside(floor) == [1, 3]
    gains = cutting.compared(cut(items, limits, Settings(CutRule.GREEDY, **PLAIN)), floor)
    assert [(one.region_id, one.n, one.rp) for one in gains] == [(1, -1, -40), (2, 1, 30)]


def test_the_value_inherits_the_score_of_the_sector():
    settings = Settings(scale_share=30)
    assert cutting.value_of(item(1, "73.6", 1, scale=Decimal("18.51")), settings) == Decimal(
        "57.07"
    )
    assert cutting.value_of(item(1, "73.6", 1), settings) == Decimal("73.60")
    assert cutting.value_of(item(1, None, 1), settings) is None


def test_a_sector_without_a_score_counts_with_the_mean_of_the_ranked():
    mean = cutting.mean_of([Decimal("63.56"), Decimal("40.25"), Decimal("31.00")])
    assert (mean, cutting.mean_of([])) == (Decimal("44.94"), None)
    items = [
        item(1, 80, 1, scale=Decimal("63.56"), stand_in=mean),
        item(2, 80, 1, stand_in=mean),
        item(3, 80, 1, scale=Decimal("31.00"), stand_in=mean),
    ]
    found = cut(items, [], Settings(scale_share=30))
    assert [(place.item.pk, place.value) for place in found.places] == [
        (1, Decimal("75.07")),
        (2, Decimal("69.48")),
        (3, Decimal("65.30")),
    ]


def test_ties_share_a_rank_and_are_asked_by_own_rank_readiness_and_balance():
    items = [
        item(1, 80, 1, own_rank=2),
        item(2, 80, 1, own_rank=1, readiness=3),
        item(3, 80, 1, own_rank=1, readiness=4, balance=1),
        item(4, 80, 1, own_rank=1, readiness=4, balance=5),
        item(5, None, 1),
    ]
    found = cut(items, [], Settings(**PLAIN))
    assert [(place.item.pk, place.rank) for place in found.places] == [
        (4, 1),
        (3, 1),
        (2, 1),
        (1, 1),
        (5, None),
    ]
    assert [place.why for place in found.places][-2:] == [Why.FREE, Why.UNSCORED]


def test_what_if_over_500_items_takes_less_than_300_ms(figure):
    chance = random.Random(22)
    items = [
        item(
            n,
            chance.randint(200, 1000) / Decimal(10),
            chance.randint(1, 900) * 10**6,
            region=chance.randint(1, 13),
            sector_id=chance.randint(1, 15),
            scale=Decimal(chance.randint(0, 10000)) / 100,
            own_rank=chance.randint(1, 6),
        )
        for n in range(500)
    ]
    limits = [Limit(n, 1, n or None, Decimal(10**10)) for n in range(16)]
    began = time.perf_counter()
    found = cut(items, limits, Settings(CutRule.GREEDY, floor=1))
    took = (time.perf_counter() - began) * 1000
    figure("cut-off line, what-if over 500 items", f"{took:.1f} ms")
    assert len(found.places) == 500
    assert took < 300


@pytest.fixture
def two(db):
    other = make_office(OTHER_REGENCY)
    make_ceiling(300_000_000)
    best = make_proposal(status=Status.AT_DESK, score_pct=80)
    return best, make_proposal(other, Status.AT_DESK, score_pct=70)


def test_the_list_shows_order_line_and_reason(client, reviewer, two):
    client.force_login(reviewer)
    answer = client.get(RANKED)
    rows = answer.context["rows"]
    assert [(row.proposal, row.place.is_in, row.is_first_out) for row in rows] == [
        (two[0], True, False),
        (two[1], False, True),
    ]
    assert client.get(RANKED, {"aturan": "greedy", "jatah": "1", "ulang": "1"}).status_code == 200
    assert client.get(RANKED, {"page": "999"}).context["rows"] == rows
    assert client.get(RANKED, {"aturan": "x", "jatah": "-1"}).context["settings"] == Settings()


def test_what_is_not_reviewed_yet_is_not_said_to_be_too_large(client, reviewer, two):
    make_proposal(status=Status.UNDER_REVIEW)
    client.force_login(reviewer)
    page = client.get(RANKED)
    told = tuple(page.context[name] for name in ("n_rows", "n_in", "n_waiting"))
    assert (told, "1 belum selesai ditelaah" in page.text) == ((3, 1, 1), True)


def test_the_parts_of_a_ceiling_add_up_as_they_are_written(client, reviewer, two):
    """Rounded, 7,055 and 4,945 of 12 M were 7,06 and 4,95."""
    client.force_login(reviewer)
    page = client.get(RANKED).text
    amounts = ("250.000.000", "300.000.000", "50.000.000")
    assert [page.count(f"Rp\u00a0{amount}</td>") for amount in amounts] == [1, 1, 1]


def test_the_list_and_its_explanation_say_that_a_mean_stands_in(client, reviewer, two, monkeypatch):
    scores = {two[0].sector_id + 1: Decimal(60), two[0].sector_id + 2: Decimal("35.5")}
    monkeypatch.setattr(ranking, "sector_scores", lambda _year: scores)
    client.force_login(reviewer)
    text = client.get(RANKED).text
    assert text.count("belum ada data, dihitung dengan 47,75") == 2
    told = client.get(reverse("priorities:explained", args=[two[0].pk])).text
    assert "(60,00 + 35,50) / 2 = <b>47,75</b>" in told
    assert "((100 − 30) × 80,0 + 30 × 47,75) / 100 = <b>70,33</b>" in told


def test_own_programmes_are_not_ranked(client, reviewer, two):
    make_proposal(status=Status.UNDER_REVIEW, request_to=RequestTo.OWN)
    client.force_login(reviewer)
    assert client.get(RANKED).context["n_rows"] == 2


def test_a_share_of_who_asked_nobody_counts_under_its_ceiling(reviewer, two):
    own = make_proposal(status=Status.UNDER_REVIEW, request_to=RequestTo.OWN)
    joint = make_joint([two[0], own], JointState.AGREED, amounts=[100_000_000, 90_000_000])
    (room,) = ceilings.rooms_of_year(current_year())
    pool = ranking.pool(reviewer, current_year())
    (limit,) = pool.cut(Settings(CutRule.GREEDY)).limits
    assert (room.agreed_rp, limit.used_rp) == (joint.amount_rp, joint.amount_rp)
    afresh = pool.cut(Settings(CutRule.GREEDY, is_afresh=True))
    assert sorted(place.item.pk for place in afresh.places) == [one.pk for one in two]


def test_a_crowded_sector_is_better_joined(client, reviewer, two):
    client.force_login(reviewer)
    assert client.get(RANKED).context["crowded"] == []
    make_proposal(status=Status.SENT)
    agreed = make_proposal(status=Status.AGREED, score_pct=75)
    page = client.get(RANKED)
    assert page.context["crowded"] == [(two[0].sector, 4)]
    rows = page.context["rows"]
    nth = {row.proposal: row.nth for row in rows}
    assert [nth[one] for one in (*two, agreed)] == [1, 3, 0]
    assert [row.is_crowded for row in rows] == [False, False, False, True]
    board = f"{reverse('harmonisation:board')}?sektor={two[0].sector_id}"
    assert page.text.count(board) == 2
    assert "Usulan ke-4 di sektornya: lebih baik digabung" in page.text


def test_a_scenario_is_kept_compared_and_removed(client, reviewer, two):
    client.force_login(reviewer)
    sent = {"name": "Merata", "aturan": "greedy", "skala": "0", "jatah": "1", "ulang": "1"}
    answer = client.post(reverse("priorities:scenario_keep"), sent)
    kept = CutScenario.objects.get()
    assert answer.url == f"{RANKED}?skenario={kept.pk}"
    assert ranking.settings_of(kept) == Settings(CutRule.GREEDY, 0, 1, is_afresh=True)
    client.post(reverse("priorities:scenario_keep"), sent)
    assert CutScenario.objects.count() == 1
    shown = client.get(answer.url)
    assert (shown.context["chosen"], shown.context["settings"].floor) == (kept, 1)
    page = client.get(reverse("priorities:compare"), {"b": kept.pk})
    assert [gain.n for _region, gain in page.context["gains"]] == [0, 0]
    assert client.post(reverse("priorities:scenario_remove", args=[kept.pk])).status_code == 302
    assert CutScenario.objects.count() == 0


def test_a_scenario_is_never_kept_with_other_figures_than_typed(client, reviewer, two):
    client.force_login(reviewer)
    sent = {"name": "Merata", "aturan": "greedy", "skala": "500", "jatah": "2", "ulang": "1"}
    answer = client.post(reverse("priorities:scenario_keep"), sent)
    assert CutScenario.objects.count() == 0
    assert answer.url == f"{RANKED}?aturan=greedy&skala=500&jatah=2&ulang=1&name=Merata"
    page = client.get(answer.url)
    assert list(page.context["form"].errors) == ["skala"]
    assert page.context["name_form"]["name"].value() == "Merata"
    kept = {"name": "Merata", "skala": "40"}
    for share in ("40", "50"):
        answer = client.post(reverse("priorities:scenario_keep"), kept | {"skala": share})
    assert answer.url == f"{RANKED}?aturan=&skala=50&jatah=&ulang=&name=Merata"
    assert CutScenario.objects.get().scale_share == 40


def test_an_office_reads_its_own_explanation_after_review_alone(
    client, officer, other_officer, two
):
    client.force_login(officer)
    own = client.get(reverse("priorities:explained", args=[two[0].pk]))
    assert (own.status_code, own.context["place"]) == (200, None)
    assert client.get(reverse("priorities:explained", args=[two[1].pk])).status_code == 404
    open_one = make_proposal(status=Status.UNDER_REVIEW, score_pct=50)
    assert client.get(reverse("priorities:explained", args=[open_one.pk])).status_code == 404


@pytest.mark.parametrize("n_rows", [1, 30])
def test_the_list_costs_the_same_for_any_number(
    client, reviewer, coordinator, n_rows, django_assert_num_queries
):
    make_ceiling(10**9)
    for n in range(n_rows):
        make_proposal(status=Status.UNDER_REVIEW, score_pct=50 + n)
        settings = Settings(floor=n % 20)
        scenarios.keep(year=current_year(), by=coordinator, name=f"S{n}", settings=settings)
    client.force_login(reviewer)
    with django_assert_num_queries(7):
        answer = client.get(RANKED)
    assert answer.context["n_rows"] == n_rows
    with django_assert_num_queries(7):
        client.get(reverse("priorities:compare"))
