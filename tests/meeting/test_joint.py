"""Joint programmes at the meeting: agreed once consent and ceiling allow it."""

import pytest
from django.urls import reverse

from proposals.enums import JointState, RequestTo, Role, Status
from proposals.models import Decision, Share
from tests import cast
from tests.builders import make_ceiling, make_joint, make_proposal
from tests.meeting.test_decide import said
from tests.moves import add_share, form_joint, join

pytestmark = pytest.mark.django_db


def address(joint):
    return reverse("meeting:decide_joint", args=[joint.pk])


def state(joint):
    joint.refresh_from_db()
    return joint.state


def test_agreeing_a_joint_programme(client_of, province_head):
    joint = make_joint()
    response = client_of(province_head).post(address(joint), said("agree", note="Dipimpin UPT"))
    assert response.headers["Location"] == reverse("meeting:agenda")
    assert state(joint) == JointState.AGREED
    decision = Decision.objects.get()
    told = (decision.joint, decision.agreed_rp, decision.requested_rp, decision.note)
    assert told == (joint, 500_000_000, 500_000_000, "Dipimpin UPT")


@pytest.mark.parametrize(
    ("action", "start", "end"),
    [
        ("defer", JointState.JOINED, JointState.DEFERRED),
        ("reopen", JointState.AGREED, JointState.JOINED),
        ("reopen", JointState.DEFERRED, JointState.JOINED),
    ],
)
def test_deferring_and_reopening_need_a_reason(client_of, coordinator, action, start, end):
    joint, browser = make_joint(state=start), client_of(coordinator)
    last = joint.decisions.first()
    after = last.pk if last else 0
    response = browser.post(address(joint), said(action, after))
    assert response.context["form"].errors == {"note": ["Tulis alasannya."]}
    browser.post(address(joint), said(action, after, note="Menunggu kajian"))
    assert state(joint) == end


def unconsented():
    """Make a programme that pays for a member's own money before its head has consented."""
    first = make_proposal(status=Status.UNDER_REVIEW)
    second = make_proposal(
        cast.make_office(cast.OTHER_REGENCY), Status.UNDER_REVIEW, request_to=RequestTo.OWN
    )
    joint = form_joint([first])
    add_share(joint, second, 250_000_000, consent_at=None)
    return join(joint)


def test_without_consent_it_is_not_agreed_and_the_page_says_whose(client_of, province_head):
    joint, browser = unconsented(), client_of(province_head)
    reason = "Dinas Perindustrian Kabupaten Kotabaru belum menyetujui pelepasan dananya sendiri."
    assert browser.get(address(joint)).context["hindrances"] == [reason]
    response = browser.post(address(joint), said("agree"))
    assert (response.status_code, response.context["form"].non_field_errors()) == (422, [reason])
    share = Share.objects.get(proposal__request_to=RequestTo.OWN)
    Share.objects.filter(pk=share.pk).update(
        consent_at=joint.created_at, consent_by=cast.person(Role.HEAD, share.proposal.office)
    )
    browser.post(address(joint), said("agree"))
    assert state(joint) == JointState.AGREED


def test_the_ceiling_holds_for_shares_too(client_of, province_head):
    make_ceiling(499_999_999)
    joint, browser = make_joint(), client_of(province_head)
    page = browser.get(address(joint))
    assert (page.context["is_passed"], page.context["rooms"][0].left_after_rp) == (True, -1)
    assert browser.post(address(joint), said("agree")).status_code == 422
    browser.post(address(joint), said("agree", override_reason="Dari sisa kegiatan lain"))
    assert state(joint) == JointState.AGREED


def test_the_same_decision_twice_is_kept_once_another_conflicts(
    client_of, province_head, coordinator
):
    joint = make_joint()
    for _twice in range(2):
        response = client_of(province_head).post(address(joint), said("agree"))
        assert response.status_code == 302
    response = client_of(coordinator).post(address(joint), said("defer", note="Ditunda dulu"))
    assert response.status_code == 409
    assert (state(joint), Decision.objects.count()) == (JointState.AGREED, 1)


def test_a_group_being_compared_has_no_page_at_the_meeting(client_of, province_head):
    joint = make_joint(state=JointState.FORMING)
    assert client_of(province_head).get(address(joint)).status_code == 404


@pytest.mark.parametrize("n_members", [2, 12])
def test_page_costs_at_most_fifteen_queries(
    client_of, province_head, n_members, django_assert_num_queries
):
    members = [make_proposal(status=Status.UNDER_REVIEW) for _ in range(n_members)]
    joint = make_joint(members)
    browser = client_of(province_head)
    with django_assert_num_queries(9):
        assert browser.get(address(joint)).status_code == 200
