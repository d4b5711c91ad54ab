"""Advice on the pages of the office: beside its field, with reason and source, and never a bar."""

import pytest
from django.urls import reverse

from proposals.enums import BalanceStatus, Role, Status, SupplyEffect
from proposals.models import (
    Commodity,
    DocumentIntervention,
    InterventionType,
    OfficeYear,
    Proposal,
    SupplyBalance,
)
from tests import cast, lists
from tests.builders import make_proposal
from tests.filing.pages import errors, fill_url, save

pytestmark = pytest.mark.django_db
SLIPPED = {"budget_lines-0-unit_cost_rp": "83.333.333.000"}


@pytest.fixture
def officer():
    return cast.person(Role.OFFICER, cast.make_office())


@pytest.fixture
def visitor(client_of, officer):
    return client_of(officer)


def beside(response):
    """Return the advice on a form page by the field it stands beside."""
    slots = response.context["slots"]
    return {code: [one.key for one in slot.advice] for code, slot in slots.items() if slot.advice}


def questions(response):
    return [row.question for row in response.context["budget_lines"].forms]


def test_a_complete_proposal_gets_no_advice(visitor):
    assert beside(visitor.get(fill_url(make_proposal()))) == {}


def test_each_piece_stands_beside_its_field(visitor, django_assert_num_queries):
    draft = make_proposal(
        title="Pameran singkong 2021", nomenclature=lists.nomenclature("kabupaten_kota")
    )
    ded = lists.document("ded", is_for_all=False)
    DocumentIntervention.objects.create(document=ded, intervention=lists.intervention())
    InterventionType.objects.update(supply_effect=SupplyEffect.ADDS_DEMAND)
    Commodity.objects.update(balance_status=BalanceStatus.DEFICIT)
    OfficeYear.objects.update(proposal_limit=0)
    with django_assert_num_queries(15):
        response = visitor.get(fill_url(draft))
    assert beside(response) == {
        "request_to": ["over_limit"],
        "title": ["urusan_mismatch", "stale_year"],
        "nomenclature": ["level_vs_funding"],
        "commodity_uses": ["supply_deficit_conflict"],
        "attachments": ["missing_document"],
    }
    assert "Kantor Anda memiliki 1 usulan; provinsi meminta paling banyak 0." in (
        response.content.decode()
    )


def test_the_figures_of_the_balance_are_told_as_example_data(visitor):
    draft = make_proposal()
    InterventionType.objects.update(supply_effect=SupplyEffect.ADDS_DEMAND)
    Commodity.objects.update(balance_status=BalanceStatus.DEFICIT, source="Pers")
    figures = {"production": 100, "household_need": 0, "industrial_demand": 900, "source": "BPS"}
    SupplyBalance.objects.create(
        commodity=lists.commodity(),
        region=lists.region("63"),
        data_year=2020,
        unit="ton",
        certainty="illustrative",
        **figures,
    )
    [advice] = visitor.get(fill_url(draft)).context["slots"]["commodity_uses"].advice
    assert advice.source == (
        "Daftar komoditas: Pers. Neraca Ubi kayu di provinsi, 2020: pasokan 100, kebutuhan 900 ton:"
        " kurang. Sumber: BPS. (data contoh)"
    )


def test_a_slip_is_asked_about_at_its_line_and_saved_all_the_same(visitor):
    draft = make_proposal(n_lines=3)
    assert questions(visitor.get(fill_url(draft))) == ["", "", ""]
    summed = save(visitor, draft, "hitung", **SLIPPED)
    question = "Tidak lazim untuk satuan ini. Sudah benar, atau maksud Anda Rp\xa083.333.333?"
    assert questions(summed) == [question, "", ""]
    assert save(visitor, draft, **SLIPPED).status_code == 302
    assert Proposal.objects.get(pk=draft.pk).requested_rp == 83_499_999_667


def test_an_ambiguous_unit_cost_names_its_readings_and_keeps_the_rest(visitor):
    draft = make_proposal(n_lines=2)
    typed = {"budget_lines-1-unit_cost_rp": "1.500 juta", "title": "Judul baru"}
    response = save(visitor, draft, **typed)
    assert errors(response) == {
        "budget_lines-1-unit_cost_rp": [
            (
                "Jumlah ini dapat berarti Rp\xa01.500.000 (tulis 1.500.000) atau"
                " Rp\xa01.500.000.000 (tulis 1.500.000.000): tulis lengkap dengan semua nol."
            )
        ]
    }
    page = response.content.decode()
    assert 'value="1.500 juta"' in page
    assert 'value="Judul baru"' in page


@pytest.mark.parametrize(
    ("status", "n"), [(Status.DRAFT, 1), (Status.AWAITING_HEAD, 1), (Status.SENT, 0)]
)
def test_the_page_of_an_own_proposal_tells_advice_while_it_can_be_mended(visitor, status, n):
    found = make_proposal(status=status, title="Pelatihan 2021")
    response = visitor.get(reverse("filing:proposal", args=[found.pk]))
    assert [one.key for one in response.context["advice"]] == ["stale_year"] * n


def test_the_province_reads_it_on_its_page_of_the_check(client_of):
    found = make_proposal(status=Status.UNDER_REVIEW, title="Pelatihan 2021")
    browser = client_of(cast.person(Role.REVIEWER))
    response = browser.get(reverse("review:proposal", args=[found.pk]))
    assert [one.key for one in response.context["dossier"].advice] == ["stale_year"]
    assert "Saran dari tabel" in response.content.decode()
