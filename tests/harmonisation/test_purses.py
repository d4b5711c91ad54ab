"""What a joint programme costs each purse: kinds stand side by side, savings in one purse alone."""

import pytest
from django.urls import reverse

from proposals import purses
from proposals.enums import Delivery, JointState, RequestTo, Status
from proposals.models import Ceiling, Share
from tests import cast, lists
from tests.builders import make_ceiling, make_joint, make_proposal
from tests.harmonisation.story import MILLION, give, joined
from tests.moves import form_joint

pytestmark = pytest.mark.django_db


def member(code, kind, millions, **fields):
    given = {"request_to": kind, "requested_rp": millions * MILLION} | fields
    return make_proposal(cast.make_office(code), Status.UNDER_REVIEW, **given)


@pytest.fixture
def mixed():
    """A regency's own programme of 96 beside a request to the province of 190 million."""
    return [member("63.01", RequestTo.OWN, 96), member("63.02", RequestTo.PROVINCE, 190)]


def told(joint):
    shares = joint.shares.select_related("joint__lead_office__region").order_by("pk")
    return [purse.told for purse in purses.purses_of(shares) if purse.told]


def test_own_money_is_never_added_to_a_request(mixed):
    found = [(one.kind, one.asked_rp) for one in purses.asked_by_kind(mixed)]
    assert found == [("province", 190 * MILLION), ("own", 96 * MILLION)]


def test_what_the_province_pays_beyond_what_was_asked_of_it_is_no_saving(coordinator, mixed):
    joint = joined(coordinator, mixed, 0, 260 * MILLION)
    assert told(joint) == [
        "Tanah Laut membayar Rp\xa096,00\xa0jt lebih sedikit daripada rencananya sendiri",
        "Provinsi membayar Rp\xa070,00\xa0jt lebih banyak daripada yang diminta kepadanya",
    ]


def test_who_keeps_its_own_money_pays_as_planned(mixed):
    joint = form_joint(mixed)
    own = {"funding_source": lists.funding("apbd_kab"), "delivery": Delivery.OWN_MONEY}
    Share.objects.filter(proposal=mixed[0]).update(amount_rp=96 * MILLION, **own)
    prov = lists.funding("apbd_prov")
    Share.objects.filter(proposal=mixed[1]).update(amount_rp=150 * MILLION, funding_source=prov)
    assert told(joint) == [
        "Provinsi membayar Rp\xa040,00\xa0jt lebih sedikit daripada yang diminta kepadanya"
    ]


def test_own_programmes_of_the_province_and_requests_share_its_purse(coordinator):
    members = [
        member(lists.PROVINCE, RequestTo.OWN, 500),
        member("63.01", RequestTo.PROVINCE, 100),
    ]
    joint = joined(coordinator, members, 450 * MILLION, 0)
    (said,) = told(joint)
    assert said.startswith("Provinsi membayar Rp\xa00,15\xa0M lebih sedikit")
    assert said.endswith("yang diminta kepadanya dan yang direncanakannya sendiri")


def test_board_and_meeting_say_whose_money_it_is(client_of, coordinator, mixed):
    joint, browser = joined(coordinator, mixed, 0, 260 * MILLION), client_of(coordinator)
    more = "Provinsi membayar Rp\xa070,00\xa0jt lebih banyak"
    board = browser.get(reverse("harmonisation:board"), {"grup": joint.pk}).text
    desk = browser.get(reverse("meeting:decide_joint", args=[joint.pk])).text
    for page in (board, desk):
        assert (more in page, "286.000.000" in page) == (True, False)
        assert ("190.000.000" in page, "96.000.000" in page) == (True, True)
    assert "Rp\xa00,19\xa0M diminta kepada provinsi · Rp\xa096,00\xa0jt program sendiri" in board


def test_no_saving_is_told_before_the_shares_add_up(client_of, coordinator, mixed):
    joint = make_joint(mixed, JointState.FORMING, amounts=[0, 0])
    give(joint, 0, 260 * MILLION, by=coordinator, total=300 * MILLION)
    page = client_of(coordinator).get(reverse("harmonisation:board"), {"grup": joint.pk})
    assert "lebih banyak daripada" not in page.text


def test_a_ceiling_that_is_passed_already_is_marked(client_of, coordinator, mixed):
    make_ceiling(250 * MILLION)
    make_proposal(status=Status.AGREED)
    lowered = {"amount_rp": 200 * MILLION, "override_reason": "Refokusing anggaran"}
    Ceiling.objects.update(**lowered)
    joint = joined(coordinator, mixed, 0, 0)
    page = client_of(coordinator).get(reverse("harmonisation:board"), {"grup": joint.pk})
    (room,) = page.context["thread"].balance.rooms
    assert (room.is_passed, room.is_over, room.over_rp) == (False, True, 50 * MILLION)
    assert "terlampaui Rp\xa050,00\xa0jt" in page.text


def test_the_list_of_decisions_adds_no_kinds(client_of, coordinator, mixed):
    make_joint(mixed, JointState.AGREED, amounts=[0, 260 * MILLION])
    text = client_of(coordinator).get(reverse("meeting:decisions")).text
    assert ("286.000.000" in text, "260.000.000" in text) == (False, True)
