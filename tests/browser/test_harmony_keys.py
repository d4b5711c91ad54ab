"""Harmonisation without a mouse: judge a pair, join a suggestion, share, take it apart again."""

import pytest

from proposals.enums import JointState, OverlapVerdict, Role, Status
from proposals.models import JointProgramme
from tests import builders, cast, lists

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pairs(transactional_db):
    """Two pairs wait for a word: one of two trades, one of two regencies that ask the same."""
    builders.make_ceiling(10**12)
    lists.nomenclature()
    offices = [cast.make_office(code) for code in (cast.REGENCY, cast.OTHER_REGENCY)]

    def pair(title, score):
        made = [builders.make_proposal(one, Status.UNDER_REVIEW, title=title) for one in offices]
        return builders.make_pair(*made, score=score)

    return pair("Pelatihan tapioka", "0.950"), pair("Pameran kerajinan", "0.600")


def test_a_pair_is_judged_and_a_suggestion_joined_and_taken_apart_by_keys(pairs, keys):
    alike, other = pairs
    coordinator = keys(Role.COORDINATOR)
    the_menu_closes_with_escape(coordinator)
    a_pair_is_no_overlap(coordinator, other)
    joint = a_group_is_made(coordinator, alike)
    shares_are_set(coordinator, joint)
    coordinator.open("harmonisation:act", joint.pk, "gabungkan")
    coordinator.enter("main form .btn-primary")
    joint.refresh_from_db()
    assert (joint.state, joint.number) == (JointState.JOINED, "PROV-01")
    it_is_taken_apart(coordinator, joint)


def the_menu_closes_with_escape(person):
    person.open("harmonisation:board")
    person.reach("#account-menu summary")
    person.press("Enter")
    person.press("Tab")
    assert person.focused("closest('details').open")
    person.press("Escape")
    assert person.focused("matches('#account-menu:not([open]) summary')")


def a_pair_is_no_overlap(person, pair):
    person.open("harmonisation:board", query=f"?saran={pair.pk}")
    person.reach(".rk-bukan summary")
    person.press("Enter")
    person.reach("[name=note]")
    person.type("   ")
    person.enter(".rk-bukan button")
    assert person.focused("getAttribute('role')") == "alert"
    person.fill("[name=note]", "Dua kelompok perajin yang berbeda.")
    person.enter("button[value=dismiss]")
    pair.refresh_from_db()
    told = (pair.verdict, pair.verdict_reason)
    assert told == (OverlapVerdict.DISMISSED, "Dua kelompok perajin yang berbeda.")


def a_group_is_made(person, pair):
    person.open("harmonisation:board")
    person.enter("main a[data-key=g]")
    person.fill("[name=title]", "Pelatihan tapioka dua kabupaten")
    person.choose("[name=lead_office]", cast.make_office(cast.PROVINCE).pk)
    person.enter("main form .btn-primary")
    joint = JointProgramme.objects.get()
    members = set(joint.shares.values_list("proposal", flat=True))
    assert members == {pair.a_id, pair.b_id}
    person.open("harmonisation:edit", joint.pk)
    person.choose("[name=nomenclature]", lists.nomenclature().pk)
    person.enter("main form .btn-primary")
    return joint


def shares_are_set(person, joint):
    person.open("harmonisation:shares", joint.pk)
    person.fill("[name=amount_rp]", "seratus")
    person.enter("button[value=save]")
    assert person.focused("getAttribute('role')") == "alert"
    person.fill("[name=amount_rp]", "300.000.000")
    with person.page.expect_response(lambda answer: answer.request.method == "POST"):
        person.press("Tab")
    person.enter("button[value=split]")
    assert person.focused("id") == "share-balance"
    person.enter("button[value=save]")
    assert list(joint.shares.values_list("amount_rp", flat=True)) == [150_000_000] * 2


def it_is_taken_apart(person, joint):
    person.open("harmonisation:act", joint.pk, "urai")
    person.enter("main form .btn-outline-danger")
    assert person.focused("getAttribute('role')") == "alert"
    person.fill("[name=note]", "Kedua daerah berjalan sendiri.")
    person.enter("main form .btn-outline-danger")
    joint.refresh_from_db()
    assert joint.state == JointState.DISSOLVED
