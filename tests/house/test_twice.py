"""A button pressed twice: the second press says that it was done, never that it was not."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from proposals.enums import JointState, ReasonFor, RegencyWord, Role, Status, YearState
from proposals.models import PriorityFlag
from tests import lists
from tests.builders import make_ceiling, make_joint, make_office_year, make_proposal, make_year
from tests.cast import make_office, person

pytestmark = pytest.mark.django_db

NUMBER = "RT22-6301-01"
DONE = "Ini sudah dilakukan; penekanan kedua tidak mengubah apa pun."


def filed(action, role, status=Status.DRAFT, **said):
    proposal = make_proposal(status=status)
    return person(role), reverse("filing:act", args=[proposal.pk, action]), said


def given_back():
    proposal = make_proposal(status=Status.AWAITING_HEAD)
    address = reverse("filing:give_back", args=[proposal.pk])
    return person(Role.HEAD), address, {"note": "Lengkapi lokasi"}


def headed(name, *, by_id=False, **said):
    proposal = make_proposal()
    make_office_year(proposal.office)
    address = reverse(f"filing:{name}", args=[proposal.pk] if by_id else [])
    return person(Role.HEAD), address, {"usulan": proposal.pk, "urutan": proposal.pk} | said


def checked(do):
    proposal = make_proposal(status=Status.SENT)
    return person(Role.GATE_CHECKER), reverse("review:gates", args=[proposal.pk]), {"do": do}


def returned():
    proposal = make_proposal(status=Status.SENT)
    due_on = timezone.localdate() + timedelta(days=7)
    point = {"field": "outputs", "what": "Ukur hasilnya", "due_on": due_on.isoformat()}
    said = {f"points-0-{name}": text for name, text in point.items()}
    said |= {"points-TOTAL_FORMS": "1", "points-INITIAL_FORMS": "0"}
    return person(Role.GATE_CHECKER), reverse("review:give_back", args=[proposal.pk]), said


def stepped(action, status=Status.UNDER_REVIEW):
    proposal = make_proposal(status=status)
    reason = lists.reason({"defer": ReasonFor.DEFER}.get(action, ReasonFor.REDIRECT))
    said = {"action": action, "note": "Dibahas langsung", "reason": reason.pk}
    return person(Role.COORDINATOR), reverse("review:step", args=[proposal.pk]), said


def decided():
    proposal = make_proposal(status=Status.AT_DESK)
    by = person(Role.PROVINCE_HEAD)
    said = {"action": "agree", "after": 0, "agreed_rp": str(proposal.requested_rp)}
    said |= {"decided_by": by.pk, "regency_word": RegencyWord.NOT_ASKED, "note": "Sepakat"}
    return by, reverse("meeting:decide", args=[proposal.pk]), said


def decided_jointly():
    joint, by = make_joint(), person(Role.PROVINCE_HEAD)
    said = {"action": "agree", "after": 0, "decided_by": by.pk}
    said |= {"regency_word": RegencyWord.NOT_ASKED, "note": "Sepakat"}
    return by, reverse("meeting:decide_joint", args=[joint.pk]), said


def advanced(step, state):
    joint = make_joint(state=state)
    joint.amount_rp = sum(share.amount_rp for share in joint.shares.all())
    joint.nomenclature = lists.nomenclature()
    joint.save()
    said = {"row_version": joint.row_version, "note": "Hasil pembahasan"}
    return person(Role.COORDINATOR), reverse("harmonisation:act", args=[joint.pk, step]), said


def consented(do):
    offices = (make_office(), make_office("63.02"))
    own = [make_proposal(one, Status.UNDER_REVIEW, request_to="own") for one in offices]
    joint = make_joint(own, JointState.FORMING)
    share = joint.shares.get(proposal=own[0])
    said = {"row_version": joint.row_version, "note": "Sesuai rapat", "do": do}
    return person(Role.HEAD), reverse("harmonisation:consent", args=[share.pk]), said


def year_moved():
    year = make_year()
    address = reverse("catalogue:year_state", args=[year.pk, YearState.CLOSED])
    return person(Role.ADMIN), address, {"row_version": year.row_version}


def kept_by_the_admin(name, *args, **said):
    return person(Role.ADMIN), reverse(f"catalogue:{name}", args=args), {"row_version": 1} | said


def retired(kind):
    row = lists.sector() if kind == "sector" else make_office("63.03")
    return kept_by_the_admin(f"{kind}_retire", row.pk, act="retire")


def without_ceiling():
    ceiling = make_ceiling(5)
    return kept_by_the_admin("ceiling_remove", ceiling.year_id, ceiling.pk)


def without_flag():
    sector = lists.sector()
    PriorityFlag.objects.create(year=make_year(), sector=sector, rank=1, reason="Surplus")
    said = {"unflag-reason": "Keliru", "unflag-row_version": 1}
    return kept_by_the_admin("sector_unflag", sector.pk, **said)


def new_version():
    lists.criteria()
    return kept_by_the_admin("criteria_version", versi=1)


SENT_DOWN = "Usulan ini tidak menunggu Anda lagi."
CASES = {
    "hand to the head": (lambda: filed("hand_to_head", Role.OFFICER), [DONE]),
    "send": (lambda: filed("send", Role.HEAD), [DONE]),
    "take back": (lambda: filed("take_back", Role.OFFICER, Status.AWAITING_HEAD), [DONE]),
    "withdraw": (lambda: filed("withdraw", Role.HEAD, note="Batal"), [DONE]),
    "give back to the officer": (given_back, [SENT_DOWN]),
    "approve": (lambda: headed("approve", by_id=True), []),
    "unapprove": (lambda: headed("approve", by_id=True, batal=""), []),
    "fix the order": (lambda: headed("order"), ["Urutan ditetapkan."]),
    "open the order": (lambda: headed("order", buka=""), ["Urutan dapat diubah lagi."]),
    "send many": (lambda: headed("send_complete"), [DONE]),
    "keep the gates": (lambda: checked("keep"), [f"Jawaban untuk {NUMBER} disimpan."]),
    "take in for review": (lambda: checked("accept"), [DONE]),
    "return": (returned, [DONE]),
    "put on the desk": (lambda: stepped("put_on_desk"), [DONE]),
    "redirect": (lambda: stepped("redirect"), [DONE]),
    "defer": (lambda: stepped("defer"), [DONE]),
    "resume": (lambda: stepped("resume", Status.RETURNED), [DONE]),
    "agree": (decided, [f"{NUMBER}: Disepakati."]),
    "agree jointly": (decided_jointly, ["PROV-01: Disepakati."]),
    "join": (lambda: advanced("gabungkan", JointState.FORMING), [DONE]),
    "dissolve": (lambda: advanced("urai", JointState.JOINED), [DONE]),
    "consent": (lambda: consented("consent"), ["Persetujuan Anda tersimpan."]),
    "no consent": (lambda: consented("refuse"), ["Jawaban Anda tersimpan: tidak setuju."]),
    "retire a sector": (lambda: retired("sector"), [DONE]),
    "retire an office": (lambda: retired("office"), [DONE]),
    "remove a ceiling": (without_ceiling, [DONE]),
    "a version of the criteria": (new_version, [DONE]),
    "take a flag away": (without_flag, [DONE]),
    "move the year": (year_moved, ["Keadaan tahun sekarang: Masa pengusulan ditutup."]),
}


def told(response):
    """Return what the next page will say, the words of an earlier press before it."""
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize("name", CASES)
def test_the_second_press_is_answered_plainly(client_of, name):
    scene, words = CASES[name]
    by, address, said = scene()
    client = client_of(by)
    first, second = (client.post(address, said) for _press in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert told(second)[len(told(first)) :] == words


def test_another_return_is_no_second_press(client_of):
    by, address, said = returned()
    client = client_of(by)
    client.post(address, said)
    other = client.post(address, said | {"points-0-what": "Sebutkan lokasinya"})
    assert (other.status_code, "Sebutkan lokasinya" in other.content.decode()) == (422, True)
