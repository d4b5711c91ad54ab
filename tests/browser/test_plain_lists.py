"""The admin keeps lists, flags, ceilings, people and years in a browser without JavaScript."""

import pytest

from proposals.enums import CommodityKind, Role, YearState
from proposals.models import Ceiling, Commodity, PlanningYear, PriorityFlag, Sector, User
from tests import builders, cast, lists

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def year(transactional_db):
    """Make a prepared year and the lists its forms choose from."""
    lists.sector()
    lists.nomenclature()
    lists.funding("apbd_prov")
    cast.make_office(cast.REGENCY)
    return builders.make_year(state=YearState.PREPARED)


def test_the_admin_keeps_everything_without_javascript(year, open_desk):
    desk = open_desk(cast.person(Role.ADMIN), js=False)
    sector_is_added_changed_and_retired(desk)
    commodity_and_code_are_named(desk)
    flag_is_set_and_taken_away(desk)
    ceiling_is_set_and_changed(desk, year)
    person_gets_an_account(desk)
    year_is_opened(desk, year)


def sector_is_added_changed_and_retired(desk):
    desk.open("catalogue:sector_new")
    desk.press("Save")
    assert "Nama Indonesia" in " ".join(desk.errors())
    desk.fill(name_id="Gula semut")
    desk.press("Save")
    row = Sector.objects.get(name_id="Gula semut")
    desk.open("catalogue:sector", row.pk)
    desk.fill(name_id="Gula semut dan gula aren", name_en="Palm sugar")
    desk.press("Save")
    desk.open("catalogue:sector", row.pk)
    desk.press("Retire")
    row.refresh_from_db()
    assert (row.name_id, row.is_retired) == ("Gula semut dan gula aren", True)


def commodity_and_code_are_named(desk):
    desk.open("catalogue:commodity_new")
    desk.fill(name_id="Nira aren", unit="liter/tahun")
    desk.choose(kind=CommodityKind.RAW_MATERIAL, sector=lists.sector().pk)
    desk.press("Save")
    assert Commodity.objects.get(name_id="Nira aren").sector == lists.sector()
    code = lists.nomenclature()
    desk.open("catalogue:nomenclature_code", code.pk)
    desk.fill(name_en="Coordination of human resources")
    desk.press("Save")
    code.refresh_from_db()
    assert code.name_en == "Coordination of human resources"


def flag_is_set_and_taken_away(desk):
    sector = lists.sector()
    desk.open("catalogue:sector", sector.pk)
    desk.fill(**{"flag-reason": "Bahan baku surplus."})
    desk.press("Flag as a priority")
    assert PriorityFlag.objects.get(sector=sector).reason == "Bahan baku surplus."
    desk.open("catalogue:sector", sector.pk)
    desk.page.locator("#flag-card summary").click()
    desk.fill(**{"unflag-reason": "Bahan bakunya dibagi."})
    desk.press("Take the flag away")
    assert PriorityFlag.objects.count() == 0


def ceiling_is_set_and_changed(desk, year):
    desk.open("catalogue:ceiling_new", year.pk)
    desk.choose(region=lists.region().pk, funding_source=lists.funding("apbd_prov").pk)
    desk.fill(amount_rp="12 miliar")
    desk.press("Save")
    ceiling = Ceiling.objects.get()
    desk.open("catalogue:ceiling", year.pk, ceiling.pk)
    desk.fill(amount_rp="12.500.000.000")
    desk.press("Save")
    ceiling.refresh_from_db()
    assert ceiling.amount_rp == 12_500_000_000


def person_gets_an_account(desk):
    desk.open("catalogue:person_new")
    desk.fill(full_name="Noraida", email="noraida@dinas.test")
    desk.choose(role=Role.OFFICER, office=cast.make_office(cast.REGENCY).pk)
    desk.press("Make the account")
    made = User.objects.get(email="noraida@dinas.test")
    password = desk.page.locator("#one-time-password").inner_text()
    assert (made.must_change_password, made.check_password(password)) == (True, True)


def year_is_opened(desk, year):
    desk.open("catalogue:year", year.pk)
    desk.fill(max_priority_sectors=4)
    desk.press("Save")
    desk.open("catalogue:year_state", year.pk, YearState.OPEN)
    desk.page.locator("main form .btn-primary").click()
    desk.page.wait_for_url(f"**/tahun/{year.pk}/")
    desk.open("catalogue:year_new")
    desk.press("Save")
    assert {
        (row.fiscal_year, row.state, row.max_priority_sectors) for row in PlanningYear.objects.all()
    } >= {(2022, YearState.OPEN, 4)}
    assert PlanningYear.objects.count() == 2
