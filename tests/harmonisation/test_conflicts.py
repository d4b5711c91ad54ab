"""Stale forms, forms sent twice, and two people at one moment."""

import threading
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.urls import reverse

from proposals.enums import JointAction, JointState, Role, Status
from proposals.harmonisation import actions
from proposals.harmonisation.actions import Stale
from proposals.models import JointProgramme, Share
from proposals.refused import Refused
from tests import cast, lists
from tests.builders import make_proposal
from tests.harmonisation.story import amounts, form, fresh, give, given, joined, ready


@pytest.fixture
def members(db, office, other_office):
    return [make_proposal(where, Status.UNDER_REVIEW) for where in (office, other_office)]


def test_an_old_reading_is_refused_and_nothing_is_written(members, coordinator):
    joint = form(coordinator, members)
    give(joint, 100, 200, by=coordinator, total=300)
    with pytest.raises(Stale) as refusal:
        give(joint, 1, 2, by=coordinator, row_version=1)
    assert refusal.value.joint.amount_rp == 300
    assert [rp for _, rp in amounts(joint)] == [100, 200]


def test_the_same_save_sent_twice_is_no_conflict(members, coordinator):
    joint = form(coordinator, members)
    for _ in range(2):
        give(joint, 100, 200, by=coordinator, total=300, row_version=1)
    assert (fresh(joint).row_version, [rp for _, rp in amounts(joint)]) == (2, [100, 200])


def test_the_same_group_sent_twice_is_one_group(members, coordinator, reviewer):
    first, second = (form(coordinator, members) for _ in range(2))
    assert first == second
    with pytest.raises(Refused):
        form(reviewer, members)
    assert JointProgramme.objects.count() == 1


def test_joining_and_leaving_sent_twice_happen_once(members, coordinator, office):
    joint = ready(coordinator, members, 100, 200)
    for _ in range(2):
        now = actions.advance(
            JointAction.JOIN, joint=joint, by=coordinator, row_version=joint.row_version
        )
    assert (now.state, now.number) == (JointState.JOINED, "PROV-01")
    third = make_proposal(office, Status.UNDER_REVIEW)
    for _ in range(2):
        actions.add_members(
            joint=joint, by=coordinator, proposals=[third], row_version=now.row_version
        )
    leaving = Share.objects.get(proposal=third)
    for _ in range(2):
        actions.remove_member(share=leaving, by=coordinator, reason="Keluar")
    assert [rp for _, rp in amounts(joint)] == [100, 200]


def test_joining_is_of_what_was_read(members, coordinator, reviewer):
    joint = ready(coordinator, members, 100, 200)
    give(joint, 299, 1, by=reviewer)
    with pytest.raises(Stale):
        actions.advance(
            JointAction.JOIN, joint=joint, by=coordinator, row_version=joint.row_version
        )
    assert fresh(joint).state == JointState.FORMING


def test_a_stale_form_shows_what_is_stored_and_keeps_what_was_typed(
    client_of, members, coordinator, reviewer
):
    joint = form(coordinator, members)
    first, second = joint.shares.order_by("proposal__number")
    give(joint, 100, 200, by=reviewer, total=300)
    client = client_of(coordinator)
    sent = {
        "row_version": 1,
        "do": "save",
        "title": "Nama baru",
        "lead_office": joint.lead_office_id,
        "amount_rp": "700",
        f"amount_{first.pk}": "500",
        f"amount_{second.pk}": "200",
    }
    answer = client.post(reverse("harmonisation:group", args=[joint.pk]), sent)
    shown = answer.context["thread"].form
    assert answer.status_code == 409
    assert {name: list(found) for name, found in shown.errors.items() if name != "__all__"} == {
        "title": ["Sementara itu tersimpan: Tepung tapioka bersama."],
        "amount_rp": ["Sementara itu tersimpan: 300."],
        f"amount_{first.pk}": ["Sementara itu tersimpan: 100."],
    }
    assert [shown[f"amount_{first.pk}"].value(), shown["title"].value()] == ["500", "Nama baru"]
    assert fresh(joint).title == "Tepung tapioka bersama"
    again = sent | {"row_version": shown["row_version"].value()}
    assert client.post(answer.request["PATH_INFO"], again).status_code == 302
    assert (fresh(joint).title, [rp for _, rp in amounts(joint)]) == ("Nama baru", [500, 200])


