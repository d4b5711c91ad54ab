"""What the head of an office sees: every proposal with what it lacks, and what was sent."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.dateparse import parse_datetime

from proposals import completeness, workflow
from proposals.enums import Action, Status
from proposals.filing.queries.own import SORTS, UNSENT, own_rows
from proposals.filing.queries.reading import PLAIN
from proposals.models import (
    OfficeYear,
    PlanningYear,
    Proposal,
    ReadinessDocument,
    ReturnPoint,
    User,
)

SHOWN = 500
"""The most proposals that are read, sent or printed in one act."""
PER_PAGE = 50


@dataclass(frozen=True)
class Line:
    """One proposal before its head: what it lacks, what hinders its sending now."""

    proposal: Proposal
    lacks: tuple[str, ...]
    hindrances: tuple[str, ...]
    version: dict[str, Any] | None = None

    @property
    def is_unsent(self) -> bool:
        """Tell whether it has not left the office, or came back."""
        return self.proposal.status in UNSENT

    @property
    def is_complete(self) -> bool:
        """Tell whether only the sending is missing."""
        return self.is_unsent and not self.lacks

    @property
    def may_go(self) -> bool:
        """Tell whether it can be sent now."""
        return self.is_unsent and not self.hindrances

    @property
    def is_expected(self) -> bool:
        """Tell whether the officer handed it over, or the head approved it: it is meant to go."""
        return self.proposal.status == Status.AWAITING_HEAD or bool(self.proposal.approved_at)

    @property
    def may_be_given_back(self) -> bool:
        """Tell whether there is something to give back."""
        return self.is_unsent and self.is_expected


def rows_for_head(user: User, year: PlanningYear) -> QuerySet[Proposal]:
    """Return the office's proposals in its order, with what judging them looks at."""
    open_points = ReturnPoint.objects.filter(settled_at__isnull=True)
    rows: QuerySet[Proposal] = own_rows(user, year).exclude(status=Status.WITHDRAWN)
    return (
        rows.select_related("approved_by")
        .annotate(version_rows=PLAIN["version_rows"])
        .prefetch_related(Prefetch("return_points", open_points))
        .order_by(*SORTS["peringkat"][1])
    )


def lines_of(rows: Iterable[Proposal], user: User, office_year: OfficeYear | None) -> list[Line]:
    """Judge these rows by the rules of completeness and of sending."""
    documents = completeness.blocking_documents()
    return [line_of(row, user, documents, office_year) for row in rows]


def unsent_lines(user: User, year: PlanningYear, office_year: OfficeYear | None) -> Iterator[Line]:
    """Judge whatever of the whole office is not sent, some hundred rows at a time."""
    unsent = rows_for_head(user, year).filter(status__in=UNSENT).order_by("pk")
    documents = completeness.blocking_documents()
    last = 0
    while rows := list(unsent.filter(pk__gt=last)[:SHOWN]):
        yield from (line_of(row, user, documents, office_year) for row in rows)
        last = rows[-1].pk


def line_of(
    row: Proposal,
    user: User,
    documents: Sequence[ReadinessDocument],
    office_year: OfficeYear | None,
) -> Line:
    """Judge one row by the rules of completeness and of sending."""
    versions: list[dict[str, Any]] = getattr(row, "version_rows", [])
    last = versions[0] | {"sent_at": _moment(versions[0]["sent_at"])} if versions else None
    if row.status not in UNSENT:
        return Line(row, (), (), last)
    lacks = [one.message for one in completeness.missing(row, documents, office_year)]
    workflow.knowing(row, documents, office_year)
    hindered = workflow.hindrances(Action.SEND, proposal=row, user=user)
    return Line(row, tuple(dict.fromkeys(lacks)), tuple(dict.fromkeys(hindered)), last)


def _moment(text: str) -> datetime | None:
    return parse_datetime(text)
