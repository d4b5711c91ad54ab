"""Finding a sub-activity code: by its words, its number, or the activity it usually serves."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from proposals.enums import FieldKind, NomenclatureDepth, NomenclatureLevel
from proposals.models import Nomenclature, Proposal

SHOWN = 12
LEVEL_OF = {
    FieldKind.A: NomenclatureLevel.REGENCY,
    FieldKind.P: NomenclatureLevel.PROVINCE,
}
"""Kinds whose code has one level only; a request may use either (PROCESS, section 2)."""


@dataclass(frozen=True)
class Found:
    """One code with the matching words marked and the way down to it."""

    row: Nomenclature
    name: SafeString
    path: str
    is_other_level: bool

    @property
    def pk(self) -> int:
        """Return the id of the code."""
        return self.row.pk


def usable_codes(edition: str, chosen: int | None = None) -> QuerySet[Nomenclature]:
    """Return the sub-activities of an edition that may be chosen, and the chosen one."""
    return Nomenclature.objects.filter(
        Q(is_retired=False, depth=NomenclatureDepth.SUB_ACTIVITY, edition=edition) | Q(pk=chosen)
    )


def find_codes(
    proposal: Proposal, text: str, *, chosen: int | None, intervention: int | None
) -> list[Found]:
    """Find codes of the year's edition; the chosen one stands first.

    Without a search the codes usual for the kind of activity are offered.
    """
    words = [word for word in re.split(r"\s+", text.strip()) if word][:6]
    level = LEVEL_OF.get(FieldKind(proposal.field_kind))
    rows = (
        usable_codes(proposal.year.nomenclature_edition, chosen)
        .filter(Q(pk=chosen) | (_matching(words) if words else _usual(intervention)))
        .select_related("parent__parent")
        .annotate(place=_place(chosen, level))
        .order_by("place", "code", "pk")
        .distinct()
    )
    return [
        Found(
            row,
            marked(row.name, words),
            _path(row),
            is_other_level=bool(level) and row.level != level,
        )
        for row in rows[:SHOWN]
    ]


def _matching(words: Iterable[str]) -> Q:
    every, whole = Q(), " ".join(words)
    for word in words:
        every &= Q(name_id__icontains=word) | Q(name_en__icontains=word)
    return every | Q(code__startswith=whole) | Q(interventions__name_id__icontains=whole)


def _usual(intervention: int | None) -> Q:
    return Q(interventions=intervention) if intervention else Q(code__startswith="3.31.02.")


def _place(chosen: int | None, level: str | None) -> Any:
    """Order: the chosen code, codes of the fitting level and of industry, then the rest."""
    industry = Q(code__startswith="3.31.")
    return Case(
        When(pk=chosen, then=Value(0)),
        When(industry & Q(level=level) if level else industry, then=Value(1)),
        When(industry, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )


def _path(row: Nomenclature) -> str:
    above = [one.name for one in (row.parent and row.parent.parent, row.parent) if one]
    return " › ".join(above)


def marked(name: str, words: Iterable[str]) -> SafeString:
    """Return the name with each searched word in ``mark``; everything else is escaped."""
    found = [re.escape(word) for word in words]
    if not found:
        return conditional_escape(name)
    pieces = re.split(f"({'|'.join(found)})", name, flags=re.IGNORECASE)
    drawn = "".join(
        f"<mark>{conditional_escape(piece)}</mark>" if at % 2 else conditional_escape(piece)
        for at, piece in enumerate(pieces)
    )
    return mark_safe(drawn)  # noqa: S308 - every piece was escaped above
