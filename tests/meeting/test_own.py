"""Own programmes: the province says whether they are in line, never how much they cost."""

import pytest
from django.urls import reverse

from proposals.enums import ReasonFor, RequestTo, Status
from proposals.models import Decision
from tests import lists
from tests.builders import make_ceiling, make_proposal
from tests.meeting.test_decide import address, outcome, said

pytestmark = pytest.mark.django_db


def own(**fields):
    return make_proposal(status=Status.AT_DESK, request_to=RequestTo.OWN, **fields)


def test_the_words_are_those_of_being_in_line(client_of, province_head):
    response = client_of(province_head).get(address(own()))
    words = [str(word) for _value, word in response.context["form"].fields["action"].choices]
    assert words == [
        "Selaras",
        "Selaras dengan catatan",
        "Alihkan",
        "Tunda",
        "Belum selaras",
    ]
    assert 'name="agreed_rp"' not in response.content.decode()


def test_a_typed_amount_changes_nothing(client_of, province_head):
    proposal = own()
    client_of(province_head).post(address(proposal), said("agree", agreed_rp="1"))
    assert outcome(proposal) == (Status.AGREED, 250_000_000, False)


def test_in_line_with_notes_needs_a_reason(client_of, province_head):
    proposal, browser = own(), client_of(province_head)
    assert browser.post(address(proposal), said("agree_changed")).status_code == 422
    change = lists.reason(ReasonFor.CHANGE)
    data = said("agree_changed", reason=change.pk, note="Gabung jadwal dengan provinsi")
    browser.post(address(proposal), data)
    assert outcome(proposal) == (Status.AGREED, 250_000_000, True)
    page = browser.get(reverse("meeting:decisions")).content.decode()
    assert "Selaras dengan catatan" in page


def test_above_its_ceiling_there_is_a_warning_and_never_a_refusal(client_of, province_head, office):
    make_ceiling(1_000, region=office.region, funding="apbd_kab")
    proposal, browser = own(), client_of(province_head)
    page = browser.get(address(proposal)).content.decode()
    warning = "Di atas pagu indikatif: peringatan saja, bupati dan DPRD yang memutuskan."
    assert (warning in page, 'name="override_reason"' in page) == (True, False)
    browser.post(address(proposal), said("agree"))
    assert outcome(proposal) == (Status.AGREED, 250_000_000, False)
    assert Decision.objects.get().override_reason == ""


def test_not_yet_in_line(client_of, province_head):
    proposal, reason = own(), lists.reason(ReasonFor.REFUSAL)
    client_of(province_head).post(address(proposal), said("reject", reason=reason.pk))
    assert outcome(proposal) == (Status.REJECTED, None, False)
    page = client_of(province_head).get(reverse("meeting:decisions")).content.decode()
    assert "Belum selaras" in page
