"""Redirecting is an act of the board: chosen at a member, decided at the desk, and back again."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from proposals.enums import JointState, ReasonFor, RequestTo, Role, Status
from tests import cast, lists
from tests.builders import make_joint, make_pair, make_proposal

pytestmark = pytest.mark.django_db

BOARD = reverse("harmonisation:board")


def desk(proposal, back):
    query = urlencode({"hasil": "redirect", "kembali": back}).replace("&", "&amp;")
    return f"{reverse('meeting:decide', args=[proposal.pk])}?{query}"


def test_each_member_of_group_and_suggestion_may_be_redirected(client_of, coordinator):
    browser, pair = client_of(coordinator), make_pair()
    joint = make_joint(state=JointState.FORMING)
    members = [share.proposal for share in joint.shares.all()]
    pages = {
        f"{BOARD}?saran={pair.pk}": (pair.a, pair.b),
        f"{BOARD}?grup={joint.pk}": members,
        reverse("harmonisation:pair", args=[pair.pk]): (pair.a, pair.b),
        reverse("harmonisation:group", args=[joint.pk]): members,
        f"{reverse('harmonisation:compare')}?usulan={pair.a_id}&usulan={pair.b_id}": (
            pair.a,
            pair.b,
        ),
    }
    for address, sides in pages.items():
        text = browser.get(address).text
        assert [desk(one, address) in text for one in sides] == [True, True], address


def test_who_decides_nothing_redirects_nothing(client_of):
    pair = make_pair()
    page = client_of(cast.person(Role.REVIEWER)).get(BOARD, {"saran": pair.pk})
    assert "hasil=redirect" not in page.text


def test_what_is_joined_or_decided_is_not_redirected(client_of, coordinator):
    joint = make_joint()
    page = client_of(coordinator).get(BOARD, {"grup": joint.pk})
    assert "hasil=redirect" not in page.text


@pytest.mark.parametrize("status", [Status.SENT, Status.UNDER_REVIEW, Status.AT_DESK])
def test_it_leads_to_the_decision_and_back_to_the_board(client_of, coordinator, status):
    kind = RequestTo.OWN if status == Status.UNDER_REVIEW else RequestTo.PROVINCE
    proposal, browser = make_proposal(status=status, request_to=kind), client_of(coordinator)
    reason, other = lists.reason(ReasonFor.REDIRECT), lists.reason(ReasonFor.DEFER)
    address = desk(proposal, f"{BOARD}?saran=7").replace("&amp;", "&")
    page = browser.get(address)
    form = page.context["form"]
    assert (form["action"].value(), form.amount()) == ("redirect", None)
    assert f'href="{BOARD}?saran=7"' in page.text
    assert next(group for group, _choices in form.fields["reason"].choices[1:]) == "Alihkan"
    sent = {"action": "redirect", "do": "decide", "decided_by": coordinator.pk, "after": 0}
    wrong = browser.post(address, sent | {"reason": other.pk})
    assert wrong.status_code == 422
    done = browser.post(address, sent | {"reason": reason.pk})
    proposal.refresh_from_db()
    assert (done.headers["Location"], proposal.status) == (f"{BOARD}?saran=7", Status.REDIRECTED)
    assert proposal.result_reason == reason


def test_it_leads_to_no_other_place(client_of, coordinator):
    proposal = make_proposal(status=Status.AT_DESK)
    address = desk(proposal, "https://example.org/harmonisasi/").replace("&amp;", "&")
    assert client_of(coordinator).get(address).context["desk"].back == ""


def test_only_what_may_be_done_now_is_offered(client_of, coordinator):
    early, agreed = make_proposal(status=Status.SENT), make_proposal(status=Status.AGREED)
    browser = client_of(coordinator)
    form = browser.get(desk(early, BOARD).replace("&amp;", "&")).context["form"]
    assert {value for value, _word in form.fields["action"].choices} <= {"redirect", "defer"}
    page = browser.get(desk(agreed, BOARD).replace("&amp;", "&"))
    assert page.context["is_reopening"]
