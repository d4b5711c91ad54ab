"""Putting one reading of an amount into its cell, and judging that proposal anew."""

from django.db import transaction
from django.utils.translation import gettext as _

from proposals.enums import WorkbookState
from proposals.filing.workbook.applying import locked
from proposals.filing.workbook.bench import bench_for
from proposals.filing.workbook.columns import PROPOSALS, SHEETS, Kind
from proposals.filing.workbook.previewing import judged, keep_found, make_ready
from proposals.models import User, WorkbookRow, WorkbookUpload
from proposals.refused import Refused


@transaction.atomic
def mend_cell(
    *, upload: WorkbookUpload, by: User, row_id: int, column: str, figures: str
) -> WorkbookUpload:
    """Write the chosen amount into a cell of the preview; the file itself stays as it is."""
    found = locked(upload, by)
    row = found.rows.filter(pk=row_id).first()
    if found.state != WorkbookState.READY or row is None or not _is_amount(row, column):
        raise Refused([_("This workbook is not ready to be changed.")])
    row.cells[column] = {"n": figures}
    row.save(update_fields=["cells"])
    owner = row if row.sheet == PROPOSALS else _owner(row)
    if owner is not None:
        verdicts = judged(bench_for(found, by), [owner])
        keep_found([verdict.write_on_row() for verdict in verdicts])
    make_ready(found)
    return found


def _is_amount(row: WorkbookRow, column: str) -> bool:
    return any(one.name == column and one.kind is Kind.RUPIAH for one in SHEETS[row.sheet].columns)


def _owner(row: WorkbookRow) -> WorkbookRow | None:
    rows = WorkbookRow.objects.filter(upload=row.upload_id, sheet=PROPOSALS, key=row.key)
    return rows.order_by("number").first() if row.key else None
