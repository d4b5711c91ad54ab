"""What a proposal still lacks to be sent: one rule for the form's rail, the head and the sending.

Which field is needed for which kind is data in :mod:`proposals.fields`; here stand the rules that
look at more than one field. Papers follow the readiness list: only those marked as needed to send
block; other missing ones are readiness gaps.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from proposals.enums import (
    FieldKind,
    FundingLevel,
    NomenclatureDepth,
    ResultKind,
    SupplyEffect,
    UseRole,
)
from proposals.fields import FIELDS, Section
from proposals.models import OfficeYear, Proposal, ReadinessDocument

PREFETCH = (
    "outputs",
    "locations__district",
    "locations__region",
    "commodity_uses__commodity",
    "budget_lines",
    "attachments__document",
)
"""What a proposal must have loaded before its completeness is asked for in a list."""

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
    found = [
        *_empty_fields(proposal),
        *_places(proposal),
        *_code(proposal),
        *_commodity(proposal),
        *_results(proposal),
        *_money(proposal),
        *_papers(proposal, documents, office_year),
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


def _places(proposal: Proposal) -> Iterable[Missing]:
    places = list(proposal.locations.all())
    if not places:
        if proposal.field_kind == FieldKind.P:
            yield Missing("locations", _("Name at least one regency or city."))
        else:
            yield Missing("locations", _("Name at least one district."))
    elif proposal.field_kind != FieldKind.P and any(
        place.district is None or place.district.region_id != proposal.office.region_id
        for place in places
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


def _commodity(proposal: Proposal) -> Iterable[Missing]:
    uses = list(proposal.commodity_uses.all())
    has_main = any(use.role == UseRole.MAIN for use in uses)
    if uses and proposal.sector_id is None:
        yield Missing("sector", _("Choose the sector of the commodities you named."))
    adds_demand = (
        proposal.intervention is not None
        and proposal.intervention.supply_effect == SupplyEffect.ADDS_DEMAND
    )
    if (
        proposal.field_kind != FieldKind.A
        and adds_demand
        and proposal.sector_id is not None
        and not has_main
    ):
        yield Missing(
            "commodity_uses",
            _("Name the main commodity: this kind of activity adds demand for raw material."),
        )


def _results(proposal: Proposal) -> Iterable[Missing]:
    kinds = {output.kind for output in proposal.outputs.all()}
    if ResultKind.OUTPUT not in kinds:
        yield Missing("outputs", _("Name at least one output with unit and target."))
    if ResultKind.OUTCOME not in kinds:
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
    proposal: Proposal, documents: Iterable[ReadinessDocument], office_year: OfficeYear | None
) -> Iterable[Missing]:
    present = {
        paper.document_id for paper in proposal.attachments.all() if paper.replaced_at is None
    }
    for document in documents:
        if document.is_per_office:
            if proposal.field_kind != FieldKind.P and not (office_year and office_year.letter):
                yield Missing(
                    "attachments",
                    _("Upload the covering letter of your office: one for all proposals."),
                )
        elif document.pk not in present and (document.key != "rab" or needs_money(proposal)):
            yield Missing("attachments", _("Upload: %(paper)s.") % {"paper": document.name})