# Two people at one moment -----------------------------------------------------------------------


def at_once(*acts):
    """Run the acts in threads that start together; return what each gave or how it was refused."""
    gate, results = threading.Barrier(len(acts)), {}

    def run(at, act):
        gate.wait()
        try:
            results[at] = act()
        except Refused as refusal:
            results[at] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return [results[at] for at in range(len(acts))]


@pytest.fixture
def world(transactional_db):
    with transaction.atomic():
        lists.funding("apbd_prov"), lists.funding("apbd_kab")
        offices = [cast.make_office(code) for code in ("63.01", "63.02", "63.03")]
        found = [make_proposal(where, Status.UNDER_REVIEW) for where in offices]
        people = [cast.person(Role.COORDINATOR), cast.person(Role.PROVINCE_HEAD)]
    return found, people


def test_two_people_take_one_proposal_into_two_groups_and_one_is_refused(world):
    (one, two, three), (first, second) = world
    results = at_once(
        lambda: form(first, [one, two], title="Pertama"),
        lambda: form(second, [two, three], title="Kedua"),
    )
    assert sorted(isinstance(result, Refused) for result in results) == [False, True]
    assert JointProgramme.objects.count() == 1
    assert Share.objects.filter(proposal=two).count() == 1


def test_two_people_save_shares_at_once_and_one_has_to_look_again(world):
    (one, two, _three), (first, second) = world
    joint = joined(first, [one, two], 100, 200)
    version = joint.row_version
    results = at_once(
        lambda: give(joint, 200, 100, by=first, row_version=version),
        lambda: give(joint, 250, 50, by=second, row_version=version),
    )
    assert sorted(isinstance(result, Stale) for result in results) == [False, True]
    assert sum(rp for _, rp in amounts(joint)) == 300


def test_one_joins_while_another_takes_a_member_out(world):
    members, (first, second) = world
    joint = ready(first, members, 100, 200, 300)
    leaving = joint.shares.get(proposal=members[2])
    at_once(
        lambda: actions.advance(
            JointAction.JOIN, joint=joint, by=first, row_version=joint.row_version
        ),
        lambda: actions.remove_member(
            share=leaving,
            by=second,
            reason="Keluar",
            row_version=joint.row_version,
            amount_rp=Decimal(300),
        ),
    )
    now = fresh(joint)
    assert now.row_version == joint.row_version + 1  # one of the two, never both on one reading
    joined_statuses = {share.proposal.status for share in now.shares.select_related("proposal")}
    is_joined = now.state == JointState.JOINED
    assert joined_statuses == {Status.MERGED if is_joined else Status.UNDER_REVIEW}
    assert sum(rp for _, rp in amounts(joint)) == now.amount_rp


def test_a_head_consents_while_the_terms_change(world):
    (one, two, _three), (first, _second) = world
    with transaction.atomic():
        own = make_proposal(cast.make_office("63.71"), Status.UNDER_REVIEW, request_to="own")
        head = cast.person(Role.HEAD, cast.make_office("63.71"))
    joint = form(first, [one, two, own])
    share = joint.shares.get(proposal=own)
    version = joint.row_version
    wanted = given(joint, 1, 2, 3)
    at_once(
        lambda: actions.consent(share=share, by=head, row_version=version),
        lambda: actions.set_shares(joint=joint, by=first, row_version=version, shares=wanted),
    )
    row = Share.objects.get(pk=share.pk)
    assert (row.amount_rp, row.consent_at) == (3, None)  # never a consent to unread terms
