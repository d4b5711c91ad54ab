"""Overlaps found behind the pages: marked when sent, found once, and judged by people."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from proposals import workflow
from proposals.enums import (
    Action,
    JoiningKind,
    JointAction,
    OverlapVerdict,
    Role,
    Status,
)
from proposals.harmonisation import actions, tasks
from proposals.harmonisation.actions import finding
from proposals.management import periodic
from proposals.models import OverlapPair, OverlapSigns, Proposal, Share, Synonym
from proposals.refused import Refused
from proposals.workflow import Given, Point
from tests import cast, lists
from tests.builders import make_proposal
from tests.harmonisation.story import check_now, form, joined

pytestmark = pytest.mark.django_db

TAPIOCA = ("Bimtek Tepung Tapioka di Takisung", "Pelatihan Pengolahan Tapioka bagi UKM")


def mark(*proposals):
    Proposal.objects.filter(pk__in=[one.pk for one in proposals]).update(
        overlaps_due_at=timezone.now()
    )


def two(status=Status.SENT, titles=TAPIOCA):
    offices = (cast.make_office("63.01"), cast.make_office("63.02"))
    pair = [
        make_proposal(where, status, title=title)
        for where, title in zip(offices, titles, strict=True)
    ]
    mark(*pair)
    return pair


def pairs():
    return list(OverlapPair.objects.order_by("a", "b").values_list("a", "b", "verdict"))


def changed(proposal, **columns):
    """Change what its office changes when the proposal came back for it."""
    check_now()
    with connection.cursor() as cursor:
        cursor.execute("alter table proposals_proposal disable trigger rk_proposal_content")
        Proposal.objects.filter(pk=proposal.pk).update(**columns)
        check_now()
        cursor.execute("alter table proposals_proposal enable trigger rk_proposal_content")
    mark(proposal)


def test_what_is_sent_is_marked_found_and_cleared(head):
    first = make_proposal(head.office, title=TAPIOCA[0])
    (second,) = [make_proposal(cast.make_office("63.02"), Status.SENT, title=TAPIOCA[1])]
    mark(second)
    workflow.take(Action.SEND, proposal=first, by=head)
    assert finding.waiting().count() == 2
    assert finding.find_due() == 2
    (pair,) = OverlapPair.objects.all()
    assert (pair.a_id, pair.b_id, pair.kind) == (first.pk, second.pk, JoiningKind.DUPLICATE)
    assert pair.score > Decimal("0.9")
    codes = [code for code, _given in pair.reasons]
    assert codes == ["same_way", "commodity", "product", "titles", "texts"]
    assert ["titles", [["bimtek", "pelatihan"], ["tepung tapioka", "tapioka"]]] in pair.reasons
    assert finding.waiting().count() == 0


def test_the_clock_asks_for_the_search_while_something_is_marked():
    assert tasks.find_overlaps.module_path not in periodic.enqueue_due()
    two()
    assert tasks.find_overlaps.module_path in periodic.enqueue_due()
    assert periodic.enqueue_due() == []


def test_a_second_look_changes_nothing():
    a, b = two()
    finding.find_due()
    before = OverlapPair.objects.values().get()
    mark(a, b)
    assert finding.find_due() == 2
    assert OverlapPair.objects.values().get() == before


def test_a_crash_keeps_the_mark_and_writes_nothing(monkeypatch):
    two()

    def dies(*_given):
        raise SystemExit

    monkeypatch.setattr(finding, "_write", dies)
    with pytest.raises(SystemExit):
        finding.find_due()
    assert (finding.waiting().count(), OverlapSigns.objects.count()) == (2, 0)


def test_one_that_cannot_be_compared_stops_no_other(monkeypatch):
    a, _b = two()
    whole = finding.signs_of

    def fails_on_the_first(piece, words):
        if int(piece.number) == a.pk:
            raise ValueError("beyond reading")
        return whole(piece, words)

    monkeypatch.setattr(finding, "signs_of", fails_on_the_first)
    assert (finding.find_due(), finding.waiting().count()) == (1, 0)
    assert [one.pk for one in Proposal.objects.filter(overlaps_due_at__gt=timezone.now())] == [a.pk]


def test_a_title_of_one_endless_word_is_compared():
    two(titles=("Bimtek " + "a" * 190, "Pelatihan " + "a" * 189))
    assert (finding.find_due(), len(pairs())) == (2, 1)


def test_of_very_many_the_nearest_new_pairs_are_kept(monkeypatch):
    monkeypatch.setattr(finding, "MOST_NEW", 1)
    first, second = two()
    assert finding.find_due() == 2
    third = make_proposal(cast.make_office("63.03"), Status.SENT, title=TAPIOCA[0])
    mark(third)
    assert finding.find_due() == 1
    assert {pair[:2] for pair in pairs()} == {(first.pk, second.pk), (first.pk, third.pk)}
    mark(third)  # what stands is looked at again and stays, one more comes in
    assert finding.find_due() == 1
    assert len(pairs()) == 3


def test_a_pair_that_no_longer_holds_goes():
    a, _b = two()
    finding.find_due()
    changed(a, intervention=lists.intervention("rpik"))
    assert (len(pairs()), finding.find_due(), pairs()) == (1, 1, [])


@pytest.mark.parametrize("action", [Action.TAKE_BACK, Action.WITHDRAW])
def test_what_leaves_the_province_takes_its_pairs_along(action):
    a, _b = two()
    finding.find_due()
    head = cast.person(Role.HEAD, a.office)
    workflow.take(action, proposal=a, by=head, given=Given(note="Ditarik"))
    assert finding.find_due() == 1
    assert (pairs(), OverlapSigns.objects.filter(proposal=a).count()) == ([], 0)


def test_a_returned_one_is_compared_anew_when_it_comes_back(coordinator):
    a, _b = two()
    finding.find_due()
    checker, head = cast.person(Role.GATE_CHECKER), cast.person(Role.HEAD, a.office)
    due_on = timezone.localdate() + timedelta(days=5)
    point = Point(field="background", what="Lengkapi", due_on=due_on)
    workflow.take(Action.RETURN, proposal=a, by=checker, given=Given(points=[point]))
    assert finding.waiting().count() == 0
    a.return_points.update(answer="Sudah", answered_by=head, answered_at=timezone.now())
    workflow.take(Action.SEND, proposal=a, by=head)
    assert [one.pk for one in finding.waiting()] == [a.pk]


def test_dismissed_never_returns_unless_one_side_changes(coordinator):
    a, b = two()
    finding.find_due()
    pair = OverlapPair.objects.get()
    with pytest.raises(Refused):
        actions.dismiss(pair=pair, by=coordinator, reason=" ", row_version=1)
    actions.dismiss(pair=pair, by=coordinator, reason="Pasar lain", row_version=1)
    mark(a, b)
    finding.find_due()
    assert pairs() == [(a.pk, b.pk, "dismissed")]
    changed(a, title="Bimtek Tepung Tapioka Kelompok Wanita Tani Takisung")
    finding.find_due()
    assert pairs() == [(a.pk, b.pk, "open")]


def test_dismissing_twice_is_once_and_on_old_sight_is_refused(coordinator, province_head):
    two()
    finding.find_due()
    pair = OverlapPair.objects.get()
    for _ in range(2):
        said = actions.dismiss(pair=pair, by=coordinator, reason="Pasar lain", row_version=1)
    assert said.row_version == 2
    with pytest.raises(actions.StalePair):
        actions.dismiss(pair=pair, by=province_head, reason="Bukan", row_version=1)
    again = actions.open_again(pair=pair, by=province_head, row_version=2)
    assert (again.verdict, again.judged_by, again.verdict_reason) == ("open", None, "")


@pytest.mark.parametrize("role", [Role.GATE_CHECKER, Role.ADMIN, Role.HEAD, Role.BAPPEDA])
def test_only_those_who_group_judge(role):
    two()
    finding.find_due()
    with pytest.raises(Refused):
        actions.dismiss(
            pair=OverlapPair.objects.get(), by=cast.person(role), reason="Bukan", row_version=1
        )


def test_grouping_both_settles_the_pair_and_splitting_opens_it(coordinator):
    a, b = two(Status.UNDER_REVIEW)
    finding.find_due()
    joint = form(coordinator, [a, b], title="Tapioka bersama")
    pair = OverlapPair.objects.get()
    assert (pair.verdict, pair.judged_by) == (OverlapVerdict.CONFIRMED, coordinator)
    assert pair.verdict_reason == "Tapioka bersama"
    mark(a)
    finding.find_due()
    assert pairs() == [(a.pk, b.pk, "confirmed")]
    actions.remove_member(
        share=Share.objects.get(joint=joint, proposal=a), by=coordinator, reason="Lain"
    )
    assert pairs() == [(a.pk, b.pk, "open")]


def test_what_is_found_inside_a_group_is_settled_by_it(coordinator):
    a, b = two(Status.UNDER_REVIEW)
    form(coordinator, [a, b], title="Tapioka bersama")
    finding.find_due()
    pair = OverlapPair.objects.get()
    said = (pair.verdict, pair.judged_by, pair.verdict_reason)
    assert said == ("confirmed", coordinator, "Tapioka bersama")


def test_dissolving_opens_the_pairs_and_marks_the_members(coordinator):
    a, b = two(Status.UNDER_REVIEW)
    finding.find_due()
    joint = joined(coordinator, [a, b], 100, 200)
    assert pairs() == [(a.pk, b.pk, "confirmed")]
    joint.refresh_from_db()
    actions.advance(
        JointAction.DISSOLVE,
        joint=joint,
        by=coordinator,
        row_version=joint.row_version,
        given=Given(note="Batal"),
    )
    assert pairs() == [(a.pk, b.pk, "open")]
    assert {one.pk for one in finding.waiting()} == {a.pk, b.pk}


def test_other_years_and_the_regencys_own_plan_are_left_alone():
    plan = lists.intervention("rpik")
    titles = ("Penyusunan RPIK Tanah Laut", "Penyusunan RPIK Kotabaru")
    offices = (cast.make_office("63.01"), cast.make_office("63.02"))
    mark(
        *(
            make_proposal(where, Status.SENT, title=title, intervention=plan)
            for where, title in zip(offices, titles, strict=True)
        )
    )
    assert (finding.find_due(), pairs()) == (2, [])


def test_words_that_admins_add_are_read():
    titles = ("Pelatihan Wadai Lakatan", "Pelatihan Ketan Kukus")
    assert len(two(titles=titles)) == 2
    finding.find_due()
    before = OverlapPair.objects.get().reasons
    Synonym.objects.create(
        key="lakatan", name_id="lakatan", role="thing", words="wadai lakatan, ketan kukus"
    )
    mark(*Proposal.objects.all())
    finding.find_due()
    after = OverlapPair.objects.get().reasons
    matched = [
        [words for code, words in reasons if code == "titles"] for reasons in (before, after)
    ]
    assert matched == [
        [[["pelatihan", "pelatihan"]]],
        [[["pelatihan", "pelatihan"], ["wadai lakatan", "ketan kukus"]]],
    ]
