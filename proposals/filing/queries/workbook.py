"""Uploaded workbooks of the own office, and the rows of one preview, wrong ones first."""

from django.db.models import Case, IntegerField, QuerySet, Value, When

from proposals import access
from proposals.enums import RowOutcome
from proposals.models import User, WorkbookRow, WorkbookUpload

FIRST = (RowOutcome.REFUSED, RowOutcome.CHANGED, RowOutcome.NEW, RowOutcome.SAME)
VIEWS = {
    "galat": RowOutcome.REFUSED,
    "baru": RowOutcome.NEW,
    "berubah": RowOutcome.CHANGED,
    "tetap": RowOutcome.SAME,
}
"""Words of the address to the rows that they show."""


def uploads_of(user: User) -> QuerySet[WorkbookUpload]:
    """Return the workbooks that the person's office has uploaded; nothing for other roles."""
    rows = WorkbookUpload.objects.select_related("year", "by", "office__region")
    if not access.may_file(user):
        return rows.none()
    return rows.filter(office=user.office_id).order_by("-made_at", "-pk")


def preview_rows(upload: WorkbookUpload, view: str) -> QuerySet[WorkbookRow]:
    """Return the rows of a preview, the wrong ones first, each kind in the order of the file."""
    turn = Case(
        *(When(outcome=outcome, then=Value(at)) for at, outcome in enumerate(FIRST)),
        output_field=IntegerField(),
    )
    rows = upload.rows.exclude(outcome="").annotate(turn=turn)
    if view in VIEWS:
        rows = rows.filter(outcome=VIEWS[view])
    return rows.order_by("turn", "sheet", "number", "pk")


def progress_of(upload: WorkbookUpload) -> tuple[int, int]:
    """Return how many proposals are judged, and how many there are."""
    rows = upload.rows.filter(sheet="usulan").order_by()
    outcomes = rows.values_list("outcome", flat=True)
    return outcomes.exclude(outcome="").count(), outcomes.count()
