"""The fields of a proposal: one list for form, completeness, return points and the database.

Source of the rows: the field list of the domain. A return point names a field code and opens
exactly the columns or child rows of that field.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proposals.enums import FieldKind


class Section(StrEnum):
    """Sections of the form, in the order of the page."""

    IDENTITY = "identity"
    COMMODITY = "commodity"
    NEED = "need"
    READINESS = "readiness"
    BUDGET = "budget"
    PAPERS = "papers"


SECTION_WORDS: dict[Section, Promise] = {
    Section.IDENTITY: _("Identity"),
    Section.COMMODITY: _("Commodity and downstream processing"),
    Section.NEED: _("Need and target"),
    Section.READINESS: _("Material and labour"),
    Section.BUDGET: _("Budget"),
    Section.PAPERS: _("Papers"),
}

A, B, C, P = FieldKind.A, FieldKind.B, FieldKind.C, FieldKind.P
ALL = frozenset({A, B, C, P})


@dataclass(frozen=True)
class Field:
    """One field: its word, section, own columns or child table, and the kinds that must fill it.

    ``needed_for`` holds the kinds for which the field must be filled to send; rules that look at
    other fields (a budget where the intervention needs one) are in ``completeness``.
    """

    code: str
    word: Promise
    section: Section
    columns: tuple[str, ...] = ()
    child: str = ""
    needed_for: frozenset[FieldKind] = frozenset()


FIELDS: dict[str, Field] = {
    field.code: field
    for field in (
        Field("request_to", _("Kind of proposal"), Section.IDENTITY, ("request_to",), "", ALL),
        Field("title", _("Title"), Section.IDENTITY, ("title",), "", ALL),
        Field(
            "intervention", _("Kind of activity"), Section.IDENTITY, ("intervention_id",), "", ALL
        ),
        Field(
            "nomenclature",
            _("Sub-activity code"),
            Section.IDENTITY,
            ("nomenclature_id",),
            "",
            ALL,
        ),
        Field("locations", _("Location"), Section.IDENTITY, (), "location", ALL),
        Field("origin", _("Origin of the proposal"), Section.IDENTITY, ("origin",), "", ALL),
        Field("sector", _("Sector"), Section.COMMODITY, ("sector_id",)),
        Field("commodity_uses", _("Commodities"), Section.COMMODITY, (), "commodityuse"),
        Field("background", _("Background"), Section.NEED, ("background",), "", ALL),
        Field("target_group", _("Target group"), Section.NEED, ("target_group",), "", ALL),
        Field("outputs", _("Outputs and outcomes"), Section.NEED, (), "output", ALL),
        Field("beneficiary_ikm", _("IKM reached"), Section.NEED, ("beneficiary_ikm",), "", ALL),
        Field(
            "beneficiary_workers",
            _("Workers reached"),
            Section.NEED,
            ("beneficiary_workers",),
            "",
            ALL,
        ),
        Field(
            "labour",
            _("Labour"),
            Section.READINESS,
            ("labour_needed", "labour_available", "labour_to_train", "labour_source"),
        ),
        Field("requested_rp", _("Requested budget"), Section.BUDGET, ("requested_rp",), "", ALL),
        Field("forward_rp", _("Forward estimate"), Section.BUDGET, ("forward_rp",)),
        Field("budget_lines", _("Budget lines"), Section.BUDGET, ("requested_rp",), "budgetline"),
        Field("funding_source", _("Source of money"), Section.BUDGET, ("funding_source_id",)),
        Field("co_funding", _("Co-funding"), Section.BUDGET, (), "cofunding"),
        Field("financing_needs", _("Financing wanted"), Section.BUDGET, (), "financingneed"),
        Field("own_rank", _("Own rank"), Section.IDENTITY, ("own_rank",)),
        Field("attachments", _("Papers"), Section.PAPERS, (), "attachment"),
    )
}

CONTENT_COLUMNS: tuple[str, ...] = tuple(
    sorted({column for field in FIELDS.values() for column in field.columns} - {"own_rank"})
)
"""Columns that may change only in a draft, or where a return point opens their field."""

CHILD_FIELDS: dict[str, str] = {field.child: field.code for field in FIELDS.values() if field.child}
"""Child table (model name in lower case) to the field code that opens it."""
