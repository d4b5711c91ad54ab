"""The facts of a stored proposal, from rows that the page has loaded anyway."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from proposals.advice.facts import Facts, Line, Result
from proposals.advice.slips import Priced
from proposals.completeness import needs_money
from proposals.enums import CommodityKind, FieldKind, UseRole
from proposals.models import (
    BudgetLine,
    Commodity,
    DerivativeStage,
    OfficeYear,
    Proposal,
    ReadinessDocument,
)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is asked of a proposal and known of its office, read once for many proposals.

    ``documents`` are the required papers of its kind of activity (all its other papers may stand
    among them); ``stages`` the industry trees, ``commodities`` those that they begin with;
    ``attached`` the ids of papers that are there, where the files themselves are not loaded.
    """

    documents: Sequence[ReadinessDocument]
    stages: Sequence[DerivativeStage] = ()
    commodities: Sequence[Commodity] = ()
    office_year: OfficeYear | None = None
    n_of_office: int | None = None
    balance: str = ""
    attached: frozenset[int] | None = None


def facts_of(proposal: Proposal, known: Known) -> Facts:
    """Return the facts of a proposal whose outputs, lines, uses and papers are loaded."""
    uses = list(proposal.commodity_uses.all())
    commodity = next((use.commodity for use in uses if use.role == UseRole.MAIN), None)
    trees = trees_of(commodity, known.stages)
    attached = _attached(proposal) if known.attached is None else known.attached
    limit = known.office_year.proposal_limit if known.office_year else None
    return Facts(
        **_columns(proposal),
        commodity=commodity,
        products=frozenset(use.commodity_id for use in uses if use.role == UseRole.PRODUCT),
        trees=trees,
        upstream=raw_of(commodity, trees, known.commodities),
        lacking=tuple(_lacking(proposal, known, attached)),
        attached=frozenset(one.key for one in known.documents if one.pk in attached),
        balance=known.balance,
        n_of_office=known.n_of_office,
        limit=limit,
    )


def _columns(proposal: Proposal) -> dict[str, Any]:
    """Return what the proposal says itself."""
    results = (Result(one.kind, one.text, one.unit, one.target) for one in _results(proposal))
    return {
        "fiscal_year": proposal.year.fiscal_year,
        "request_to": proposal.request_to,
        "is_provincial": proposal.office.region.is_province,
        "title": proposal.title,
        "background": proposal.background,
        "is_cross_sector": proposal.sector_id is None,
        "intervention": proposal.intervention,
        "nomenclature": proposal.nomenclature,
        "funding": proposal.funding_source,
        "results": tuple(results),
        "lines": tuple(Line(one.text, priced(one)) for one in _lines(proposal)),
        "requested_rp": proposal.requested_rp,
        "ikm": proposal.beneficiary_ikm,
        "workers": proposal.beneficiary_workers,
    }


def priced(line: BudgetLine) -> Priced:
    """Return what a line costs."""
    return Priced(line.unit, line.volume, line.unit_cost_rp)


def _results(proposal: Proposal) -> Iterable[Any]:
    return sorted(proposal.outputs.all(), key=lambda one: (one.position, one.pk))


def _lines(proposal: Proposal) -> Iterable[BudgetLine]:
    return sorted(proposal.budget_lines.all(), key=lambda one: (one.position, one.pk))


def _attached(proposal: Proposal) -> frozenset[int]:
    files = proposal.attachments.all()
    return frozenset(one.document_id for one in files if one.replaced_at is None)


def _lacking(
    proposal: Proposal, known: Known, attached: frozenset[int]
) -> Iterable[ReadinessDocument]:
    """Return required papers that are not there; rules of the letter and of what costs nothing."""
    has_letter = proposal.field_kind == FieldKind.P or bool(
        known.office_year and known.office_year.letter
    )
    for paper in known.documents:
        is_there = paper.pk in attached or (paper.is_per_office and has_letter)
        if paper.is_required and not is_there and (paper.key != "rab" or needs_money(proposal)):
            yield paper


def near(commodity: Commodity | None) -> list[DerivativeStage]:
    """Read the industry trees in which a commodity stands, with what they begin with: one query."""
    if commodity is None:
        return []
    stands = Q(upstream_commodity=commodity) | Q(product_commodity=commodity)
    trees = DerivativeStage.objects.filter(stands).order_by().values("tree")
    rows = DerivativeStage.objects.filter(tree__in=trees).select_related("upstream_commodity")
    return list(rows.order_by("pk"))


def beginnings(stages: Iterable[DerivativeStage]) -> list[Commodity]:
    """Return the raw materials of trees that were read by ``near``."""
    found = [stage.upstream_commodity for stage in stages]
    return list({row.pk: row for row in found if row is not None}.values())


def trees_of(
    commodity: Commodity | None, stages: Iterable[DerivativeStage]
) -> tuple[DerivativeStage, ...]:
    """Return the stages of the industry trees in which a commodity stands."""
    if commodity is None:
        return ()
    rows = list(stages)
    trees = {
        stage.tree
        for stage in rows
        if commodity.pk in {stage.upstream_commodity_id, stage.product_commodity_id}
    }
    return tuple(stage for stage in rows if stage.tree in trees)


def raw_of(
    commodity: Commodity | None,
    trees: Iterable[DerivativeStage],
    commodities: Iterable[Commodity],
) -> tuple[Commodity, ...]:
    """Return the raw materials that an intermediate good or product is made of."""
    if commodity is None or commodity.kind not in {
        CommodityKind.INTERMEDIATE,
        CommodityKind.DERIVED_PRODUCT,
    }:
        return ()
    begins = {
        stage.upstream_commodity_id for stage in trees if stage.product_commodity_id == commodity.pk
    }
    return tuple(row for row in commodities if row.pk in begins and row.pk != commodity.pk)
