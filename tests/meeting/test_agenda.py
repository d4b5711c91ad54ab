"""The agenda, the list of decisions, the printed list, and who opens each door."""

import pytest
from django.urls import reverse

from proposals.enums import JointState, Role, Status
from proposals.models import Decision
from tests import cast
from tests.builders import make_joint, make_proposal, set_state

pytestmark = pytest.mark.django_db
AGENDA = "/rapat/"
DECISIONS = "/rapat/keputusan/"


def printed(office):
    return reverse("meeting:print_office", args=[office.pk])


@pytest.mark.parametrize("n_rows", [1, 30])
def test_agenda_costs_the_same_for_any_number_of_rows(
    client_of, province_head, n_rows, django_assert_num_queries
):
    for _ in range(n_rows):
        make_proposal(status=Status.AT_DESK)
    browser = client_of(province_head)
    with django_assert_num_queries(8):
        response = browser.get(AGENDA)
    assert len(response.context["page"]) == min(n_rows, 25)


@pytest.mark.parametrize("n_rows", [1, 30])
def test_decisions_cost_the_same_for_any_number_of_rows(
    client_of, province_head, n_rows, django_assert_num_queries
):
    for _ in range(n_rows):
        make_proposal(status=Status.AGREED)
    browser = client_of(province_head)
    with django_assert_num_queries(5):
        response = browser.get(DECISIONS)
    assert len(response.context["page"]) == min(n_rows, 25)


@pytest.mark.parametrize("n_rows", [1, 30])
def test_the_printed_list_costs_the_same_for_any_number_of_rows(
    client_of, province_head, office, n_rows, django_assert_num_queries
):
    for _ in range(n_rows):
        make_proposal(office, Status.AT_DESK)
    browser = client_of(province_head)
    with django_assert_num_queries(6):
        response = browser.get(printed(office))
    assert len(response.context["rows"]) == n_rows


@pytest.mark.parametrize("n_decisions", [1, 30])
def test_the_desk_costs_at_most_fifteen_queries(
    client_of, province_head, n_decisions, django_assert_num_queries
):
    proposal = make_proposal(status=Status.AT_DESK)
    for _ in range(n_decisions):
        Decision.objects.create(
            proposal=proposal,
            result="reopened",
            note="Dibahas ulang",
            decided_by=province_head,
            recorded_by=province_head,
            decided_at=proposal.status_at,
        )
    browser = client_of(province_head)
    with django_assert_num_queries(12):
        response = browser.get(reverse("meeting:decide", args=[proposal.pk]))
    assert len(response.context["desk"].earlier) == n_decisions


def test_agenda_shows_desk_joint_programmes_and_what_was_decided(
    client_of, province_head, office, other_office
):
    here = make_proposal(office, Status.AT_DESK)
    there = make_proposal(other_office, Status.AT_DESK)
    decided = make_proposal(office, Status.AGREED)
    joint, agreed = make_joint(), make_joint(state=JointState.AGREED)
    context = client_of(province_head).get(AGENDA).context
    assert [one.number for one in context["page"]] == [here.number, there.number]
    assert [(one.name, one.count) for one in context["offices"]] == [
        ("Kabupaten Tanah Laut", 1),
        ("Kabupaten Kotabaru", 1),
    ]
    assert list(context["joints"]) == [joint]
    assert {one.proposal or one.joint for one in context["decided"]} == {decided, agreed}
    context = client_of(province_head).get(AGENDA, {"kantor": other_office.pk}).context
    assert [one.number for one in context["page"]] == [there.number]


@pytest.mark.parametrize("query", [{"kantor": "x"}, {"kantor": "9" * 30}, {"after": "x"}])
def test_what_cannot_be_read_in_the_address_is_left_out(client_of, province_head, query):
    proposal = make_proposal(status=Status.AT_DESK)
    response = client_of(province_head).get(AGENDA, query)
    assert [one.number for one in response.context["page"]] == [proposal.number]


def test_agenda_without_a_year_is_empty(client_of, province_head):
    response = client_of(province_head).get(AGENDA)
    assert (response.status_code, list(response.context["page"])) == (200, [])


def test_the_printed_list_keeps_kinds_apart_and_is_a_draft_until_signed(
    client_of, province_head, office
):
    agreed = make_proposal(office, Status.AGREED, agreed_rp=200_000_000)
    make_proposal(office, Status.SENT, request_to="own")
    make_proposal(office)
    make_joint([make_proposal(office, Status.UNDER_REVIEW), agreed_elsewhere()], JointState.AGREED)
    browser = client_of(province_head)
    response = browser.get(printed(office))
    sums = [(one.word, one.asked_rp, one.agreed_rp) for one in response.context["sums"]]
    assert sums == [
        ("Program sendiri", 250_000_000, None),
        ("Permintaan ke provinsi", 500_000_000, 450_000_000),
    ]
    assert len(response.context["rows"]) == 3
    assert "rk-draf-cap" in response.content.decode()
    set_state(agreed.year, "signed")
    assert "rk-draf-cap" not in browser.get(printed(office)).content.decode()


def agreed_elsewhere():
    return make_proposal(cast.make_office(cast.OTHER_REGENCY), Status.UNDER_REVIEW)


def doors():
    proposal, joint = make_proposal(status=Status.AT_DESK), make_joint()
    return [
        AGENDA,
        DECISIONS,
        printed(proposal.office),
        reverse("meeting:decide", args=[proposal.pk]),
        reverse("meeting:decide_joint", args=[joint.pk]),
    ]


@pytest.mark.parametrize("role", Role)
def test_who_follows_the_meeting_opens_every_door_others_none(client_of, role):
    follows = {
        Role.GATE_CHECKER,
        Role.REVIEWER,
        Role.COORDINATOR,
        Role.PROVINCE_HEAD,
        Role.BAPPEDA,
    }
    browser = client_of(cast.person(role))
    answers = {browser.get(door).status_code for door in doors()}
    assert answers == ({200} if role in follows else {404})


@pytest.mark.parametrize("role", Role)
def test_only_who_decides_may_post(client_of, role):
    decides = {Role.COORDINATOR, Role.PROVINCE_HEAD}
    browser = client_of(cast.person(role))
    answers = {browser.post(door, {"action": "agree"}).status_code for door in doors()[3:]}
    assert answers == ({422} if role in decides else {404})
    assert Decision.objects.count() == 0


def test_bappeda_reads_decisions_but_no_scores(client_of, bappeda):
    proposal = make_proposal(status=Status.AT_DESK, recommended_rp=123_456_789)
    addresses = [AGENDA, printed(proposal.office), reverse("meeting:decide", args=[proposal.pk])]
    pages = [client_of(bappeda).get(address).content.decode() for address in addresses]
    assert ["123.456.789" in page for page in pages] == [False, False, False]
