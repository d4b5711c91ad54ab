"""The doorkeeper: who sees and does what. Pure filters and tables; no query is made here.

Unknown role, inactive or anonymous: nothing. Every list, page, search, export, attachment and
suggestion starts from these filters through ``Proposal.objects.visible_to(user)``.
"""

from typing import TYPE_CHECKING, TypeAlias

from django.db.models import Q

from proposals.enums import JointState, Role, Status, YearState
from proposals.transitions import DECIDED, JOINED_STATES, OWN_ONLY, WITH_PROVINCE

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from proposals.models import User

    Person: TypeAlias = User | AnonymousUser

NOBODY = Q(pk__in=[])
OFFICE_ROLES = frozenset({Role.OFFICER, Role.HEAD})
REVIEW_ROLES = frozenset({Role.GATE_CHECKER, Role.REVIEWER, Role.COORDINATOR, Role.PROVINCE_HEAD})
PROVINCE_ROLES = REVIEW_ROLES | {Role.ADMIN}
SUMMARY_COLUMNS = (
    "number",
    "title",
    "office",
    "commodity",
    "request_to",
    "requested_rp",
    "status",
)

INTERNAL_COLUMNS = frozenset(
    {"recommended_rp", "score_pct", "unscored_reason", "lead_division", "lead_reviewer"}
)
"""What the province writes about a proposal while it reviews: never read by other offices."""


def role_of(user: "Person") -> Role | None:
    """Return the role of an active, known person, or nothing."""
    if not user.is_authenticated or not user.is_active:
        return None
    return Role(user.role) if user.role in Role.values else None


def office_of(user: "Person") -> int | None:
    """Return the id of the person's office; nothing for strangers and observers."""
    return None if user.is_anonymous else user.office_id


def _sent() -> Q:
    return Q(status__in=sorted(WITH_PROVINCE)) | Q(status=Status.WITHDRAWN, number__isnull=False)


def rows_for(user: "Person") -> Q:
    """Return the filter of the proposals this person may read whole."""
    match role_of(user):
        case Role.OFFICER | Role.HEAD:
            return Q(office=office_of(user))
        case Role.PROVINCE_HEAD:
            return _sent() | Q(office=office_of(user))
        case Role.GATE_CHECKER | Role.REVIEWER | Role.COORDINATOR | Role.ADMIN | Role.BAPPEDA:
            return _sent()
        case Role.OBSERVER:
            return _signed()
    return NOBODY


def _signed() -> Q:
    """Proposals whose result stands in signed minutes: open to all."""
    return Q(
        year__state__in=[YearState.SIGNED, YearState.ARCHIVED],
        status__in=sorted(DECIDED | {Status.MERGED}),
    )


def summary_rows_for(user: "Person") -> Q:
    """Return the filter of the proposals this person may see in summary columns."""
    role = role_of(user)
    if role in OFFICE_ROLES:
        return Q(status__in=sorted(WITH_PROVINCE))
    return rows_for(user) & ~Q(status__in=sorted(OWN_ONLY))


def joint_rows_for(user: "Person") -> Q:
    """Return the filter of the joint programmes this person may read.

    An office reads every joined programme (others' shares in summary, see the harmonisation room)
    and a group that is still being compared only where it has a member; the province reads all.
    """
    role = role_of(user)
    if role in REVIEW_ROLES:
        return Q()
    if role in {Role.ADMIN, Role.BAPPEDA}:
        return Q(state__in=sorted(JOINED_STATES))
    if role in OFFICE_ROLES:
        return Q(state__in=sorted(JOINED_STATES)) | Q(
            state=JointState.FORMING, shares__proposal__office=office_of(user)
        )
    if role == Role.OBSERVER:
        return Q(
            state__in=sorted(JOINED_STATES),
            year__state__in=[YearState.SIGNED, YearState.ARCHIVED],
        )
    return NOBODY


def overlap_rows_for(user: "Person") -> Q:
    """Return the filter of the pairs of overlapping proposals that this person may read.

    They tell of both sides what only the reviewing province reads; a proposal that its office took
    back is the office's own again.
    """
    if role_of(user) in REVIEW_ROLES:
        with_province = sorted(WITH_PROVINCE)
        return Q(a__status__in=with_province, b__status__in=with_province)
    return NOBODY


def history_rows_for(user: "Person") -> Q:
    """Return the filter of the proposals whose history this person may read."""
    role = role_of(user)
    if role in OFFICE_ROLES | REVIEW_ROLES:
        return rows_for(user)
    return NOBODY


def history_columns_hidden_from(user: "Person") -> frozenset[str]:
    """Return the columns of a proposal's history that this person must not read."""
    return frozenset() if role_of(user) in REVIEW_ROLES else INTERNAL_COLUMNS


def sees_addresses(user: "Person") -> bool:
    """Tell whether this person reads in a history from which machine a change came."""
    return role_of(user) in PROVINCE_ROLES


