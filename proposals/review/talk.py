"""What was said about a proposal: comments and return points in one line of time, one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, CharField, DateField, DateTimeField, F, QuerySet, Value
from django.utils.functional import Promise

from proposals import access
from proposals.fields import FIELDS
from proposals.models import Comment, Proposal, ReturnPoint, User

POINT, COMMENT = "point", "comment"
SHARED = ("part", "pk", "who", "role", "where", "at", "text")
OWN = ("is_internal", "version", "field", "due_on", "answer", "answered_by_name", "answered_at")
COLUMNS = (*SHARED, *OWN, "settled_at")


@dataclass(frozen=True)
class Remark:
    """One comment, or one point of a return with its answer."""

    part: str
    pk: int
    who: str
    role: str
    where: str
    at: datetime
    text: str
    is_internal: bool
    version: int
    field: str
    due_on: date | None
    answer: str
    answered_by_name: str | None
    answered_at: datetime | None
    settled_at: datetime | None

    @property
    def is_point(self) -> bool:
        """Tell whether this is a point of a return."""
        return self.part == POINT

    @property
    def is_open(self) -> bool:
        """Tell whether the point still waits for the office."""
        return self.is_point and self.settled_at is None

    @property
    def is_from_office(self) -> bool:
        """Tell whether the office that filed it speaks."""
        return self.role in access.OFFICE_ROLES

    @property
    def word(self) -> str | Promise:
        """Return the word of the field a point opens."""
        return FIELDS[self.field].word if self.field in FIELDS else self.field


def talk_of(proposal: Proposal, user: User) -> list[Remark]:
    """Return what was said, the oldest first; notes inside the province only to it."""
    comments = Comment.objects.filter(proposal=proposal)
    if not access.may_comment_internally(user):
        comments = comments.filter(is_internal=False)
    points = ReturnPoint.objects.filter(proposal=proposal)
    told = _comments(comments).union(_points(points), all=True)
    rows: Iterable[tuple[Any, ...]] = told.order_by("at", "part", "pk")
    return [Remark(*row) for row in rows]


def _comments(rows: QuerySet[Comment]) -> QuerySet[Any]:
    told: QuerySet[Any] = rows.order_by().annotate(
        part=Value(COMMENT),
        who=F("author__full_name"),
        role=F("author__role"),
        where=F("author__office__region__name"),
        at=F("created_at"),
        field=Value(""),
        due_on=Value(None, output_field=DateField()),
        answer=Value(""),
        answered_by_name=Value(None, output_field=CharField()),
        answered_at=Value(None, output_field=DateTimeField()),
        settled_at=Value(None, output_field=DateTimeField()),
    )
    return told.values_list(*COLUMNS)


def _points(rows: QuerySet[ReturnPoint]) -> QuerySet[Any]:
    told: QuerySet[Any] = rows.order_by().annotate(
        part=Value(POINT),
        who=F("made_by__full_name"),
        role=F("made_by__role"),
        where=F("made_by__office__region__name"),
        at=F("made_at"),
        text=F("what"),
        is_internal=Value(value=False, output_field=BooleanField()),
        version=Value(0),
        answered_by_name=F("answered_by__full_name"),
    )
    return told.values_list(*COLUMNS)
