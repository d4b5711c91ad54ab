"""What the form chooses from, all lists in one query; a retired row stays where it is chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import JSONObject

from proposals import advice
from proposals.filing.queries.papers import asked_for
from proposals.models import (
    Commodity,
    DerivativeStage,
    District,
    FinancingScheme,
    FundingSource,
    InterventionType,
    PlanningYear,
    Proposal,
    ReadinessDocument,
    Region,
    Sector,
    SupplyBalance,
)


@dataclass(frozen=True)
class Choices:
    """The lists of one form; places are districts of the own region, or the province's regions.

    ``balances`` are the figures of the main commodity, to be told beside it.
    """

    sectors: Sequence[Sector]
    interventions: Sequence[InterventionType]
    sources: Sequence[FundingSource]
    commodities: Sequence[Commodity]
    stages: Sequence[DerivativeStage]
    schemes: Sequence[FinancingScheme]
    places: Sequence[District] | Sequence[Region]
    documents: Sequence[ReadinessDocument]
    balances: Sequence[SupplyBalance]


def choices_for(proposal: Proposal) -> Choices:
    """Read the lists for the form of a proposal that was loaded by ``to_read``."""
    lists = _lists(proposal)
    read = {name: _as_json(rows) for name, rows in lists.items()}
    found: Any = PlanningYear.objects.values(**read).get(pk=proposal.year_id)
    return Choices(**{name: _as_rows(rows.model, found[name]) for name, rows in lists.items()})


def _lists(proposal: Proposal) -> dict[str, QuerySet[Any]]:
    uses, main = proposal.commodity_uses.all(), advice.main_commodity(proposal)
    schemes = {row["scheme"] for row in getattr(proposal, "financing_rows", ())}
    return {
        "sectors": Sector.objects.filter(_usable([proposal.sector_id])),
        "interventions": InterventionType.objects.filter(
            _usable([proposal.intervention_id])
        ).order_by("family", "name_id", "pk"),
        "sources": FundingSource.objects.filter(_usable([proposal.funding_source_id])).order_by(
            "level", "name_id", "pk"
        ),
        "commodities": Commodity.objects.filter(_usable(use.commodity_id for use in uses)),
        "stages": DerivativeStage.objects.filter(_usable(use.stage_id for use in uses)),
        "schemes": _schemes_valid_in(proposal.year.fiscal_year, schemes),
        "places": _places(proposal),
        "documents": asked_for(proposal.intervention_id),
        "balances": advice.balance_rows(main.pk if main else None, proposal.year.office.region_id),
    }


def _as_json(rows: QuerySet[Any]) -> ArraySubquery:
    columns = {field.attname: field.attname for field in rows.model._meta.concrete_fields}
    return ArraySubquery(rows.values(row=JSONObject(**columns)))


def _as_rows(model: type[Model], found: Iterable[dict[str, Any]]) -> list[Any]:
    """Return rows as the database would have given them, one by one."""
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    return [
        model.from_db(
            "default", names, [field.to_python(_plain(row[field.attname])) for field in fields]
        )
        for row in found
    ]


def _plain(value: Any) -> Any:
    """Return a figure with decimals as it is written, not as the nearest binary fraction."""
    return str(value) if isinstance(value, float) else value


def _usable(chosen: Iterable[int | None]) -> Q:
    return Q(is_retired=False) | Q(pk__in=[pk for pk in chosen if pk is not None])


def _schemes_valid_in(fiscal_year: int, chosen: Iterable[int]) -> QuerySet[FinancingScheme]:
    """Return the schemes valid on any day of the budget year."""
    begins = Q(valid_from__isnull=True) | Q(valid_from__lte=date(fiscal_year, 12, 31))
    ends = Q(valid_to__isnull=True) | Q(valid_to__gte=date(fiscal_year, 1, 1))
    valid = Q(is_retired=False) & begins & ends
    return FinancingScheme.objects.filter(valid | Q(pk__in=list(chosen)))


def _places(proposal: Proposal) -> QuerySet[District] | QuerySet[Region]:
    region = proposal.office.region
    if region.is_province:
        return Region.objects.filter(parent=region).order_by("code")
    chosen = [place.district_id for place in proposal.locations.all()]
    return District.objects.filter(_usable(chosen), region=region).order_by("name", "pk")
