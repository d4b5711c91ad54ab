"""What a proposal still lacks to be sent: one rule for the form's rail, the head and the sending.

Which field is needed for which kind is data in :mod:`proposals.fields`; here stand the rules that
look at more than one field. Papers follow the readiness list: only those marked as needed to send
block; other missing ones are readiness gaps.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils.translation import gettext as _

from proposals.enums import (
    FieldKind,
    FundingLevel,
    NomenclatureDepth,
    ResultKind,
    ScanState,
    SupplyEffect,
    UseRole,
)
from proposals.fields import FIELDS, Section
from proposals.models import (
    Attachment,
    CommodityUse,
    Location,
    OfficeYear,
    Output,
    Proposal,
    ReadinessDocument,
)
from proposals.models.proposal import ProposalQuerySet

PREFETCH = ("outputs", "locations__district", "commodity_uses", "attachments")
"""Rows whose presence is judged, for pages that load them anyway; lists take ``with_facts``."""

DESIRED_LEVEL = {
    FieldKind.B: FundingLevel.PROVINCE,
    FieldKind.C: FundingLevel.CENTRE,
    FieldKind.P: FundingLevel.PROVINCE,
}


@dataclass(frozen=True)
class Missing:
    """One thing to fill or mend: the code of its field and a sentence that says how."""

    field: str
    message: str

    @property
    def section(self) -> Section:
        """Return the section of the form in which it is mended."""
        return FIELDS[self.field].section


@dataclass(frozen=True)
class Facts:
    """What the rows of a proposal say of its completeness."""

    results: frozenset[str]
    uses: frozenset[str]
    regions: tuple[int | None, ...]
    papers: frozenset[int]


def with_facts(proposals: ProposalQuerySet) -> ProposalQuerySet:
    """Load all that ``missing`` looks at in the one query of the list itself."""
    own = {"proposal": OuterRef("pk")}
    current = Attachment.objects.filter(replaced_at__isnull=True, **own)
    current = current.exclude(scan_state=ScanState.INFECTED)
    return proposals.select_related(
        "office__region", "year", "intervention", "nomenclature", "funding_source"
    ).annotate(
        fact_results=ArraySubquery(Output.objects.filter(**own).order_by().values("kind")),
        fact_uses=ArraySubquery(CommodityUse.objects.filter(**own).order_by().values("role")),
        fact_regions=ArraySubquery(
            Location.objects.filter(**own).order_by().values("district__region")
        ),
        fact_papers=ArraySubquery(current.order_by().values("document")),
    )


def facts_of(proposal: Proposal) -> Facts:
    """Return the facts, from the query of the list or from the rows themselves."""
    loaded = vars(proposal)
    if "fact_results" in loaded:
        return Facts(
            frozenset(loaded["fact_results"]),
            frozenset(loaded["fact_uses"]),
            tuple(loaded["fact_regions"]),
            frozenset(loaded["fact_papers"]),
        )
    places = proposal.locations.all()
    papers = proposal.attachments.all()
    return Facts(
        frozenset(output.kind for output in proposal.outputs.all()),
        frozenset(use.role for use in proposal.commodity_uses.all()),
        tuple(place.district.region_id if place.district else None for place in places),
        frozenset(paper.document_id for paper in papers if paper.counts),
    )


def needs_money(proposal: Proposal) -> bool:
    """Tell whether the proposal asks for money: an amount, or an intervention that needs one."""
    wants = proposal.requested_rp is not None and proposal.requested_rp > 0
    return wants or (proposal.intervention is not None and proposal.intervention.needs_budget)


def missing(
    proposal: Proposal, documents: Iterable[ReadinessDocument], office_year: OfficeYear | None
) -> list[Missing]:
    """Return everything the proposal lacks to be sent, in the order of the form.

    ``documents`` are the papers that block sending; ``office_year`` carries the covering letter.
    """
    facts = facts_of(proposal)
    found = [
        *_empty_fields(proposal),
        *_places(proposal, facts),
        *_code(proposal),
        *_commodity(proposal, facts),
        *_results(facts),
        *_money(proposal),
        *_papers(proposal, facts, documents, office_year),
    ]
    order = list(FIELDS)
    return sorted(found, key=lambda item: order.index(item.field))


def blocking_documents() -> list[ReadinessDocument]:
    """Return the papers without which nothing is sent."""
    return list(
        ReadinessDocument.objects.in_use().filter(blocks_sending=True).order_by("key", "pk")
    )


def _empty_fields(proposal: Proposal) -> Iterable[Missing]:
    kind = proposal.field_kind
    for field in FIELDS.values():
        if kind not in field.needed_for or not field.columns or field.child:
            continue
        if any(_is_empty(getattr(proposal, column)) for column in field.columns):
            yield Missing(field.code, _("Fill in: %(field)s.") % {"field": str(field.word)})


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _places(proposal: Proposal, facts: Facts) -> Iterable[Missing]:
    if not facts.regions:
        if proposal.field_kind == FieldKind.P:
            yield Missing("locations", _("Name at least one regency or city."))
        else:
            yield Missing("locations", _("Name at least one district."))
    elif proposal.field_kind != FieldKind.P and any(
        region != proposal.office.region_id for region in facts.regions
    ):
        yield Missing("locations", _("Choose districts of your own regency or city."))


def _code(proposal: Proposal) -> Iterable[Missing]:
    code = proposal.nomenclature
    if code is None:
        return
    if code.depth != NomenclatureDepth.SUB_ACTIVITY:
        yield Missing("nomenclature", _("Choose a sub-activity, not a programme or activity."))
    elif code.edition != proposal.year.nomenclature_edition:
        yield Missing(
            "nomenclature",
            _("Choose a code of edition %(edition)s, the one in force this year.")
            % {"edition": proposal.year.nomenclature_edition},
        )


def _commodity(proposal: Proposal, facts: Facts) -> Iterable[Missing]:
    if facts.uses and proposal.sector_id is None:
        yield Missing("sector", _("Choose the sector of the commodities you named."))
    adds_demand = (
        proposal.intervention is not None
        and proposal.intervention.supply_effect == SupplyEffect.ADDS_DEMAND
    )
    if (
        proposal.field_kind != FieldKind.A
        and adds_demand
        and proposal.sector_id is not None
        and UseRole.MAIN not in facts.uses
    ):
        yield Missing(
            "commodity_uses",
            _("Name the main commodity: this kind of activity adds demand for raw material."),
        )


def _results(facts: Facts) -> Iterable[Missing]:
    if ResultKind.OUTPUT not in facts.results:
        yield Missing("outputs", _("Name at least one output with unit and target."))
    if ResultKind.OUTCOME not in facts.results:
        yield Missing("outputs", _("Name at least one outcome: what changes afterwards."))


def _money(proposal: Proposal) -> Iterable[Missing]:
    if not needs_money(proposal):
        return
    if proposal.requested_rp is not None and proposal.requested_rp <= 0:
        yield Missing("requested_rp", _("This kind of activity needs money: enter more than Rp 0."))
    source = proposal.funding_source
    if source is None:
        yield Missing("funding_source", _("Choose the one source of money."))
    elif proposal.field_kind == FieldKind.A:
        if source.level == FundingLevel.PROVINCE or (
            source.level == FundingLevel.CENTRE and source.planning_system != "SIPD"
        ):
            yield Missing(
                "funding_source",
                _("An own programme is paid by your own budget: choose it, or another kind."),
            )
    elif source.level != DESIRED_LEVEL[proposal.field_kind]:
        yield Missing(
            "funding_source", _("This source does not fit the kind of proposal: choose another.")
        )


def _papers(
    proposal: Proposal,
    facts: Facts,
    documents: Iterable[ReadinessDocument],
    office_year: OfficeYear | None,
) -> Iterable[Missing]:
    for document in documents:
        if document.is_per_office:
            if proposal.field_kind != FieldKind.P and not (office_year and office_year.has_letter):
                yield Missing(
                    "attachments",
                    _("Upload the covering letter of your office: one for all proposals."),
                )
        elif document.pk not in facts.papers and (document.key != "rab" or needs_money(proposal)):
            yield Missing("attachments", _("Upload: %(paper)s.") % {"paper": document.name})
