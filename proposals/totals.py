"""Every sum that anybody shows: dashboard, recap, board, spreadsheet and printed list.

Kinds stand side by side and are never added into one total. Amounts are whole rupiah. Each
function asks the database a fixed number of times, whatever the number of rows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, DecimalField, F, OuterRef, Q, Subquery, Sum, When
from django.utils.translation import gettext as _

from proposals import completeness
from proposals.enums import JointState, OfficeKind, RequestTo, ScanState, Status
from proposals.models import Office, OfficeYear, PlanningYear, Proposal, Sector
from proposals.models.proposal import ProposalQuerySet
from proposals.transitions import RESULT, WITH_PROVINCE

ZERO = Decimal(0)
RUPIAH: "DecimalField[Decimal, Decimal]" = DecimalField(max_digits=18, decimal_places=0)

AGREED_RP = Case(
    When(status=Status.AGREED, then=F("agreed_rp")),
    When(status=Status.MERGED, share__joint__state=JointState.AGREED, then=F("share__amount_rp")),
    default=None,
    output_field=RUPIAH,
)
"""What is agreed for one proposal: its own amount, or its share in an agreed programme."""


@dataclass(frozen=True)
class Figures:
    """Count and three amounts of one kind; an amount is None where nothing was said yet."""

    count: int = 0
    decided: int = 0
    asked_rp: Decimal = ZERO
    recommended_rp: Decimal | None = None
    agreed_rp: Decimal | None = None


@dataclass
class RecapRow:
    """One regency or sector with the figures of each kind side by side."""

    key: str
    name: str
    kinds: dict[str, Figures] = field(default_factory=dict)

    def of(self, kind: str) -> Figures:
        """Return the figures of one kind; zeros where nothing was sent."""
        return self.kinds.get(kind, Figures())

    @property
    def cells(self) -> list[tuple[str, Figures]]:
        """Return the kinds in their fixed order with their figures."""
        return [(kind, self.of(kind)) for kind in RequestTo.values]


@dataclass
class Recap:
    """A recap with one row per group and one line of sums for each kind."""

    rows: list[RecapRow]
    total: RecapRow


def recap_by_office(proposals: ProposalQuerySet, year: PlanningYear) -> Recap:
    """Return what each industry office asked and got; offices without proposals show zeros."""
    names = {
        office.pk: (office.region.code, office.region.short_name)
        for office in Office.objects.filter(kind=OfficeKind.INDUSTRY)
        .select_related("region")
        .order_by("region__code", "pk")
    }
    return _recap(proposals.of_year(year), "office", names)


def recap_by_sector(proposals: ProposalQuerySet, year: PlanningYear) -> Recap:
    """Return what each sector asked and got; proposals without a sector are cross-sector."""
    names: dict[int | None, tuple[str, str]] = {
        sector.pk: (sector.key, sector.name) for sector in Sector.objects.order_by("name_id", "pk")
    }
    names[None] = ("", _("Cross-sector"))
    return _recap(proposals.of_year(year), "sector", names)


def _recap(
    proposals: ProposalQuerySet,
    group: str,
    names: dict[int | None, tuple[str, str]] | dict[int, tuple[str, str]],
) -> Recap:
    rows = {pk: RecapRow(key, name) for pk, (key, name) in names.items()}
    total = RecapRow("", _("All"))
    for line in _figures(proposals, group):
        figures = Figures(
            line["count"],
            line["decided"],
            line["asked"] or ZERO,
            line["recommended"],
            line["agreed"],
        )
        kind = line["request_to"]
        rows[line[group]].kinds[kind] = figures
        total.kinds[kind] = _added(total.of(kind), figures)
    return Recap(list(rows.values()), total)


def _figures(proposals: ProposalQuerySet, group: str) -> Any:
    """Return one line per group and kind of what was sent."""
    return (
        proposals.filter(status__in=sorted(WITH_PROVINCE))
        .values(group, "request_to")
        .order_by(group, "request_to")
        .annotate(
            count=Count("pk"),
            decided=Count("pk", filter=Q(status__in=sorted(RESULT))),
            asked=Sum("requested_rp"),
            recommended=Sum("recommended_rp"),
            agreed=Sum(AGREED_RP),
        )
    )


def _added(one: Figures, other: Figures) -> Figures:
    return Figures(
        one.count + other.count,
        one.decided + other.decided,
        one.asked_rp + other.asked_rp,
        _sum(one.recommended_rp, other.recommended_rp),
        _sum(one.agreed_rp, other.agreed_rp),
    )


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return (one or ZERO) + (other or ZERO) if (one, other) != (None, None) else None


@dataclass
class Standing:
    """Where one office stands in a year, in numbers of proposals."""

    office: Office
    drafts: int = 0
    complete: int = 0
    sent: int = 0
    returned: int = 0
    decided: int = 0
    limit: int | None = None
    has_letter: bool = False

    @property
    def unsent(self) -> int:
        """Return how many proposals are not sent: drafts and complete ones."""
        return self.drafts + self.complete

    @property
    def has_begun(self) -> bool:
        """Tell whether the office has written anything."""
        return bool(self.drafts or self.complete or self.sent or self.returned or self.decided)


def board(year: PlanningYear) -> list[Standing]:
    """Return where each industry office stands: numbers only, no draft's content leaves it."""
    standings = {
        office.pk: Standing(
            office=office,
            drafts=office.unsent,
            sent=office.sent,
            returned=office.returned,
            decided=office.decided,
            limit=office.limit,
            has_letter=bool(office.letter),
        )
        for office in _counted_offices(year)
    }
    for proposal in complete_unsent(Proposal.objects.of_year(year)):
        if proposal.office_id in standings:
            standings[proposal.office_id].drafts -= 1
            standings[proposal.office_id].complete += 1
    return list(standings.values())


