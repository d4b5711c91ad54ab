"""The life of a proposal: the table says what the house says; what is drawn from it agrees."""

import pytest

from proposals import lifecycle
from proposals.enums import Action, DecisionResult, JointAction, JointState, Role, Status
from proposals.transitions import (
    DECIDED,
    JOINT_MOVES,
    JOINT_TRANSITIONS,
    MOVES,
    RESULT,
    TRANSITIONS,
    WITH_PROVINCE,
    Need,
)
from proposals.workflow import hindrances
from tests.house import sources

HOUSE = {
    "hand_to_head": ("draft returned", "awaiting_head", "officer"),
    "send": ("draft returned awaiting_head", "sent", "head officer province_head"),
    "take_back": ("awaiting_head sent", "draft", "officer head province_head"),
    "accept_for_review": ("sent", "under_review", "gate_checker"),
    "return": ("sent under_review at_desk", "returned", "gate_checker reviewer"),
    "resume": ("returned", "under_review", "coordinator"),
    "put_on_desk": ("under_review", "at_desk", "reviewer coordinator"),
    "agree": ("at_desk", "agreed", "province_head coordinator"),
    "agree_changed": ("at_desk", "agreed", "province_head coordinator"),
    "merge": ("under_review at_desk", "merged", "coordinator province_head"),
    "redirect": (
        "sent under_review returned at_desk",
        "redirected",
        "province_head coordinator",
    ),
    "defer": ("sent under_review returned at_desk", "deferred", "province_head coordinator"),
    "reject": ("at_desk", "rejected", "province_head coordinator"),
    "release": ("merged", "under_review", "coordinator province_head"),
    "reopen": (
        "agreed redirected deferred rejected",
        "at_desk",
        "province_head coordinator",
    ),
    "withdraw": ("draft awaiting_head sent returned", "withdrawn", "head province_head"),
}
"""The table of the house, section 4; a province head is the head of the provincial office."""

JOINT_HOUSE = {
    "join": ("forming", "joined"),
    "agree": ("joined", "agreed"),
    "defer": ("joined", "deferred"),
    "reopen": ("agreed deferred", "joined"),
    "dissolve": ("forming joined", "dissolved"),
}


@pytest.mark.parametrize("action", Action)
def test_the_table_says_what_the_house_says(action):
    row = TRANSITIONS[action]
    sources_, target, by = HOUSE[action]
    assert (set(row.sources), row.target, set(row.by)) == (
        set(sources_.split()),
        target,
        set(by.split()),
    )


@pytest.mark.parametrize("action", JointAction)
def test_the_table_of_joint_programmes_says_what_the_house_says(action):
    row = JOINT_TRANSITIONS[action]
    sources_, target = JOINT_HOUSE[action]
    assert (set(row.sources), row.target) == (set(sources_.split()), target)
    assert row.by == {Role.PROVINCE_HEAD, Role.COORDINATOR}


def test_every_action_has_a_row_and_no_row_stands_still():
    assert list(TRANSITIONS) == list(Action)
    assert [row.action for row in TRANSITIONS.values() if row.target in row.sources] == []
    assert list(JOINT_TRANSITIONS) == list(JointAction)


def reached(start, moves):
    found, fresh = {start}, {start}
    while fresh:
        fresh = {target for source, target in moves if source in fresh} - found
        found |= fresh
    return found


def test_every_status_is_reached_from_a_draft():
    assert reached(Status.DRAFT, MOVES) == set(Status)
    assert reached(JointState.FORMING, JOINT_MOVES) == set(JointState)


def test_only_what_was_withdrawn_or_dissolved_stays_for_good():
    assert {status for status in Status if status not in {s for s, _ in MOVES}} == {"withdrawn"}
    assert {s for s in JointState if s not in {source for source, _ in JOINT_MOVES}} == {
        "dissolved"
    }


def test_nothing_moves_after_signing():
    assert {a for a, row in TRANSITIONS.items() if Need.NOT_SIGNED not in row.needs} == set()


def test_every_need_is_used_and_has_one_check():
    assert set().union(*(row.needs for row in TRANSITIONS.values())) == set(Need)
    assert set(hindrances.__globals__["CHECKS"]) == set(Need)


def test_named_sets_of_statuses():
    assert {"agreed", "redirected", "deferred", "rejected"} == DECIDED
    assert DECIDED | {"merged"} == RESULT
    assert RESULT | {"sent", "under_review", "at_desk", "returned"} == WITH_PROVINCE


def test_every_decided_status_is_a_result_of_deciding():
    assert DECIDED - set(DecisionResult) == set()


def test_the_page_of_the_lifecycle_is_fresh():
    written = (sources.ROOT / "docs" / "lifecycle.md").read_text(encoding="utf-8")
    assert written == lifecycle.page(), "run manage.py draw_lifecycle"


def test_the_page_draws_every_move_once():
    drawn = [
        tuple(line.strip().split(":")[0].split(" --> "))
        for line in lifecycle.page().splitlines()
        if " --> " in line and "[*]" not in line
    ]
    assert len(drawn) == len(MOVES) + len(JOINT_MOVES)
    assert set(drawn) == {(str(s), str(t)) for s, t in MOVES | JOINT_MOVES}
