"""The form while it is filled in: words beside amounts, a question at a slip, advice."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from proposals.enums import BalanceStatus, Role, SupplyEffect
from proposals.models import Commodity, InterventionType
from tests import builders, cast, lists

pytestmark = pytest.mark.django_db(transaction=True)
SLIP = "#ask-0"


@pytest.fixture
def draft(transactional_db):
    """Make a request for a mill in a shortage, with an activity written as its output."""
    office = cast.make_office(cast.REGENCY)
    found = builders.make_proposal(
        office,
        title="Pengolahan singkong tahun 2021",
        nomenclature=lists.nomenclature("kabupaten_kota"),
        n_lines=3,
    )
    InterventionType.objects.update(
        supply_effect=SupplyEffect.ADDS_DEMAND, typical_units="orang", cost_basis="per orang"
    )
    Commodity.objects.update(balance_status=BalanceStatus.DEFICIT, source="Press report")
    found.outputs.filter(kind="output").update(text="Pelatihan perajin")
    return found


def opened(open_desk, draft, **how):
    page = open_desk(cast.person(Role.OFFICER, draft.office), **how).page
    page.goto(reverse("filing:fill", args=[draft.pk]))
    return page


def test_words_and_questions_follow_what_is_typed(draft, open_desk):
    page = opened(open_desk, draft)
    cost = page.locator("#id_budget_lines-0-unit_cost_rp")
    cost.fill("83.333.333.000")
    words = page.locator("#words-id_budget_lines-0-unit_cost_rp")
    assert words.text_content().startswith("delapan puluh tiga miliar tiga ratus tiga puluh tiga")
    cost.press("Tab")
    page.wait_for_selector(f"{SLIP}:has-text('Tidak lazim')")
    assert "Rp\xa083.333.333" in page.text_content(SLIP)
    cost.fill("83.333.333")
    cost.press("Tab")
    expect(page.locator(SLIP)).to_have_text("")


def test_advice_stands_beside_its_field_and_stops_nothing(draft, open_desk):
    page = opened(open_desk, draft, js=False)
    assert "Teks menyebut 2021" in page.text_content("#advice-title")
    assert "APBD Provinsi" in page.text_content("#advice-nomenclature")
    assert "Sumber: Daftar komoditas: Press report." in page.text_content("#advice-commodity_uses")
    assert "Pelatihan perajin" in page.text_content("#advice-outputs")
    page.locator("#id_title").fill("Pengolahan singkong tahun 2022")
    page.locator("#section-papers button[value=simpan]").click()
    assert page.text_content("#advice-title").strip() == ""
    draft.refresh_from_db()
    assert draft.title == "Pengolahan singkong tahun 2022"
