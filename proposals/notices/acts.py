"""What is told of each act, and to whom; called by whoever carries the act out, in its transaction.

Of a decision the office that filed the proposal is told at once, before the minutes are signed:
own decisions are its own to read (``access.sees_decision_of``); no other office is told.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone

from proposals import access
from proposals.enums import Action, JointAction, NoticeKind, Role
from proposals.models import Comment, JointProgramme, Proposal, Share, User
from proposals.notices import mentions, readers
from proposals.notices.closing import close_lost
from proposals.notices.news import News, words_of
from proposals.notices.telling import gathered, tell

K = NoticeKind
OF_ACTIONS = {
    Action.HAND_TO_HEAD: K.HANDED,
    Action.RETURN: K.RETURNED,
    Action.RESUME: K.RESUMED,
    Action.MERGE: K.JOINED,
    **dict.fromkeys((Action.AGREE, Action.AGREE_CHANGED, Action.REJECT), K.DECIDED),
    **dict.fromkeys((Action.REDIRECT, Action.DEFER, Action.REOPEN, Action.RELEASE), K.DECIDED),
}
"""Which news an action is to the office; sending is told to the province too."""

LEAVES = frozenset({Action.TAKE_BACK, Action.WITHDRAW})
"""Actions after which some of those who were told may read it no more."""


def moved(action: Action, *, proposal: Proposal, by: User, note: str = "") -> None:
    """Tell what an action did to a proposal; what was told to those it left is closed."""
    if action in LEAVES:
        close_lost(proposal=proposal)
    if action == Action.SEND:
        _sent(proposal, by)
    elif kind := OF_ACTIONS.get(action):
        roles = readers.HEADS if kind == K.HANDED else readers.FILING_ROLES
        words = words_of(proposal, who=by.full_name, note=note) | _more(action, proposal)
        _tell_of(kind, proposal, by, words, readers.in_office(proposal.office_id, roles))


def _tell_of(
    kind: NoticeKind, proposal: Proposal, by: User | None, words: dict[str, Any], *groups: Q
) -> None:
    """Tell those of the groups who may read the proposal, and its decision where one was taken."""
    people = readers.who_may_read(proposal, readers.people(*groups))
    if kind == K.DECIDED:
        people = [one for one in people if access.sees_decision_of(one, proposal.office_id)]
    tell(News(kind, f"{kind}:{proposal.pk}:{proposal.row_version}", proposal, by, words), people)


def _more(action: Action, proposal: Proposal) -> dict[str, Any]:
    """Return what a kind tells beyond names: points with their day, result, programme."""
    if action == Action.RETURN:
        points = proposal.return_points.filter(settled_at__isnull=True).order_by("pk")
        told = [{"field": point.field, "what": point.what} for point in points]
        return {"points": told, "due": max(point.due_on for point in points).isoformat()}
    if action == Action.MERGE:
        return _names_of(proposal.share.joint)
    if OF_ACTIONS[action] == K.DECIDED:
        is_told = proposal.is_request and proposal.agreed_rp is not None
        amount = str(int(proposal.agreed_rp or 0)) if is_told else ""
        return {"result": action.value, "is_own": not proposal.is_request, "amount_rp": amount}
    return {}


def _names_of(joint: JointProgramme) -> dict[str, Any]:
    return {"joint": joint.number or "", "joint_title": joint.title}


def _sent(proposal: Proposal, by: User) -> None:
    """Tell the office and the gate checkers; of what was returned, also who returned it."""
    is_first = proposal.versions.count() == 1
    groups = [
        readers.in_office(proposal.office_id),
        readers.in_office(proposal.year.office_id, [Role.GATE_CHECKER]),
    ]
    if not is_first:
        groups.append(Q(pk__in=proposal.return_points.values("made_by")))
    kind = K.SENT if is_first else K.SENT_AGAIN
    _tell_of(kind, proposal, by, words_of(proposal, who=by.full_name), *groups)


def given_back(*, proposal: Proposal, by: User, note: str) -> None:
    """Tell the officers that the head wants a proposal changed."""
    officers = readers.in_office(proposal.office_id, [Role.OFFICER])
    words = words_of(proposal, who=by.full_name, note=note)
    _tell_of(K.GIVEN_BACK, proposal, by, words, officers)


def assigned(*, proposals: Sequence[Proposal], reviewer: User, by: User) -> None:
    """Tell a reviewer what came, as one summary."""
    with gathered():
        for proposal in proposals:
            words = words_of(proposal, who=by.full_name)
            key = f"{K.ASSIGNED}:{proposal.pk}:{proposal.row_version}"
            people = readers.who_may_read(proposal, [reviewer])
            tell(News(K.ASSIGNED, key, proposal, by, words), people)


def commented(comment: Comment) -> None:
    """Tell whoever a comment names, of those who may read it."""
    proposal = comment.proposal
    of_province = readers.in_office(proposal.year.office_id, access.REVIEW_ROLES)
    groups = (readers.in_office(proposal.office_id), of_province)
    candidates = [one for one in readers.people(*groups) if _may_read(one, comment)]
    people = readers.who_may_read(proposal, mentions.mentioned(comment.text, candidates))
    words = words_of(proposal, who=comment.author.full_name, note=comment.text)
    words |= {"is_internal": True} if comment.is_internal else {}
    tell(News(K.MENTIONED, f"{K.MENTIONED}:{comment.pk}", proposal, comment.author, words), people)


def _may_read(user: User, comment: Comment) -> bool:
    if comment.is_internal:
        return access.may_comment_internally(user)
    return access.may_comment(user, comment.proposal.office_id)


def joint_moved(action: JointAction, *, joint: JointProgramme, by: User, note: str = "") -> None:
    """Tell the members' offices what was decided of a joint programme."""
    if action == JointAction.DISSOLVE:
        close_lost(joint=joint)
    if action in {JointAction.JOIN, JointAction.DISSOLVE}:
        return  # told of each member
    offices = joint.shares.values("proposal__office")
    group = Q(office__in=offices, role__in=[Role.OFFICER, Role.HEAD, Role.PROVINCE_HEAD])
    people = readers.who_may_read_joint(joint, readers.people(group))
    words: dict[str, Any] = {"label": joint.number, "title": joint.title, "note": note}
    words |= {"who": by.full_name, "result": action.value, "is_own": False, "amount_rp": ""}
    key = f"{K.DECIDED}:joint:{joint.pk}:{joint.row_version}"
    tell(News(K.DECIDED, key, joint, by, words), people)


