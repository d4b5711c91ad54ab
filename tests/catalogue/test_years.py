"""Planning years: window, states moved by people, offices, and ceilings."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from proposals.catalogue.actions import years as actions
from proposals.enums import OfficeKind, Status, YearState
from proposals.models import Ceiling, OfficeYear, PlanningYear, PriorityFlag, Region
from proposals.refused import Refused
from tests import lists
from tests.builders import make_office_year, make_proposal, make_year
from tests.cast import make_office
from tests.models.two import Other

NOW = timezone.localtime()


def moment(days):
    return (NOW + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def fields(**changed):
    return {
        "opens_at": moment(-1),
        "closes_at": moment(9),
        "return_due_on": "",
        "meets_from": "",
        "meets_until": "",
        "max_priority_sectors": "5",
        "nomenclature_edition": lists.EDITION,
        "row_version": "1",
    } | changed


@pytest.fixture
def client(client, admin):
    lists.nomenclature()
    client.force_login(admin)
    return client


def page(year, suffix="", *more):
    return reverse(f"catalogue:year{suffix}", args=[year.pk, *more])


def test_a_new_year_is_prepared_in_wita(client, province_office):
    new = fields(fiscal_year="2023", opens_at="2022-03-01T08:00", closes_at="2022-03-12T23:59")
    assert client.post(reverse("catalogue:year_new"), new).status_code == 302
    year = PlanningYear.objects.get()
    assert (year.fiscal_year, year.state, year.office) == (
        2023,
        YearState.PREPARED,
        province_office,
    )
    assert year.closes_at.isoformat() == "2022-03-12T15:59:00+00:00"
    again = client.post(reverse("catalogue:year_new"), new)
    assert (again.status_code, PlanningYear.objects.count()) == (422, 1)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"closes_at": moment(-2)}, {"closes_at"}),
        ({"opens_at": ""}, {"opens_at"}),
        ({"opens_at": "kemarin"}, {"opens_at"}),
        ({"meets_from": "2026-03-18", "meets_until": "2026-03-17"}, {"meets_until"}),
        ({"meets_from": "2026-03-18"}, {"meets_until"}),
        ({"max_priority_sectors": "-1"}, {"max_priority_sectors"}),
        ({"nomenclature_edition": "999"}, {"nomenclature_edition"}),
    ],
)
def test_a_wrong_window_is_told_at_its_field(client, changed, wrong):
    year = make_year()
    answer = client.post(page(year), fields(**changed))
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, wrong)
    year.refresh_from_db()
    assert year.row_version == 1


def test_the_list_of_priorities_grows_only_after_a_second_look(client):
    year = make_year(max_priority_sectors=3)
    asked = client.post(page(year), fields(max_priority_sectors="4"))
    assert set(asked.context["form"].errors) == {"confirms_growth"}
    yes = fields(max_priority_sectors="4", confirms_growth="on")
    assert client.post(page(year), yes).status_code == 302
    year.refresh_from_db()
    assert year.max_priority_sectors == 4


def test_the_limit_does_not_fall_below_what_is_flagged(client):
    year = make_year(max_priority_sectors=3)
    for rank, key in enumerate(("sawit", "padi"), start=1):
        PriorityFlag.objects.create(year=year, sector=lists.sector(key), rank=rank, reason="x")
    answer = client.post(page(year), fields(max_priority_sectors="1"))
    assert set(answer.context["form"].errors) == {"max_priority_sectors"}
    assert client.post(page(year), fields(max_priority_sectors="2")).status_code == 302


def test_a_stale_window_shows_both(client):
    year = make_year()
    client.post(page(year), fields(max_priority_sectors="4"))
    stale = client.post(page(year), fields(max_priority_sectors="3"))
    assert stale.status_code == 409
    assert "max_priority_sectors" in [d.stored.name for d in stale.context["differences"]]
    year.refresh_from_db()
    assert year.max_priority_sectors == 4


def move(client, year, state, **more):
    year.refresh_from_db()
    seen = {"row_version": year.row_version}
    return client.post(page(year, "_state", state), seen | more)


def test_opening_gives_every_industry_office_its_year(client, province_office):
    offices = [make_office("63.01"), make_office("63.02"), province_office]
    make_office("63.01", OfficeKind.PLANNING)
    make_office("63.03", is_retired=True)
    year = make_year(state=YearState.PREPARED)
    assert client.get(page(year, "_state", "open")).status_code == 200
    assert move(client, year, "open").status_code == 302
    rows = OfficeYear.objects.filter(year=year)
    assert {row.office_id for row in rows} == {office.pk for office in offices}


def test_a_year_walks_forward_and_opens_again_with_a_reason(client):
    year = make_year()
    assert move(client, year, "closed").status_code == 302
    refused = move(client, year, "open", reason=" ")
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"reason"})
    assert move(client, year, "open", reason="Surat gubernur").status_code == 302
    year.refresh_from_db()
    assert (year.state, year.state_reason) == (YearState.OPEN, "Surat gubernur")
    for state in ("closed", "meeting", "signed", "archived"):
        assert move(client, year, state).status_code == 302
    year.refresh_from_db()
    assert year.state == YearState.ARCHIVED


@pytest.mark.parametrize("state", ["prepared", "meeting", "signed", "nonsense", "open"])
def test_a_year_jumps_nowhere(client, state):
    year = make_year()
    assert client.get(page(year, "_state", state)).status_code == 404
    assert move(client, year, state).status_code == (404 if state == "nonsense" else 302)
    year.refresh_from_db()
    assert (year.state, year.row_version) == (YearState.OPEN, 1)


def test_a_year_is_not_opened_after_its_window(client):
    year = make_year(
        state=YearState.PREPARED,
        opens_at=NOW - timedelta(days=9),
        closes_at=NOW - timedelta(days=1),
    )
    assert client.get(page(year, "_state", "open")).context["hindrance"] != ""
    assert move(client, year, "open").status_code == 422


def test_two_years_are_not_open_at_once(client):
    make_year(2022)
    second = make_year(2023, YearState.PREPARED)
    assert move(client, second, "open").status_code == 422
    second.refresh_from_db()
    assert second.state == YearState.PREPARED


@pytest.mark.parametrize(("status", "answer"), [(Status.SENT, 422), (Status.DRAFT, 302)])
def test_minutes_are_signed_when_everything_sent_has_a_result(client, status, answer):
    year = make_year()
    make_proposal(status=status, year=year)
    for state in ("closed", "meeting"):
        move(client, year, state)
    assert move(client, year, "signed").status_code == answer


def test_a_signed_year_is_not_changed(client):
    year = make_year(state=YearState.SIGNED)
    assert client.post(page(year), fields()).status_code == 422
    assert client.get(page(year)).status_code == 200


def office_page(row):
    return reverse("catalogue:office_year", args=[row.year_id, row.pk])


def test_one_office_gets_more_time_with_a_reason(client, office):
    row = make_office_year(office)
    until = {"extended_until": moment(15), "row_version": 1}
    refused = client.post(office_page(row), until)
    assert set(refused.context["form"].errors) == {"extension_reason"}
    early = client.post(
        office_page(row), until | {"extended_until": moment(5), "extension_reason": "Banjir"}
    )
    assert set(early.context["form"].errors) == {"extended_until"}
    given = until | {"extension_reason": "Banjir", "proposal_limit": "5"}
    assert client.post(office_page(row), given).status_code == 302
    row.refresh_from_db()
    assert (row.extension_reason, row.proposal_limit) == ("Banjir", 5)
    assert row.year.is_open_for_sending(row.extended_until) is True
    taken_back = {"extended_until": "", "extension_reason": "", "row_version": 2}
    assert client.post(office_page(row), taken_back).status_code == 302
    row.refresh_from_db()
    assert (row.extended_until, row.extension_reason, row.proposal_limit) == (None, "", None)


@pytest.mark.django_db(transaction=True)
def test_two_admins_cannot_open_two_years():
    make_office("63")
    first = make_year(2022, YearState.PREPARED)
    second = make_year(2023, YearState.PREPARED)
    other = Other(lambda: actions.move_year(second, 1, YearState.OPEN))
    with transaction.atomic():
        actions.move_year(first, 1, YearState.OPEN)
        other.begin_and_wait()
    assert isinstance(other.end(), Refused)
    assert PlanningYear.objects.filter(state=YearState.OPEN).count() == 1


def ceiling_fields(**changed):
    region = Region.objects.get(code="63")
    return {
        "region": region.pk,
        "funding_source": lists.funding("apbd_prov").pk,
        "sector": "",
        "amount_rp": "Rp 2,5 miliar",
        "source": "",
    } | changed


def new_ceiling(client, year, **changed):
    return client.post(reverse("catalogue:ceiling_new", args=[year.pk]), ceiling_fields(**changed))


def test_a_ceiling_is_typed_as_rupiah_and_stands_once(client):
    year = make_year()
    assert new_ceiling(client, year).status_code == 302
    assert Ceiling.objects.get().amount_rp == Decimal(2_500_000_000)
    assert new_ceiling(client, year).status_code == 422
    assert new_ceiling(client, year, sector=lists.sector().pk).status_code == 302
    assert Ceiling.objects.count() == 2


@pytest.mark.parametrize("amount", ["", "-1", "abc", "1,5", "1" * 19, "1.50.000"])
def test_a_bad_amount_is_told_at_its_field_and_kept(client, amount):
    answer = new_ceiling(client, make_year(), amount_rp=amount)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"amount_rp"})
    assert answer.context["form"]["amount_rp"].value() == amount


def test_a_ceiling_is_changed_and_removed_while_nothing_is_agreed(client):
    year = make_year()
    new_ceiling(client, year)
    row = Ceiling.objects.get()
    own = reverse("catalogue:ceiling", args=[year.pk, row.pk])
    client.post(own, {"amount_rp": "0", "source": "DPA", "row_version": 1})
    row.refresh_from_db()
    assert (row.amount_rp, row.source, row.row_version) == (0, "DPA", 2)
    stale = client.post(own, {"amount_rp": "9", "source": "", "row_version": 1})
    assert stale.status_code == 409
    remove = reverse("catalogue:ceiling_remove", args=[year.pk, row.pk])
    client.post(remove, {"row_version": 1})
    assert Ceiling.objects.count() == 1
    assert client.post(remove, {"row_version": 2}).status_code == 302
    assert Ceiling.objects.count() == 0


def test_a_ceiling_with_something_agreed_stays(client):
    year = make_year()
    new_ceiling(client, year)
    make_proposal(status=Status.AGREED, year=year)
    row = Ceiling.objects.get()
    remove = reverse("catalogue:ceiling_remove", args=[year.pk, row.pk])
    client.post(remove, {"row_version": 1})
    assert Ceiling.objects.count() == 1


def test_a_ceiling_goes_below_what_is_agreed_with_a_written_reason_alone(client):
    year = make_year()
    new_ceiling(client, year)
    own = reverse("catalogue:ceiling", args=[year.pk, Ceiling.objects.get().pk])
    assert "override_reason" not in client.get(own).context["form"].fields
    make_proposal(status=Status.AGREED, year=year)
    lower = {"amount_rp": "100 juta", "source": "", "row_version": 1}
    refused = client.post(own, lower | {"override_reason": " "})
    (said,) = refused.context["form"].non_field_errors()
    assert (refused.status_code, said[:15]) == (422, "Rp\xa0250.000.000 ")
    assert "override_reason" in refused.context["form"].fields
    client.post(own, lower | {"override_reason": "Refokusing anggaran"})
    row = Ceiling.objects.get()
    assert (row.amount_rp, row.override_reason) == (100_000_000, "Refokusing anggaran")
    assert "Refokusing anggaran" in client.get(own).text
    again = lower | {"amount_rp": "90 juta", "row_version": 2}
    assert client.post(own, again | {"override_reason": row.override_reason}).status_code == 422
    client.post(own, again | {"amount_rp": "300 juta"})
    row.refresh_from_db()
    assert (row.amount_rp, row.override_reason) == (300_000_000, "")


def test_a_new_ceiling_below_what_is_agreed_says_why(client):
    year = make_year()
    make_proposal(status=Status.AGREED, year=year)
    answer = new_ceiling(client, year, amount_rp="100 juta")
    assert (answer.status_code, Ceiling.objects.count()) == (422, 0)
    assert "override_reason" in answer.context["form"].fields
    said = new_ceiling(client, year, amount_rp="100 juta", override_reason="Refokusing anggaran")
    assert (said.status_code, Ceiling.objects.get().amount_rp) == (302, 100_000_000)


@pytest.mark.parametrize("n_rows", [1, 30])
def test_lists_of_a_year_cost_the_same_for_any_number(client, n_rows, django_assert_num_queries):
    year = make_year()
    purse, region = lists.funding("apbd_prov"), Region.objects.get(code="63")
    Ceiling.objects.bulk_create(
        Ceiling(
            year=year,
            region=region,
            funding_source=purse,
            sector=lists.sector(f"s{n}"),
            amount_rp=n,
        )
        for n in range(n_rows)
    )
    with django_assert_num_queries(6):
        found = client.get(reverse("catalogue:ceilings", args=[year.pk])).context["page"]
    assert len(found) == n_rows
    with django_assert_num_queries(5):
        client.get(reverse("catalogue:years"))


def test_nobody_but_the_admin_sees_years(client_of, coordinator):
    year = make_year()
    client = client_of(coordinator)
    pages = [reverse(f"catalogue:{name}") for name in ("years", "year_new")]
    pages += [page(year), page(year, "_history"), page(year, "_state", "closed")]
    pages += [reverse(f"catalogue:{name}", args=[year.pk]) for name in ("ceilings", "ceiling_new")]
    assert {client.get(one).status_code for one in pages} == {403}
