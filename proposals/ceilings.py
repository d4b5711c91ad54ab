"""Ceilings: what may be agreed, what is agreed already, what is left.

The same sums stand in the database's refusal (``rk_within_ceiling``); a test compares the two.
Requests to the province and to the centre count against the province's ceiling of their source;
own programmes against the regency's, where passing it is a warning only: regent and council
decide there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from proposals.enums import FundingLevel, JointState, RequestTo, Status
from proposals.models import Ceiling, JointProgramme, PlanningYear, Proposal, Share

ZERO = Decimal(0)
RUPIAH: "DecimalField[Decimal, Decimal]" = DecimalField(max_digits=18, decimal_places=0)


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
        return self.claim_rp > 0 and self.is_over

    @property
    def is_over(self) -> bool:
        """Tell whether more would be agreed than the ceiling, the act in hand or not."""
        return self.left_after_rp < 0

    @property
    def over_rp(self) -> Decimal:
        """Return by how much more than the ceiling would be agreed."""
        return -self.left_after_rp


def rooms_for(proposal: Proposal, amount_rp: Decimal | None = None) -> list[Room]:
    """Return the ceilings that a proposal's amount counts against, with this amount on top.

    The purse is the regency's for its own budget, the province's for every other source.
    """
    region_id = proposal.year.office.region_id
    source = proposal.funding_source
    if source is not None and source.level == FundingLevel.REGENCY:
        region_id = proposal.office.region_id
    found = _ceilings(proposal.year_id, region_id, [proposal.funding_source_id]).filter(
        Q(sector__isnull=True) | Q(sector=proposal.sector_id)
    )
    agreed = _agreed(is_own=not proposal.is_request, without=proposal)
    claim = ZERO if amount_rp is None else amount_rp
    return [Room(ceiling, ceiling.agreed_rp, claim) for ceiling in found.annotate(agreed_rp=agreed)]


def rooms_for_joint(joint: JointProgramme, shares: Iterable[Share]) -> list[Room]:
    """Return the province's ceilings that the shares of a joint programme count against."""
    shares = list(shares)
    sources = [share.funding_source_id for share in shares]
    found = _ceilings(joint.year_id, joint.year.office.region_id, sources)
    agreed = _agreed(is_own=False, without_joint=joint)
    return [
        Room(ceiling, ceiling.agreed_rp, _claim(ceiling, shares))
        for ceiling in found.annotate(agreed_rp=agreed)
    ]


def rooms_of_year(year: PlanningYear) -> list[Room]:
    """Return the province's ceilings of a year with what requests and shares have agreed."""
    found = Ceiling.objects.filter(year=year, region=F("year__office__region"))
    return [
        Room(ceiling, ceiling.agreed_rp)
        for ceiling in _in_order(found).annotate(agreed_rp=_agreed(is_own=False))
    ]


def agreed_under(ceiling: Ceiling) -> Decimal:
    """Return what requests and shares have agreed under a ceiling of the province's purse.

    Under a regency's own purse nothing is held: there passing it is a warning.
    """
    rows = Ceiling.objects.filter(pk=ceiling.pk, region=F("year__office__region"))
    found = rows.annotate(agreed_rp=_agreed(is_own=False)).values_list("agreed_rp", flat=True)
    return found.first() or ZERO


def _ceilings(year_id: int, region_id: int, sources: Iterable[int | None]) -> QuerySet[Ceiling]:
    named = {source for source in sources if source is not None}
    return _in_order(
        Ceiling.objects.filter(year=year_id, region=region_id, funding_source__in=named)
    )


def _in_order(found: QuerySet[Ceiling]) -> QuerySet[Ceiling]:
    return found.select_related("funding_source", "sector", "region").order_by(
        "funding_source__key", "sector__key", "pk"
    )


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


def _agreed(
    *, is_own: bool, without: Proposal | None = None, without_joint: JointProgramme | None = None
) -> Combinable:
    """Return what is agreed under a ceiling: proposals of its source and shares of its source.

    Own programmes are summed among themselves and never together with requests.
    """
    same = Q(funding_source=OuterRef("funding_source"))
    agreed = Proposal.objects.filter(same, year=OuterRef("year"), status=Status.AGREED)
    agreed = agreed.filter(_sector("sector"))
    shares = Share.objects.filter(
        same,
        _sector("proposal__sector"),
        joint__year=OuterRef("year"),
        joint__state=JointState.AGREED,
    )
    if is_own:
        agreed = agreed.filter(request_to=RequestTo.OWN, office__region=OuterRef("region"))
        shares = shares.filter(
            proposal__request_to=RequestTo.OWN, proposal__office__region=OuterRef("region")
        )
    else:
        agreed = agreed.exclude(request_to=RequestTo.OWN)
    if without is not None:
        agreed = agreed.exclude(pk=without.pk)
    if without_joint is not None:
        shares = shares.exclude(joint=without_joint.pk)
    return _sum_of(agreed, "agreed_rp") + _sum_of(shares, "amount_rp")


def _sector(column: str) -> Q:
    """Keep the ceiling's sector; a ceiling without one counts every sector."""
    return Q(**{column: OuterRef("sector")}) | Q(IsNull(OuterRef("sector"), True))  # noqa: FBT003 (a lookup's value)


def _sum_of(rows: "QuerySet[Proposal] | QuerySet[Share]", column: str) -> Combinable:
    total = rows.order_by().values("year" if column == "agreed_rp" else "joint__year")
    return Coalesce(
        Subquery(total.annotate(sum=Sum(column)).values("sum")), Value(ZERO), output_field=RUPIAH
    )
