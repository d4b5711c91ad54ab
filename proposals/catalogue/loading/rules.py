"""Papers, criteria, reasons, and financing schemes."""

import re

from proposals.catalogue.loading import rows
from proposals.catalogue.loading.rows import Count, Line, Links, Values
from proposals.models import (
    DocumentIntervention,
    FinancingScheme,
    InterventionType,
    ReadinessDocument,
    ReasonCode,
    ReviewCriterion,
)

EDITION = re.compile(r"_\d{4}[a-z]$")
"""Ending of a scheme's key that tells its validity: kur_mikro_2021a."""
COVERING_LETTER = "surat_usulan"
CRITERIA_OF_FIT = frozenset({"s_prioritas", "s_duplikasi", "s_bahan_baku"})
"""What counts for an own programme: the province says only whether it fits (PROCESS, 13)."""
GATE_OF_REQUESTS = "g_lahan_siap"
"""Ready land is the regency's own affair where it builds with its own money."""


def load() -> dict[str, Count]:
    """Load what the process asks and decides by."""
    return {
        "financing schemes": _schemes(),
        "readiness documents": _documents(),
        "documents of interventions": _document_links(),
        "review criteria": _criteria(),
        "reason codes": rows.write(
            ReasonCode,
            (
                rows.listed(line) | {"reason_for": line["reason_for"]}
                for line in rows.read("reason_codes")
            ),
        ),
    }


def _schemes() -> Count:
    columns = ("scheme", "provider", "purpose", "rate_note")
    return rows.write(
        FinancingScheme,
        (
            rows.listed(line)
            | {name: line[name] for name in columns}
            | {
                "code": EDITION.sub("", line["key"]),
                "ceiling_min_rp": rows.number(line["ceiling_min_rp"]),
                "ceiling_max_rp": rows.number(line["ceiling_max_rp"]),
                "rate_pct": rows.number(line["effective_rate_pct"]),
                "valid_from": rows.day(line["valid_from"]),
                "valid_to": rows.day(line["valid_to"]),
            }
            for line in rows.read("financing_schemes")
        ),
    )


def _documents() -> Count:
    return rows.write(
        ReadinessDocument,
        (
            rows.listed(line)
            | {
                "issuer": line["issuer"],
                "check_point": line["check_point_id"],
                "is_for_all": line["required_for"] == "all",
                "blocks_sending": rows.truth(line["blocks_sending"]),
                "is_required": rows.truth(line["required"]),
                "is_per_office": line["key"] == COVERING_LETTER,
            }
            for line in rows.read("readiness_documents")
        ),
    )


def _document_links() -> Count:
    documents, interventions = rows.ids(ReadinessDocument), rows.ids(InterventionType)
    wanted = {
        documents[line["key"]]: {interventions[key] for key in rows.words(line["required_for"])}
        for line in rows.read("readiness_documents")
        if line["required_for"] != "all"
    }
    links = Links(DocumentIntervention, "document_id", "intervention_id")
    return rows.write_links(links, wanted, rows.edited_ids(ReadinessDocument))


def _criteria() -> Count:
    return rows.write(
        ReviewCriterion, map(_criterion, rows.read("review_criteria")), ("key", "version")
    )


def _criterion(line: Line) -> Values:
    is_gate = line["method"] == "gate"
    return {
        **rows.listed(line),
        "version": 1,
        "group": line["group"],
        "is_gate": is_gate,
        "weight": int(line["weight"]),
        "score_1": line["score_1_id"],
        "score_3": line["score_3_id"],
        "score_5": line["score_5_id"],
        "fail_action": line["fail_action_id"],
        "applies_to_own": line["key"] in CRITERIA_OF_FIT
        or (is_gate and line["key"] != GATE_OF_REQUESTS),
        "applies_to_requests": True,
    }
