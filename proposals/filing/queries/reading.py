"""One proposal with all its rows, in few queries: short lists come with the proposal itself."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, Prefetch
from django.db.models.functions import JSONObject

from proposals.models import (
    Attachment,
    CoFunding,
    Comment,
    CommodityUse,
    FinancingNeed,
    Location,
    OfficeNote,
    PromisedPaper,
    Proposal,
    ReturnPoint,
    User,
    Version,
)
from proposals.models.proposal import ProposalQuerySet


def to_read(user: User) -> ProposalQuerySet:
    """Return the proposals this person may read, each with everything its page shows."""
    shared = Comment.objects.filter(is_internal=False).select_related("author__office")
    return to_fill(user).prefetch_related(Prefetch("comments", shared, to_attr="shared_comments"))


def to_fill(user: User) -> ProposalQuerySet:
    """Return the proposals this person may read, each with everything that is filled in.

    Rows that a page only tells come as plain values within the proposal's own query.
    """
    rows = Proposal.objects.visible_to(user).for_page()
    return (
        rows.select_related("year__office", "share__joint__lead_office__region")
        .annotate(**PLAIN)
        .prefetch_related(*_loaded())
    )


def _loaded() -> list[str | Prefetch[str]]:
    """Return the rows that are judged or filled in, one query each."""
    return [
        "outputs",
        "budget_lines",
        Prefetch("locations", Location.objects.select_related("district", "region")),
        Prefetch("commodity_uses", CommodityUse.objects.select_related("commodity", "stage")),
        Prefetch("attachments", Attachment.objects.select_related("document", "uploaded_by")),
        Prefetch("return_points", ReturnPoint.objects.select_related("made_by", "answered_by")),
    ]


def _plain(model: type[Model], order: str, **columns: str) -> ArraySubquery:
    """Return the rows of a child table as a list of plain values."""
    rows: Any = model._default_manager.filter(proposal=OuterRef("pk")).order_by(order, "pk")
    return ArraySubquery(rows.values(row=JSONObject(**columns)))


PLAIN = {
    "co_funding_rows": _plain(CoFunding, "position", id="id", who="who", amount_rp="amount_rp"),
    "financing_rows": _plain(
        FinancingNeed,
        "position",
        id="id",
        scheme="scheme_id",
        scheme_name_id="scheme__name_id",
        scheme_name_en="scheme__name_en",
        amount_rp="amount_rp",
        note="note",
    ),
    "promised_rows": _plain(PromisedPaper, "due_on", document="document_id", due_on="due_on"),
    "office_note_rows": _plain(
        OfficeNote, "-created_at", text="text", at="created_at", who="author__full_name"
    ),
    "version_rows": _plain(
        Version,
        "-version",
        version="version",
        sent_at="sent_at",
        sha256="sha256",
        sent_by="sent_by__full_name",
    ),
}
"""Rows that a page only tells, as plain values within the proposal's own query."""
