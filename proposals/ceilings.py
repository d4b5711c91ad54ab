"""Ceilings: what may be agreed, what is agreed already, what is left.

The same sums stand in the database's refusal (``rk_within_ceiling``); a test compares the two.
Requests to the province and to the centre count against the province's ceiling of their source;
own programmes against the regency's, where passing it is a warning only: regent and council
decide there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from proposals.enums import FundingLevel, JointState, RequestTo, Status
from proposals.models import Ceiling, JointProgramme, PlanningYear, Proposal, Share

ZERO = Decimal(0)


@dataclass(frozen=True)
class Room:
    """One ceiling with what is agreed under it, in whole rupiah, without the act in hand."""

    ceiling: Ceiling
    agreed_rp: Decimal
    claim_rp: Decimal = ZERO

    @property
    def left_rp(self) -> Decimal:
        """Return what is left before the act in hand; negative when the ceiling is passed."""
        return self.ceiling.amount_rp - self.agreed_rp

    @property
    def left_after_rp(self) -> Decimal:
        """Return what is left once the act in hand is agreed."""
        return self.left_rp - self.claim_rp

    @property
    def is_passed(self) -> bool:
        """Tell whether the act in hand lifts the sum above the ceiling."""
        return self.claim_rp > 0 and self.left_after_rp < 0


def ceilings_of(proposal: Proposal) -> QuerySet[Ceiling]:
    """Return the ceilings that a proposal's amount counts against: its source, its purse."""
    region_id = proposal.year.office.region_id
    source = proposal.funding_source
    if source is not None and source.level == FundingLevel.REGENCY:
        region_id = proposal.office.region_id
    return (
        Ceiling.objects.filter(
            Q(sector__isnull=True) | Q(sector=proposal.sector_id),
            year=proposal.year_id,
            region=region_id,
            funding_source=proposal.funding_source_id,
        )
        .select_related("funding_source", "sector", "region")
        .order_by("sector__key", "pk")
    )


def rooms_for(proposal: Proposal, amount_rp: Decimal | None = None) -> list[Room]:
    """Return the ceilings of a proposal with the sum agreed so far and this amount on top."""
    claim = ZERO if amount_rp is None else amount_rp
    return [
        Room(ceiling, agreed_under(ceiling, proposal.request_to, without=proposal), claim)
        for ceiling in ceilings_of(proposal)
    ]


def rooms_for_joint(joint: JointProgramme, shares: Iterable[Share]) -> list[Room]:
    """Return the province's ceilings that the shares of a joint programme count against."""
    shares = list(shares)
    found = (
        Ceiling.objects.filter(
            year=joint.year_id,
            region=joint.year.office.region_id,
            funding_source__in={share.funding_source_id for share in shares},
        )
        .select_related("funding_source", "sector", "region")
        .order_by("funding_source__key", "sector__key", "pk")
    )
    return [
        Room(
            ceiling,
            agreed_under(ceiling, RequestTo.PROVINCE, without_joint=joint),
            _claim(ceiling, shares),
        )
        for ceiling in found
    ]


def _claim(ceiling: Ceiling, shares: list[Share]) -> Decimal:
    return sum(
        (
            share.amount_rp
            for share in shares
            if share.funding_source_id == ceiling.funding_source_id
            and ceiling.sector_id in {None, share.proposal.sector_id}
        ),
        ZERO,
    )


def agreed_under(
    ceiling: Ceiling,
    request_to: str,
    *,
    without: Proposal | None = None,
    without_joint: JointProgramme | None = None,
) -> Decimal:
    """Return what is agreed under a ceiling: requests of its source and shares of its source.

    Own programmes are summed among themselves and never together with requests.
    """
    agreed = Proposal.objects.filter(
        year=ceiling.year_id, status=Status.AGREED, funding_source=ceiling.funding_source_id
    )
    shares = Share.objects.filter(
        joint__year=ceiling.year_id,
        joint__state=JointState.AGREED,
        funding_source=ceiling.funding_source_id,
    )
    if request_to == RequestTo.OWN:
        agreed = agreed.filter(request_to=RequestTo.OWN, office__region=ceiling.region_id)
        shares = shares.filter(
            proposal__request_to=RequestTo.OWN, proposal__office__region=ceiling.region_id
        )
    else:
        agreed = agreed.exclude(request_to=RequestTo.OWN)
    if ceiling.sector_id:
        agreed = agreed.filter(sector=ceiling.sector_id)
        shares = shares.filter(proposal__sector=ceiling.sector_id)
    if without is not None:
        agreed = agreed.exclude(pk=without.pk)
    if without_joint is not None:
        shares = shares.exclude(joint=without_joint.pk)
    return (agreed.aggregate(sum=Sum("agreed_rp"))["sum"] or ZERO) + (
        shares.aggregate(sum=Sum("amount_rp"))["sum"] or ZERO
    )


def rooms_of_year(year: PlanningYear) -> list[Room]:
    """Return the province's ceilings of a year with what requests and shares have agreed."""
    found = (
        Ceiling.objects.filter(year=year, region=year.office.region_id)
        .select_related("funding_source", "sector", "region")
        .order_by("funding_source__key", "sector__key", "pk")
    )
    return [Room(ceiling, agreed_under(ceiling, RequestTo.PROVINCE)) for ceiling in found]
