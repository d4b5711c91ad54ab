"""The queue: search, filters, order and counts; every list costs the same few queries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from proposals import likeness
from proposals.enums import OfficeKind, Role, UseRole
from proposals.models import (
    CommodityUse,
    Division,
    FundingSource,
    Office,
    PlanningYear,
    PriorityFlag,
    Proposal,
    Sector,
    User,
)
from proposals.models.proposal import ProposalQuerySet
from proposals.review.saved import SavedView, views_of
from proposals.transitions import OWN_ONLY

COUNT_LIMIT = 1_000
SEARCH_LENGTH = 200


@dataclass(frozen=True)
class Order:
    """An order of the queue: columns that are never empty in it, the last one unique."""

    word: str | Promise
    columns: tuple[str, ...]
    keeps: Q = field(default_factory=Q)


ORDERS: dict[str, Order] = {
    "lama": Order(_("Longest waiting first"), ("sent_at", "pk")),
    "baru": Order(_("Newest first"), ("-sent_at", "-pk")),
    "nomor": Order(_("Number"), ("number", "pk")),
    "nilai": Order(_("Largest first"), ("-requested_rp", "-pk"), Q(requested_rp__isnull=False)),
    "skor": Order(_("Best score first"), ("-score_pct", "-pk"), Q(score_pct__isnull=False)),
}
"""Ordering by score keeps the scored ones alone; the page says so in a chip."""

COLUMNS = {
    "kantor": "office",
    "sektor": "sector",
    "jenis": "request_to",
    "status": "status",
    "dana": "funding_source",
    "penelaah": "lead_reviewer",
}
"""Name of a filter in the address, and the column it looks at."""


class CappedCount(Subquery):
    """Count the rows of a cut query inside another one."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS capped)"
    output_field = IntegerField()


def sent_to_province(user: User, year: PlanningYear | None) -> ProposalQuerySet:
    """Return what the queue is made of: all of the year that was ever sent to the province."""
    rows = Proposal.objects.visible_to(user).of_year(year)
    return rows.filter(sent_at__isnull=False).exclude(status__in=sorted(OWN_ONLY))


def queue(
    user: User, year: PlanningYear | None, view: SavedView, wanted: Mapping[str, Any]
) -> ProposalQuerySet:
    """Return the rows of a saved view with search, filters and order; ``wanted`` is clean."""
    rows = sent_to_province(user, year)
    if year is not None:
        rows = rows.filter(view.rows(year, user))
    for name, column in COLUMNS.items():
        if wanted.get(name):
            rows = rows.filter(**{column: wanted[name]})
    if text := wanted.get("q"):
        rows = rows.filter(matching(text))
    order = order_of(wanted)
    return rows.filter(order.keeps).order_by(*order.columns)


def order_of(wanted: Mapping[str, Any]) -> Order:
    """Return the order asked for; the longest waiting come first."""
    return ORDERS.get(wanted.get("urut") or "", ORDERS["lama"])


def matching(text: str) -> Q:
    """Match words by their stems, titles by likeness (the stemmer errs), numbers by a piece."""
    words = SearchQuery(text, config="indonesian", search_type="websearch")
    return Q(search=words) | Q(title__trigram_word_similar=text) | Q(number__icontains=text.strip())


def for_queue(rows: ProposalQuerySet) -> ProposalQuerySet:
    """Load what a row of the queue shows, in one query."""
    flags = PriorityFlag.objects.filter(year=OuterRef("year"), sector=OuterRef("sector"))
    return (
        rows.for_list()
        .select_related("lead_reviewer", "lead_division")
        .annotate(
            is_priority=Exists(flags),
            commodity_name=main_commodity_name(),
            alike_told=Subquery(likeness.nearest()),
        )
    )


def main_commodity_name() -> Subquery:
    """Return the name of a proposal's main commodity in the language of the screen."""
    uses = CommodityUse.objects.filter(proposal=OuterRef("pk"), role=UseRole.MAIN)
    return Subquery(uses.annotate(word=_name("commodity__")).values("word")[:1])


def _name(prefix: str = "") -> Coalesce | F:
    if get_language() != "en":
        return F(f"{prefix}name_id")
    return Coalesce(NullIf(f"{prefix}name_en", Value("")), f"{prefix}name_id")


def counts(user: User, year: PlanningYear | None) -> dict[str, int]:
    """Count every saved view in one query, each up to just above 1.000."""
    if year is None:
        return dict.fromkeys(views_of(user), 0)
    rows = sent_to_province(user, year).order_by()
    capped = {
        key: CappedCount(rows.filter(view.rows(year, user)).values("pk")[: COUNT_LIMIT + 1])
        for key, view in views_of(user).items()
    }
    found: dict[str, int] = (
        PlanningYear.objects.filter(pk=year.pk).annotate(**capped).values(*capped).get()
    )
    return found


def choices() -> dict[str, list[tuple[int, str]]]:
    """Return the offices, sectors, sources, reviewers and divisions to choose from: one query."""
    reviewers = User.objects.filter(role=Role.REVIEWER, is_active=True)
    offices = Office.objects.filter(kind=OfficeKind.INDUSTRY, is_retired=False)
    parts: list[QuerySet[Any]] = [
        _part("kantor", offices, F("region__name")),
        _part("sektor", Sector.objects.in_use(), _name()),
        _part("dana", FundingSource.objects.in_use(), _name()),
        _part("penelaah", reviewers, F("full_name")),
        _part("bidang", Division.objects.filter(is_retired=False), _name()),
    ]
    found: dict[str, list[tuple[int, str]]] = {
        name: [] for name in ("kantor", "sektor", "dana", "penelaah", "bidang")
    }
    for name, pk, word in parts[0].union(*parts[1:], all=True):
        found[name].append((pk, word))
    for rows in found.values():
        rows.sort(key=lambda row: (row[1].casefold(), row[0]))
    return found


def _part(name: str, rows: QuerySet[Any], word: Any) -> QuerySet[Any]:
    told: QuerySet[Any] = rows.order_by().annotate(part=Value(name), word=word)
    return told.values_list("part", "pk", "word")
