"""The office's own list: its order, how complete each row is, and what waits for the head."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from proposals import completeness, totals
from proposals.enums import Status
from proposals.filing.queries.limit import counting
from proposals.models import OfficeYear, PlanningYear, Proposal, ReadinessDocument, User
from proposals.models.proposal import ProposalQuerySet

UNSENT = frozenset({Status.DRAFT, Status.AWAITING_HEAD, Status.RETURNED})
SORTS = {
    "peringkat": (_("own rank"), (F("own_rank").asc(nulls_last=True), "created_at", "pk")),
    "terbaru": (_("last changed"), ("-updated_at", "-pk")),
    "nilai": (_("amount"), (F("requested_rp").desc(nulls_last=True), "pk")),
    "judul": (_("title"), ("title", "pk")),
}


@dataclass(frozen=True)
class Progress:
    """How far an unsent proposal is: what is missing, or that it waits to be sent."""

    n_missing: int
    is_unsent: bool

    @property
    def is_complete_but_unsent(self) -> bool:
        """Tell whether only the sending is missing."""
        return self.is_unsent and self.n_missing == 0


def own_rows(user: User, year: PlanningYear | None) -> ProposalQuerySet:
    """Return the proposals of the person's own office with what a row of the list shows."""
    own = Proposal.objects.visible_to(user).of_year(year).filter(office=user.office_id)
    return completeness.with_facts(own.for_list())


def progress_of(
    proposal: Proposal, documents: Sequence[ReadinessDocument], office_year: OfficeYear | None
) -> Progress:
    """Judge a row of ``own_rows`` by the one rule of completeness."""
    if proposal.status not in UNSENT:
        return Progress(0, is_unsent=False)
    found = completeness.missing(proposal, documents, office_year)
    return Progress(len(found), is_unsent=True)


def office_year_for(user: User, year: PlanningYear | None) -> OfficeYear | None:
    """Return what the person's office has of the year: letter, limit, extension, proposals."""
    if year is None:
        return None
    own = Proposal.objects.filter(year=OuterRef("year"), office=OuterRef("office"))
    live = counting(own).order_by().values("office")
    rows = OfficeYear.objects.filter(year=year, office=user.office_id)
    return rows.annotate(n_proposals=Subquery(live.annotate(n=Count("pk")).values("n"))).first()


def searched(rows: QuerySet[Proposal], text: str) -> QuerySet[Proposal]:
    """Keep the rows whose number or title holds the text."""
    return rows.filter(fitting({"q": text}))


def fitting(chosen: Mapping[str, str]) -> Q:
    """Return what a search and the filters of the own list keep."""
    text = chosen.get("q", "")
    found = Q(title__icontains=text) | Q(number__icontains=text) if text else Q()
    for name, column in (("status", "status"), ("jenis", "request_to")):
        if chosen.get(name):
            found &= Q(**{column: chosen[name]})
    return found


def figures_of(user: User, year: PlanningYear | None, search: Q | None = None) -> totals.OwnFigures:
    """Return what the whole office asks, whatever is searched for; and how much a search finds."""
    own = Proposal.objects.visible_to(user).of_year(year).filter(office=user.office_id)
    return totals.own_figures(own, search)
