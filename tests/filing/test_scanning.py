"""The scanner for viruses: a small daemon on a socket stands in for ClamAV's."""

import socketserver
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from proposals import completeness
from proposals.enums import ScanState, Status
from proposals.filing import scanning
from proposals.filing.actions import attach, set_letter
from proposals.models import Attachment, OfficeYear, Proposal
from proposals.refused import Refused
from tests import lists
from tests.builders import current_year, make_proposal
from tests.filing.test_papers import PDF, upload

pytestmark = pytest.mark.django_db
EICAR = PDF + b" EICAR"


class Daemon(socketserver.BaseRequestHandler):
    """Speaks INSTREAM: lengths and chunks until an empty one, then a verdict."""

    seen = []
    verdict = None
    too_large = b"LARGE"

    def take(self, length):
        taken = b""
        while len(taken) < length:
            taken += self.request.recv(length - len(taken))
        return taken

    def handle(self):
        assert self.take(10) == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(self.take(4), "big"):
            content += self.take(length)
        self.seen.append(content)
        told = b"stream: OK\0"
        if b"EICAR" in content:
            told = b"stream: Eicar-Test-Signature FOUND\0"
        elif self.too_large in content:
            told = b"INSTREAM size limit exceeded. ERROR\0"
        self.request.sendall(self.verdict or told)


@pytest.fixture
def daemon(tmp_path, settings):
    """Run the daemon on a socket of its own, and have the portal know it."""
    settings.CLAMD_ADDRESS = str(tmp_path / "clamd.sock")
    Daemon.seen, Daemon.verdict = [], None
    with socketserver.ThreadingUnixStreamServer(settings.CLAMD_ADDRESS, Daemon) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Daemon
        server.shutdown()


@pytest.fixture
def rab(db):
    return lists.papers()[1]


@pytest.fixture
def draft(officer):
    return make_proposal(is_bare=True, intervention=lists.intervention())


def kept_by(officer, draft, rab, content=PDF):
    return attach(proposal=draft, by=officer, document=rab, upload=upload(content))


def state_of(paper):
    paper.refresh_from_db()
    return paper.scan_state, paper.scan_found


def work():
    """Do the jobs that wait, as the worker does."""
    for job in DBTaskResult.objects.ready().order_by("enqueued_at"):
        job.task.call(*job.args_kwargs["args"])
        job.delete()


def address_of(paper):
    return reverse("filing:paper", args=[paper.pk])


def test_without_a_scanner_a_file_says_so_and_opens(client_of, officer, draft, rab):
    paper = kept_by(officer, draft, rab)
    assert (state_of(paper), DBTaskResult.objects.count()) == ((ScanState.UNSCANNED, ""), 0)
    page = client_of(officer).get(f"/usulan/{draft.pk}/").content.decode()
    assert "tidak diperiksa pemindai virus" in page
    assert client_of(officer).get(address_of(paper)).status_code == 200


def test_a_file_is_held_until_it_is_found_clean(client_of, officer, daemon, draft, rab):
    paper = kept_by(officer, draft, rab)
    held = client_of(officer).get(address_of(paper))
    assert (state_of(paper)[0], held.status_code) == (ScanState.PENDING, 409)
    assert "Berkas ini sedang diperiksa" in held.content.decode()
    work()
    assert (state_of(paper), daemon.seen) == ((ScanState.CLEAN, ""), [PDF])
    assert client_of(officer).get(address_of(paper)).status_code == 200
    work()
    scanning.scan.call("paper", paper.pk)
    assert daemon.seen == [PDF]


def test_a_virus_is_refused_told_and_counts_as_missing(client_of, officer, daemon, draft, rab):
    paper = kept_by(officer, draft, rab, EICAR)
    work()
    assert state_of(paper) == (ScanState.INFECTED, "Eicar-Test-Signature")
    refused = client_of(officer).get(address_of(paper))
    assert (refused.status_code, "Eicar-Test-Signature" in refused.content.decode()) == (409, True)
    page = client_of(officer).get(f"/usulan/{draft.pk}/").content.decode()
    assert "ditolak, ditemukan virus (Eicar-Test-Signature): unggah berkas lain" in page
    lacking = [one.message for one in completeness.missing(draft, [rab], None)]
    listed = completeness.with_facts(Proposal.objects.all()).get(pk=draft.pk)
    assert f"Unggah: {rab.name}." in lacking
    assert lacking == [one.message for one in completeness.missing(listed, [rab], None)]
    with pytest.raises(Refused, match="Berkas ini ditolak"):
        kept_by(officer, draft, rab, EICAR)
    clean = kept_by(officer, draft, rab)
    work()
    assert state_of(clean)[0] == ScanState.CLEAN


