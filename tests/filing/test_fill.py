"""The form page: every box saved, every bad input answered at its box, nothing typed lost."""

import pytest
from django.utils import timezone

from proposals.enums import MaterialOrigin, NomenclatureLevel, Status, UseRole
from proposals.models import (
    CoFunding,
    DerivativeStage,
    FinancingNeed,
    FinancingScheme,
    OfficeYear,
    PlanningYear,
    Proposal,
)
from tests import lists
from tests.builders import make_ceiling, make_proposal, set_state
from tests.filing.pages import boxes, errors, fill_url, opened, save

pytestmark = pytest.mark.django_db

HIDDEN = (
    "Teks ini memuat karakter tersembunyi yang tidak dapat disimpan; biasanya terbawa saat"
    " menyalin dari berkas lain. Hapus karakter itu, atau ketik ulang teksnya."
)
NOT_AN_AMOUNT = "Tulis jumlah dalam rupiah bulat, misalnya 2.500.000 atau 2,5 juta."
TOO_MUCH = "Angka ini melebihi yang dapat disimpan portal."


@pytest.fixture
def draft(officer):
    return make_proposal(is_bare=True, title="Pelatihan mocaf")


@pytest.fixture
def visitor(client_of, officer):
    return client_of(officer)


def test_a_draft_is_saved_with_nothing_but_its_title(visitor, draft):
    response = save(visitor, draft)
    assert (response.status_code, response.url) == (302, fill_url(draft))
    read = Proposal.objects.get(pk=draft.pk)
    assert (read.title, read.requested_rp, read.row_version) == ("Pelatihan mocaf", None, 1)


def test_every_box_of_the_form_is_saved(visitor, draft):
    where = draft.office.region
    stage = DerivativeStage.objects.create(
        key="SINGKONG-1",
        tree="SINGKONG",
        tree_name_id="Pohon industri singkong",
        name_id="Mocaf",
        stage="antara",
        upstream_commodity=lists.commodity(),
    )
    scheme = FinancingScheme.objects.create(key="kur-2022", code="kur", scheme="KUR", name_id="KUR")
    response = save(
        visitor,
        draft,
        **{
            "request_to": "centre",
            "title": "  Pelatihan   mocaf bagi 30 IKM ",
            "intervention": lists.intervention().pk,
            "nomenclature": lists.nomenclature(NomenclatureLevel.REGENCY).pk,
            "origin": "pokir",
            "locations-0-district": lists.district(where).pk,
            "locations-0-village": "Bati-Bati",
            "sector": lists.sector().pk,
            "main-commodity": lists.commodity().pk,
            "main-quantity": "1.250,5",
            "main-unit": "",
            "main-origin": MaterialOrigin.OWN_REGENCY,
            "main-stage": stage.pk,
            "commodity_uses-0-role": UseRole.PRODUCT,
            "commodity_uses-0-commodity": lists.commodity("mocaf").pk,
            "background": "Baris satu\r\nBaris dua",
            "target_group": "IKM pangan",
            "outputs-0-kind": "outcome",
            "outputs-0-text": "IKM memakai cara baru",
            "outputs-0-unit": "IKM",
            "outputs-0-target": "12,5",
            "beneficiary_ikm": "0",
            "beneficiary_workers": "1.200",
            "labour_needed": "45",
            "labour_available": "27",
            "labour_to_train": "18",
            "labour_source": "SIINas",
            "budget_lines-0-text": "Sewa gedung",
            "budget_lines-0-volume": "2,5",
            "budget_lines-0-unit": "hari",
            "budget_lines-0-unit_cost_rp": "1.000.001",
            "forward_rp": "2,5 juta",
            "funding_source": lists.funding("dak_fisik_ikm").pk,
            "co_funding-0-who": "Koperasi",
            "co_funding-0-amount_rp": "Rp 5.000.000",
            "financing_needs-0-scheme": scheme.pk,
            "financing_needs-0-amount_rp": "1 miliar",
            "financing_needs-0-note": "untuk mesin",
        },
    )
    assert response.status_code == 302
    read = Proposal.objects.get(pk=draft.pk)
    assert (read.request_to, read.title, read.origin) == (
        "centre",
        "Pelatihan mocaf bagi 30 IKM",
        "pokir",
    )
    assert (read.background, read.target_group) == ("Baris satu\nBaris dua", "IKM pangan")
    assert (read.beneficiary_ikm, read.beneficiary_workers) == (0, 1200)
    labour = (read.labour_needed, read.labour_available, read.labour_to_train, read.labour_source)
    assert labour == (45, 27, 18, "SIINas")
    assert (read.requested_rp, read.forward_rp) == (2_500_003, 2_500_000)
    assert (read.funding_source.key, read.sector.key) == ("dak_fisik_ikm", "singkong")
    assert [(str(place.district), place.village) for place in read.locations.all()] == [
        (str(lists.district(where)), "Bati-Bati")
    ]
    uses = [(use.role, use.commodity.key, use.unit, use.stage) for use in read.commodity_uses.all()]
    assert uses == [("main", "ubi_kayu", "ton", stage), ("product", "mocaf", "", None)]
    assert [(row.kind, row.unit, row.target) for row in read.outputs.all()] == [
        ("outcome", "IKM", 12.5)
    ]
    assert CoFunding.objects.get().amount_rp == 5_000_000
    assert FinancingNeed.objects.get().amount_rp == 1_000_000_000


