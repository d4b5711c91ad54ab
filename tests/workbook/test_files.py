"""Files of every program: Excel, LibreOffice, CSV in two codes; and those that are not read."""

import io
import zipfile
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from proposals.models import Proposal
from proposals.refused import Refused
from proposals.uploads import safety, xlsx
from tests import lists
from tests.builders import make_proposal, make_year
from tests.house.sources import ROOT
from tests.workbook import desk

FILES = ROOT / "tests" / "workbook" / "files"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKED = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook_of(rows, *, texts="", sheet="Usulan", extra=(), properties=""):
    """Return an XLSX of one sheet from the XML of its rows."""
    target = io.BytesIO()
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{properties}'
            f'<sheets><sheet name="{sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKED}">'
            f'<Relationship Id="rId1" Type="{LINKS}/worksheet" Target="/xl/sheet.xml"/>'
            f'<Relationship Id="rId2" Type="{LINKS}/sharedStrings" Target="texts.xml"/>'
            "</Relationships>"
        ),
        "xl/sheet.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
        "xl/texts.xml": f'<sst xmlns="{MAIN}">{texts}</sst>',
        **dict(extra),
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def lines(content):
    return list(xlsx.Book(io.BytesIO(content)).lines("Usulan"))


def test_cells_are_read_whatever_their_kind():
    rows = (
        '<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t> a</t><t>b </t></is></c>'
        '<c t="str"><f>A1&amp;"x"</f><v>rumus</v></c></row>'
        '<row r="4"><c r="B4"><v>2500000.0000000005</v></c><c r="D4" t="e"><v>#REF!</v></c>'
        '<c r="E4" t="b"><v>1</v></c><c r="F4" s="3"/><c r="AA4"><v>1.5E9</v></c></row>'
    )
    runs = "<si><r><t>Satu</t></r><r><t xml:space='preserve"
    texts = f"{runs}'> dua_x000D__x0000_</t></r><rPh><t>hint</t></rPh></si>"
    assert lines(workbook_of(rows, texts=texts)) == [
        (1, {0: "Satu dua\r\x01", 1: " ab ", 2: "rumus"}),
        (4, {1: {"n": "2500000"}, 3: {"e": "#REF!"}, 4: "1", 26: {"n": "1500000000"}}),
    ]


@pytest.mark.parametrize(
    "broken",
    [
        "<row r='2'><c><v>x</v></c></row>",
        "<row r='2'/><row r='2'/>",
        "<row><c t='s'><v>9</v></c></row>",
        "<row><c></row>",
        "<row><c><v>1e999</v></c></row>",
    ],
)
def test_what_is_damaged_is_said_to_be(db, officer, broken):
    make_year()
    upload = desk.uploaded(officer, workbook_of(broken))
    assert (upload.state, upload.reasons) == (
        "failed",
        ["Berkas rusak: buka, simpan ulang, lalu unggah lagi."],
    )


def test_a_document_type_is_never_read():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>'
    content = workbook_of("", extra={"xl/sheet.xml": bomb})
    with pytest.raises(xlsx.Damaged):
        lines(content)


