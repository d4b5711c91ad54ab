"""What happens once a proposal leaves its office: the number, and the frozen version."""

import hashlib
import json
from typing import Any

from django.core import serializers
from django.db.models import Model
from django.utils import timezone

from proposals.models import OfficeYear, Proposal, User, Version

PARTS = (
    "outputs",
    "budget_lines",
    "co_funding",
    "financing_needs",
    "locations",
    "commodity_uses",
)
NAMED = {
    "locations": ("district", "region"),
    "commodity_uses": ("commodity",),
    "financing_needs": ("scheme",),
}
"""Rows whose reference rows are named in a version."""


def give_number(proposal: Proposal) -> None:
    """Give the number of the first sending: year, region, running number of the office.

    ``RT22-6301-01``; never reused, kept for good. The office's row is locked, so two sendings at
    one moment get two numbers.
    """
    if proposal.number is not None:
        return
    OfficeYear.objects.get_or_create(year_id=proposal.year_id, office_id=proposal.office_id)
    counter = OfficeYear.objects.select_for_update().get(
        year_id=proposal.year_id, office_id=proposal.office_id
    )
    counter.last_number += 1
    counter.save(update_fields=["last_number"])
    year = proposal.year.fiscal_year % 100
    proposal.number = f"RT{year:02d}-{region_digits(proposal)}-{counter.last_number:02d}"
    proposal.sent_at = timezone.now()


def region_digits(proposal: Proposal) -> str:
    """Return the region as four digits: 63.01 is 6301, the province 63 is 6300."""
    return proposal.office.region.code.replace(".", "").ljust(4, "0")


def freeze_version(proposal: Proposal, by: User) -> Version:
    """Keep what is sent, word for word, with the checksum of its content."""
    content = content_of(proposal)
    return Version.objects.create(
        proposal=proposal,
        version=proposal.versions.count() + 1,
        content=content,
        sha256=checksum(content),
        sent_at=timezone.now(),
        sent_by=by,
    )


def freeze_changes(proposal: Proposal, by: User) -> None:
    """Keep what the office changed since its last sending, where the province goes on without one.

    A returned proposal that is resumed or decided is read as it stands: that is a version too.
    """
    last = proposal.versions.order_by("-version").first()
    if last is None or last.sha256 != checksum(content_of(proposal)):
        freeze_version(proposal, by)


def checksum(content: dict[str, Any]) -> str:
    """Return the SHA-256 of a version's content in its canonical form."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def content_of(proposal: Proposal) -> dict[str, Any]:
    """Return the content of a proposal as plain values, with the names of its reference rows.

    Names of child rows stand in the order of the rows.
    """
    papers = proposal.attachments.select_related("document").filter(replaced_at__isnull=True)
    rows = {
        part: list(getattr(proposal, part).select_related(*NAMED.get(part, ()))) for part in PARTS
    }
    return {
        "proposal": _plain(proposal),
        "words": _words(proposal, rows),
        **{part: [_row(row) for row in rows[part]] for part in PARTS},
        "attachments": [
            {"document": paper.document.key, "name": paper.name, "sha256": paper.sha256}
            for paper in papers
        ],
    }


def _words(proposal: Proposal, rows: dict[str, list[Any]]) -> dict[str, Any]:
    """Return the names that the reference rows have on the day of sending."""
    code = proposal.nomenclature
    return {
        "sector": proposal.sector and proposal.sector.name_id,
        "intervention": proposal.intervention and proposal.intervention.name_id,
        "nomenclature": code and f"{code.code} {code.name_id}",
        "funding_source": proposal.funding_source and proposal.funding_source.name_id,
        "office": proposal.office.name,
        "locations": [str(place) for place in rows["locations"]],
        "commodity_uses": [use.commodity.name_id for use in rows["commodity_uses"]],
        "financing_needs": [need.scheme.name_id for need in rows["financing_needs"]],
    }


INTERNAL = frozenset(
    {
        "search",
        "row_version",
        "updated_at",
        "status",
        "status_at",
        "creation_key",
        "overlaps_due_at",
        "recommended_rp",
        "score_pct",
        "lead_division",
        "lead_reviewer",
        "unscored_reason",
        "agreed_rp",
        "is_changed",
        "decided_at",
        "result_reason",
        "result_note",
        "approved_at",
        "approved_by",
    }
)
"""What the province writes, and what only the portal counts: no part of what an office sends."""


def _row(row: Model) -> dict[str, Any]:
    """Return a row with its id, by which the same row is found again in another version."""
    return {"id": row.pk} | _plain(row)


def _plain(row: Model) -> dict[str, Any]:
    fields: dict[str, Any] = serializers.serialize("python", [row])[0]["fields"]
    plain = {name: value for name, value in fields.items() if name not in INTERNAL}
    decoded: dict[str, Any] = json.loads(json.dumps(plain, default=str))
    return decoded
