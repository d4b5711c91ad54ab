"""Papers there and back: several at once, by script, in ranges, all as one ZIP."""

import io
import os
import tracemalloc
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from proposals.enums import ScanState, Status
from proposals.filing.actions import attach
from proposals.filing.zipping import Entry, zipped
from proposals.models import Attachment, PromisedPaper
from tests import lists
from tests.builders import current_year, make_proposal
from tests.filing.test_papers import PDF, PNG, office_file, upload

pytestmark = pytest.mark.django_db
LONG = b"%PDF-1.7\n" + bytes(range(256)) * 40


@pytest.fixture
def draft(officer):
    return make_proposal(is_bare=True, intervention=lists.intervention())


@pytest.fixture
def kinds(db):
    return lists.papers()


@pytest.fixture
def kept(draft, officer, kinds):
    return attach(proposal=draft, by=officer, document=kinds[1], upload=upload(LONG))


def read(client, paper, method="get", **headers):
    return getattr(client, method)(reverse("filing:paper", args=[paper.pk]), headers=headers)


def body(answer):
    return b"".join(answer.streaming_content)


def test_several_papers_go_up_at_once_the_bad_one_is_told(client_of, officer, draft, kinds):
    address = reverse("filing:papers", args=[draft.pk])
    page = client_of(officer).get(address).content.decode()
    assert "paling besar 10 MB per berkas" in page
    kak, rab = kinds[:2]
    answer = client_of(officer).post(
        address,
        {f"file-{kak.pk}": upload(PDF, "kak.pdf"), f"file-{rab.pk}": upload(b"MZ", "a.exe")},
    )
    assert answer.status_code == 422
    assert [one.document for one in Attachment.objects.all()] == [kak]
    assert "Yang dapat diunggah hanya PDF" in answer.content.decode()
    answer = client_of(officer).post(address, {f"file-{rab.pk}": upload(PNG, "rab.png")})
    assert answer.url == address
    assert Attachment.objects.count() == 2


def test_promises_are_made_on_the_page_of_papers_too(client_of, officer, draft, kinds):
    later = lists.document("ded")
    boxes = {f"promise-{later.pk}": "2035-05-01"}
    answer = client_of(officer).post(reverse("filing:papers", args=[draft.pk]), boxes)
    found = [(one.document, str(one.due_on)) for one in PromisedPaper.objects.all()]
    assert (answer.status_code, found) == (302, [(later, "2035-05-01")])


def test_the_papers_of_what_is_sent_are_fixed(client_of, officer, other_officer):
    sent = make_proposal(status=Status.SENT)
    address = reverse("filing:papers", args=[sent.pk])
    assert client_of(officer).get(address).url == f"/usulan/{sent.pk}/"
    assert client_of(officer).post(address, {}).url == f"/usulan/{sent.pk}/"
    assert client_of(other_officer).get(address).status_code == 404


def test_the_script_is_answered_with_the_row_or_with_words(client_of, officer, draft, kinds):
    address = reverse("filing:attach", args=[draft.pk, kinds[1].pk])
    told = {"X-Upload": "1"}
    bad = client_of(officer).post(address, {"file": upload(b"MZ")}, headers=told)
    good = client_of(officer).post(address, {"file": upload(PDF, "rab.pdf")}, headers=told)
    none = client_of(officer).post(address, {}, headers=told)
    assert [one.status_code for one in (bad, good, none)] == [422, 200, 422]
    assert bad.content.decode() == (
        "Yang dapat diunggah hanya PDF, gambar (PNG, JPG, WebP), XLSX, dan DOCX."
    )
    row = good.content.decode().strip()
    assert row.startswith(f'\n<li id="paper-row-{kinds[1].pk}" data-upload-row'.strip())
    assert "rab.pdf</a>" in row


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, len(LONG)),
        ("bytes=-10", len(LONG) - 10, len(LONG)),
        ("bytes=5-5", 5, 6),
        (f"bytes=10-{10**12}", 10, len(LONG)),
    ],
)
def test_a_range_is_answered_with_these_bytes_alone(client_of, officer, kept, asked, start, end):
    answer = read(client_of(officer), kept, range=asked)
    told = answer["Content-Range"], answer["Content-Length"], answer["Accept-Ranges"]
    assert answer.status_code == 206
    assert told == (f"bytes {start}-{end - 1}/{len(LONG)}", str(end - start), "bytes")
    assert body(answer) == LONG[start:end]


@pytest.mark.parametrize("asked", [f"bytes={len(LONG)}-", "bytes=99999999-100000000", "bytes=-0"])
def test_a_range_behind_the_end_is_not_satisfiable(client_of, officer, kept, asked):
    answer = read(client_of(officer), kept, range=asked)
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{len(LONG)}")


@pytest.mark.parametrize("asked", ["", "bytes=0-1,4-5", "lines=1-2", "bytes=9-2", "bytes=-", "x"])
def test_what_is_no_single_range_is_answered_with_the_whole(client_of, officer, kept, asked):
    answer = read(client_of(officer), kept, range=asked)
    told = answer.status_code, answer["Content-Length"], answer["ETag"]
    assert told == (200, str(len(LONG)), f'"{kept.sha256}"')
    assert body(answer) == LONG