def test_untouched_a_complete_proposal_is_saved_without_a_change(visitor, officer):
    whole = make_proposal(n_lines=2, request_to="province")
    save(visitor, whole)
    first = Proposal.objects.get(pk=whole.pk).row_version
    save(visitor, whole)
    assert Proposal.objects.get(pk=whole.pk).row_version == first


BAD = [
    ("title", "   ", "Tulis judul usulan."),
    ("title", "a" * 201, "Tulis paling banyak 200 huruf; sekarang 201."),
    ("title", "a" * 1_048_576, "Tulis paling banyak 200 huruf; sekarang 1.048.576."),
    ("background", "a" * 1_048_576, "Tulis paling banyak 4.000 huruf; sekarang 1.048.576."),
    ("background", "satu\x00dua", HIDDEN),
    ("target_group", "satu\x1b[31mdua", HIDDEN),
    ("labour_source", "\x07", HIDDEN),
    ("requested_rp", "-5", "Jumlah tidak boleh di bawah nol."),
    ("requested_rp", "Rp -5.000", "Jumlah tidak boleh di bawah nol."),
    ("requested_rp", "banyak", NOT_AN_AMOUNT),
    ("requested_rp", "1,5", NOT_AN_AMOUNT),
    ("requested_rp", "1e9", NOT_AN_AMOUNT),
    ("requested_rp", "9" * 19, TOO_MUCH),
    ("requested_rp", "9" * 2000, TOO_MUCH),
    ("forward_rp", "2.000.000 triliun", TOO_MUCH),
    ("beneficiary_ikm", "-1", "Angka tidak boleh di bawah nol."),
    ("beneficiary_ikm", "9" * 30, TOO_MUCH),
    ("budget_lines-0-volume", "9" * 40, TOO_MUCH),
    ("beneficiary_ikm", "dua puluh", "Tulis angka, misalnya 25 atau 1.250."),
    ("beneficiary_ikm", "2,5", "Tulis bilangan bulat, misalnya 25."),
    ("beneficiary_workers", "2.147.483.648", TOO_MUCH),
    ("request_to", "bupati", "Pilihan ini tidak ada dalam daftar: pilih lagi."),
    ("origin", "surga", "Pilihan ini tidak ada dalam daftar: pilih lagi."),
    ("sector", "999999", "Pilihan ini tidak ada dalam daftar: pilih lagi."),
    ("nomenclature", "999999", "Pilihan ini tidak ada dalam daftar: pilih lagi."),
    ("nomenclature", "9" * 40, "Pilihan ini tidak ada dalam daftar: pilih lagi."),
    ("main-commodity", "x'); --", "Pilihan ini tidak ada dalam daftar: pilih lagi."),
    ("outputs-0-target", "0", "Isi bagian ini, atau kosongkan seluruh barisnya."),
    ("budget_lines-0-unit_cost_rp", "x", NOT_AN_AMOUNT),
    ("budget_lines-0-volume", "1,234", "Tulis paling banyak 2 angka di belakang koma."),
    ("co_funding-0-amount_rp", "0", "Tulis lebih dari Rp 0."),
]


