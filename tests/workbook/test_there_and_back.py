"""There and back: what is not touched stays, what is touched is written, and only once."""

from decimal import Decimal

import pytest
from django.utils import translation

from proposals.enums import Status
from proposals.models import Proposal
from tests import lists
from tests.builders import make_proposal, make_year
from tests.workbook import desk

pytestmark = pytest.mark.django_db

TO_PROVINCE = "province"


def test_an_untouched_workbook_changes_nothing(officer):
    make_proposal(n_lines=3)
    make_proposal(is_bare=True)
    make_proposal(status=Status.RETURNED)
    upload = desk.uploaded(officer, desk.downloaded(officer))
    assert desk.messages(upload) == {}
    assert (upload.state, desk.counts(upload)) == ("ready", (0, 0, 3, 0))


def test_saving_it_with_another_program_changes_nothing_either(officer):
    make_proposal(n_lines=3, requested_rp=9_999_999_999_999_999, forward_rp=10**17 + 1)
    make_proposal(background="Baris satu\nbaris dua _x0041_ & <b>", title="=1+1  dan   spasi")
    book = desk.opened(desk.downloaded(officer))
    upload = desk.uploaded(officer, desk.saved(book))
    assert (desk.messages(upload), desk.counts(upload)) == ({}, (0, 0, 2, 0))


def test_touched_cells_are_shown_old_and_new_and_alone_are_written(officer):
    proposal = make_proposal(n_lines=2)
    book = desk.opened(desk.downloaded(officer))
    row = desk.row_of(book["Usulan"], f"U{proposal.pk}")
    desk.write(book["Usulan"], row, Judul="Judul baru", Kelompok_sasaran=None)
    desk.write(book["Rincian anggaran"], 2, Volume=2)
    upload = desk.uploaded(officer, desk.saved(book))
    assert desk.changes(upload) == [
        ("Usulan!C2", proposal.title, "Judul baru"),
        ("Usulan!J2", "Perajin olahan ubi kayu", ""),
        ("Rincian anggaran!C2", "1", "2"),
    ]
    assert desk.applied(officer, upload).state == "applied"
    now = desk.fresh(proposal)
    assert (now.title, now.target_group, now.background) == ("Judul baru", "", proposal.background)
    assert (now.requested_rp, now.row_version) == (Decimal(375_000_000), 2)


def with_a_new_row(officer):
    """Return a workbook with one new proposal: a title, a kind, a line and an output."""
    book = desk.opened(desk.downloaded(officer))
    row = desk.row_of(book["Usulan"], "B1")
    desk.write(book["Usulan"], row, Judul="Pelatihan baru", Jenis_usulan=TO_PROVINCE)
    line = {"Uraian": "Narasumber", "Volume": 2.5, "Satuan": "hari"}
    desk.append(book["Rincian anggaran"], "B1", **line, **{"Harga satuan (Rp)": "2,5 juta"})
    output = {"Jenis": "Keluaran", "Hasil": "Orang terlatih", "Target": 20, "Satuan": "orang"}
    desk.append(book["Keluaran"], "B1", **output)
    return book


def test_a_new_row_with_its_children_becomes_a_draft_once(officer):
    make_proposal()
    content = desk.saved(with_a_new_row(officer))
    upload = desk.uploaded(officer, content)
    assert (desk.messages(upload), desk.counts(upload)) == ({}, (1, 0, 1, 0))
    assert upload.asked_by_kind == {"province": "256250000"}
    desk.applied(officer, upload)
    made = Proposal.objects.get(title="Pelatihan baru")
    assert (made.requested_rp, made.status, made.request_to) == (6_250_000, "draft", "province")
    assert [one.text for one in made.outputs.all()] == ["Orang terlatih"]
    again = desk.uploaded(officer, content)
    assert (desk.messages(again), desk.counts(again)) == ({}, (0, 0, 2, 0))


