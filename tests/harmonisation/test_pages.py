"""What each page shows to whom, what it costs, and what it answers to wrong input."""

import pytest
from django.urls import reverse

from proposals.enums import JointState, Role, Status
from tests import cast
from tests.builders import make_ceiling, make_joint, make_proposal
from tests.harmonisation.story import MILLION, amounts, fresh, joined

pytestmark = pytest.mark.django_db
PROVINCIAL = (Role.GATE_CHECKER, Role.REVIEWER, Role.COORDINATOR, Role.PROVINCE_HEAD)


def page(name, *args, **query):
    return reverse(f"harmonisation:{name}", args=args, query=query or None)


def make_members(n=2, **fields):
    offices = [cast.make_office(cast.REGENCY), cast.make_office(cast.OTHER_REGENCY)]
    return [make_proposal(offices[i % 2], Status.UNDER_REVIEW, **fields) for i in range(n)]


def sent(joint, *typed, total="", **fields):
    """Return what the thread's form sends, amounts in the order of the members' numbers."""
    shares = joint.shares.order_by("proposal__number")
    start = {
        "row_version": fresh(joint).row_version,
        "do": "save",
        "title": joint.title,
        "lead_office": joint.lead_office_id,
        "amount_rp": total,
    }
    pairs = zip(shares, typed, strict=True)
    return start | {f"amount_{share.pk}": text for share, text in pairs} | fields


@pytest.mark.parametrize("state", JointState)
def test_every_page_of_a_programme_opens_in_every_state(client_of, coordinator, state):
    joint = make_joint(state=state)
    client = client_of(coordinator)
    is_open = state in {JointState.FORMING, JointState.JOINED}
    share = joint.shares.first()
    found = {
        name: client.get(page(name, joint.pk)).status_code
        for name in ("group", "programme", "history", "edit", "shares", "add")
    }
    found["board"] = client.get(page("board", grup=joint.pk, keadaan="all")).status_code
    found["remove"] = client.get(page("remove", joint.pk, share.pk if share else 1)).status_code
    change = 200 if is_open else 404
    assert found == {
        **dict.fromkeys(("group", "programme", "history", "board"), 200),
        **dict.fromkeys(("edit", "shares", "add", "remove"), change),
    }


@pytest.mark.parametrize("role", Role)
def test_who_comes_in(client_of, role):
    joint, client = make_joint(state=JointState.FORMING), client_of(cast.person(role))
    compares, joins = role in PROVINCIAL, role in PROVINCIAL[1:]
    member = role in {Role.OFFICER, Role.HEAD}
    expected = {
        "board": compares,
        "compare": compares,
        "new_group": joins,
        "programmes": True,
        "group": compares,
        "programme": compares or member,
        "history": compares or member,
        "edit": joins,
        "shares": joins,
        "add": joins,
        "act": role in PROVINCIAL[2:],
    }
    own = {"group", "programme", "history", "edit", "shares", "add"}
    steps = {name: [joint.pk] for name in own} | {"act": [joint.pk, "gabungkan"]}
    found = {name: client.get(page(name, *steps.get(name, []))).status_code for name in expected}
    assert found == {name: 200 if comes else 404 for name, comes in expected.items()}


def test_a_reviewer_prepares_a_group_but_changes_no_joined_programme(client_of, reviewer):
    joint, client = make_joint(), client_of(reviewer)
    found = {name: client.get(page(name, joint.pk)).status_code for name in ("edit", "shares")}
    assert found == {"edit": 404, "shares": 404}
    before = amounts(joint)
    answer = client.post(page("group", joint.pk), sent(joint, "1", "2", total="3"))
    assert (answer.status_code, amounts(joint)) == (422, before)


# What an office reads ---------------------------------------------------------------------------


