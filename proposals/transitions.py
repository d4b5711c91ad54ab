"""The life of a proposal, and of a joint programme, as tables of data.

The page that offers buttons, the function that acts, the trigger that refuses and the diagram in
docs/ are all made from these tables.
"""

from dataclasses import dataclass
from enum import StrEnum

from proposals.enums import Action, JointAction, JointState, Role, Status


class Need(StrEnum):
    """What must be true before an action; each has one check in :mod:`proposals.workflow`."""

    OWN_OFFICE = "own_office"
    MAY_SEND = "may_send"
    COMPLETE = "complete"
    WINDOW_OPEN = "window_open"
    POINTS_ANSWERED = "points_answered"
    REVIEW_NOT_BEGUN = "review_not_begun"
    GATES_PASSED = "gates_passed"
    RETURN_POINT = "return_point"
    REASON = "reason"
    REASON_CODE = "reason_code"
    REVIEWED = "reviewed"
    AGREED_AMOUNT = "agreed_amount"
    AS_ASKED = "as_asked"
    WITHIN_CEILING = "within_ceiling"
    JOINED = "joined"
    LET_GO = "let_go"
    NOT_SIGNED = "not_signed"


@dataclass(frozen=True)
class Transition:
    """A row of the table: who moves what from where to where, and what it needs."""

    action: Action
    sources: frozenset[Status]
    target: Status
    by: frozenset[Role]
    needs: frozenset[Need]


HEADS = frozenset({Role.HEAD, Role.PROVINCE_HEAD})
DECIDERS = frozenset({Role.PROVINCE_HEAD, Role.COORDINATOR})
S, R, N = Status, Role, Need


def _row(
    action: Action,
    sources: set[Status],
    target: Status,
    by: set[Role] | frozenset[Role],
    *needs: Need,
) -> Transition:
    needed = frozenset(needs) | {Need.NOT_SIGNED}
    return Transition(action, frozenset(sources), target, frozenset(by), needed)


TRANSITIONS: dict[Action, Transition] = {
    row.action: row
    for row in (
        _row(
            Action.HAND_TO_HEAD,
            {S.DRAFT, S.RETURNED},
            S.AWAITING_HEAD,
            {R.OFFICER},
            N.OWN_OFFICE,
            N.COMPLETE,
            N.POINTS_ANSWERED,
        ),
        _row(
            Action.SEND,
            {S.DRAFT, S.RETURNED, S.AWAITING_HEAD},
            S.SENT,
            HEADS | {R.OFFICER},
            N.OWN_OFFICE,
            N.MAY_SEND,
            N.COMPLETE,
            N.POINTS_ANSWERED,
            N.WINDOW_OPEN,
        ),
        _row(
            Action.TAKE_BACK,
            {S.AWAITING_HEAD, S.SENT},
            S.DRAFT,
            HEADS | {R.OFFICER},
            N.OWN_OFFICE,
            N.REVIEW_NOT_BEGUN,
        ),
        _row(
            Action.ACCEPT_FOR_REVIEW,
            {S.SENT},
            S.UNDER_REVIEW,
            {R.GATE_CHECKER},
            N.GATES_PASSED,
        ),
        _row(
            Action.RETURN,
            {S.SENT, S.UNDER_REVIEW, S.AT_DESK},
            S.RETURNED,
            {R.GATE_CHECKER, R.REVIEWER},
            N.RETURN_POINT,
        ),
        _row(Action.RESUME, {S.RETURNED}, S.UNDER_REVIEW, {R.COORDINATOR}, N.REASON),
        _row(
            Action.PUT_ON_DESK,
            {S.UNDER_REVIEW},
            S.AT_DESK,
            {R.REVIEWER, R.COORDINATOR},
            N.REVIEWED,
        ),
        _row(
            Action.AGREE,
            {S.AT_DESK},
            S.AGREED,
            DECIDERS,
            N.AGREED_AMOUNT,
            N.AS_ASKED,
            N.WITHIN_CEILING,
        ),
        _row(
            Action.AGREE_CHANGED,
            {S.AT_DESK},
            S.AGREED,
            DECIDERS,
            N.AGREED_AMOUNT,
            N.WITHIN_CEILING,
            N.REASON_CODE,
        ),
        _row(Action.MERGE, {S.UNDER_REVIEW, S.AT_DESK}, S.MERGED, DECIDERS, N.JOINED),
        _row(
            Action.REDIRECT,
            {S.SENT, S.UNDER_REVIEW, S.RETURNED, S.AT_DESK},
            S.REDIRECTED,
            DECIDERS,
            N.REASON_CODE,
        ),
        _row(
            Action.DEFER,
            {S.SENT, S.UNDER_REVIEW, S.RETURNED, S.AT_DESK},
            S.DEFERRED,
            DECIDERS,
            N.REASON_CODE,
        ),
        _row(Action.REJECT, {S.AT_DESK}, S.REJECTED, DECIDERS, N.REASON_CODE),
        _row(Action.RELEASE, {S.MERGED}, S.UNDER_REVIEW, DECIDERS, N.REASON, N.LET_GO),
        _row(
            Action.REOPEN,
            {S.AGREED, S.REDIRECTED, S.DEFERRED, S.REJECTED},
            S.AT_DESK,
            DECIDERS,
            N.REASON,
        ),
        _row(
            Action.WITHDRAW,
            {S.DRAFT, S.AWAITING_HEAD, S.SENT, S.RETURNED},
            S.WITHDRAWN,
            HEADS,
            N.OWN_OFFICE,
            N.REASON,
        ),
    )
}

DECIDED = frozenset({S.AGREED, S.REDIRECTED, S.DEFERRED, S.REJECTED})
RESULT = DECIDED | {S.MERGED}
WITH_PROVINCE = frozenset({S.SENT, S.UNDER_REVIEW, S.AT_DESK, S.RETURNED}) | RESULT
OWN_ONLY = frozenset({S.DRAFT, S.AWAITING_HEAD})
NUMBERED = WITH_PROVINCE

MOVES: frozenset[tuple[Status, Status]] = frozenset(
    (source, row.target) for row in TRANSITIONS.values() for source in row.sources
)


@dataclass(frozen=True)
class JointTransition:
    """A row of the table of joint programmes."""

    action: JointAction
    sources: frozenset[JointState]
    target: JointState
    by: frozenset[Role]


J = JointState
JOINT_TRANSITIONS: dict[JointAction, JointTransition] = {
    row.action: row
    for row in (
        JointTransition(JointAction.JOIN, frozenset({J.FORMING}), J.JOINED, DECIDERS),
        JointTransition(JointAction.AGREE, frozenset({J.JOINED}), J.AGREED, DECIDERS),
        JointTransition(JointAction.DEFER, frozenset({J.JOINED}), J.DEFERRED, DECIDERS),
        JointTransition(JointAction.REOPEN, frozenset({J.AGREED, J.DEFERRED}), J.JOINED, DECIDERS),
        JointTransition(
            JointAction.DISSOLVE, frozenset({J.FORMING, J.JOINED}), J.DISSOLVED, DECIDERS
        ),
    )
}
JOINED_STATES = frozenset({J.JOINED, J.AGREED, J.DEFERRED})
JOINT_MOVES: frozenset[tuple[JointState, JointState]] = frozenset(
    (source, row.target) for row in JOINT_TRANSITIONS.values() for source in row.sources
)
