"""Words for tables and columns where the model itself has none."""

from typing import Any

from django.db.models import Field, Model
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

QUIET = frozenset(
    {
        *("id", "key", "row_version", "created_at", "updated_at", "created_by", "search"),
        *("creation_key", "position", "overlaps_due_at", "sha256", "content", "file", "letter"),
        *("letter_type", "letter_size", "letter_sha256", "letter_by", "content_type", "proposal"),
        *("uploaded_by", "answered_by", "made_by", "sent_by", "last_number", "status_at", "joint"),
        *("review", "flag", "pgh_id", "fingerprint_a", "fingerprint_b"),
        *("judged_by", "judged_at", "reasons"),
    }
)
"""Columns that tell a reader nothing: the act itself names person, moment and row."""

TABLES: dict[str, Promise] = {
    "attachment": _("Paper"),
    "budgetline": _("Budget line"),
    "ceiling": _("Ceiling"),
    "cofunding": _("Co-funding"),
    "comment": _("Comment"),
    "commodity": _("Commodity"),
    "commodityuse": _("Commodity"),
    "decision": _("Decision"),
    "derivativestage": _("Derivative stage"),
    "division": _("Division"),
    "documentintervention": _("Paper of an activity"),
    "financingneed": _("Financing wanted"),
    "financingscheme": _("Financing scheme"),
    "flagstage": _("Stage decided with the flag"),
    "fundingsource": _("Source of money"),
    "gateanswer": _("Gate"),
    "industrycode": _("Industry code"),
    "interventionfunding": _("Usual source of money"),
    "interventionnomenclature": _("Usual sub-activity"),
    "interventiontype": _("Kind of activity"),
    "jointoutput": _("Output of the joint programme"),
    "jointprogramme": _("Joint programme"),
    "location": _("Location"),
    "nomenclature": _("Nomenclature"),
    "office": _("Office"),
    "officeyear": _("Office in the year"),
    "output": _("Output or outcome"),
    "planningyear": _("Planning year"),
    "priorityflag": _("Priority flag"),
    "promisedpaper": _("Promised paper"),
    "proposal": _("Proposal"),
    "readinessdocument": _("Readiness paper"),
    "reasoncode": _("Fixed reason"),
    "region": _("Region"),
    "returnpoint": _("Point to correct"),
    "review": _("Review"),
    "reviewcriterion": _("Review criterion"),
    "score": _("Score"),
    "sector": _("Sector"),
    "sectorcode": _("Code of the sector"),
    "share": _("Share of the joint programme"),
    "synonym": _("Synonyms"),
    "overlappair": _("Pair of alike proposals"),
    "user": _("Person"),
    "version": _("Sent version"),
}

COLUMNS: dict[str, Promise] = {
    "agreed_rp": _("agreed budget (Rp)"),
    "answered_at": _("answered at"),
    "ceiling_max_rp": _("ceiling to (Rp)"),
    "ceiling_min_rp": _("ceiling from (Rp)"),
    "commodity": _("commodity"),
    "computed": _("computed score"),
    "computed_from": _("computed from"),
    "consent_at": _("consent given at"),
    "consent_by": _("consent given by"),
    "criterion": _("criterion"),
    "decided_at": _("decided at"),
    "decided_by": _("decided by"),
    "district": _("district"),
    "division": _("division"),
    "document": _("kind of paper"),
    "final_at": _("finished at"),
    "funding_source": _("source of money"),
    "industry_code": _("industry code"),
    "intervention": _("kind of activity"),
    "interventions": _("kinds of activity"),
    "is_changed": _("agreed with changes"),
    "lead_division": _("division in charge"),
    "lead_office": _("lead office"),
    "lead_reviewer": _("reviewer in charge"),
    "letter_at": _("covering letter received at"),
    "letter_name": _("covering letter"),
    "made_at": _("made at"),
    "must_change_password": _("has a one-time password"),
    "neighbour": _("neighbour"),
    "nomenclature": _("sub-activity code"),
    "office": _("office"),
    "parent": _("belongs to"),
    "product_commodity": _("product commodity"),
    "reason": _("reason"),
    "recommended_rp": _("recommended budget (Rp)"),
    "recorded_by": _("recorded by"),
    "region": _("region"),
    "replaced_at": _("replaced at"),
    "requested_rp": _("requested budget (Rp)"),
    "result_note": _("note on the result"),
    "result_reason": _("reason of the result"),
    "reviewer": _("reviewer"),
    "scheme": _("financing scheme"),
    "score_pct": _("score (%)"),
    "sector": _("sector"),
    "sectors": _("sectors"),
    "sent_at": _("sent at"),
    "settled_at": _("settled at"),
    "settled_by": _("settled by"),
    "size": _("size (bytes)"),
    "stage": _("derivative stage"),
    "tile_col": _("column on the tile map"),
    "tile_row": _("row on the tile map"),
    "unscored_reason": _("why it goes unscored"),
    "uploaded_at": _("uploaded at"),
    "upstream_commodity": _("raw material"),
    "usual_funding": _("usual sources of money"),
    "usual_nomenclature": _("usual sub-activities"),
    "version": _("version"),
    "year": _("budget year"),
}


def table(model: type[Model]) -> str:
    """Return the word for a row of this table."""
    return str(TABLES.get(model._meta.model_name or "", model._meta.verbose_name))


def column(field: "Field[Any, Any]") -> str:
    """Return the word of a column: the model's own, else the one kept here."""
    own = field.verbose_name
    return capfirst(str(own if isinstance(own, Promise) else COLUMNS.get(field.name, own)))
