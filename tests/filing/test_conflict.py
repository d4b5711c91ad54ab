"""Two people in one proposal: both versions field by field, nothing overwritten unseen."""

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
    """Return the officer's stale answer: both changed the title, each another field too."""
    mine, theirs = client_of(officer), client_of(head)
    data = opened(mine, draft) | {"title": "Judul petugas", "beneficiary_ikm": "77"}
    save(theirs, draft, title="Judul kepala", target_group="Petani")
    return mine, mine.post(fill_url(draft), data | {"aksi": "simpan"})


def choices(response):
    return {
        row.code: (row.theirs.text, row.mine.text, row.chosen) for row in response.context["rows"]
    }


def test_a_stale_form_shows_both_versions_and_saves_nothing(collided, draft):
    _mine, response = collided
    assert response.status_code == 409
    assert choices(response) == {
        "title": ("Judul kepala", "Judul petugas", ""),
        "target_group": ("Petani", "Perajin", "theirs"),
        "beneficiary_ikm": ("20", "77", "mine"),
    }
    page = response.content.decode()
    assert "Ahmad Fauzi mengubah usulan ini" in page
    assert "Isian Anda belum disimpan dan belum hilang." in page
    assert Proposal.objects.get(pk=draft.pk).title == "Judul kepala"


def test_without_a_choice_the_card_asks_again(collided, draft):
    mine, response = collided
    again = mine.post(fill_url(draft), boxes(response, None) | {"aksi": "simpan"})
    assert again.status_code == 409
    assert "Pilih satu versi pada setiap baris, lalu simpan." in again.content.decode()


@pytest.mark.parametrize(
    ("choice", "title"), [("mine", "Judul petugas"), ("theirs", "Judul kepala")]
)
def test_the_chosen_versions_are_saved_together(collided, draft, choice, title):
    mine, response = collided
    data = boxes(response, None) | {"pilih-title": choice, "aksi": "simpan"}
    assert mine.post(fill_url(draft), data).status_code == 302
    read = Proposal.objects.get(pk=draft.pk)
    assert (read.title, read.target_group, read.beneficiary_ikm) == (title, "Petani", 77)
    assert read.row_version == 3 + (choice == "mine") - (choice == "mine")


def test_a_third_change_meanwhile_collides_again(collided, client_of, head, draft):
    mine, response = collided
    data = boxes(response, None) | {"pilih-title": "mine", "aksi": "simpan"}
    save(client_of(head), draft, background="Ditulis lagi")
    again = mine.post(fill_url(draft), data)
    assert again.status_code == 409
    assert choices(again)["background"][0] == "Ditulis lagi"


def test_one_can_go_on_filling_in_the_own_version(collided, draft):
    mine, response = collided
    going_on = mine.post(fill_url(draft), boxes(response, None) | {"aksi": "terus"})
    kept = boxes(going_on)
    assert (kept["title"], kept["row_version"]) == ("Judul petugas", "2")


def test_lists_collide_as_a_whole(client_of, officer, head):
    draft = make_proposal(n_lines=1, requested_rp=100)
    mine = client_of(officer)
    data = opened(mine, draft) | {"outputs-0-text": "Perajin dilatih"}
    save(client_of(head), draft, **{"outputs-0-text": "Perajin didampingi"})
    response = mine.post(fill_url(draft), data | {"aksi": "simpan"})
    (row,) = response.context["rows"]
    assert (row.code, row.mine.lines[0], row.theirs.lines[0]) == (
        "outputs",
        "Keluaran: Perajin dilatih, 50 orang",
        "Keluaran: Perajin didampingi, 50 orang",
    )
    mine.post(fill_url(draft), boxes(response, None) | {"pilih-outputs": "mine", "aksi": "simpan"})
    assert draft.outputs.order_by("position").first().text == "Perajin dilatih"


def test_a_double_click_on_save_writes_once(client_of, officer):
    draft = make_proposal()
    visitor = client_of(officer)
    data = opened(visitor, draft) | {"title": "Sekali saja", "aksi": "simpan"}
    first, second = visitor.post(fill_url(draft), data), visitor.post(fill_url(draft), data)
    assert (first.status_code, second.status_code) == (302, 409)
    assert "Kedua versi sama isinya. Simpan untuk melanjutkan." in second.content.decode()


def test_a_form_with_a_forged_version_overwrites_nothing(client_of, officer):
    draft = make_proposal()
    visitor = client_of(officer)
    for version in ("0", "-1", "x", "9" * 30, ""):
        response = save(visitor, draft, title="Lain", row_version=version)
        assert response.status_code == 409
    assert Proposal.objects.get(pk=draft.pk).title == draft.title
