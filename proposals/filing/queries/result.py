"""What became of a proposal, as far as the person may know it before the minutes are signed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from proposals import access
from proposals.enums import Delivery, ReviewState, Status
from proposals.models import Decision, Proposal, Score, Share, User
from proposals.templatetags.figures import rp
from proposals.transitions import DECIDED

REVIEWED = DECIDED | {Status.AT_DESK, Status.MERGED}


@dataclass(frozen=True)
class Result:
    """Decisions, newest first, the share in a joint programme in words, and the own score."""

    decisions: list[Decision]
    share: str
    scores: list[Score]


def result_of(proposal: Proposal, user: User) -> Result:
    """Read the result of a proposal that was loaded by ``to_read``."""
    return Result(
        decisions=_decisions(proposal, user),
        share=_share(proposal, user) if proposal.status == Status.MERGED else "",
        scores=_own_scores(proposal, user),
    )


def _decisions(proposal: Proposal, user: User) -> list[Decision]:
    may_read = access.sees_decision_of(user, proposal.office_id) or proposal.year.is_signed
    if not may_read or proposal.status not in REVIEWED:
        return []
    found = proposal.decisions.select_related("reason", "decided_by")
    return list(found.order_by("-decided_at", "-pk"))


def _own_scores(proposal: Proposal, user: User) -> list[Score]:
    """Return the explanation of the own score, once the review is over."""
    may_read = access.sees_own_score(user, proposal.office_id)
    if not may_read or proposal.score_pct is None or proposal.status not in REVIEWED:
        return []
    final = Score.objects.filter(review__proposal=proposal, review__state=ReviewState.FINAL)
    return list(final.select_related("criterion").order_by("review_id", "criterion__group", "pk"))


def share_in_words(share: Share, where: str) -> str:
    """Say what a member gets of its joint programme, and how."""
    lead = share.joint.lead_office.region
    told = {
        "number": share.joint.number or share.joint.title,
        "payer": _("the province") if lead.is_province else lead.name,
        "where": where,
        "amount": rp(share.amount_rp),
    }
    if share.amount_rp == 0:
        return _("Merged into %(number)s: absorbed, without a share of its own.") % told
    match share.delivery:
        case Delivery.TRANSFER:
            return _("Merged into %(number)s: BKK (special financial aid) %(amount)s.") % told
        case Delivery.OWN_MONEY:
            return _("Merged into %(number)s: each keeps its own money, %(amount)s.") % told
    return (
        _("Merged into %(number)s: carried out by %(payer)s in %(where)s, worth %(amount)s.") % told
    )


def _share(proposal: Proposal, user: User) -> str:
    share = getattr(proposal, "share", None)
    if share is None:
        return ""
    is_own = user.office_id == proposal.office_id
    return share_in_words(share, _("your region") if is_own else proposal.office.region.name)
