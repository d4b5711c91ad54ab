"""What is wrong is said at its cell and in words; what stands in the way stops the whole."""

import pytest

from proposals.enums import Status
from proposals.models import OfficeYear, Proposal
from proposals.refused import Refused
from tests import lists
from tests.builders import make_proposal, make_year
from tests.workbook import desk

pytestmark = pytest.mark.django_db


def changed(officer, key, sheet="Usulan", row=None, **values):
    book = desk.opened(desk.downloaded(officer))
    desk.write(book[sheet], row or desk.row_of(book[sheet], key), **values)
    return desk.uploaded(officer, desk.saved(book))


@pytest.mark.parametrize(
    ("heading", "value", "cell", "sentence"),
    [
        ("Judul", None, "C2", "Tulis judul usulan."),
        ("Judul", "a" * 201, "C2", "Tulis paling banyak 200 huruf; sekarang 201."),
        (
            "Sektor",
            "Kelapa",
            "H2",
            "“Kelapa” tidak ada dalam daftar: pilih dari daftar di sel ini.",
        ),
        (
            "Sektor",
            "singk",
            "H2",
            "“singk” tidak ada dalam daftar. Mungkin maksudnya “Singkong”.",
        ),
        ("IKM penerima manfaat", 2.5, "K2", "Tulis bilangan bulat, misalnya 25."),
        ("IKM penerima manfaat", "dua puluh", "K2", "Tulis angka, misalnya 25 atau 1.250."),
        ("Nilai usulan", -5, "Q2", "Jumlah tidak boleh di bawah nol."),
        (
            "Nilai usulan",
            "2.500,000",
            "Q2",
            "Ini dapat berarti Rp\u00a02.500 atau Rp\u00a02.500.000: tulis semua angkanya.",
        ),
    ],
)
def test_a_wrong_cell_is_told_with_what_is_right(officer, heading, value, cell, sentence):
    proposal = make_proposal()
    upload = changed(officer, f"U{proposal.pk}", **{heading: value})
    assert desk.messages(upload) == {f"Usulan!{cell}": sentence}
    assert (desk.counts(upload), upload.may_be_applied) == ((0, 0, 0, 1), False)


def test_a_wrong_child_row_stands_at_its_own_cell(officer):
    proposal = make_proposal(n_lines=1)
    upload = changed(officer, f"U{proposal.pk}", "Rincian anggaran", Satuan=None, Volume=0)
    assert desk.messages(upload) == {
        "Rincian anggaran!C2": "Tulis angka di atas nol.",
        "Rincian anggaran!D2": "Isi bagian ini, atau kosongkan seluruh barisnya.",
    }


def test_a_child_of_nobody_is_refused(officer):
    make_proposal()
    book = desk.opened(desk.downloaded(officer))
    row = desk.append(book["Keluaran"], "B9", Hasil="Sesuatu")
    upload = desk.uploaded(officer, desk.saved(book))
    sentence = "Tidak ada baris di lembar Usulan dengan kunci ini, atau baris itu kosong."
    assert desk.messages(upload) == {f"Keluaran!A{row}": sentence}


def test_what_somebody_changed_online_meanwhile_is_not_overwritten(officer):
    proposal = make_proposal()
    book = desk.opened(desk.downloaded(officer))
    row = desk.row_of(book["Usulan"], f"U{proposal.pk}")
    desk.write(book["Usulan"], row, Judul="Dari berkas", Latar_belakang="Dari berkas")
    content = desk.saved(book)
    Proposal.objects.filter(pk=proposal.pk).update(title="Dari portal", target_group="Portal")
    upload = desk.uploaded(officer, content)
    assert desk.messages(upload) == {
        "Usulan!C2": "Nilai ini sudah diubah di portal setelah berkas dibuat; kini: Dari portal."
        " Tulis yang sama di sini, atau unduh buku kerja baru."
    }
    desk.write(book["Usulan"], row, Judul="Dari portal")
    desk.applied(officer, desk.uploaded(officer, desk.saved(book)))
    now = desk.fresh(proposal)
    assert (now.title, now.background, now.target_group) == ("Dari portal", "Dari berkas", "Portal")


def test_a_change_between_looking_and_saving_stops_the_whole(officer):
    one, two = make_proposal(), make_proposal()
    book = desk.opened(desk.downloaded(officer))
    for proposal in (one, two):
        row = desk.row_of(book["Usulan"], f"U{proposal.pk}")
        desk.write(book["Usulan"], row, Judul=f"Berkas {proposal.pk}")
    upload = desk.uploaded(officer, desk.saved(book))
    assert desk.counts(upload) == (0, 2, 0, 0)
    Proposal.objects.filter(pk=two.pk).update(title="Dari portal")
    with pytest.raises(Refused):
        desk.applied(officer, upload)
    upload.refresh_from_db()
    assert (upload.state, desk.counts(upload)) == ("ready", (0, 1, 0, 1))
    assert [reason.partition(":")[0] for reason in upload.reasons] == ["Usulan!C3"]
    assert desk.fresh(one).title == one.title