def test_the_same_workbook_goes_on_after_it_was_saved(officer):
    make_year()
    book = with_a_new_row(officer)
    desk.applied(officer, desk.uploaded(officer, desk.saved(book)))
    row = desk.row_of(book["Usulan"], "B1")
    desk.write(book["Usulan"], row, Judul="Pelatihan lanjutan")
    upload = desk.uploaded(officer, desk.saved(book))
    assert (desk.messages(upload), desk.changes(upload)) == (
        {},
        [(f"Usulan!C{row}", "Pelatihan baru", "Pelatihan lanjutan")],
    )
    desk.applied(officer, upload)
    assert [one.title for one in Proposal.objects.all()] == ["Pelatihan lanjutan"]


def test_applying_twice_writes_once(officer):
    make_year()
    upload = desk.uploaded(officer, desk.saved(with_a_new_row(officer)))
    desk.applied(officer, upload)
    desk.applied(officer, upload)
    assert Proposal.objects.count() == 1


def test_rows_that_are_emptied_or_added_make_the_list_anew(officer):
    proposal = make_proposal(n_lines=3)
    kept = list(proposal.budget_lines.values_list("pk", flat=True))
    book = desk.opened(desk.downloaded(officer))
    lines = book["Rincian anggaran"]
    for column in range(2, 6):
        lines.cell(3, column).value = None
    cells = {"Uraian": "Alat", "Volume": 1, "Satuan": "unit", "Harga satuan (Rp)": 7}
    desk.append(lines, f"U{proposal.pk}", **cells)
    desk.applied(officer, desk.uploaded(officer, desk.saved(book)))
    now = proposal.budget_lines.order_by("position")
    assert [(one.pk, one.text) for one in now][:2] == [
        (kept[0], "Belanja 1"),
        (kept[2], "Belanja 3"),
    ]
    assert [one.text for one in now][2:] == ["Alat"]


def test_a_workbook_in_english_comes_back_into_an_indonesian_portal(officer):
    make_proposal(n_lines=1)
    with translation.override("en"):
        content = desk.downloaded(officer)
    assert desk.opened(content).sheetnames[1] == "Proposals"
    upload = desk.uploaded(officer, content)
    assert (desk.messages(upload), desk.counts(upload)) == ({}, (0, 0, 1, 0))


def test_the_provincial_office_files_its_own_programmes_so(province_officer):
    make_proposal(province_officer.office)
    book = desk.opened(desk.downloaded(province_officer))
    row = desk.row_of(book["Usulan"], "B1")
    desk.write(book["Usulan"], row, Judul="Bimbingan mutu sasirangan")
    place = lists.region("63.03")
    desk.append(book["Lokasi kegiatan"], "B1", Tempat=place.name)
    upload = desk.uploaded(province_officer, desk.saved(book))
    assert (desk.messages(upload), desk.counts(upload)) == ({}, (1, 0, 1, 0))
    desk.applied(province_officer, upload)
    made = Proposal.objects.get(title="Bimbingan mutu sasirangan")
    assert (made.request_to, made.locations.get().region) == ("own", place)


def test_a_colleague_of_the_same_office_may_save_it(officer, head):
    make_year()
    upload = desk.uploaded(officer, desk.saved(with_a_new_row(officer)))
    desk.applied(head, upload)
    assert Proposal.objects.get().created_by == head


def test_a_file_given_to_another_office_begins_drafts_of_its_own(officer, other_officer):
    make_year()
    content = desk.saved(with_a_new_row(officer))
    for person in (officer, other_officer):
        upload = desk.uploaded(person, content)
        assert (desk.messages(upload), desk.counts(upload)) == ({}, (1, 0, 0, 0))
        desk.applied(person, upload)
    made = Proposal.objects.order_by("pk").values_list("office", "title")
    assert [*made] == [(one.office_id, "Pelatihan baru") for one in (officer, other_officer)]


def test_a_file_used_again_in_another_year_leaves_the_draft_of_the_first_alone(officer):
    first = make_year()
    content = desk.saved(with_a_new_row(officer))
    desk.applied(officer, desk.uploaded(officer, content))
    next_year = make_year(2023, state="prepared")
    upload = desk.uploaded(officer, content, year=next_year)
    assert (desk.messages(upload), desk.counts(upload)) == ({}, (1, 0, 0, 0))
    desk.applied(officer, upload)
    made = Proposal.objects.order_by("pk").values_list("year", "title", "row_version")
    assert [*made] == [(year.pk, "Pelatihan baru", 2) for year in (first, next_year)]
