"""Stored proposals as pieces of the overlap engine, and the words of the field it reads with."""

from collections.abc import Iterable
from re import split
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery

from proposals.enums import UseRole
from proposals.harmonisation.overlaps.lists import Lists, lists
from proposals.harmonisation.overlaps.pieces import Piece
from proposals.harmonisation.overlaps.words import Meaning
from proposals.models import CommodityUse, Location, Output, Proposal, Synonym

DIGITS = 19
"""Numbers are the row's id with leading zeros: in order as text and as a number."""
COLUMNS = {
    **{name: name for name in ("title", "background", "target_group", "request_to")},
    "region": "office__region__code",
    "sector": "sector__key",
    "intervention": "intervention__key",
    "code": "nomenclature__code",
}
PARTS = ("results", "districts", "commodity")


def pieces_of(ids: Iterable[int]) -> dict[int, Piece]:
    """Return proposals as pieces by their id: one query."""
    mine = {"proposal": OuterRef("pk")}
    rows = Proposal.objects.filter(pk__in=list(ids)).annotate(
        results=ArraySubquery(
            Output.objects.filter(**mine).order_by("kind", "position", "pk").values("text")
        ),
        districts=ArraySubquery(
            Location.objects.filter(**mine, district__isnull=False)
            .order_by("position", "pk")
            .values("district__name")
        ),
        commodity=Subquery(
            CommodityUse.objects.filter(**mine, role=UseRole.MAIN)
            .order_by("position", "pk")
            .values("commodity__key")[:1]
        ),
    )
    told = rows.values("pk", "year_id", "requested_rp", *COLUMNS.values(), *PARTS)
    return {row["pk"]: _piece(row) for row in told}


def _piece(row: dict[str, Any]) -> Piece:
    return Piece(
        number=number_of(row["pk"]),
        year=str(row["year_id"]),
        results=tuple(row["results"]),
        districts=tuple(row["districts"]),
        commodity=row["commodity"] or "",
        amount=row["requested_rp"],
        **{name: row[column] or "" for name, column in COLUMNS.items()},
    )


def number_of(pk: int) -> str:
    """Return the number of a stored proposal as the engine knows it."""
    return f"{pk:0{DIGITS}d}"


def current_lists() -> Lists:
    """Return the lists with the synonyms of the table: one query; read anew when they changed."""
    rows = Synonym.objects.in_use().order_by("pk").values_list("key", "role", "words")
    return lists(tuple(Meaning(key, role, parted(words)) for key, role, words in rows))


def parted(words: str) -> tuple[str, ...]:
    """Return the words that an admin typed, parted by commas or lines."""
    return tuple(word for part in split(r"[,;|\n]", words) if (word := part.strip()))
