"""Priority flags: the hard limit, the swap, the order, and two admins at one moment."""

import pytest
from django.db import transaction
from django.urls import reverse

from proposals.enums import YearState
from proposals.keeping import flags as actions
from proposals.keeping.flags import Ground
from proposals.models import Commodity, DerivativeStage, FlagStage, PriorityFlag, Sector
from proposals.refused import Refused
from proposals.timeline import events_of
from tests.builders import make_year
from tests.models.two import Other


def sector(key):
    return Sector.objects.create(key=key, name_id=key.capitalize())


def flags_of(year):
    rows = PriorityFlag.objects.filter(year=year, sector__isnull=False).order_by("rank")
    return [(row.rank, row.sector.key) for row in rows]


@pytest.fixture
def year(db):
    return make_year(max_priority_sectors=2)


@pytest.fixture
def client(client, admin):
    client.force_login(admin)
    return client


@pytest.fixture
def two(year):
    return [actions.set_flag(year, sector(key), Ground("Surplus")) for key in ("sawit", "singkong")]


def url(row, what="flag", one="sector"):
    return reverse(f"catalogue:{one}_{what}", args=[row.pk])


def asked(reason="Bahan baku surplus", version=0, **more):
    return {"flag-reason": reason, "flag-row_version": version} | more


def test_the_admin_flags_a_sector_with_reason_basis_and_stages(client, year):
    palm = sector("sawit")
    stage = DerivativeStage.objects.create(
        key="PALM-07",
        name_id="Minyak goreng",
        tree="PALM",
        tree_name_id="Sawit",
        stage="hilir",
        sector=palm,
    )
    new = asked(**{"flag-legal_basis": "RPIP", "flag-stages": [stage.pk]})
    answer = client.post(url(palm), new)
    assert (answer.status_code, answer.url) == (302, reverse("catalogue:sector", args=[palm.pk]))
    flag = PriorityFlag.objects.get()
    assert (flag.rank, flag.reason, flag.legal_basis) == (1, "Bahan baku surplus", "RPIP")
    assert list(flag.stages.all()) == [stage]


def test_a_flag_without_a_reason_is_told_at_its_field(client, year):
    palm = sector("sawit")
    answer = client.post(url(palm), asked(reason="  "))
    assert (answer.status_code, set(answer.context["flag_form"].errors)) == (422, {"reason"})
    assert PriorityFlag.objects.count() == 0


def test_where_the_limit_is_full_the_page_asks_who_gives_up(client, year, two):
    third = sector("padi")
    page = client.get(reverse("catalogue:sector", args=[third.pk]))
    assert [flag.sector.key for flag in page.context["flag_form"].fields["gives_up"].queryset] == [
        "sawit",
        "singkong",
    ]
    answer = client.post(url(third), asked())
    assert (answer.status_code, set(answer.context["flag_form"].errors)) == (422, {"gives_up"})
    assert flags_of(year) == [(1, "sawit"), (2, "singkong")]


def test_the_swap_is_one_act_and_takes_the_rank(client, year, two):
    third = sector("padi")
    client.post(url(third), asked(**{"flag-gives_up": two[0].pk}))
    assert flags_of(year) == [(1, "padi"), (2, "singkong")]
    told = {entry.name for act in events_of(year, [PriorityFlag]).acts for entry in act.entries}
    assert told == {"2022", "Sawit", "Singkong", "Padi"}


def test_giving_up_a_flag_that_is_gone_is_refused(year, two):
    third = sector("padi")
    actions.remove_flag(two[0], 1, reason="Selesai")
    with pytest.raises(Refused):
        actions.set_flag(year, third, Ground("Surplus"), gives_up=two[0])
    assert flags_of(year) == [(1, "singkong")]


def test_a_form_sent_twice_flags_once(client, year):
    palm = sector("sawit")
    first, again = (client.post(url(palm), asked()) for _ in range(2))
    assert (first.status_code, again.status_code) == (302, 422)
    assert flags_of(year) == [(1, "sawit")]


def test_a_changed_reason_is_refused_at_an_old_version_and_saved_at_the_new(client, year, two):
    row = two[0].sector
    assert client.post(url(row), asked("Alasan baru", version=1)).status_code == 302
    stale = client.post(url(row), asked("Alasan lain", version=1))
    assert stale.status_code == 422
    assert stale.context["flag"].reason == "Alasan baru"
    assert stale.context["flag_form"]["reason"].value() == "Alasan lain"
    seen = stale.context["flag_form"]["row_version"].value()
    assert client.post(url(row), asked("Alasan lain", version=seen)).status_code == 302
    assert PriorityFlag.objects.get(pk=two[0].pk).reason == "Alasan lain"


