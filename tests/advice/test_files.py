"""Files as offices save them: any encoding, separator and line end; unknown words are told."""

import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from proposals.models import InterventionType, OfficeYear, Proposal
from tests import cast
from tests.advice.conftest import EXAMPLES

MILL = {
    "proposal_no": "RT22-6305-77",
    "budget_year": "2022",
    "region_code": "63.05",
    "request_to": "provinsi",
    "title": "Pembangunan Pabrik Pakan Itik di Kecamatan Lokpaikat",
    "background": "Peternak membeli pakan dari luar – mahal.",
    "sector_key": "pakan",
    "commodity_key": "jagung",
    "intervention_key": "unit_pengolahan",
    "nomenclature_key": "K:3.31.02.2.01.04",
    "nomenclature_code": "3.31.02.2.01.04",
    "output_1": "Pabrik pakan beroperasi",
    "output_1_unit": "unit",
    "output_1_target": "1",
    "outcome": "Pakan terjual",
    "outcome_unit": "ton/tahun",
    "outcome_target": "400",
    "beneficiary_ikm": "9",
    "beneficiary_workers": "20",
    "budget_rp": "950000000",
    "funding_key": "apbd_prov",
    "attached_documents": (
        "kak|rab|surat_usulan|status_lahan|ded|dok_lingkungan|pernyataan_pengelola"
    ),
}
FOUND = [
    ("RT22-6305-77", "level_vs_funding", "K:3.31.02.2.01.04"),
    ("RT22-6305-77", "supply_deficit_conflict", "jagung"),
]


def keys(found):
    return [(key, reference) for _number, key, reference in found]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_file_is_read_however_it_was_saved(check, write, encoding, newline, separator):
    path = write(MILL, encoding=encoding, newline=newline, separator=separator)
    assert check(path) == FOUND


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"funding_key": "bkk_prov"}, [FOUND[1][1:]]),
        (
            {"nomenclature_key": "P:3.31.02.1.01.04", "nomenclature_code": "3.31.02.1.01.04"},
            [FOUND[1][1:]],
        ),
        ({"nomenclature_key": ""}, [FOUND[0][1:], FOUND[1][1:]]),
        ({"commodity_key": "padi"}, [FOUND[0][1:]]),
        ({"commodity_key": "pakan_ternak"}, [FOUND[0][1:], ("upstream_deficit", "jagung")]),
        (
            {"intervention_key": "pelatihan_teknis"},
            [FOUND[0][1:], ("missing_document", "daftar_penerima")],
        ),
        ({"title": "Pabrik Pakan dari Tongkol Jagung"}, [FOUND[0][1:]]),
        (
            {"attached_documents": "kak; RAB|surat_usulan|ded|dok_lingkungan|pernyataan_pengelola"},
            [*(issue[1:] for issue in FOUND), ("missing_document", "status_lahan")],
        ),
        ({"budget_rp": ""}, [issue[1:] for issue in FOUND]),
        ({"budget_rp": "Rp 950.000.000"}, [issue[1:] for issue in FOUND]),
        ({"budget_rp": "9,5E+08"}, [issue[1:] for issue in FOUND]),
        ({"budget_rp": "950000"}, [*(issue[1:] for issue in FOUND), ("amount_slip", "")]),
        (
            {"budget_rp": "banyak"},
            [*(issue[1:] for issue in FOUND), ("unreadable_value", "budget_rp")],
        ),
        (
            {"commodity_key": "jagungg", "funding_key": "kas"},
            [("unknown_code", "jagungg"), ("unknown_code", "kas")],
        ),
        (
            {"nomenclature_key": "K:3.31.09.2.01.99"},
            [
                ("level_vs_funding", "K:3.31.09.2.01.99"),
                FOUND[1][1:],
                ("unknown_code", "K:3.31.09.2.01.99"),
            ],
        ),
        (
            {"title": "Bantuan Bibit dan Pupuk Jagung Tahun 2021"},
            [
                FOUND[0][1:],
                ("urusan_mismatch", "K:3.27.02.2.01.02"),
                ("stale_year", "2021"),
                FOUND[1][1:],
            ],
        ),
        ({"title": "Rencana Pakan 2022-2042"}, [issue[1:] for issue in FOUND]),
    ],
)
def test_one_changed_cell_changes_the_issues(check, write, change, found):
    assert keys(check(write(MILL | change))) == found


@pytest.mark.parametrize("column", sorted(set(MILL) - {"proposal_no"}))
def test_a_missing_column_is_not_judged(check, write, column):
    line = {name: cell for name, cell in MILL.items() if name != column}
    gone = {
        "commodity_key": {FOUND[1]},
        "funding_key": {FOUND[0]},
        "intervention_key": {FOUND[1]},
    }.get(column, set())
    assert set(check(write(line))) == set(FOUND) - gone


def test_rows_without_number_go_by_their_place_and_blank_rows_are_left_out(check, write):
    blank = dict.fromkeys(MILL, "")
    found = check(write(MILL, blank, MILL | {"proposal_no": ""}))
    assert [number for number, *_ in found] == ["RT22-6305-77"] * 2 + ["baris 4"] * 2


def test_no_cost_estimate_is_asked_where_no_money_is(check, write):
    rule = {"intervention_key": "insentif_daerah", "budget_rp": "0", "attached_documents": "kak"}
    assert keys(check(write(MILL | rule))) == [FOUND[0][1:], ("missing_document", "surat_usulan")]
    own = rule | {"region_code": "63", "nomenclature_key": "P:3.31.02.1.01.02"}
    assert keys(check(write(MILL | own))) == []


def test_more_rows_than_the_limit_of_the_office_are_told(check, write, year):
    office = cast.make_office("63.05")
    OfficeYear.objects.create(year=year, office=office, proposal_limit=1)
    found = check(write(MILL, MILL | {"proposal_no": "RT22-6305-78"}))
    assert [issue[2] for issue in found if issue[1] == "over_limit"] == ["1", "1"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "berkas kosong"),
        (b"\n \n", "berkas kosong"),
        (b"PK\x03\x04\x00\x00", "bukan berkas teks"),
        (b"nama,alamat\nA,B\n", "baris pertama tidak memuat kolom proposal_no"),
        (None, "No such file or directory"),
    ],
)
def test_an_unreadable_file_ends_in_one_line(year, tmp_path, content, why):
    path = tmp_path / "rusak.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError) as refusal:
        call_command("check_proposals", csv=path, stdout=StringIO())
    assert str(refusal.value) == f"{path} cannot be read: {why}"


def test_without_lists_nothing_can_be_judged(year, monkeypatch):
    monkeypatch.setattr(InterventionType, "objects", InterventionType.objects.none())
    with pytest.raises(CommandError, match="the reference lists are empty"):
        call_command("check_proposals", csv=EXAMPLES, stdout=StringIO())


def test_the_issues_are_a_table_on_the_screen_too(year, write):
    said = StringIO()
    call_command("check_proposals", csv=write(MILL), stdout=said)
    lines = list(csv.reader(StringIO(said.getvalue())))
    assert lines[0] == ["proposal_no", "issue_key", "reference", "explanation"]
    assert [tuple(line[:3]) for line in lines[1:]] == FOUND
    assert Proposal.objects.count() == 0
