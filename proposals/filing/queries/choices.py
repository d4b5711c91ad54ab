"""What the form chooses from, each list read once; a retired row stays where it is chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from proposals.models import (
    Commodity,
    DerivativeStage,
    District,
    FinancingScheme,
    FundingSource,
    InterventionType,
    Proposal,
    Region,
    Sector,
)


@dataclass(frozen=True)
class Choices:
    """The lists of one form; places are districts of the own region, or the province's regions."""

    sectors: Sequence[Sector]
    interventions: Sequence[InterventionType]
    sources: Sequence[FundingSource]
    commodities: Sequence[Commodity]
    stages: Sequence[DerivativeStage]
    schemes: Sequence[FinancingScheme]
    places: Sequence[District] | Sequence[Region]


def choices_for(proposal: Proposal) -> Choices:
    """Read the lists for the form of a proposal that was loaded by ``to_read``."""
    uses = proposal.commodity_uses.all()
    schemes = {row["scheme"] for row in getattr(proposal, "financing_rows", ())}
    return Choices(
        sectors=list(Sector.objects.filter(_usable([proposal.sector_id]))),
        interventions=list(
            InterventionType.objects.filter(_usable([proposal.intervention_id])).order_by(
                "family", "name_id", "pk"
            )
        ),
        sources=list(
            FundingSource.objects.filter(_usable([proposal.funding_source_id])).order_by(
                "level", "name_id", "pk"
            )
        ),
        commodities=list(Commodity.objects.filter(_usable(use.commodity_id for use in uses))),
        stages=list(DerivativeStage.objects.filter(_usable(use.stage_id for use in uses))),
        schemes=list(_schemes_valid_in(proposal.year.fiscal_year, schemes)),
        places=_places(proposal),
    )


def _usable(chosen: Iterable[int | None]) -> Q:
    return Q(is_retired=False) | Q(pk__in=[pk for pk in chosen if pk is not None])


def _schemes_valid_in(fiscal_year: int, chosen: Iterable[int]) -> Iterable[FinancingScheme]:
    """Return the schemes valid on any day of the budget year."""
    begins = Q(valid_from__isnull=True) | Q(valid_from__lte=date(fiscal_year, 12, 31))
    ends = Q(valid_to__isnull=True) | Q(valid_to__gte=date(fiscal_year, 1, 1))
    valid = Q(is_retired=False) & begins & ends
    return FinancingScheme.objects.filter(valid | Q(pk__in=list(chosen)))


def _places(proposal: Proposal) -> Sequence[District] | Sequence[Region]:
    region = proposal.office.region
    if region.is_province:
        return list(Region.objects.filter(parent=region).order_by("code"))
    chosen = [place.district_id for place in proposal.locations.all()]
    return list(District.objects.filter(_usable(chosen), region=region).order_by("name", "pk"))
