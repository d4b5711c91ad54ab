"""How the amount of a programme is shared: parts, difference, purses, room under the ceilings."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from proposals import ceilings
from proposals.models import FundingSource, JointProgramme, Share
from proposals.purses import Asked, Purse, asked_by_kind, purses_of

ZERO = Decimal(0)
FILLS = ("f1", "f4", "f3", "f2", "f5")
"""Colours of members in a fixed order; after five they begin again, parted by a gap."""


@dataclass(frozen=True, slots=True)
class Part:
    """One member's part of the bar, in percent of the programme."""

    share: Share
    fill: str
    pct: Decimal
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Balance:
    """The sums of a programme as its shares stand, saved or as typed."""

    parts: list[Part]
    amount_rp: Decimal | None
    shared_rp: Decimal
    asked: list[Asked]
    purses: list[Purse]
    rooms: list[ceilings.Room]
    without_ceiling: list[FundingSource]

    @property
    def difference_rp(self) -> Decimal:
        """Return what is left to share; negative when the shares are above the programme."""
        return (self.amount_rp or ZERO) - self.shared_rp

    @property
    def above_rp(self) -> Decimal:
        """Return how far the shares are above the programme."""
        return -self.difference_rp

    @property
    def adds_up(self) -> bool:
        """Tell whether the shares add up to an amount that is known."""
        return self.amount_rp is not None and self.difference_rp == 0

    @property
    def shared_pct(self) -> Decimal:
        """Return the shares as a percentage of the programme."""
        whole = self.amount_rp or self.shared_rp
        return self.shared_rp * 100 / whole if whole else ZERO


def balance_of(
    joint: JointProgramme, shares: Sequence[Share], amount_rp: Decimal | None
) -> Balance:
    """Return the sums of these shares; each has its proposal and its source loaded."""
    shared = sum((share.amount_rp for share in shares), ZERO)
    claimed = {share.funding_source for share in shares if share.amount_rp > 0}
    rooms = ceilings.rooms_for_joint(joint, shares) if shares else []
    capped = {room.ceiling.funding_source_id for room in rooms}
    free = [source for source in claimed if source.pk not in capped]
    return Balance(
        parts=_parts(shares, amount_rp or shared, max(amount_rp or ZERO, shared)),
        amount_rp=amount_rp,
        shared_rp=shared,
        asked=asked_by_kind(share.proposal for share in shares),
        purses=purses_of(shares),
        rooms=rooms,
        without_ceiling=sorted(
            (source for source in free if not source.is_regional_purse), key=lambda one: one.name
        ),
    )


def _parts(shares: Sequence[Share], whole: Decimal, widest: Decimal) -> list[Part]:
    parts = []
    at = ZERO
    for n, share in enumerate(shares):
        width = share.amount_rp * 100 / widest if widest else ZERO
        pct = share.amount_rp * 100 / whole if whole else ZERO
        parts.append(Part(share, FILLS[n % len(FILLS)], pct, f"{at:.2f}", f"{width:.2f}"))
        at += width
    return parts


def in_proportion(requested: Sequence[Decimal], amount_rp: Decimal) -> list[Decimal]:
    """Share an amount by what was requested, to the rupiah; by equal parts where nothing was.

    What rounding leaves goes to the members from the first on, one rupiah each.
    """
    weights = list(requested) if any(requested) else [Decimal(1)] * len(requested)
    whole = sum(weights, ZERO)
    shares = [(amount_rp * weight / whole).to_integral_value("ROUND_FLOOR") for weight in weights]
    left = int(amount_rp - sum(shares, ZERO))
    return [share + (1 if n < left else 0) for n, share in enumerate(shares)]
