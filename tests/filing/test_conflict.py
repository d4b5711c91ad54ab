"""Two people in one proposal: their fields merge one by one, nothing is overwritten unseen."""

import pytest

from proposals.models import Proposal
from tests.builders import make_proposal
from tests.filing.pages import boxes, fill_url, opened, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(officer):
    return make_proposal(title="Judul lama", target_group="Perajin", requested_rp=100)


@pytest.fixture
def collided(client_of, officer, head, draft):
    """Return the officer's answer: both changed the title, each another field too."""
    mine, theirs = client_of(officer), client_of(head)
    data = opened(mine, draft) | {"title": "Judul petugas", "beneficiary_ikm": "77"}
    save(theirs, draft, title="Judul kepala", target_group="Petani")
    return mine, mine.post(fill_url(draft), data | {"aksi": "simpan"})


def choices(response):
    return {one.lasting: (one.mine, one.theirs) for one in response.context["clashes"]}


def choosing(response, **sides):
    """Return what the page would send with one side chosen at each of these fields."""
    seen = {one.lasting: one for one in response.context["clashes"]}
    chosen = {seen[name].choice: f"{side}:{seen[name].seen}" for name, side in sides.items()}
    return boxes(response) | chosen | {"aksi": "simpan"}


def test_fields_that_only_one_changed_merge_without_a_question(client_of, officer, head, draft):
    mine, theirs = client_of(officer), client_of(head)
    data = opened(mine, draft) | {"beneficiary_ikm": "77", "background": "Dari petugas"}
    save(theirs, draft, title="Judul kepala", target_group="Petani")
    assert mine.post(fill_url(draft), data | {"aksi": "simpan"}).status_code == 302
    read = Proposal.objects.get(pk=draft.pk)
    assert (read.title, read.target_group) == ("Judul kepala", "Petani")
    assert (read.beneficiary_ikm, read.background) == (77, "Dari petugas")


def test_a_field_both_changed_shows_both_values_and_saves_nothing(collided, draft):
    _mine, response = collided
    assert response.status_code == 409
    assert choices(response) == {"title": ("Judul petugas", "Judul kepala")}
    page = response.content.decode()
    assert "Ahmad Fauzi mengubah usulan ini" in page
    assert "Isian Anda belum disimpan dan belum hilang." in page
    assert boxes(response)["title"] == "Judul petugas"
    assert boxes(response)["target_group"] == "Petani"
    assert Proposal.objects.get(pk=draft.pk).title == "Judul kepala"


def test_without_a_choice_it_is_asked_again(collided, draft):
    mine, response = collided
    again = mine.post(fill_url(draft), boxes(response) | {"aksi": "simpan"})
    assert (again.status_code, choices(again)) == (409, choices(response))


@pytest.mark.parametrize(
    ("choice", "title"), [("mine", "Judul petugas"), ("theirs", "Judul kepala")]
)
def test_the_chosen_values_are_saved_together(collided, draft, choice, title):
    mine, response = collided
    assert mine.post(fill_url(draft), choosing(response, title=choice)).status_code == 302
    read = Proposal.objects.get(pk=draft.pk)
    assert (read.title, read.target_group, read.beneficiary_ikm) == (title, "Petani", 77)


def test_a_third_change_meanwhile_is_asked_again(collided, client_of, head, draft):
    mine, response = collided
    data = choosing(response, title="mine")
    save(client_of(head), draft, title="Judul ketiga")
    again = mine.post(fill_url(draft), data)
    assert again.status_code == 409
    assert choices(again) == {"title": ("Judul petugas", "Judul ketiga")}


def test_rows_merge_column_by_column(client_of, officer, head):
    draft = make_proposal(n_lines=2)
    mine, theirs = client_of(officer), client_of(head)
    data = opened(mine, draft) | {"outputs-0-text": "Perajin dilatih"}
    save(theirs, draft, **{"outputs-0-unit": "kelompok", "budget_lines-1-text": "Alat"})
    assert mine.post(fill_url(draft), data | {"aksi": "simpan"}).status_code == 302
    first = draft.outputs.order_by("position").first()
    assert (first.text, first.unit) == ("Perajin dilatih", "kelompok")
    assert draft.budget_lines.order_by("position").last().text == "Alat"


def test_rows_added_by_both_stand_together(client_of, officer, head):
    draft = make_proposal()
    mine, theirs = client_of(officer), client_of(head)
    added = {"co_funding-0-amount_rp": "5 juta"}
    data = opened(mine, draft) | added | {"co_funding-0-who": "CSR petugas"}
    save(theirs, draft, **added, **{"co_funding-0-who": "CSR kepala"})
    assert mine.post(fill_url(draft), data | {"aksi": "simpan"}).status_code == 302
    assert {row.who for row in draft.co_funding.all()} == {"CSR petugas", "CSR kepala"}


def test_one_cell_both_changed_is_asked_at_that_cell(client_of, officer, head):
    draft = make_proposal()
    mine, theirs = client_of(officer), client_of(head)
    data = opened(mine, draft) | {"outputs-0-text": "Perajin dilatih"}
    save(theirs, draft, **{"outputs-0-text": "Perajin didampingi", "outputs-0-unit": "unit"})
    response = mine.post(fill_url(draft), data | {"aksi": "simpan"})
    ((lasting, values),) = choices(response).items()
    assert (lasting.split("/")[2], values) == ("text", ("Perajin dilatih", "Perajin didampingi"))
    assert mine.post(fill_url(draft), choosing(response, **{lasting: "mine"})).status_code == 302
    first = draft.outputs.order_by("position").first()
    assert (first.text, first.unit) == ("Perajin dilatih", "unit")


@pytest.mark.parametrize(("side", "n_rows"), [("mine", 3), ("theirs", 2)])
def test_a_row_one_removed_and_the_other_changed_is_asked(client_of, officer, head, side, n_rows):
    draft = make_proposal(n_lines=3)
    mine, theirs = client_of(officer), client_of(head)
    data = opened(mine, draft) | {"budget_lines-2-unit": "set"}
    gone = {f"budget_lines-2-{name}": "" for name in ("text", "volume", "unit", "unit_cost_rp")}
    save(theirs, draft, **gone)
    response = mine.post(fill_url(draft), data | {"aksi": "simpan"})
    ((lasting, values),) = choices(response).items()
    assert values[1] is None
    assert mine.post(fill_url(draft), choosing(response, **{lasting: side})).status_code == 302
    assert draft.budget_lines.count() == n_rows


def test_a_double_click_on_save_is_no_collision_with_oneself(client_of, officer):
    draft = make_proposal()
    visitor = client_of(officer)
    data = opened(visitor, draft) | {"title": "Sekali saja", "aksi": "simpan"}
    first, second = visitor.post(fill_url(draft), data), visitor.post(fill_url(draft), data)
    assert (first.status_code, second.status_code) == (302, 302)
    assert Proposal.objects.get(pk=draft.pk).row_version == 2


@pytest.mark.parametrize(
    "marks",
    ["", "{}", "[1]", "x", "[" * 90_000, '{"title": "00000000"}'],
    ids=lambda text: text[:9],
)
def test_a_form_with_forged_marks_overwrites_nothing(client_of, officer, marks):
    draft = make_proposal()
    response = save(client_of(officer), draft, title="Lain", dasar=marks)
    assert (response.status_code, set(choices(response))) == (409, {"title"})
    assert Proposal.objects.get(pk=draft.pk).title == draft.title