def test_taking_a_flag_away_needs_a_reason_and_closes_the_ranks(client, year, two):
    row = two[0].sector
    refused = client.post(url(row, "unflag"), {"unflag-reason": "", "unflag-row_version": 1})
    assert refused.status_code == 422
    given = {"unflag-reason": "Pabrik tutup", "unflag-row_version": 1}
    assert client.post(url(row, "unflag"), given).status_code == 302
    assert flags_of(year) == [(1, "singkong")]
    reasons = [act.reason for act in events_of(row, [PriorityFlag]).acts if act.reason]
    assert reasons == ["Pabrik tutup"]


@pytest.mark.parametrize(
    ("which", "move", "order"),
    [
        (0, "down", ["singkong", "sawit"]),
        (1, "up", ["singkong", "sawit"]),
        (0, "up", ["sawit", "singkong"]),
        (1, "down", ["sawit", "singkong"]),
    ],
)
def test_a_button_moves_a_flag_one_place(client, year, two, which, move, order):
    answer = client.post(url(two[which], "rank"), {"move": move})
    assert (answer.status_code, answer.url) == (302, "/daftar/sektor/?year=2022#ranks")
    assert [key for _rank, key in flags_of(year)] == order


def test_flags_of_a_signed_year_stay(client, year, two):
    for state in (YearState.CLOSED, YearState.MEETING, YearState.SIGNED):
        year.state = state
        year.save(update_fields=["state"])
    row = two[0].sector
    assert "flag_form" not in client.get(reverse("catalogue:sector", args=[row.pk])).context
    for answer in (
        client.post(url(row), asked("Lain", version=1)),
        client.post(url(row, "unflag"), {"unflag-reason": "Lain", "unflag-row_version": 1}),
    ):
        assert answer.status_code == 422
    client.post(url(two[0], "rank"), {"move": "down"})
    assert flags_of(year) == [(1, "sawit"), (2, "singkong")]


def test_flagged_commodities_are_not_counted(client, year, two):
    for key in ("jagung", "beras", "cpo"):
        goods = Commodity.objects.create(key=key, name_id=key, kind="auxiliary", unit="ton")
        assert client.post(url(goods, one="commodity"), asked()).status_code == 302
    ranks = PriorityFlag.objects.filter(commodity__isnull=False).order_by("rank")
    assert list(ranks.values_list("rank", "commodity__key")) == [
        (1, "jagung"),
        (2, "beras"),
        (3, "cpo"),
    ]


def test_nobody_but_the_admin_flags(client_of, coordinator, year, two):
    browser = client_of(coordinator)
    palm = two[0].sector
    assert browser.post(url(sector("padi")), asked()).status_code == 403
    assert browser.post(url(palm, "unflag"), {"unflag-reason": "x"}).status_code == 403
    assert browser.post(url(two[0], "rank"), {"move": "down"}).status_code == 403


def test_before_the_first_year_nothing_is_flagged(client, db):
    palm = sector("sawit")
    page = client.get(reverse("catalogue:sector", args=[palm.pk]))
    assert (page.status_code, page.context["board"]) == (200, None)
    assert client.post(url(palm), asked()).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_admins_cannot_pass_the_limit_together():
    year = make_year(max_priority_sectors=1)
    first, second = sector("sawit"), sector("padi")
    other = Other(lambda: actions.set_flag(year, second, Ground("Surplus")))
    with transaction.atomic():
        actions.set_flag(year, first, Ground("Surplus"))
        other.begin_and_wait()
    error = other.end()
    assert isinstance(error, Refused)
    assert flags_of(year) == [(1, "sawit")]


@pytest.mark.django_db(transaction=True)
def test_the_refusal_of_the_database_is_told_in_words():
    year = make_year(max_priority_sectors=1)
    first, second = sector("sawit"), sector("padi")
    other = Other(lambda: actions.set_flag(year, second, Ground("Surplus")))
    with transaction.atomic():  # past the action, with no lock but the trigger's
        PriorityFlag.objects.create(year=year, sector=first, rank=1, reason="Surplus")
        other.begin_and_wait()
    assert isinstance(other.end(), Refused)
    assert FlagStage.objects.count() == 0
