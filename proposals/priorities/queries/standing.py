"""The proposals of a year that move balances and trees: sent, and not turned away."""

from decimal import Decimal

from django.db.models import Exists, OuterRef

from proposals.enums import Status
from proposals.models import CommodityUse, PlanningYear, Proposal, User
from proposals.models.proposal import ProposalQuerySet
from proposals.transitions import WITH_PROVINCE

TURNED_AWAY = frozenset({Status.REJECTED, Status.REDIRECTED, Status.DEFERRED})
STANDING = WITH_PROVINCE - TURNED_AWAY
TONS = frozenset({"t", "ton", "ton/year", "ton/tahun", "ton per tahun", "ton / tahun"})
"""How a ton a year is written; a ton a month or a day is another quantity."""


def standing(user: User, year: PlanningYear | None) -> ProposalQuerySet:
    """Return those that this person may see in summary."""
    seen = Proposal.objects.summary_visible_to(user).of_year(year)
    return seen.filter(status__in=sorted(STANDING))


def read_in_full(user: User) -> Exists:
    """Tell of a child of a proposal whether this person reads it, not the sums alone.

    Of others an office reads the summary, never the children (docs/house.md, section 5).
    """
    return Exists(Proposal.objects.visible_to(user).filter(pk=OuterRef("proposal")))


def is_in_tons(unit: str) -> bool:
    """Tell whether a unit is the ton a year."""
    return unit.strip().lower() in TONS


def tons(use: CommodityUse) -> Decimal | None:
    """Return a quantity in tons a year, or nothing where none is told or in another unit."""
    return use.quantity if is_in_tons(use.unit) else None
