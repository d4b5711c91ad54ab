"""Statistics brought in from a file: read strictly, previewed, saved as a whole or not at all."""

from decimal import Decimal, InvalidOperation
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from proposals.enums import Role
from proposals.models import LabourPotential, SupplyBalance
from proposals.priorities.statistics import number, plain_unit
from tests import lists
from tests.cast import person

BALANCE = reverse("priorities:balance")
IMPORT = reverse("priorities:statistics")
HEAD = "commodity_key;region_code;year;unit;production;non_industrial_need;industrial_demand;source"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.130.745", "1130745"),
        ("85.000,5", "85000.5"),
        ("12,25", "12.25"),
        ("1250.5", "1250.5"),
        ("0.125", "0.125"),
        ("1,5E+3", "1500"),
        ("", None),
        ("-", None),
    ],
)
def test_numbers_are_read_as_indonesian_writes_them(text, value):
    assert number(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize("text", ["1_000", "NaN", "9" * 400, "1e999999", "1,250.5", "٣"])
def test_what_is_no_number_is_said_to_be_none(text):
    with pytest.raises(InvalidOperation):
        number(text)


def csv_file(*lines, head=HEAD):
    return SimpleUploadedFile("neraca.csv", "\n".join([head, *lines]).encode())


def send(client, file, kind="neraca"):
    return client.post(IMPORT, {"kind": kind, "file": file})


GOOD = "jagung;63.01;2021;ton;1.250;100;;BPS"


@pytest.fixture
def admin_client(client, admin):
    lists.commodity("jagung")
    lists.region("63.01")
    client.force_login(admin)
    return client


def saved():
    return [
        (one.data_year, one.production, one.household_need, one.industrial_demand)
        for one in SupplyBalance.objects.order_by("pk")
    ]


def test_a_file_is_previewed_saved_and_changes_nothing_the_second_time(admin_client):
    for expected in ("new", "same"):
        page = send(admin_client, csv_file(GOOD))
        assert [one.word for one in page.context["preview"].rows] == [expected]
        before = saved()
        answer = admin_client.post(IMPORT, {"sealed": page.context["sealed"]})
        assert (answer.status_code, answer.url) == (302, BALANCE)
        assert len(before) == (expected == "same")
    assert saved() == [(2021, 1250, 100, None)]
    assert SupplyBalance.pgh_event_model.objects.count() == 1


def test_a_changed_figure_is_shown_with_what_stood_there(admin_client):
    send_and_save = send(admin_client, csv_file(GOOD))
    admin_client.post(IMPORT, {"sealed": send_and_save.context["sealed"]})
    page = send(admin_client, csv_file(GOOD.replace("1.250", "1300")))
    (one,) = page.context["preview"].rows
    assert (one.word, one.changes) == ("changed", [("production", Decimal(1250), Decimal(1300))])


def test_one_wrong_row_stops_the_whole_file_and_says_why(admin_client):
    page = send(
        admin_client,
        csv_file(GOOD, "emas;63.99;20;;-5;x;;", GOOD),
    )
    assert page.context["sealed"] == ""
    assert [one.errors for one in page.context["preview"].rows] == [
        [],
        [
            "Tidak ada baris daftar dengan kunci “emas”.",
            "Tidak ada daerah dengan kode “63.99”.",
            "“20” bukan tahun: tulis seperti 2021.",
            "production: angkanya di bawah nol atau terlalu besar.",
            "household_need: “x” bukan angka: tulis seperti 1250,5.",
            "unit belum diisi.",
            "source belum diisi.",
        ],
        ["Tempat, tahun dan sumber sama dengan baris 2."],
    ]
    assert saved() == []


def test_a_figure_beyond_measure_is_a_wrong_row(admin_client):
    page = send(admin_client, csv_file(GOOD.replace("1.250", "1e30")))
    (one,) = page.context["preview"].rows
    assert one.errors == ["production: angkanya di bawah nol atau terlalu besar."]


def test_nobody_is_trained_who_does_not_work(admin_client):
    head = "sector_key;region_code;year;workers;trained;source"
    page = send(admin_client, csv_file("singkong;63.01;2020;10;11;A", head=head), "tenaga-kerja")
    (one,) = page.context["preview"].rows
    assert one.errors == ["trained: lebih banyak daripada tenaga kerjanya."]


def test_a_file_without_headings_is_refused(admin_client):
    answer = send(admin_client, csv_file("1;2", head="a;b"))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["__all__"])


def test_labour_comes_as_a_spreadsheet(admin_client):
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        head = ["sektor", "kode_daerah", "tahun", "tenaga_kerja", "terlatih", "sumber"]
        sheet.write_row(0, 0, ["Tenaga kerja 2020"])
        sheet.write_row(1, 0, head)
        sheet.write_row(2, 0, ["singkong", "63.01", 2020, 1200, 300, "Disnaker"])
    file = SimpleUploadedFile("tk.xlsx", content.getvalue())
    page = send(admin_client, file, "tenaga-kerja")
    admin_client.post(IMPORT, {"sealed": page.context["sealed"]})
    found = LabourPotential.objects.get()
    assert (found.workers, found.trained, found.data_year) == (1200, 300, 2020)


def test_what_another_person_sealed_is_not_saved(admin_client):
    page = send(admin_client, csv_file(GOOD))
    admin_client.force_login(person(Role.ADMIN, number=2))
    admin_client.post(IMPORT, {"sealed": page.context["sealed"]})
    assert saved() == []


@pytest.mark.parametrize("unit", ["kg", "kg/tahun", "ton/bulan"])
def test_another_unit_than_the_commodity_has_is_refused_at_its_field(admin_client, unit):
    page = send(admin_client, csv_file(GOOD.replace(";ton;", f";{unit};")))
    (one,) = page.context["preview"].rows
    said = f"unit: “{unit}” bukan satuan komoditas ini: tulis dalam ton per tahun."
    assert (one.errors, page.context["sealed"], said in page.text) == ([said], "", True)


def test_a_unit_may_be_written_in_several_ways():
    tons = ("t", "Ton", "ton/tahun", "ton per tahun", "ton / year")
    assert {plain_unit(text) for text in tons} == {"ton"}
    assert plain_unit("m3/year") == plain_unit("m3")


def test_the_preview_shows_the_whole_of_a_long_source(admin_client):
    source = "Dinas Tanaman Pangan dan Hortikultura Provinsi Kalimantan Selatan, Angka Tetap 2021"
    assert source in send(admin_client, csv_file(GOOD.replace("BPS", source))).text


@pytest.mark.parametrize(
    ("said", "kept"),
    [("", "likely"), ("certain", "certain"), ("Pasti", "certain"), ("kemungkinan besar", "likely")],
)
def test_a_row_is_certain_only_where_it_says_so(admin_client, said, kept):
    page = send(admin_client, csv_file(f"{GOOD};{said}", head=f"{HEAD};kepastian"))
    admin_client.post(IMPORT, {"sealed": page.context["sealed"]})
    assert SupplyBalance.objects.get().certainty == kept


def test_a_certainty_that_is_none_names_those_there_are(admin_client):
    page = send(admin_client, csv_file(f"{GOOD};mungkin", head=f"{HEAD};kepastian"))
    (one,) = page.context["preview"].rows
    assert one.errors == [
        "Kepastian “mungkin” tidak dikenal: tulis Pasti, Kemungkinan besar, Data contoh."
    ]
