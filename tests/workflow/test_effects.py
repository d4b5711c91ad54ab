"""What an action writes beside the status."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from proposals.enums import (
    Action,
    JointAction,
    ReasonFor,
    RegencyWord,
    ReviewState,
    Role,
    Status,
)
from proposals.models import Decision, Division, GateAnswer, Proposal, ReturnPoint, Review
from proposals.workflow import Given, Point, take, take_joint
from proposals.workflow.sending import checksum
from tests import cast, lists
from tests.builders import make_proposal
from tests.moves import make_review
from tests.workflow.acts import NEXT_WEEK, POINT, answer_gates, answer_points

pytestmark = pytest.mark.django_db

A, S = Action, Status


def fresh(proposal):
    return Proposal.objects.get(pk=proposal.pk)


def head():
    return cast.person(Role.HEAD)


def send(proposal):
    return take(A.SEND, proposal=proposal, by=head())


def test_every_move_counts_the_row_version_and_the_time():
    draft = make_proposal()
    before = timezone.now()
    sent = send(draft)
    assert sent.row_version == draft.row_version + 1
    assert before <= sent.status_at <= timezone.now()
    assert fresh(draft).status_at == sent.status_at


def test_the_first_sending_gives_number_time_division_and_a_frozen_version():
    division = Division.objects.create(key="sdi", name_id="Pembangunan Sumber Daya Industri")
    draft = make_proposal(n_lines=2)
    type(draft.nomenclature).objects.update(division=division)
    sent = send(draft)
    version = sent.versions.get()
    assert (sent.number, sent.lead_division) == ("RT22-6301-01", division)
    assert (version.version, version.sent_by, version.sha256) == (
        1,
        head(),
        checksum(version.content),
    )
    assert re.fullmatch(r"[0-9a-f]{64}", version.sha256)
    assert version.content["proposal"]["title"] == draft.title
    assert version.content["words"]["funding_source"] == "Apbd prov"
    assert [line["total_rp"] for line in version.content["budget_lines"]] == ["125000000"] * 2
    assert [paper["document"] for paper in version.content["attachments"]] == ["kak", "rab"]


def test_what_the_province_writes_is_no_part_of_a_version():
    content = send(make_proposal()).versions.get().content
    internal = {"recommended_rp", "score_pct", "unscored_reason", "lead_reviewer", "status"}
    internal |= {"agreed_rp", "is_changed", "decided_at", "result_reason", "result_note"}
    assert internal & set(content["proposal"]) == set()


def test_a_division_that_was_assigned_stays():
    division = Division.objects.create(key="sarana", name_id="Sarana")
    draft = make_proposal()
    Proposal.objects.update(lead_division=division)
    assert send(draft).lead_division == division


def test_a_draft_without_a_code_keeps_no_division():
    bare = make_proposal()
    type(bare.nomenclature).objects.update(division=None)
    assert send(bare).lead_division is None


def test_sending_again_keeps_the_number_and_begins_the_check_anew():
    proposal = make_proposal(status=S.AT_DESK)
    number, sent_at = proposal.number, proposal.sent_at
    take(A.RETURN, proposal=proposal, by=cast.person(Role.REVIEWER), given=Given(points=(POINT,)))
    answer_points(proposal, cast.person(Role.OFFICER))
    again = send(proposal)
    assert (again.number, again.sent_at) == (number, sent_at)
    assert (again.recommended_rp, again.score_pct, again.unscored_reason) == (None, None, "")
    assert [version.version for version in again.versions.order_by("version")] == [1, 2]
    assert not GateAnswer.objects.filter(proposal=proposal).exists()
    review = Review.objects.get(proposal=proposal)
    assert (review.state, review.final_at, review.score_pct) == (ReviewState.DRAFT, None, None)


def test_a_return_keeps_its_points_and_settles_the_older_ones():
    proposal = make_proposal(status=S.RETURNED)
    answer_points(proposal, cast.person(Role.OFFICER))
    send(proposal)
    checker = cast.person(Role.GATE_CHECKER)
    points = (
        Point("title", "Perbaiki tahun", NEXT_WEEK, lists.reason(ReasonFor.RETURN)),
        Point("outputs", "Tulis hasil, bukan kegiatan", NEXT_WEEK + timedelta(days=1)),
    )
    take(A.RETURN, proposal=proposal, by=checker, given=Given(points=points))
    old, *new = ReturnPoint.objects.filter(proposal=proposal).order_by("pk")
    assert (old.field, old.settled_by) == ("background", checker)
    assert [(p.field, p.what, p.due_on, p.reason, p.settled_at, p.made_by) for p in new] == [
        (one.field, one.what, one.due_on, one.reason, None, checker) for one in points
    ]


def test_accepting_settles_what_was_answered():
    proposal = make_proposal(status=S.RETURNED)
    answer_points(proposal, cast.person(Role.OFFICER))
    send(proposal)
    answer_gates(proposal)
    checker = cast.person(Role.GATE_CHECKER)
    take(A.ACCEPT_FOR_REVIEW, proposal=proposal, by=checker)
    assert ReturnPoint.objects.get(proposal=proposal).settled_by == checker


def test_resuming_settles_the_points_and_keeps_the_reason():
    proposal = make_proposal(status=S.RETURNED)
    coordinator = cast.person(Role.COORDINATOR)
    resumed = take(
        A.RESUME, proposal=proposal, by=coordinator, given=Given(note="Dijelaskan lewat telepon")
    )
    assert (resumed.status, resumed.result_note) == (S.UNDER_REVIEW, "Dijelaskan lewat telepon")
    assert ReturnPoint.objects.get(proposal=proposal).settled_by == coordinator


@pytest.mark.parametrize(
    ("action", "given"),
    [
        (A.RESUME, {"note": "Dijelaskan lewat telepon"}),
        (A.DEFER, {"reason": ReasonFor.DEFER}),
        (A.REDIRECT, {"reason": ReasonFor.REDIRECT}),
    ],
)
def test_what_was_mended_but_not_sent_is_frozen_as_the_province_takes_it(action, given):
    proposal = make_proposal(status=S.RETURNED)
    Proposal.objects.update(background="Diperbaiki, belum dikirim")
    coordinator = cast.person(Role.COORDINATOR)
    words = {name: lists.reason(v) if name == "reason" else v for name, v in given.items()}
    take(action, proposal=proposal, by=coordinator, given=Given(**words))
    first, second = proposal.versions.order_by("version")
    assert second.content["proposal"]["background"] == "Diperbaiki, belum dikirim"
    assert (second.version, second.sent_by, second.sha256) == (
        2,
        coordinator,
        checksum(second.content),
    )
    assert first.content["proposal"]["background"] != "Diperbaiki, belum dikirim"


def test_resuming_what_nobody_changed_makes_no_version():
    proposal = make_proposal(status=S.RETURNED)
    given = Given(note="Dijelaskan lewat telepon")
    take(A.RESUME, proposal=proposal, by=cast.person(Role.COORDINATOR), given=given)
    assert proposal.versions.count() == 1


def test_going_to_the_desk_unscored_keeps_the_reason():
    proposal = make_proposal(status=S.UNDER_REVIEW)
    coordinator = cast.person(Role.COORDINATOR)
    at_desk = take(A.PUT_ON_DESK, proposal=proposal, by=coordinator, given=Given(note="Mendesak"))
    assert at_desk.unscored_reason == "Mendesak"


def test_going_to_the_desk_scored_needs_no_reason():
    proposal = make_proposal(status=S.UNDER_REVIEW)
    make_review(proposal)
    coordinator = cast.person(Role.COORDINATOR)
    at_desk = take(A.PUT_ON_DESK, proposal=proposal, by=coordinator, given=Given(note="x"))
    assert at_desk.unscored_reason == ""


def test_agreeing_writes_one_decision_and_the_result():
    proposal = make_proposal(status=S.AT_DESK, recommended_rp=200_000_000)
    coordinator, chief = cast.person(Role.COORDINATOR), cast.person(Role.PROVINCE_HEAD)
    given = Given(
        note="Sesuai rapat",
        reason=lists.reason(ReasonFor.CHANGE),
        agreed_rp=Decimal(150_000_000),
        override_reason="Arahan",
        regency_word=RegencyWord.OBJECTS,
        regency_note="Belum sepakat",
        decided_by=chief,
    )
    agreed = take(A.AGREE_CHANGED, proposal=proposal, by=coordinator, given=given)
    decision = Decision.objects.get(proposal=proposal)
    assert (decision.requested_rp, decision.recommended_rp, decision.agreed_rp) == (
        250_000_000,
        200_000_000,
        150_000_000,
    )
    assert (decision.decided_by, decision.recorded_by) == (chief, coordinator)
    assert (decision.regency_word, decision.regency_note) == ("objects", "Belum sepakat")
    assert (decision.override_reason, decision.note) == ("Arahan", "Sesuai rapat")
    assert (agreed.agreed_rp, agreed.is_changed, agreed.result_reason) == (
        150_000_000,
        True,
        given.reason,
    )
    assert agreed.decided_at == agreed.status_at


def test_who_types_decides_where_nobody_else_is_named():
    proposal = make_proposal(status=S.AT_DESK)
    chief = cast.person(Role.PROVINCE_HEAD)
    take(A.AGREE, proposal=proposal, by=chief, given=Given(agreed_rp=proposal.requested_rp))
    decision = Decision.objects.get(proposal=proposal)
    assert (decision.decided_by, decision.recorded_by, decision.result) == (chief, chief, "agreed")


def test_what_was_requested_recommended_and_agreed_stand_side_by_side():
    proposal = make_proposal(status=S.AT_DESK, recommended_rp=200_000_000)
    given = Given(agreed_rp=Decimal(1), reason=lists.reason(ReasonFor.CHANGE))
    take(A.AGREE_CHANGED, proposal=proposal, by=cast.person(Role.COORDINATOR), given=given)
    read = fresh(proposal)
    assert (read.requested_rp, read.recommended_rp, read.agreed_rp) == (250_000_000, 200_000_000, 1)


@pytest.mark.parametrize(
    ("action", "result", "act"),
    [
        (A.REDIRECT, "redirected", ReasonFor.REDIRECT),
        (A.DEFER, "deferred", ReasonFor.DEFER),
        (A.REJECT, "rejected", ReasonFor.REFUSAL),
    ],
)
def test_a_refusal_keeps_reason_and_no_amount(action, result, act):
    proposal = make_proposal(status=S.AT_DESK)
    why = lists.reason(act)
    given = Given(reason=why, note="Tahun depan", agreed_rp=Decimal(5))
    done = take(action, proposal=proposal, by=cast.person(Role.COORDINATOR), given=given)
    decision = Decision.objects.get(proposal=proposal)
    assert (decision.result, decision.agreed_rp, decision.reason) == (result, None, why)
    assert (done.agreed_rp, done.result_reason, done.result_note) == (None, why, "Tahun depan")


def test_deferring_a_returned_proposal_settles_its_points():
    proposal = make_proposal(status=S.RETURNED)
    given = Given(reason=lists.reason(ReasonFor.DEFER))
    take(A.DEFER, proposal=proposal, by=cast.person(Role.COORDINATOR), given=given)
    assert not ReturnPoint.objects.filter(proposal=proposal, settled_at=None).exists()


def test_reopening_is_a_decision_and_takes_the_result_away():
    proposal = make_proposal(status=S.AGREED, agreed_rp=1)
    chief = cast.person(Role.PROVINCE_HEAD)
    again = take(A.REOPEN, proposal=proposal, by=chief, given=Given(note="Angka keliru"))
    assert [one.result for one in Decision.objects.order_by("pk")] == ["agreed_changed", "reopened"]
    assert (again.agreed_rp, again.is_changed, again.decided_at, again.result_reason) == (
        None,
        False,
        None,
        None,
    )


def test_a_member_that_is_released_keeps_the_reason():
    merged = make_proposal(status=S.MERGED)
    chief = cast.person(Role.PROVINCE_HEAD)
    given = Given(note="Bahan bakunya lain")
    take_joint(JointAction.DISSOLVE, joint=merged.share.joint, by=chief, given=given)
    merged.refresh_from_db()
    assert (merged.status, merged.result_note) == (S.UNDER_REVIEW, "Bahan bakunya lain")


def test_withdrawing_gives_the_rank_away():
    draft = make_proposal(own_rank=1)
    gone = take(A.WITHDRAW, proposal=draft, by=head(), given=Given(note="Ditanggung CSR"))
    assert (gone.status, gone.own_rank, gone.result_note, gone.number) == (
        S.WITHDRAWN,
        None,
        "Ditanggung CSR",
        None,
    )


def test_taking_back_keeps_number_and_version():
    sent = make_proposal(status=S.SENT)
    back = take(A.TAKE_BACK, proposal=sent, by=head())
    assert (back.status, back.number, back.versions.count()) == (S.DRAFT, "RT22-6301-01", 1)
