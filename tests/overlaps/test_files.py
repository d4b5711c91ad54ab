"""The command reads files as offices save them, writes the pairs, and touches no stored row."""

import csv

import pytest
from django.core.management import CommandError, call_command

HEAD = ["proposal_no", "region_code", "title", "commodity_key", "intervention_key"]
ROWS = [
    ["B-2", "63.11", "Bantuan Alat Roasting Kopi Bubuk Halong", "kopi", "bantuan_mesin"],
    ["A-1", "63.09", "Pengadaan Mesin Sangrai Kopi – Muara Uya", "kopi", "bantuan_mesin"],
    ["C-3", "63.05", "Penyusunan RPIK Kabupaten Tapin", "", "rpik"],
    ["D-4", "63.11", "Penyusunan RPIK Kabupaten Balangan", "", "rpik"],
]


@pytest.fixture
def found(tmp_path):
    """Write a file, search it and return the pairs."""

    def search(content):
        path, out = tmp_path / "usulan.csv", tmp_path / "pairs.csv"
        path.write_bytes(content)
        call_command("find_overlaps", csv=path, out=out)
        with out.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return search


def text(rows=ROWS, separator=",", end="\n", head=HEAD):
    return end.join(separator.join(row) for row in [head, *rows]) + end


@pytest.mark.parametrize(
    "content",
    [
        text().encode(),
        text(end="\r\n").encode("utf-8-sig"),
        text(separator=";").encode("cp1252"),
        text(separator="\t").encode("utf-16"),
        ("\n\n" + text()).encode(),
    ],
    ids=["plain", "BOM and CRLF", "semicolons of Windows", "tabs of Excel", "blank lines first"],
)
def test_files_of_any_program_give_the_same_pairs(found, content):
    (pair,) = found(content)
    assert list(pair) == ["a", "b", "kind", "score", "reasons"]
    assert (pair["a"], pair["b"], pair["kind"]) == ("A-1", "B-2", "duplicate")
    assert 0.5 <= float(pair["score"]) <= 1
    assert "“sangrai” = “roasting”" in pair["reasons"]


def test_title_and_number_alone_are_enough(found):
    rows = [
        ["1", "Pelatihan Anyaman Purun Jejangkit"],
        ["2", "Bimtek Kerajinan Purun Sungai Tabukan"],
        ["3", "Pabrik Tapioka Bati-Bati"],
    ]
    (pair,) = found(text(rows, head=["proposal_no", "title"]).encode())
    assert (pair["a"], pair["b"], pair["kind"]) == ("1", "2", "duplicate")


def test_a_file_without_rows_gives_no_pair(found):
    assert found(text([]).encode()) == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "berkas kosong"),
        (b"PK\x03\x04\x00\x00", "bukan berkas teks"),
        (b"nama;alamat\nA;B\n", "proposal_no"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(found, content, why):
    with pytest.raises(CommandError) as refused:
        found(content)
    assert why in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("find_overlaps", csv=tmp_path / "none.csv", out=tmp_path / "out.csv")


def test_an_answer_that_cannot_be_written_is_told(tmp_path):
    path = tmp_path / "usulan.csv"
    path.write_text(text(), encoding="utf-8")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("find_overlaps", csv=path, out=tmp_path / "no" / "out.csv")
