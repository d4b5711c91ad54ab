"""Judging a whole year: every proposal that was not withdrawn, a batch at a time."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count, Prefetch

from proposals.advice.facts import Advice
from proposals.advice.judging import judge
from proposals.advice.stored import Known, facts_of
from proposals.enums import Status
from proposals.models import (
    Commodity,
    CommodityUse,
    DerivativeStage,
    DocumentIntervention,
    OfficeYear,
    PlanningYear,
    Proposal,
    ReadinessDocument,
)
from proposals.models.proposal import ProposalQuerySet

BATCH = 500


class YearLists:
    """What every proposal of a year is laid beside, read once."""

    def __init__(self, year: PlanningYear) -> None:
        self.stages = list(DerivativeStage.objects.order_by("pk"))
        self.commodities = list(Commodity.objects.order_by("pk"))
        self.papers = list(ReadinessDocument.objects.in_use().order_by("pk"))
        self.asked = set(
            DocumentIntervention.objects.order_by("pk").values_list("document", "intervention")
        )
        offices = OfficeYear.objects.filter(year=year).order_by("pk")
        self.office_years = {row.office_id: row for row in offices}
        counted = live(year).order_by("office").values_list("office").annotate(n=Count("pk"))
        self.counts: dict[int, int] = defaultdict(int, counted)

    def known(self, proposal: Proposal) -> Known:
        """Return what is asked of one proposal."""
        kind = proposal.intervention_id
        return Known(
            documents=[
                one for one in self.papers if one.is_for_all or (one.pk, kind) in self.asked
            ],
            stages=self.stages,
            commodities=self.commodities,
            office_year=self.office_years.get(proposal.office_id),
            n_of_office=self.counts[proposal.office_id],
        )


def live(year: PlanningYear) -> ProposalQuerySet:
    """Return the proposals of a year that were not withdrawn."""
    return Proposal.objects.of_year(year).exclude(status=Status.WITHDRAWN)


def of_year(year: PlanningYear | None) -> Iterator[tuple[str, Advice]]:
    """Judge every proposal of a year; a draft without a number goes by its id."""
    if year is None:
        return
    lists = YearLists(year)
    uses = CommodityUse.objects.select_related("commodity")
    rows = (
        live(year)
        .select_related(
            *("office__region", "year", "intervention", "nomenclature", "funding_source")
        )
        .prefetch_related(
            *("outputs", "budget_lines", "attachments", Prefetch("commodity_uses", uses))
        )
        .order_by("office__region__code", "number", "pk")
    )
    for proposal in rows.iterator(chunk_size=BATCH):
        number = proposal.number or f"draf-{proposal.pk}"
        for advice in judge(facts_of(proposal, lists.known(proposal))):
            yield number, advice
