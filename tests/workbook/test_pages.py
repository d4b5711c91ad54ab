"""The pages: upload, look, mend, save; in few queries, and with the work behind the page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from proposals.filing import tasks
from proposals.filing.workbook import applying
from proposals.models import Proposal, WorkbookUpload
from tests.builders import current_year, make_proposal, make_year
from tests.workbook import desk
from tests.workbook.uploads import make_upload

pytestmark = pytest.mark.django_db

INDEX = reverse("filing:workbooks")
CSV = "Kunci;Judul;Jenis usulan;Nilai usulan\n"


def send(client, text, name="usulan.csv"):
    return client.post(INDEX, {"file": SimpleUploadedFile(name, text.encode())}, follow=True)


@pytest.mark.parametrize("n_rows", [1, 30])
def test_the_list_of_workbooks_costs_the_same(
    client_of, officer, n_rows, django_assert_num_queries
):
    for _ in range(n_rows):
        make_upload()
    client = client_of(officer)
    with django_assert_num_queries(5):
        response = client.get(INDEX)
    assert len(response.context["page"]) == min(n_rows, 25)


@pytest.mark.parametrize("n_rows", [1, 30])
@pytest.mark.parametrize("outcome", ["refused", "changed", "new"])
def test_a_preview_costs_the_same(client_of, officer, n_rows, outcome, django_assert_num_queries):
    upload = make_upload(n_rows=n_rows, outcome=outcome)
    client = client_of(officer)
    with django_assert_num_queries(6):
        response = client.get(reverse("filing:workbook", args=[upload.pk]))
    assert len(response.context["page"]) == min(n_rows, 25)


def test_a_small_file_is_read_at_once_and_saved(client_of, officer):
    make_year()
    client = client_of(officer)
    page = send(client, f"{CSV};Satu;own;195 juta\n;Dua;own;2.500.000\n")
    upload = page.context["upload"]
    assert (upload.state, upload.n_new, DBTaskResult.objects.count()) == ("ready", 2, 0)
    assert upload.asked_by_kind == {"own": "197500000"}
    saved = client.post(reverse("filing:workbook_save", args=[upload.pk]), follow=True)
    assert [str(one) for one in saved.context["messages"]] == [
        "2 usulan tersimpan sebagai draf dan belum dikirim."
    ]
    rows = Proposal.objects.order_by("title").values_list("title", "requested_rp")
    assert list(rows) == [("Dua", 2_500_000), ("Satu", 195_000_000)]


def test_a_large_file_is_read_and_saved_behind_the_page(client_of, officer, monkeypatch):
    monkeypatch.setattr(applying, "ROWS_AT_ONCE", 2)
    monkeypatch.setattr(applying, "APPLIED_AT_ONCE", 2)
    make_year()
    client = client_of(officer)
    page = send(client, CSV + "".join(f";Judul {n};own;{n}\n" for n in range(1, 6)))
    upload = page.context["upload"]
    address = reverse("filing:workbook", args=[upload.pk])
    assert (upload.state, page.context["total"]) == ("waiting", 0)
    part = client.get(address, headers={"HX-Request": "true", "HX-Target": "progress"})
    assert part.content.decode().strip().startswith('<section id="progress"')
    tasks.read_workbook.func(upload.pk)
    done = client.get(address, headers={"HX-Request": "true", "HX-Target": "progress"})
    assert done["HX-Refresh"] == "true"
    client.post(reverse("filing:workbook_save", args=[upload.pk]))
    assert WorkbookUpload.objects.get().state == "applying"
    assert [
        job.task_path.rpartition(".")[2] for job in DBTaskResult.objects.order_by("enqueued_at")
    ] == [
        "read_workbook",
        "save_workbook",
    ]
    assert tasks.save_workbook.func(upload.pk, officer.pk) == "applied"
    assert tasks.save_workbook.func(upload.pk, officer.pk) == "applied"
    assert Proposal.objects.count() == 5


def test_reading_that_was_broken_off_begins_anew(officer):
    make_year()
    fresh = applying.receive(
        year=current_year(),
        by=officer,
        upload=SimpleUploadedFile("b.csv", f"{CSV};Dua;own;1".encode()),
    )
    fresh.state = "reading"
    fresh.save()
    fresh.rows.create(sheet="usulan", number=7, cells={"title": "Sisa"})
    assert tasks.read_workbook.func(fresh.pk) == "ready"
    assert tasks.read_workbook.func(fresh.pk) == "ready"
    assert [(row.number, row.title) for row in fresh.rows.all()] == [(2, "Dua")]


def test_a_reading_of_an_amount_is_taken_over(client_of, officer):
    make_year()
    client = client_of(officer)
    page = send(client, f"{CSV};Satu;own;2.500,000\n")
    row = page.context["page"].rows[0]
    assert row.found["errors"][0]["readings"] == [2500, 2500000]
    upload = page.context["upload"]
    taken = {"pakai": f"{row.pk}:requested_rp:2500000"}
    mended = client.post(reverse("filing:workbook_mend", args=[upload.pk]), taken, follow=True)
    upload = mended.context["upload"]
    assert (upload.n_new, upload.n_refused, upload.asked_by_kind) == (1, 0, {"own": "2500000"})


@pytest.mark.parametrize("taken", ["", "1:title:5", "x", "999999:requested_rp:5"])
def test_nothing_else_is_taken_over(client_of, officer, taken):
    make_year()
    client = client_of(officer)
    upload = send(client, f"{CSV};Satu;own;2.500,000\n").context["upload"]
    client.post(reverse("filing:workbook_mend", args=[upload.pk]), {"pakai": taken})
    assert upload.rows.get().cells["requested_rp"] == "2.500,000"


def test_a_large_file_comes_back_marked_from_behind_the_page(client_of, officer, monkeypatch):
    monkeypatch.setattr(applying, "ROWS_AT_ONCE", 0)
    upload = make_upload(n_rows=3, outcome="refused")
    client, address = client_of(officer), reverse("filing:workbook_errors", args=[upload.pk])
    for _press in range(2):
        assert "Berkas sedang ditulis" in client.get(address).content.decode()
    job = DBTaskResult.objects.get()
    assert job.args_kwargs["args"] == [upload.pk, upload.n_wrong_cells]
    run(job)
    polled = client.get(address, headers={"HX-Request": "true", "HX-Target": "writing"})
    assert "Berkas sudah siap" in polled.content.decode()
    book = desk.opened(b"".join(client.get(address).streaming_content))
    assert book["Usulan"].max_row >= 4


def test_a_file_that_could_not_be_written_waits_for_a_person(client_of, officer, monkeypatch):
    monkeypatch.setattr(applying, "ROWS_AT_ONCE", 0)
    upload = make_upload(n_rows=1, outcome="refused")
    client, address = client_of(officer), reverse("filing:workbook_errors", args=[upload.pk])
    client.get(address)
    job = DBTaskResult.objects.get()
    job.claim("worker")
    job.set_failed(ValueError("full"))
    for _look in range(2):
        looked = client.get(address, headers={"HX-Request": "true", "HX-Target": "writing"})
        assert "Berkas gagal ditulis" in looked.content.decode()
    assert DBTaskResult.objects.count() == 1
    assert "Berkas sedang ditulis" in client.get(address).content.decode()
    assert DBTaskResult.objects.count() == 2


def run(job):
    """Do a job as the worker does."""
    job.claim("worker")
    job.set_successful(job.task.call(*job.args_kwargs["args"]))


def test_the_file_comes_back_with_its_errors_marked(client_of, officer):
    proposal = make_proposal()
    book = desk.opened(desk.downloaded(officer))
    desk.write(book["Usulan"], 2, Sektor="Entah")
    upload = desk.uploaded(officer, desk.saved(book))
    answer = client_of(officer).get(reverse("filing:workbook_errors", args=[upload.pk]))
    sheet = desk.opened(answer.content)["Usulan"]
    assert (sheet["H2"].value, sheet["A2"].value) == ("Entah", f"U{proposal.pk}")
    assert sheet["H2"].comment.text == desk.messages(upload)["Usulan!H2"]
    desk.write(book["Usulan"], 2, Sektor=proposal.sector.name)
    again = desk.opened(answer.content)
    desk.write(again["Usulan"], 2, Sektor=proposal.sector.name)
    assert desk.counts(desk.uploaded(officer, desk.saved(again))) == (0, 0, 1, 0)


def test_the_workbook_of_an_office_holds_its_own_alone(client_of, officer, other_officer):
    make_proposal(other_officer.office)
    own = make_proposal()
    answer = client_of(officer).get(reverse("filing:workbook_download"))
    assert answer["Content-Disposition"].startswith('attachment; filename="usulan-tanah-laut-2022-')
    book = desk.opened(answer.content)
    keys = [row[0].value for row in book["Usulan"].iter_rows(min_row=2)]
    assert keys == [f"U{own.pk}", *(f"B{number}" for number in range(1, 31))]
    assert (book["Usulan"].protection.sheet, book["_daftar"].sheet_state) == (True, "hidden")


def test_a_wrong_file_is_refused_beside_the_box(client_of, officer):
    make_year()
    response = client_of(officer).post(
        INDEX, {"file": SimpleUploadedFile("a.xlsx", b"%PDF-1.4 palsu")}
    )
    assert response.status_code == 422
    assert response.context["form"].errors["file"] == [
        "Hanya buku kerja Excel (.xlsx) dan CSV yang dapat dibaca di sini."
    ]