def test_only_what_a_return_opened_can_be_changed(officer):
    proposal = make_proposal(status=Status.RETURNED)
    opened = proposal.return_points.get().field
    book = desk.opened(desk.downloaded(officer))
    row = desk.row_of(book["Usulan"], f"U{proposal.pk}")
    desk.write(book["Usulan"], row, Kelompok_sasaran="Lain", Latar_belakang="Lain")
    locked = {
        heading
        for heading, column in desk.columns(book["Usulan"]).items()
        if book["Usulan"].cell(row, column).protection.locked
    }
    upload = desk.uploaded(officer, desk.saved(book))
    assert opened == "background"
    assert "Latar belakang" not in locked
    assert {"Kelompok sasaran", "Judul", "Nilai usulan"} < locked
    assert desk.messages(upload) == {
        f"Usulan!J{row}": "Kelompok sasaran tertutup sekarang; yang terbuka: Latar belakang."
    }


def test_a_proposal_that_was_sent_meanwhile_is_closed(officer):
    proposal = make_proposal()
    book = desk.opened(desk.downloaded(officer))
    row = desk.row_of(book["Usulan"], f"U{proposal.pk}")
    Proposal.objects.filter(pk=proposal.pk).update(status=Status.AWAITING_HEAD)
    same = desk.uploaded(officer, desk.saved(book))
    desk.write(book["Usulan"], row, Judul="Terlambat")
    late = desk.uploaded(officer, desk.saved(book))
    assert desk.counts(same) == (0, 0, 1, 0)
    assert desk.messages(late) == {
        "Usulan!A2": "Usulan ini tidak dapat diubah sekarang; statusnya: Menunggu kepala dinas."
    }


def test_an_office_touches_nothing_of_another(officer, other_officer):
    foreign = make_proposal(other_officer.office)
    make_proposal()
    book = desk.opened(desk.downloaded(officer))
    book["Usulan"].cell(2, 1).value = f"U{foreign.pk}"
    upload = desk.uploaded(officer, desk.saved(book))
    assert desk.messages(upload)["Usulan!A2"] == (
        "Tidak ada usulan kantor Anda dengan kunci ini. Kosongkan sel ini jika usulannya baru."
    )
    with pytest.raises(Refused):
        desk.applied(other_officer, upload)


def test_the_limit_of_the_office_holds(officer):
    make_proposal()
    OfficeYear.objects.update(proposal_limit=2)
    book = desk.opened(desk.downloaded(officer))
    assert [row[0].value for row in book["Usulan"].iter_rows(min_row=2)][1:] == ["B1"]
    for number in (3, 4):
        book["Usulan"].cell(number, 1).value = f"B{number}"
        desk.write(book["Usulan"], number, Judul=f"Judul {number}", Jenis_usulan="own")
    upload = desk.uploaded(officer, desk.saved(book))
    assert desk.messages(upload) == {
        "Usulan!C4": "Dengan usulan ini kantor Anda melampaui batas jumlah usulan tahun ini."
    }


def test_titles_and_keys_stand_once(officer):
    standing = make_proposal()
    book = desk.opened(desk.downloaded(officer))
    sheet = book["Usulan"]
    rows = [desk.row_of(sheet, key) for key in ("B1", "B2", "B3", "B4")]
    for row, title in zip(rows, (standing.title.upper(), "Baru", "baru", "Lain"), strict=True):
        desk.write(sheet, row, Judul=title, Jenis_usulan="own")
    sheet.cell(rows[3], 1).value = "B1"
    upload = desk.uploaded(officer, desk.saved(book))
    found = desk.messages(upload)
    assert set(found) == {f"Usulan!C{rows[0]}", f"Usulan!C{rows[2]}", f"Usulan!A{rows[3]}"}
    assert found[f"Usulan!C{rows[2]}"] == f"Judulnya sama dengan baris {rows[1]}: beri judul lain."
    assert found[f"Usulan!A{rows[3]}"] == f"Kunci ini sudah ada di baris {rows[0]}."


def test_a_retired_row_stays_where_it_is_and_is_not_chosen_anew(officer):
    make_year()
    proposal, other = make_proposal(), make_proposal(sector=None)
    sector = lists.sector()
    sector.is_retired = True
    sector.save()
    same = desk.uploaded(officer, desk.downloaded(officer))
    assert desk.counts(same) == (0, 0, 2, 0)
    upload = changed(officer, f"U{other.pk}", Sektor=sector.name)
    assert list(desk.messages(upload).values()) == [
        f"“{sector.name}” tidak dapat dipilih lagi: pilih yang lain."
    ]
    assert proposal.sector == sector


def test_an_amount_beside_its_lines_is_questioned(officer):
    proposal = make_proposal(n_lines=2)
    upload = changed(officer, f"U{proposal.pk}", Nilai_usulan=1_000)
    total = "Rp\u00a0250.000.000"
    assert desk.messages(upload) == {
        "Usulan!Q2": f"Nilai usulan adalah jumlah rinciannya, {total}: kosongkan sel ini."
    }