def test_a_broken_download_goes_on_only_with_the_same_file(client_of, officer, kept):
    same = read(client_of(officer), kept, range="bytes=9-", if_range=f'"{kept.sha256}"')
    other = read(client_of(officer), kept, range="bytes=9-", if_range='"another"')
    assert (same.status_code, body(same)) == (206, LONG[9:])
    assert (other.status_code, body(other)) == (200, LONG)


def test_a_picture_is_shown_in_a_sandbox_and_head_tells_the_size(client_of, officer, draft, kinds):
    kept = attach(proposal=draft, by=officer, document=kinds[0], upload=upload(PNG, "foto.png"))
    shown, asked = read(client_of(officer), kept), read(client_of(officer), kept, "head")
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert shown["Content-Disposition"] == 'inline; filename="foto.png"'
    assert asked["Content-Length"] == str(len(PNG))


def test_all_papers_come_as_one_zip_with_readable_names(
    client_of, officer, other_officer, draft, kinds
):
    attach(proposal=draft, by=officer, document=kinds[0], upload=upload(PDF, "KAK akhir.pdf"))
    attach(proposal=draft, by=officer, document=kinds[1], upload=upload(PNG, "lama.png"))
    attach(proposal=draft, by=officer, document=kinds[1], upload=upload(office_file(), "RAB.xlsx"))
    held = attach(proposal=draft, by=officer, document=lists.document("ded"), upload=upload(LONG))
    Attachment.objects.filter(pk=held.pk).update(scan_state=ScanState.PENDING)
    address = reverse("filing:papers_zip", args=[draft.pk])
    answer = client_of(officer).get(address)
    packed = zipfile.ZipFile(io.BytesIO(body(answer)))
    names = [one.document.name for one in Attachment.objects.order_by("document__key", "pk")]
    told = {one.document_id: one.document.name for one in Attachment.objects.all()}
    assert answer["Content-Type"] == "application/zip"
    assert sorted(packed.namelist()) == sorted(
        [
            f"01 {told[kinds[0].pk]} - KAK akhir.pdf",
            f"02 {told[kinds[1].pk]} - RAB.xlsx",
            "rab.pdf.TIDAK-DISERTAKAN.txt",
        ]
    )
    assert packed.testzip() is None
    assert len(names) == 4
    assert client_of(other_officer).get(address).status_code == 404


def test_the_zip_carries_the_covering_letter_and_names_what_is_lost(client_of, officer):
    whole = make_proposal()
    paper = whole.attachments.order_by("document__key").first()
    paper.file.storage.save(paper.file.name, ContentFile(PDF))
    answer = client_of(officer).get(reverse("filing:papers_zip", args=[whole.pk]))
    packed = zipfile.ZipFile(io.BytesIO(body(answer)))
    files = [name for name in packed.namelist() if not name.endswith(".TIDAK-ADA.txt")]
    lost = [name for name in packed.namelist() if name.endswith(".TIDAK-ADA.txt")]
    assert files == [f"01 {paper.document.name} - {paper.name}"]
    assert "Surat pengantar - surat-usulan.pdf" in lost[-1]


class Noise:
    """A file of so many bytes that cannot be packed, read in pieces."""

    def __init__(self, size):
        self.size = size

    def open(self, _mode):
        self.left = self.size
        return self

    def read(self, length):
        length = min(length, self.left)
        self.left -= length
        return os.urandom(length)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


def test_memory_stays_flat_however_large_the_zip(draft):
    entries = [Entry(f"{at}.pdf", draft.created_at, Noise(10 * 1024 * 1024)) for at in range(3)]
    tracemalloc.start()
    size = sum(map(len, zipped(entries)))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 30 * 1024 * 1024
    assert most < 2 * 1024 * 1024


def test_a_file_sent_as_another_kind_keeps_its_true_type(client_of, officer, draft, kinds):
    page = SimpleUploadedFile("a.pdf", b"<html>", "application/pdf")
    answer = client_of(officer).post(
        reverse("filing:attach", args=[draft.pk, kinds[0].pk]), {"file": page}
    )
    assert (answer.status_code, Attachment.objects.count()) == (422, 0)


def test_a_letter_that_was_replaced_stays_readable(
    client_of, officer, other_officer, gate_checker, head
):
    current_year()
    visitor = client_of(officer)
    for content, name in ((PDF, "Surat lama.pdf"), (LONG, "Surat baru.pdf")):
        visitor.post(reverse("filing:letter"), {"file": upload(content, name)})
    page = visitor.get(reverse("filing:letter"))
    (old,) = page.context["letters"]
    own = page.context["office_year"]
    assert (old.letter_name, own.letter_name) == ("Surat lama.pdf", "Surat baru.pdf")
    address = reverse("filing:old_letter", args=[own.pk, old.pgh_id])
    for who in (officer, gate_checker):
        assert body(client_of(who).get(address)) == PDF
    assert client_of(other_officer).get(address).status_code == 404
    assert visitor.get(reverse("filing:old_letter", args=[own.pk, 10**9])).status_code == 404