def sheets_of(bad):
    """Lay the bad inputs on as few sheets as there are inputs for one box."""
    sheets = []
    for box, typed, sentence in bad:
        fitting = next((sheet for sheet in sheets if box not in sheet), None)
        if fitting is None:
            sheets.append(fitting := {})
        fitting[box] = (typed, sentence)
    return sheets


@pytest.mark.parametrize("sheet", sheets_of(BAD), ids=lambda sheet: f"{len(sheet)} boxes")
def test_bad_input_is_answered_at_its_box_and_stays_as_typed(visitor, draft, sheet):
    changes = {box: typed for box, (typed, _sentence) in sheet.items()}
    response = save(visitor, draft, **changes, labour_needed="45")
    assert response.status_code == 422
    found, kept = errors(response), boxes(response)
    for box, (typed, sentence) in sheet.items():
        assert sentence in found[box] or sentence in found.get(box.replace("target", "text"), [])
        if typed.isprintable() and box not in {"request_to", "origin", "sector", "nomenclature"}:
            assert box == "main-commodity" or kept[box] == typed
    assert kept["labour_needed"] == "45"
    assert Proposal.objects.get(pk=draft.pk).row_version == 1
    assert b'role="alert"' in response.content


def test_markup_and_emoji_are_kept_as_text(visitor, draft):
    words = "<script>alert(1)</script> & 🌾 ﷽"
    save(visitor, draft, title=words, background=words)
    read = Proposal.objects.get(pk=draft.pk)
    assert (read.title, read.background) == (words, words)
    page = visitor.get(fill_url(draft)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; 🌾 ﷽" in page


def test_zero_is_an_amount_and_empty_is_none(visitor, draft):
    save(visitor, draft, requested_rp="0")
    assert Proposal.objects.get(pk=draft.pk).requested_rp == 0
    save(visitor, draft, requested_rp="")
    assert Proposal.objects.get(pk=draft.pk).requested_rp is None


def test_an_ambiguous_amount_offers_both_readings_in_words(visitor, draft):
    response = save(visitor, draft, requested_rp="1.500 juta")
    assert errors(response) == {
        "requested_rp": [
            (
                "Jumlah ini dapat berarti Rp\xa01.500.000 (tulis 1.500.000) atau"
                " Rp\xa01.500.000.000 (tulis 1.500.000.000): tulis lengkap dengan semua nol."
            )
        ]
    }
    page = response.content.decode()
    assert "satu juta lima ratus ribu rupiah" in page
    assert "satu miliar lima ratus juta rupiah" in page
    data = boxes(response) | {"aksi": "pakai:requested_rp=1.500.000.000"}
    chosen = visitor.post(fill_url(draft), data)
    assert boxes(chosen)["requested_rp"] == "1.500.000.000"
    visitor.post(fill_url(draft), boxes(chosen) | {"aksi": "simpan"})
    assert Proposal.objects.get(pk=draft.pk).requested_rp == 1_500_000_000


def test_an_amount_is_shown_in_words(visitor):
    draft = make_proposal(requested_rp=412_500_000)
    page = visitor.get(fill_url(draft)).content.decode()
    assert "empat ratus dua belas juta lima ratus ribu rupiah" in page


def test_a_sum_above_what_can_be_kept_is_refused_in_words(visitor, draft):
    response = save(
        visitor,
        draft,
        **{
            "budget_lines-0-text": "Besar",
            "budget_lines-0-volume": "1.000.000",
            "budget_lines-0-unit": "unit",
            "budget_lines-0-unit_cost_rp": "999.999.999.999.999",
        },
    )
    assert errors(response) == {
        "budget_lines": ["Jumlah rincian melebihi yang dapat disimpan portal."]
    }


def test_the_same_place_twice_is_marked_at_the_second(visitor, draft):
    place = lists.district(draft.office.region).pk
    data = opened(visitor, draft) | {"locations-0-district": place}
    grown = visitor.post(fill_url(draft), data | {"aksi": "tambah:locations"})
    data = boxes(grown) | {"locations-1-district": place, "aksi": "simpan"}
    response = visitor.post(fill_url(draft), data)
    assert errors(response) == {"locations-1-district": ["Ini sudah ada dalam daftar."]}


def test_a_district_of_another_regency_cannot_be_chosen(visitor, draft):
    foreign = lists.district(lists.region("63.02"))
    response = save(visitor, draft, **{"locations-0-district": foreign.pk})
    assert errors(response) == {
        "locations-0-district": ["Pilihan ini tidak ada dalam daftar: pilih lagi."]
    }


def test_the_province_chooses_regencies_and_no_kind(client_of, province_officer):
    lists.region("63.01")
    draft = make_proposal(province_officer.office, is_bare=True)
    visitor = client_of(province_officer)
    assert "request_to" not in opened(visitor, draft)
    save(visitor, draft, **{"locations-0-region": lists.region("63.01").pk})
    assert [place.region.code for place in draft.locations.all()] == ["63.01"]


def test_after_closing_a_draft_is_still_saved_and_the_page_says_so(visitor, draft):
    year = draft.year
    year.opens_at, year.closes_at = (timezone.now() - timezone.timedelta(days=d) for d in (3, 1))
    year.save()
    set_state(year, "closed")
    page = visitor.get(fill_url(draft)).content.decode()
    assert "Pengiriman ditutup" in page
    assert "Draf masih dapat disimpan; hanya pengiriman yang ditutup." in page
    assert save(visitor, draft, title="Sesudah tutup").status_code == 302
    assert Proposal.objects.get(pk=draft.pk).title == "Sesudah tutup"


def test_a_source_without_a_ceiling_has_no_limit_and_the_page_says_so(visitor):
    draft = make_proposal(request_to="province")
    page = visitor.get(fill_url(draft)).content.decode()
    assert "Tidak ada pagu untuk sumber ini: tidak ada batas." in page
    make_ceiling(12_000_000_000)
    page = visitor.get(fill_url(draft)).content.decode()
    assert "Rp\u00a012.000.000.000" in page


def test_a_request_over_the_size_limit_gets_a_plain_page(visitor, draft):
    data = opened(visitor, draft) | {"background": "a" * (6 * 1024 * 1024)}
    response = visitor.post(fill_url(draft), data)
    assert response.status_code == 400
    assert "sheet" not in (response.context or {})
    assert Proposal.objects.get(pk=draft.pk).row_version == 1


def test_saving_and_going_on_leads_to_the_page_that_asks_once_more(visitor, draft):
    response = save(visitor, draft, step="lanjut:hand_to_head")
    assert response.url == f"/usulan/{draft.pk}/langkah/hand_to_head/"


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.DRAFT, Status.RETURNED}))
def test_what_has_left_the_office_is_read_not_filled(visitor, officer, status):
    proposal = make_proposal(status=status)
    for response in (visitor.get(fill_url(proposal)), visitor.post(fill_url(proposal), {})):
        assert (response.status_code, response.url) == (302, f"/usulan/{proposal.pk}/")


def test_another_offices_draft_is_not_found(client_of, other_officer, draft):
    assert client_of(other_officer).get(fill_url(draft)).status_code == 404
    assert client_of(other_officer).post(fill_url(draft), {"title": "x"}).status_code == 404


@pytest.mark.parametrize("n_rows", [1, 30])
def test_the_form_costs_the_same_queries_for_any_number_of_rows(
    visitor, officer, n_rows, django_assert_num_queries
):
    draft = make_proposal(n_lines=n_rows)
    OfficeYear.objects.get(office=draft.office)
    PlanningYear.objects.get()
    with django_assert_num_queries(15):
        assert visitor.get(fill_url(draft)).status_code == 200