def consents_asked(joint: JointProgramme, *, by: User) -> None:
    """Ask each head whose own money a programme would use, once for each set of terms."""
    open_shares = (
        Share.objects.filter(joint=joint, consent_at__isnull=True, consent_note="")
        .select_related("proposal__funding_source", "proposal__office")
        .order_by("pk")
    )
    for share in open_shares:
        if share.needs_consent:
            _ask(share, joint, by)


def _ask(share: Share, joint: JointProgramme, by: User) -> None:
    amount, source, delivery = share.terms
    terms = f"{int(amount)}:{source}:{delivery}"
    words = words_of(share.proposal, who=by.full_name, share=share.pk)
    words |= _names_of(joint)
    heads = readers.people(readers.in_office(share.proposal.office_id, [Role.HEAD]))
    people = readers.who_may_read(share.proposal, heads)
    key = f"{K.CONSENT_ASKED}:{share.pk}:{terms}"
    tell(News(K.CONSENT_ASKED, key, share.proposal, by, words), people)


def consent_answered(share: Share, *, by: User) -> None:
    """Tell those who design or decide the programme what the head of a member answered."""
    joint, proposal = share.joint, share.proposal
    words = words_of(proposal, who=by.full_name, note=share.consent_note)
    words |= {"agrees": share.consent_at is not None} | _names_of(joint)
    deciding = readers.in_office(joint.year.office_id, [Role.COORDINATOR, Role.PROVINCE_HEAD])
    groups = (deciding, Q(pk=joint.created_by_id))
    people = readers.who_may_read_joint(joint, readers.people(*groups))
    key = f"{K.CONSENT_ANSWER}:{share.pk}:{timezone.now().timestamp()}"
    tell(News(K.CONSENT_ANSWER, key, joint, by, words), people)


def invited(person: User) -> None:
    """Tell somebody that the own account was made."""
    tell(News(K.INVITED, f"{K.INVITED}:{person.pk}", None, None, {"email": person.email}), [person])
