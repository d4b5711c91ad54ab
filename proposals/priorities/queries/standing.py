"""The proposals of a year that move balances and trees: sent, and not turned away."""

from proposals.enums import Status
from proposals.models import PlanningYear, Proposal, User
from proposals.models.proposal import ProposalQuerySet
from proposals.transitions import WITH_PROVINCE

TURNED_AWAY = frozenset({Status.REJECTED, Status.REDIRECTED, Status.DEFERRED})
STANDING = WITH_PROVINCE - TURNED_AWAY


def standing(user: User, year: PlanningYear | None) -> ProposalQuerySet:
    """Return those that this person may see in summary."""
    seen = Proposal.objects.summary_visible_to(user).of_year(year)
    return seen.filter(status__in=sorted(STANDING))