def may_write_content(user: "Person", office_id: int) -> bool:
    """Tell whether this person writes the proposals of this office."""
    role = role_of(user)
    if role in OFFICE_ROLES:
        return office_of(user) == office_id
    return role == Role.PROVINCE_HEAD and office_of(user) == office_id


def may_file(user: "Person") -> bool:
    """Tell whether this person may begin a proposal of the own office."""
    return role_of(user) in OFFICE_ROLES and office_of(user) is not None


def may_rank(user: "Person", office_id: int) -> bool:
    """Tell whether this person sets the office's own order: the head's right, officers prepare."""
    return may_write_content(user, office_id)


def may_approve(user: "Person", office_id: int) -> bool:
    """Tell whether this person is the head of this office: approves, fixes the order, sends."""
    is_head = role_of(user) in {Role.HEAD, Role.PROVINCE_HEAD}
    return is_head and office_of(user) == office_id


def sees_scores(user: "Person") -> bool:
    """Tell whether this person reads scores, reviews and internal comments."""
    return role_of(user) in REVIEW_ROLES


def sees_own_score(user: "Person", office_id: int) -> bool:
    """Tell whether this person reads the explanation of the own office's score after review."""
    return role_of(user) in OFFICE_ROLES and office_of(user) == office_id


def sees_decisions(user: "Person") -> bool:
    """Tell whether this person reads every decision before the minutes are signed."""
    return role_of(user) in REVIEW_ROLES | {Role.BAPPEDA}


def sees_decision_of(user: "Person", office_id: int) -> bool:
    """Tell whether this person reads the decision on a proposal of this office before signing."""
    return sees_decisions(user) or sees_own_score(user, office_id)


def sees_recap(user: "Person") -> bool:
    """Tell whether this person reads the recaps and boards of the whole province."""
    return role_of(user) in PROVINCE_ROLES | {Role.BAPPEDA}


def may_see_queue(user: "Person") -> bool:
    """Tell whether this person reads the queue of all that was sent."""
    return role_of(user) in PROVINCE_ROLES | {Role.BAPPEDA}


def may_check_gates(user: "Person") -> bool:
    """Tell whether this person answers the gates."""
    return role_of(user) == Role.GATE_CHECKER


def may_review(user: "Person") -> bool:
    """Tell whether this person scores and recommends."""
    return role_of(user) == Role.REVIEWER


def may_return(user: "Person") -> bool:
    """Tell whether this person returns proposals with points."""
    return role_of(user) in {Role.GATE_CHECKER, Role.REVIEWER}


def may_assign(user: "Person") -> bool:
    """Tell whether this person routes proposals to divisions and reviewers."""
    return role_of(user) == Role.COORDINATOR


def may_comment(user: "Person", office_id: int) -> bool:
    """Tell whether this person writes comments on a proposal of this office."""
    return role_of(user) in REVIEW_ROLES or sees_own_score(user, office_id)


def may_comment_internally(user: "Person") -> bool:
    """Tell whether this person writes and reads notes inside the province."""
    return role_of(user) in REVIEW_ROLES


def may_decide(user: "Person") -> bool:
    """Tell whether this person decides on proposals and joint programmes."""
    return role_of(user) in {Role.PROVINCE_HEAD, Role.COORDINATOR}


def may_join(user: "Person") -> bool:
    """Tell whether this person makes groups and joins proposals."""
    return role_of(user) in {Role.COORDINATOR, Role.PROVINCE_HEAD, Role.REVIEWER}


def may_consent(user: "Person", office_id: int) -> bool:
    """Tell whether this person may give up the purse of this office: its head alone."""
    return role_of(user) == Role.HEAD and office_of(user) == office_id


def may_administer(user: "Person") -> bool:
    """Tell whether this person writes lists, years and people."""
    return role_of(user) == Role.ADMIN


def sees_scale(user: "Person") -> bool:
    """Tell whether this person reads the balance and the frozen priority scale."""
    return sees_recap(user) or role_of(user) in OFFICE_ROLES


def sees_draft_scale(user: "Person") -> bool:
    """Tell whether this person reads a scale that is still being weighed: the province alone."""
    return role_of(user) in PROVINCE_ROLES


def may_set_scale(user: "Person") -> bool:
    """Tell whether this person weighs criteria, freezes the scale, and flags sectors by it."""
    return may_decide(user)


def may_keep_statistics(user: "Person") -> bool:
    """Tell whether this person brings in figures of supply, need and labour."""
    return may_administer(user)


def explained_rows_for(user: "Person") -> Q:
    """Return the filter of the scored proposals whose explanation this person reads.

    The reviewing province reads all; an office its own, once the review is over.
    """
    role = role_of(user)
    if role in REVIEW_ROLES:
        return _sent()
    if role in OFFICE_ROLES:
        over = sorted((WITH_PROVINCE - {Status.SENT, Status.UNDER_REVIEW}) - {Status.RETURNED})
        return Q(office=office_of(user), score_pct__isnull=False, status__in=over)
    return NOBODY
