"""Lists that steer the process: financing schemes, papers, reasons, criteria."""

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from proposals.catalogue.specs import words
from proposals.catalogue.specs.goods import NAMES, RESTS_ON
from proposals.catalogue.specs.shape import ListSpec, Values
from proposals.models import (
    DocumentIntervention,
    FinancingScheme,
    ReadinessDocument,
    ReasonCode,
    ReviewCriterion,
)


def scheme_key(values: Values) -> str:
    """Return the key of a new edition of a scheme: its code and the day it begins."""
    begins = values.get("valid_from")
    return f"{values['code']}_{begins:%Y%m%d}" if begins else str(values["code"])


def scheme_code(values: Values) -> Values:
    """Give a new scheme the code of the scheme it is an edition of, else one of its own."""
    if values.get("code") or "code" not in values:
        return values
    return values | {"code": slugify(values["name_id"])[:60]}


def reason_key(values: Values) -> str:
    """Return the key of a new reason: what it explains and its text."""
    return slugify(f"{values['reason_for']} {values['name_id']}")


SCHEMES = ListSpec(
    name="schemes",
    one="scheme",
    path="skema-pembiayaan",
    model=FinancingScheme,
    title=_("Financing schemes"),
    short=_("Financing"),
    lead=_("Credit and grants with the time they are valid; terms change within a year."),
    add=_("Add a scheme"),
    columns=("scheme", "provider", "ceiling_max_rp", "rate_pct", "valid_from", "valid_to"),
    fields=(
        *NAMES,
        *("code", "scheme", "provider", "purpose", "ceiling_min_rp", "ceiling_max_rp"),
        *("rate_pct", "rate_note", "valid_from", "valid_to"),
        *RESTS_ON,
    ),
    new_only=("code",),
    searched=("scheme", "provider"),
    order=("scheme", "name"),
    helps={
        "code": _("Empty for a new scheme; for a new edition the code of the earlier one."),
        "valid_to": _("Empty: valid until further notice."),
    },
    key_of=scheme_key,
    complete=scheme_code,
)
DOCUMENTS = ListSpec(
    name="documents",
    one="document",
    path="dokumen",
    model=ReadinessDocument,
    title=_("Readiness papers"),
    short=_("Papers"),
    lead=_("Papers needed to send, and papers whose lack is promised with a date and printed."),
    add=_("Add a paper"),
    columns=("issuer", "blocks_sending", "is_required", "is_for_all", "is_per_office"),
    fields=(
        *NAMES,
        *("issuer", "check_point", "blocks_sending", "is_required", "is_for_all"),
        *("interventions", *RESTS_ON),
    ),
    links=("interventions",),
    children=(DocumentIntervention,),
    filters=("blocks_sending", "is_required", "is_for_all"),
    order=("-blocks_sending", "-is_required", "name"),
    helps={"interventions": _("Asked for these kinds of activity, unless it is asked for all.")},
)
REASONS = ListSpec(
    name="reasons",
    one="reason",
    path="alasan",
    model=ReasonCode,
    title=_("Fixed reasons"),
    short=_("Reasons"),
    lead=_("Why an amount was changed, a proposal returned, redirected, deferred or not agreed."),
    add=_("Add a reason"),
    columns=("reason_for",),
    fields=(*NAMES, "reason_for", *RESTS_ON),
    new_only=("reason_for",),
    filters=("reason_for",),
    order=("reason_for", "name"),
    key_of=reason_key,
)
CRITERIA = ListSpec(
    name="criteria",
    one="criterion",
    path="kriteria",
    model=ReviewCriterion,
    title=_("Review criteria"),
    short=_("Criteria"),
    lead=_("Gates first, then points of 1 to 5 times their weight; the list has versions."),
    columns=("group", "is_gate", "weight", "version", "applies_to_own", "applies_to_requests"),
    fields=(
        *NAMES,
        *("score_1", "score_3", "score_5", "fail_action"),
        *("weight", "applies_to_own", "applies_to_requests", *RESTS_ON),
    ),
    filters=("group", "is_gate", "version"),
    order=("-is_gate", "group", "-weight", "key"),
    helps={"weight": _("1 to 5 for a scored point, 0 for a gate; fixed once it was used.")},
    words={"group": words.GROUPS},
)