def test_a_file_waits_while_the_daemon_is_away_and_is_tried_again(
    officer, settings, draft, rab, tmp_path
):
    settings.CLAMD_ADDRESS = str(tmp_path / "nobody.sock")
    paper = kept_by(officer, draft, rab)
    work()
    assert scanning.scan_waiting.call() == 0
    assert state_of(paper) == (ScanState.PENDING, "")
    settings.CLAMD_ADDRESS = "127.0.0.1:1"
    assert scanning.scan.call("paper", paper.pk) == "scanner away"
    assert state_of(paper) == (ScanState.PENDING, "")


@pytest.mark.parametrize("verdict", [b"INSTREAM size limit exceeded. ERROR\0", b"\0"])
def test_an_answer_that_is_no_verdict_leaves_the_file_waiting(officer, daemon, draft, rab, verdict):
    daemon.verdict = verdict
    paper = kept_by(officer, draft, rab)
    work()
    assert state_of(paper) == (ScanState.PENDING, "")
    daemon.verdict = None
    assert scanning.scan_waiting.call() == 1
    assert state_of(paper)[0] == ScanState.CLEAN


def test_a_file_without_a_verdict_holds_up_no_other(officer, daemon, draft, rab):
    first = kept_by(officer, draft, rab, PDF + daemon.too_large)
    later = attach(proposal=draft, by=officer, document=lists.papers()[0], upload=upload(PDF))
    assert scanning.scan_waiting.call() == 2
    assert [state_of(one)[0] for one in (first, later)] == [ScanState.PENDING, ScanState.CLEAN]
    assert scanning.scan.call("paper", first.pk) == "no verdict"


def test_what_came_before_the_scanner_is_scanned_by_and_by(officer, settings, draft, rab, daemon):
    address, settings.CLAMD_ADDRESS = settings.CLAMD_ADDRESS, ""
    old = kept_by(officer, draft, rab)
    lost = attach(proposal=draft, by=officer, document=lists.papers()[0], upload=upload(EICAR))
    lost.file.storage.delete(lost.file.name)
    settings.CLAMD_ADDRESS = address
    assert scanning.scan_waiting.call() == 2
    assert [state_of(one)[0] for one in (old, lost)] == [ScanState.CLEAN, ScanState.UNSCANNED]


def test_a_paper_counts_as_handed_in_while_checked_but_the_province_cannot_open_it(
    client_of, officer, head, daemon, gate_checker
):
    whole = make_proposal()
    paper = kept_by(officer, whole, lists.papers()[1])
    client_of(head).post(reverse("filing:act", args=[whole.pk, "send"]))
    whole.refresh_from_db()
    assert (whole.status, state_of(paper)[0]) == (Status.SENT, ScanState.PENDING)
    assert client_of(gate_checker).get(address_of(paper)).status_code == 409
    page = client_of(gate_checker).get(f"/usulan/{whole.pk}/").content.decode()
    assert "sedang diperiksa" in page
    work()
    assert state_of(paper)[0] == ScanState.CLEAN
    assert client_of(gate_checker).get(address_of(paper)).status_code == 200


def test_the_covering_letter_is_scanned_too_and_a_newer_one_anew(client_of, officer, daemon):
    year = current_year()

    def letter(content):
        upload = SimpleUploadedFile("surat.pdf", content)
        return set_letter(year=year, by=officer, upload=upload)

    own = letter(EICAR)
    address = reverse("filing:letter_file", args=[own.pk])
    assert client_of(officer).get(address).status_code == 409
    work()
    own.refresh_from_db()
    assert (own.has_letter, own.letter_scan_found) == (False, "Eicar-Test-Signature")
    with pytest.raises(Refused, match="Berkas ini ditolak"):
        letter(EICAR)
    letter(PDF)
    work()
    fresh = OfficeYear.objects.get()
    assert (fresh.has_letter, fresh.letter_scan_state) == (True, ScanState.CLEAN)
    assert client_of(officer).get(address).status_code == 200


def test_a_verdict_on_a_letter_replaced_meanwhile_is_dropped(officer, daemon, monkeypatch):
    year = current_year()
    own = set_letter(year=year, by=officer, upload=SimpleUploadedFile("a.pdf", EICAR))

    def slow(_file):
        set_letter(year=year, by=officer, upload=SimpleUploadedFile("b.pdf", PDF))
        return "Eicar"

    monkeypatch.setattr(scanning, "infection_in", slow)
    assert scanning.scan.call("letter", own.pk) == "replaced meanwhile"
    assert OfficeYear.objects.get().letter_scan_state == ScanState.PENDING


def test_scanning_leaves_the_approval_of_the_head_alone(officer, head, daemon):
    draft = make_proposal()
    kept_by(officer, draft, lists.papers()[1])
    Proposal.objects.filter(pk=draft.pk).update(approved_at=draft.created_at, approved_by=head)
    work()
    assert Attachment.objects.filter(scan_state=ScanState.CLEAN).count() == 1
    assert Proposal.objects.get(pk=draft.pk).approved_by == head
