"""Uploaded workbooks as rows, without a file behind them: for lists, doors and refusals."""

from django.core.files.base import ContentFile
from django.utils import timezone

from proposals.enums import RowOutcome, WorkbookState
from proposals.models import WorkbookRow, WorkbookUpload
from tests import cast
from tests.builders import current_year

WAY = (
    WorkbookState.WAITING,
    WorkbookState.READING,
    WorkbookState.READY,
    WorkbookState.APPLYING,
    WorkbookState.APPLIED,
)


def make_upload(office=None, state=WorkbookState.READY, *, n_rows=0, outcome=None, **fields):
    """Make an upload and move it along to a state, with rows of one outcome."""
    office = office or cast.make_office()
    outcome = RowOutcome(outcome or RowOutcome.NEW)
    upload = WorkbookUpload.objects.create(
        year=current_year(),
        office=office,
        by=cast.person("officer", office),
        name="usulan.xlsx",
        size=1024,
        sha256="0" * 64,
        file="workbooks/usulan.xlsx",
        layout={"sheets": {"usulan": {"key": 0, "title": 2}}},
        **(fields | {f"n_{outcome}": n_rows}),
    )
    WorkbookRow.objects.bulk_create(
        WorkbookRow(
            upload=upload,
            sheet="usulan",
            number=number,
            key=f"b{number}",
            cells={"title": f"Judul {number}"},
            outcome=outcome,
            title=f"Judul {number}",
            found=found_of(outcome),
        )
        for number in range(2, n_rows + 2)
    )
    return move_on(upload, state)


def found_of(outcome):
    error = {
        "cell": "Usulan!C2",
        "word": "Judul",
        "message": "Salah.",
        "readings": [2500, 2500000],
        "row": 1,
        "column": "title",
    }
    change = {"cell": "Usulan!C2", "word": "Judul", "old": "Lama", "new": "Baru"}
    return {
        "errors": [error] if outcome == RowOutcome.REFUSED else [],
        "changes": [change] if outcome == RowOutcome.CHANGED else [],
        "shown": {"key": "B1", "code": "3.31.02", "commodity": "Jagung", "kind": "Usulan"},
    }


def move_on(upload, state):
    """Move an upload along its way, step by step."""
    if state == WorkbookState.FAILED:
        upload.state = state
        upload.save()
        return upload
    for following in WAY[1 : WAY.index(WorkbookState(state)) + 1]:
        upload.state = following
        if following == WorkbookState.READY:
            upload.read_at = timezone.now()
        if following == WorkbookState.APPLIED:
            upload.applied_at = timezone.now()
        upload.save()
    return upload


def stored(upload, content):
    """Lay a file where the row says it is."""
    upload.file.storage.save(upload.file.name, ContentFile(content))
    return upload