def test_an_office_reads_its_own_share_and_of_the_others_a_summary(client_of, coordinator, head):
    own, other = make_members(background="Latar yang hanya dibaca pemiliknya", requested_rp=900)
    joined(coordinator, [own, other], 111_000_000, 222_000_000)
    client = client_of(head)
    text = client.get(page("programme", own.share.joint_id)).content.decode()
    assert "dilaksanakan provinsi di daerah Anda, senilai Rp\xa0111.000.000" in text
    assert "222.000.000" not in text
    assert (other.title in text, reverse("filing:proposal", args=[other.pk]) in text) == (
        True,
        False,
    )
    assert reverse("filing:proposal", args=[own.pk]) in text
    history = client.get(page("history", own.share.joint_id)).content.decode()
    assert "222.000.000" not in history


def test_an_office_without_a_member_reads_no_result_before_signing(client_of):
    joint = make_joint(state=JointState.AGREED)
    stranger = cast.person(Role.HEAD, cast.make_office("63.03"))
    client = client_of(stranger)
    shown = client.get(page("programme", joint.pk))
    assert shown.context["reading"].state == JointState.JOINED
    assert (shown.context["reading"].decisions, shown.context["thread"]) == ([], None)
    assert client.get(page("history", joint.pk)).status_code == 404
    listed = client.get(page("programmes")).content.decode()
    assert "Disepakati" not in listed


def test_the_originals_stay_readable_and_say_where_they_went(client_of, coordinator):
    own, other = make_members()
    joined(coordinator, [own, other], 1, 2)
    text = client_of(coordinator).get(page("programme", own.share.joint_id)).content.decode()
    for one in (own, other):
        assert reverse("filing:proposal", args=[one.pk]) in text
    assert text.count("Digabung ke PROV-01") == 2


# Costs ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n_rows", [1, 30])
def test_the_board_costs_the_same_for_any_number_of_groups(
    client_of, coordinator, n_rows, django_assert_num_queries
):
    make_ceiling(900 * MILLION)
    for _ in range(n_rows):
        make_joint(make_members(), JointState.FORMING)
    client = client_of(coordinator)
    with django_assert_num_queries(9):
        response = client.get(page("board"))
    assert response.context["page"].total == n_rows


@pytest.mark.parametrize("n_rows", [2, 30])
def test_pages_cost_the_same_for_any_number_of_members(
    client_of, coordinator, head, n_rows, django_assert_num_queries
):
    make_ceiling(900 * MILLION)
    joint = make_joint(make_members(n_rows, n_lines=3))
    ids = [share.proposal_id for share in joint.shares.all()]
    client = client_of(coordinator)
    costs = {
        page("group", joint.pk): 7,
        page("programme", joint.pk): 8,
        page("shares", joint.pk): 7,
        page("edit", joint.pk): 9,
        page("compare", usulan=ids): 4,
        page("act", joint.pk, "urai"): 7,
        page("remove", joint.pk, joint.shares.first().pk): 6,
        page("history", joint.pk): 9,
    }
    for address, n in costs.items():
        with django_assert_num_queries(n):
            assert client.get(address).status_code == 200
    client = client_of(head)
    with django_assert_num_queries(7):
        client.get(page("programme", joint.pk))


@pytest.mark.parametrize("n_rows", [1, 30])
def test_the_list_of_programmes_costs_the_same(client_of, n_rows, django_assert_num_queries):
    for _ in range(n_rows):
        make_joint(make_members())
    for role in (Role.COORDINATOR, Role.HEAD):
        client = client_of(cast.person(role))
        with django_assert_num_queries(6):
            response = client.get(page("programmes"))
        assert response.context["page"].total == n_rows


@pytest.mark.parametrize("n_rows", [1, 30])
def test_choosing_costs_the_same(client_of, coordinator, n_rows, django_assert_num_queries):
    make_members(n_rows)
    joint = make_joint(make_members(), JointState.FORMING)
    client = client_of(coordinator)
    for address, n in ((page("new_group"), 5), (page("add", joint.pk), 6)):
        with django_assert_num_queries(n):
            response = client.get(address)
        assert response.context["page"].total == n_rows
