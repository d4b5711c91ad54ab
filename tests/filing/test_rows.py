"""Rows more, less and moved, a code searched: each step works without JavaScript, saves nothing."""

import pytest

from proposals.enums import NomenclatureLevel
from proposals.models import BudgetLine, Commodity, DerivativeStage, Proposal
from tests import lists
from tests.builders import make_proposal
from tests.filing.pages import boxes, errors, fill_url, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(officer):
    return make_proposal(n_lines=3, requested_rp=600)


@pytest.fixture
def visitor(client_of, officer):
    return client_of(officer)


def press(visitor, draft, step, data=None, **headers):
    data = data or opened(visitor, draft)
    return visitor.post(fill_url(draft), data | {"aksi": step}, headers=headers)


def texts(data):
    rows = range(int(data["budget_lines-TOTAL_FORMS"]))
    return [data[f"budget_lines-{row}-text"] for row in rows]


def test_a_new_row_keeps_everything_typed_and_judges_nothing(visitor, draft):
    data = opened(visitor, draft) | {"requested_rp": "entah", "budget_lines-1-volume": "-"}
    response = press(visitor, draft, "tambah:budget_lines", data)
    assert response.status_code == 200
    grown = boxes(response)
    assert texts(grown) == ["Belanja 1", "Belanja 2", "Belanja 3", ""]
    assert (grown["requested_rp"], grown["budget_lines-1-volume"]) == ("entah", "-")
    assert errors(response) == {}
    assert BudgetLine.objects.count() == 3


@pytest.mark.parametrize(
    ("step", "order"),
    [
        ("naik:budget_lines:2", ["Belanja 1", "Belanja 3", "Belanja 2"]),
        ("turun:budget_lines:0", ["Belanja 2", "Belanja 1", "Belanja 3"]),
        ("naik:budget_lines:0", ["Belanja 1", "Belanja 2", "Belanja 3"]),
        ("hapus:budget_lines:1", ["Belanja 1", "Belanja 3"]),
        ("hapus:budget_lines:99", ["Belanja 1", "Belanja 2", "Belanja 3"]),
        ("hapus:budget_lines:x", ["Belanja 1", "Belanja 2", "Belanja 3"]),
    ],
)
def test_rows_move_and_go(visitor, draft, step, order):
    response = press(visitor, draft, step)
    assert texts(boxes(response)) == order


def test_rows_moved_and_removed_are_saved_in_place(visitor, draft):
    first, second, third = draft.budget_lines.all()
    moved = boxes(press(visitor, draft, "naik:budget_lines:2"))
    shorter = boxes(press(visitor, draft, "hapus:budget_lines:0", moved))
    visitor.post(fill_url(draft), shorter | {"aksi": "simpan"})
    assert [line.pk for line in draft.budget_lines.all()] == [third.pk, second.pk]
    assert not BudgetLine.objects.filter(pk=first.pk).exists()
    assert Proposal.objects.get(pk=draft.pk).requested_rp == 400


def test_htmx_gets_the_part_alone_with_the_new_row_in_hand(visitor, draft):
    response = press(visitor, draft, "tambah:budget_lines", **{"HX-Request": "true"})
    page = response.content.decode()
    assert (response.status_code, page.strip().startswith('<fieldset id="budget-lines"')) == (
        202,
        True,
    )
    assert page.count("autofocus") == 1


def test_sums_are_computed_while_typing(visitor, draft):
    data = opened(visitor, draft) | {
        "budget_lines-0-volume": "2,5",
        "budget_lines-0-unit_cost_rp": "1.000.001",
        "budget_lines-1-unit_cost_rp": "",
    }
    response = press(visitor, draft, "hitung", data, **{"HX-Request": "true"})
    page = response.content.decode()
    assert '<output id="total-0" hx-swap-oob="true">2.500.003</output>' in page
    assert '<output id="total-1" hx-swap-oob="true">–</output>' in page
    assert 'id="lines-total" aria-live="polite" hx-swap-oob="true">2.500.203</output>' in page
    assert 'id="rail-total" hx-swap-oob="true">Rp\u00a02.500.203</output>' in page


def test_no_more_than_sixty_rows(visitor, draft):
    data = opened(visitor, draft) | {"outputs-TOTAL_FORMS": "60"}
    assert boxes(press(visitor, draft, "tambah:outputs", data))["outputs-TOTAL_FORMS"] == "60"


def test_forged_row_counts_do_no_harm(visitor, draft):
    for count in ("9" * 30, "-3", "x", ""):
        data = opened(visitor, draft) | {"outputs-TOTAL_FORMS": count}
        assert press(visitor, draft, "tambah:outputs", data).status_code == 200
        assert press(visitor, draft, "simpan", data).status_code in {302, 422}
    assert Proposal.objects.get(pk=draft.pk).outputs.count() in {0, 2}


def test_a_code_is_searched_by_its_words_with_the_matches_marked(visitor, draft):
    wanted = lists.nomenclature(NomenclatureLevel.REGENCY)
    wanted.name_id = "Koordinasi Pemberdayaan <Industri>"
    wanted.save()
    data = opened(visitor, draft) | {"kode_cari": "pemberdayaan"}
    response = press(visitor, draft, "cari", data)
    found = response.context["codes"]
    assert [code.row.code for code in found] == [draft.nomenclature.code, wanted.code]
    assert found[1].name == "Koordinasi <mark>Pemberdayaan</mark> &lt;Industri&gt;"


def test_a_search_is_kept_over_saving(visitor, draft):
    response = press(
        visitor, draft, "simpan", opened(visitor, draft) | {"kode_cari": "sumber daya"}
    )
    assert response.url == f"/usulan/{draft.pk}/isi/?kode_cari=sumber+daya"


@pytest.mark.parametrize("place", ["9" * 5000, "٣", "-1", "1.5"])
def test_a_row_that_is_named_by_no_number_moves_nothing(visitor, draft, place):
    response = press(visitor, draft, f"turun:outputs:{place}", opened(visitor, draft))
    assert response.status_code == 200
    assert Proposal.objects.get(pk=draft.pk).row_version == 1


@pytest.mark.parametrize("text", ["%", "' or 1=1", "\x00", "a" * 5000, "(["])
def test_odd_searches_find_nothing_and_break_nothing(visitor, draft, text):
    response = press(visitor, draft, "cari", opened(visitor, draft) | {"kode_cari": text})
    assert response.status_code == 200


def test_an_own_programme_is_warned_of_a_code_of_the_other_level(visitor, officer):
    draft = make_proposal(request_to="own", nomenclature=lists.nomenclature())
    response = visitor.get(fill_url(draft))
    assert [code.is_other_level for code in response.context["codes"]] == [True]
    assert "Kode ini untuk tingkat: Provinsi" in response.content.decode()


def test_a_new_commodity_brings_the_stages_of_its_tree(visitor, draft):
    palm = Commodity.objects.create(key="tbs", name_id="TBS", kind="raw_material", unit="ton/year")
    stages = [
        DerivativeStage.objects.create(
            key=key,
            tree=tree,
            tree_name_id=tree,
            name_id=key,
            stage="hulu",
            upstream_commodity=from_,
        )
        for key, tree, from_ in (("CPO", "PALM", palm), ("Mocaf", "SINGKONG", lists.commodity()))
    ]
    data = opened(visitor, draft) | {"main-commodity": palm.pk}
    response = press(visitor, draft, "komoditas", data, **{"HX-Request": "true"})
    offered = dict(response.context["main"].fields["stage"].choices)
    assert offered == {"": "Pilih", "Hulu": [(stages[0].pk, "CPO")]}
