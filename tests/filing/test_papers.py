"""Papers: judged by what is in them, kept under random names, sent so that they do no harm."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from proposals.enums import Status
from proposals.filing.actions import attach, promise
from proposals.models import Attachment, OfficeYear, PromisedPaper
from proposals.refused import Refused
from proposals.uploads.kinds import judged
from tests import lists
from tests.builders import current_year, make_proposal
from tests.filing.pages import boxes, errors, fill_url, opened

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 60
KINDS = "Yang dapat diunggah hanya PDF, gambar (PNG, JPG, WebP), XLSX, dan DOCX."


def office_file(*names, body="xl/workbook.xml", content=b"<x/>"):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        for name in ("[Content_Types].xml", body, *names):
            parts.writestr(name, content)
    return packed.getvalue()


def upload(content=PDF, name="rab.pdf", content_type="text/html"):
    return SimpleUploadedFile(name, content, content_type)


def locked_zip():
    packed = bytearray(office_file())
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        at = 0
        while (at := packed.find(start, at)) >= 0:
            packed[at + (6 if start == b"PK\x03\x04" else 8)] |= 1
            at += 4
    return bytes(packed)


WORD = office_file(body="word/document.xml")


@pytest.mark.parametrize(
    ("content", "name", "kind", "kept_as"),
    [
        (PDF, "RAB final.pdf", "application/pdf", "RAB final.pdf"),
        (PDF, "rab.exe", "application/pdf", "rab.pdf"),
        (PNG, "foto", "image/png", "foto.png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0\1" + b"\0" * 60, "foto.jpeg", "image/jpeg", "foto.jpeg"),
        (b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 40, "x.webp", "image/webp", "x.webp"),
        (office_file(), "../../rab.xlsx", "spreadsheetml.sheet", "rab.xlsx"),
        (
            office_file(body="word/document.xml"),
            "k\x00a\u202ek.doc",
            "wordprocessingml",
            "kak.docx",
        ),
    ],
)
def test_a_file_is_what_is_in_it(content, name, kind, kept_as):
    found = judged(upload(content, name))
    assert kind in found.content_type
    assert found.name.replace(" ", "") == kept_as.replace(" ", "")
    assert found.size == len(content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Berkas ini kosong."),
        (b"<html><script>alert(1)</script>", KINDS),
        (b"MZ" + b"\0" * 100, KINDS),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", KINDS),
        (b"plain words", KINDS),
        (b"<html>%PDF-1.7", KINDS),
        (office_file(body="ppt/presentation.xml"), KINDS),
        (b"PK\x03\x04 torn", "Berkas ini rusak: simpan ulang, lalu unggah."),
        (
            office_file("xl/vbaProject.bin"),
            "Berkas ini memuat makro: simpan tanpa makro, sebagai .xlsx atau .docx.",
        ),
        (locked_zip(), "Berkas ini dikunci kata sandi: simpan tanpa kata sandi."),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,
            (
                "Ini berkas Office lama atau terkunci kata sandi:"
                " simpan sebagai .xlsx, .docx, atau PDF."
            ),
        ),
        (
            office_file("xl/big.xml", content=b"\0" * 30_000_000),
            "Isi berkas ini terlalu besar bila dibuka: simpan ulang sebagai PDF.",
        ),
        (
            PDF + b"\0" * (10 * 1024 * 1024),
            "Berkas ini lebih dari 10 MB: kecilkan, lalu unggah lagi.",
        ),
    ],
    ids=range(13),
)
def test_what_is_not_allowed_is_refused_in_words(content, sentence):
    with pytest.raises(Refused) as refusal:
        judged(upload(content))
    assert refusal.value.reasons == (sentence,)


@pytest.fixture
def draft(officer):
    return make_proposal(is_bare=True, intervention=lists.intervention())


@pytest.fixture
def rab(db):
    return lists.papers()[1]


def paper_url(paper):
    return reverse("filing:paper", args=[paper.pk])


def test_a_paper_is_uploaded_stored_under_a_random_name_and_read(client_of, officer, draft, rab):
    address = reverse("filing:attach", args=[draft.pk, rab.pk])
    response = client_of(officer).post(address, {"file": upload(name="RAB 2022.pdf")})
    kept = Attachment.objects.get()
    assert response.url == f"/usulan/{draft.pk}/"
    assert (kept.name, kept.content_type, kept.uploaded_by) == (
        "RAB 2022.pdf",
        "application/pdf",
        officer,
    )
    assert "RAB" not in kept.file.name
    answer = client_of(officer).get(paper_url(kept))
    assert b"".join(answer.streaming_content) == PDF
    assert {name: answer[name] for name in HEADERS} == HEADERS


HEADERS = {
    "Content-Type": "application/pdf",
    "Content-Disposition": 'inline; filename="RAB 2022.pdf"',
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store, no-cache",
}


def test_office_files_are_only_saved_never_shown(officer, client_of, draft, rab):
    kept = attach(
        proposal=draft, by=officer, document=rab, upload=upload(office_file(), "rab.xlsx")
    )
    answer = client_of(officer).get(paper_url(kept))
    assert answer["Content-Disposition"] == 'attachment; filename="rab.xlsx"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_new_file_replaces_the_old_one_which_stays_readable(client_of, officer, draft, rab):
    first = attach(proposal=draft, by=officer, document=rab, upload=upload())
    same = attach(proposal=draft, by=officer, document=rab, upload=upload())
    second = attach(proposal=draft, by=officer, document=rab, upload=upload(PNG, "b.png"))
    first.refresh_from_db()
    assert (same.pk, first.replaced_at is None, second.replaced_at) == (first.pk, False, None)
    assert client_of(officer).get(paper_url(first)).status_code == 200


def test_access_to_a_paper_is_access_to_its_proposal(
    client_of, officer, other_officer, reviewer, bappeda, observer, draft, rab
):
    kept = attach(proposal=draft, by=officer, document=rab, upload=upload())
    seen = [client_of(who).get(paper_url(kept)).status_code for who in (officer, other_officer)]
    assert seen == [200, 404]
    sent = make_proposal(status=Status.SENT)
    paper = sent.attachments.first()
    paper.file.storage.save(paper.file.name, upload())
    people = (officer, other_officer, reviewer, bappeda, observer)
    assert [client_of(who).get(paper_url(paper)).status_code for who in people] == [
        200,
        404,
        200,
        200,
        404,
    ]


def test_a_lost_file_is_not_found_and_breaks_nothing(client_of, officer, draft, rab):
    kept = attach(proposal=draft, by=officer, document=rab, upload=upload())
    kept.file.storage.delete(kept.file.name)
    assert client_of(officer).get(paper_url(kept)).status_code == 404


def test_nothing_is_attached_after_sending_or_by_others(client_of, officer, other_officer, rab):
    sent = make_proposal(status=Status.SENT)
    address = reverse("filing:attach", args=[sent.pk, rab.pk])
    response = client_of(officer).post(address, {"file": upload()})
    assert response.context["form"].non_field_errors() == [
        "Dokumen sedang tertutup untuk perubahan."
    ]
    assert client_of(other_officer).post(address, {"file": upload()}).status_code == 404


def test_files_come_with_the_form_in_one_save(client_of, officer, draft, rab):
    data = opened(client_of(officer), draft) | {f"file-{rab.pk}": upload(), "title": "Bersama"}
    response = client_of(officer).post(fill_url(draft), data | {"aksi": "simpan"})
    assert (response.status_code, Attachment.objects.get().document) == (302, rab)


def test_a_bad_file_stops_the_save_at_its_box_and_the_page_names_it(client_of, officer, draft, rab):
    data = opened(client_of(officer), draft) | {
        f"file-{rab.pk}": upload(b"bukan", "rab.txt"),
        "title": "Judul baru",
    }
    response = client_of(officer).post(fill_url(draft), data | {"aksi": "simpan"})
    assert (response.status_code, errors(response)) == (422, {f"file-{rab.pk}": [KINDS]})
    assert boxes(response)["title"] == "Judul baru"
    assert "pilih lagi rab.txt" in response.content.decode()
    assert Attachment.objects.count() == 0


def test_a_missing_paper_is_promised_and_the_promise_kept(client_of, officer, draft):
    paper = lists.document("ded")
    day = timezone.localdate() + timedelta(days=30)
    address = reverse("filing:promise", args=[draft.pk, paper.pk])
    client_of(officer).post(address, {"due_on": day.isoformat()})
    assert PromisedPaper.objects.get().due_on == day
    page = client_of(officer).get(f"/usulan/{draft.pk}/").content.decode()
    assert "dijanjikan untuk" in page.lower()
    attach(proposal=draft, by=officer, document=paper, upload=upload())
    assert PromisedPaper.objects.count() == 0


def test_a_promise_of_the_past_is_refused_and_an_empty_one_taken_back(client_of, officer, draft):
    paper = lists.document("ded")
    address = reverse("filing:promise", args=[draft.pk, paper.pk])
    today = timezone.localdate()
    for day in ((today - timedelta(days=1)).isoformat(), "2022-02-30", "besok"):
        client_of(officer).post(address, {"due_on": day})
    assert PromisedPaper.objects.count() == 0
    promise(proposal=draft, by=officer, document=paper, due_on=today)
    client_of(officer).post(address, {"due_on": ""})
    assert PromisedPaper.objects.count() == 0


@pytest.mark.parametrize("day", ["2021-12-31", "2022-02-30", "besok"])
def test_on_the_page_of_papers_a_wrong_day_is_told_and_the_good_file_kept(
    client_of, officer, draft, rab, day
):
    box = f"promise-{lists.document('ded').pk}"
    address = reverse("filing:papers", args=[draft.pk])
    answer = client_of(officer).post(address, {box: day, f"file-{rab.pk}": upload()})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [box])
    assert Attachment.objects.get().document == rab
    assert PromisedPaper.objects.count() == 0


def test_one_covering_letter_for_the_office(client_of, officer, other_officer, reviewer):
    current_year()
    visitor = client_of(officer)
    refused = visitor.post(reverse("filing:letter"), {"file": upload(b"x")})
    assert (refused.status_code, refused.context["form"].errors["file"]) == (422, [KINDS])
    assert visitor.post(reverse("filing:letter"), {}).status_code == 422
    assert visitor.post(reverse("filing:letter"), {"file": upload()}).url == "/usulan/"
    own = OfficeYear.objects.get()
    assert (own.office, own.letter_name, own.letter_by) == (officer.office, "rab.pdf", officer)
    address = reverse("filing:letter_file", args=[own.pk])
    assert [
        client_of(who).get(address).status_code for who in (officer, other_officer, reviewer)
    ] == [
        200,
        404,
        200,
    ]