@pytest.mark.parametrize(
    ("limit", "rows", "texts"),
    [
        ("MOST_SIGNS", f"<row><c t='str'><v>{'a' * 2_000_001}</v></c></row>", ""),
        ("MOST_SIGNS", "<row/>", f"<si><r><t>{'a' * 2_000_000}</t></r><r><t>a</t></r></si>"),
        ("ROOM", "<row/>", "<si><t>a</t></si>" * (xlsx.ROOM // xlsx.OF_EACH // 100)),
    ],
    ids=["one cell", "one shared text", "all shared texts"],
)
def test_what_would_fill_the_memory_is_not_read(monkeypatch, limit, rows, texts):
    content = workbook_of(rows, texts=texts)
    if limit == "ROOM":
        assert lines(content) == [(1, {})]
        monkeypatch.setattr(xlsx, "ROOM", xlsx.ROOM // 100)
    with pytest.raises(xlsx.Damaged):
        lines(content)


OLD = (
    "Ini berkas Excel lama (.xls) atau memakai kata sandi: simpan tanpa kata sandi sebagai"
    " buku kerja Excel (.xlsx), lalu unggah."
)
ZEROS = b"\x00" * (6 * 1024 * 1024)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", b"", "Berkas ini kosong."),
        (
            "a.xlsx",
            b"1" * (10 * 1024 * 1024 + 1),
            "Berkas lebih besar dari 10 MB: pisahkan menjadi beberapa buku kerja.",
        ),
        (
            "a.xls",
            safety.OLD_OFFICE + b"lama",
            OLD,
        ),
        (
            "a.xlsx",
            b"PK\x03\x04rusak",
            "Berkas rusak: buka, simpan ulang, lalu unggah lagi.",
        ),
        (
            "a.csv",
            b"%PDF-1.7",
            "Hanya buku kerja Excel (.xlsx) dan CSV yang dapat dibaca di sini.",
        ),
        (
            "a.csv",
            b"a;b\x00c",
            "Hanya buku kerja Excel (.xlsx) dan CSV yang dapat dibaca di sini.",
        ),
        (
            "a.xlsx",
            workbook_of("", extra={"xl/vbaProject.bin": "x"}),
            "Berkas memuat makro: simpan sebagai .xlsx tanpa makro.",
        ),
        (
            "a.xlsx",
            workbook_of("", extra={"xl/besar.xml": ZEROS}),
            "Isi berkas ini mengembang terlalu besar: salin barisnya ke buku kerja baru.",
        ),
        (
            "a.xlsx",
            workbook_of("", extra={f"xl/{number}.xml": "" for number in range(501)}),
            "Isi berkas ini mengembang terlalu besar: salin barisnya ke buku kerja baru.",
        ),
    ],
    ids=["empty", "large", "old", "damaged", "pdf", "binary", "macros", "bomb", "parts"],
)
def test_what_is_not_safe_is_not_kept(name, content, sentence):
    with pytest.raises(Refused) as refusal:
        safety.judged(SimpleUploadedFile(name, content))
    assert list(refusal.value.reasons) == [sentence]


def test_a_file_saved_by_libreoffice_is_read(officer):
    make_year()
    lists.sector(), lists.commodity(), lists.papers()
    upload = desk.uploaded(officer, (FILES / "libreoffice.xlsx").read_bytes())
    assert (desk.messages(upload), desk.counts(upload)) == ({}, (1, 0, 0, 0))
    desk.applied(officer, upload)
    made = Proposal.objects.get()
    assert (made.title, made.background) == (
        "Pelatihan é dari LibreOffice",
        "Baris satu\nbaris dua",
    )
    assert (made.requested_rp, made.forward_rp) == (3_086_418, 1_500_000)
    assert [str(one.target) for one in made.outputs.all()] == ["0.10"]
    assert [str(one.due_on) for one in made.promised_papers.all()] == ["2022-03-31"]


NO_HEADINGS = (
    "Judul kolom buku kerja tidak ada di berkas ini. Unduh buku kerja di sini, isi, dan"
    " biarkan baris pertamanya apa adanya."
)
HEAD = "Kunci{0}Judul{0}Jenis usulan{0}Nilai usulan{0}Kelompok sasaran"
ROW = '{0}"Pelatihan é{0} baru"{0}own{0}"Rp 2.500.000"{0}'


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv_is_read_in_every_usual_form(officer, separator, encoding):
    make_year()
    text = "\r\n".join([HEAD.format(separator), ROW.format(separator), ""])
    upload = desk.uploaded(officer, text.encode(encoding), "usulan.csv")
    assert (desk.messages(upload), desk.counts(upload)) == ({}, (1, 0, 0, 0))
    desk.applied(officer, upload)
    made = Proposal.objects.get()
    assert (made.title, made.requested_rp) == (
        " ".join(f"Pelatihan é{separator} baru".split()),
        2_500_000,
    )
    again = desk.uploaded(officer, text.encode(encoding), "usulan.csv")
    assert desk.counts(again) == (0, 0, 1, 0)


def test_an_empty_cell_of_a_csv_leaves_what_stands(officer):
    proposal = make_proposal()
    text = f"Kunci;Judul;Kelompok sasaran\nU{proposal.pk};Judul CSV;\n"
    upload = desk.uploaded(officer, text.encode(), "usulan.csv")
    assert desk.changes(upload) == [("Usulan!B2", proposal.title, "Judul CSV")]


def test_a_file_without_our_headings_says_so(officer):
    make_year()
    upload = desk.uploaded(officer, b"a;b\n1;2\n", "lain.csv")
    assert upload.reasons == [NO_HEADINGS]


def test_days_are_counted_as_the_file_counts_them(officer):
    make_year()
    paper = lists.papers()[0]
    make_proposal(is_bare=True)
    book = desk.opened(desk.downloaded(officer))
    key = book["Usulan"].cell(2, 1).value
    row = desk.append(book["Janji dokumen"], key, Dokumen=paper.name, Dijanjikan_untuk="31/03/2022")
    book.epoch = datetime(1904, 1, 1)
    desk.applied(officer, desk.uploaded(officer, desk.saved(book)))
    assert row == 2
    assert str(Proposal.objects.get().promised_papers.get().due_on) == "2022-03-31"