def _counted_offices(year: PlanningYear) -> Any:
    """Return the industry offices with the number of their proposals in each group of statuses."""
    own = OfficeYear.objects.filter(year=year.pk, office=OuterRef("pk"))
    return (
        Office.objects.filter(kind=OfficeKind.INDUSTRY, is_retired=False)
        .select_related("region")
        .annotate(
            unsent=_count(year, {Status.DRAFT, Status.AWAITING_HEAD}),
            sent=_count(year, {Status.SENT, Status.UNDER_REVIEW, Status.AT_DESK}),
            returned=_count(year, {Status.RETURNED}),
            decided=_count(year, RESULT),
            limit=Subquery(own.values("proposal_limit")),
            letter=Subquery(own.values("letter")),
        )
        .order_by("region__code", "pk")
    )


def _count(year: PlanningYear, statuses: Iterable[Status]) -> Count:
    return Count(
        "proposals",
        filter=Q(proposals__year=year.pk, proposals__status__in=sorted(statuses)),
    )


def complete_unsent(proposals: ProposalQuerySet) -> Iterable[Proposal]:
    """Yield the unsent proposals that lack nothing: complete, and still not sent."""
    documents = completeness.blocking_documents()
    letter = OfficeYear.objects.filter(year=OuterRef("year"), office=OuterRef("office"))
    letter = letter.exclude(letter_scan_state=ScanState.INFECTED)
    unsent = (
        completeness.with_facts(proposals)
        .filter(status__in=[Status.DRAFT, Status.AWAITING_HEAD])
        .annotate(fact_letter=Subquery(letter.values("letter")))
        .order_by("office", "own_rank", "pk")
    )
    for proposal in unsent:
        office_year = OfficeYear(letter=vars(proposal)["fact_letter"] or "")
        if not completeness.missing(proposal, documents, office_year):
            yield proposal


@dataclass(frozen=True)
class KindSums:
    """What one kind of an office's own proposals asks, has sent, and was given; whole rupiah."""

    word: str
    asked_rp: Decimal
    sent_rp: Decimal
    agreed_rp: Decimal | None


@dataclass(frozen=True)
class OwnFigures:
    """The key figures of one office's own home; the kinds stand side by side, never as one sum."""

    count: int
    sent: int
    merged: int
    kinds: list[KindSums]
    found: int


def own_figures(proposals: ProposalQuerySet, search: Q | None = None) -> OwnFigures:
    """Return the figures of an office's own proposals, withdrawn ones left out.

    ``found`` counts, withdrawn ones too, what a search of its list gives in the same query.
    """
    sent, live = Q(status__in=sorted(WITH_PROVINCE)), ~Q(status=Status.WITHDRAWN)
    lines = list(
        proposals.order_by("request_to")
        .values("request_to")
        .annotate(
            count=Count("pk", filter=live),
            sent=Count("pk", filter=sent),
            asked=Sum("requested_rp", filter=live),
            sent_rp=Sum("requested_rp", filter=sent),
            merged=Count("pk", filter=Q(status=Status.MERGED)),
            agreed_rp=Sum(AGREED_RP, filter=live),
            found=Count("pk", filter=search) if search else Count("pk"),
        )
    )
    return OwnFigures(
        count=sum(line["count"] for line in lines),
        sent=sum(line["sent"] for line in lines),
        merged=sum(line["merged"] for line in lines),
        kinds=_kind_sums({line["request_to"]: line for line in lines if line["count"]}),
        found=sum(line["found"] for line in lines),
    )


def _kind_sums(lines: Mapping[str, Mapping[str, Any]]) -> list[KindSums]:
    return [
        KindSums(str(kind.label), line["asked"] or ZERO, line["sent_rp"] or ZERO, line["agreed_rp"])
        for kind in RequestTo
        if (line := lines.get(kind))
    ]
