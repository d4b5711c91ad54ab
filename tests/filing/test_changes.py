"""What changed since the last sending: both sides see it, row by row, word by word."""

import pytest
from django.urls import reverse
from django.utils import timezone

from proposals import changes, workflow
from proposals.enums import Action, ResultKind, Status
from proposals.filing.actions import save_content
from proposals.models import Proposal
from proposals.workflow import Given, Point
from tests.builders import make_proposal
from tests.filing.pages import boxes, fill_url

pytestmark = pytest.mark.django_db


def address_of(proposal, **query):
    return reverse("filing:changes", args=[proposal.pk], query=query)


def told(response):
    """Return each field that differs with its lines, as words in brackets of their kind."""
    marks = {"same": "{}", "del": "[-{}-]", "ins": "[+{}+]"}
    return {
        change.code: [
            " ".join(marks[piece.kind].format(piece.text) for piece in line)
            for line in change.lines
        ]
        for change in response.context["compared"].changes
    }


def returned(gate_checker, *fields, **content):
    sent = make_proposal(status=Status.SENT, **content)
    day = timezone.localdate() + timezone.timedelta(days=3)
    points = tuple(Point(field=one, what=f"Perbaiki {one}", due_on=day) for one in fields)
    given = Given(points=points)
    return workflow.take(Action.RETURN, proposal=sent, by=gate_checker, given=given)


def mend(proposal, by, parts=None, **values):
    for point in proposal.return_points.all():
        point.answer, point.answered_by, point.answered_at = "Sudah", by, timezone.now()
        point.save()
    fresh = Proposal.objects.get(pk=proposal.pk)
    return save_content(
        proposal=fresh, by=by, row_version=fresh.row_version, values=values, parts=parts or {}
    )


def test_a_return_is_mended_beside_its_point_sent_again_and_compared_by_both(
    client_of, officer, head, gate_checker
):
    proposal = returned(gate_checker, "background", background="Mutu tepung naik turun.")
    point = proposal.return_points.get()
    visitor = client_of(officer)
    page = visitor.get(fill_url(proposal)).content.decode()
    beside = page[page.index('id="points-background"') :][:900]
    assert ("Perbaiki background" in beside, f"point-{point.pk}-text" in beside) == (True, True)
    data = boxes(visitor.get(fill_url(proposal))) | {
        "background": "Mutu tepung terigu naik terus.",
        f"point-{point.pk}-text": "Sudah ditulis ulang",
        "aksi": "simpan",
    }
    visitor.post(fill_url(proposal), data)
    unsent = visitor.get(address_of(proposal))
    wanted = {"background": ["Mutu tepung [+terigu+] naik [-turun.-] [+terus.+]"]}
    assert (told(unsent), unsent.context["compared"].is_up_to_now) == (wanted, True)
    assert client_of(gate_checker).get(address_of(proposal)).context["compared"] is None
    client_of(head).post(reverse("filing:act", args=[proposal.pk, "send"]))
    for who in (officer, head, gate_checker):
        page = client_of(who).get(address_of(proposal))
        assert told(page) == wanted
        assert "Sudah ditulis ulang" in page.content.decode()
    shown = page.content.decode()
    assert '<ins><span class="visually-hidden">ditambah: </span>terigu' in shown
    assert '<del><span class="visually-hidden">dihapus: </span>turun.' in shown


def test_rows_are_found_again_by_their_id_not_by_their_place(officer, head, gate_checker):
    proposal = returned(gate_checker, "outputs")
    first, last = proposal.outputs.order_by("pk")
    kept = {"kind": last.kind, "text": "Pelaku IKM yang naik kelas", "unit": "orang", "target": 40}
    new = {"kind": ResultKind.OUTPUT, "text": "Modul ajar", "unit": "buah", "target": 3}
    same = {"id": first.pk, "kind": first.kind, "text": first.text, "unit": "orang", "target": 50}
    mend(proposal, officer, {"outputs": [new, {"id": last.pk, **kept}, same]})
    workflow.take(Action.SEND, proposal=proposal, by=head)
    old, fresh = (one.content for one in proposal.versions.order_by("version"))
    lines = changes.between(old, fresh, {})[0].lines
    words = [[(piece.kind, piece.text) for piece in line] for line in lines]
    assert words == [
        [
            ("same", "Pelaku IKM yang"),
            ("del", "memakai cara olah baru:"),
            ("ins", "naik kelas:"),
            ("same", "40 orang"),
        ],
        [("ins", "Modul ajar: 3 buah")],
    ]


def test_versions_without_ids_are_compared_by_place():
    row = {"text": "Peserta", "target": "5", "unit": "orang"}
    old = {"outputs": [row]}
    new = {"outputs": [row | {"id": 7, "target": "9"}]}
    (change,) = changes.between(old, new, {})
    assert [(one.kind, one.text) for one in change.pieces] == [
        ("same", "Peserta:"),
        ("del", "5"),
        ("ins", "9"),
        ("same", "orang"),
    ]


def test_a_new_file_under_the_old_name_shows():
    paper = {"document": "rab", "name": "rab.pdf", "sha256": "a" * 64}
    new = {"attachments": [paper | {"sha256": "b" * 64}]}
    (change,) = changes.between({"attachments": [paper]}, new, {"rab": "RAB"})
    assert [(one.kind, one.text) for one in change.pieces] == [
        ("same", "RAB: rab.pdf"),
        ("del", "(aaaaaaaa)"),
        ("ins", "(bbbbbbbb)"),
    ]


def test_any_two_versions_are_compared_and_nonsense_falls_back(
    client_of, officer, head, gate_checker
):
    proposal = returned(gate_checker, "background", background="satu")
    mend(proposal, officer, background="dua")
    workflow.take(Action.SEND, proposal=proposal, by=head)
    day = timezone.localdate() + timezone.timedelta(days=3)
    given = Given(points=(Point(field="background", what="Lagi", due_on=day),))
    workflow.take(Action.RETURN, proposal=proposal, by=gate_checker, given=given)
    mend(proposal, officer, background="tiga")
    workflow.take(Action.SEND, proposal=proposal, by=head)
    visitor = client_of(gate_checker)

    def seen(**query):
        return told(visitor.get(address_of(proposal, **query)))["background"]

    assert seen() == ["[-dua-] [+tiga+]"]
    assert seen(dari=1, ke=2) == ["[-satu-] [+dua+]"]
    assert seen(dari=1, ke=3) == ["[-satu-] [+tiga+]"]
    assert seen(dari=3, ke=2) == ["[-satu-] [+dua+]"]
    assert seen(dari="x", ke="99") == ["[-dua-] [+tiga+]"]


def test_a_proposal_sent_once_has_nothing_to_compare(client_of, officer, other_officer, bappeda):
    sent = make_proposal(status=Status.SENT)
    page = client_of(officer).get(address_of(sent))
    assert "belum ada yang dapat dibandingkan" in page.content.decode()
    seen = [client_of(who).get(address_of(sent)).status_code for who in (other_officer, bappeda)]
    assert seen == [404, 404]


def test_the_page_of_changes_costs_the_same_for_any_number_of_rows(
    client_of, officer, gate_checker, django_assert_num_queries
):
    for n_lines in (1, 30):
        proposal = returned(gate_checker, "background", n_lines=n_lines)
        mend(proposal, officer, background="Lain")
        visitor = client_of(officer)
        visitor.get(address_of(proposal))
        with django_assert_num_queries(14):
            visitor.get(address_of(proposal))
