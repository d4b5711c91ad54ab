"""The most proposals an office may file in a year, and how many of them count."""

from dataclasses import dataclass

from django.db.models import QuerySet

from proposals.enums import Status
from proposals.models import OfficeYear, Proposal


@dataclass(frozen=True)
class Limit:
    """The limit of one office, and what is left of it."""

    most: int
    left: int


def counting(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Keep what counts against the limit: whatever was not withdrawn."""
    return rows.exclude(status=Status.WITHDRAWN)


def limit_of(year_id: int, office_id: int, *, locks: bool = False) -> Limit | None:
    """Return the limit of an office, or nothing where it has none.

    With ``locks`` the row of the office stays locked, so that two drafts are counted in turn.
    """
    rows = OfficeYear.objects.select_for_update() if locks else OfficeYear.objects.all()
    own = rows.filter(year=year_id, office=office_id, proposal_limit__isnull=False).first()
    if own is None or own.proposal_limit is None:
        return None
    filed = counting(Proposal.objects.filter(year=year_id, office=office_id)).count()
    return Limit(own.proposal_limit, own.proposal_limit - filed)
