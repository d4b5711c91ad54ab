"""Reading an uploaded file into rows and judging them, batch by batch; a repeat begins anew."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from proposals.enums import RowOutcome, WorkbookState
from proposals.filing.workbook.bench import Bench, Standing, bench_for
from proposals.filing.workbook.columns import KEY, PROPOSALS, SHEETS, plain
from proposals.filing.workbook.findings import Verdict
from proposals.filing.workbook.judging import Judge
from proposals.filing.workbook.reading import Layout, Raw, rows_of
from proposals.models import WorkbookRow, WorkbookUpload
from proposals.refused import Refused
from proposals.uploads.xlsx import text_of

T = TypeVar("T")

STORED = 500
JUDGED = 100
"""Rows kept in memory at a time."""
CHILD_SHEETS = tuple(code for code in SHEETS if code != PROPOSALS)
FOUND = ("outcome", "title", "proposal", "request_to", "amount_rp", "found")


def preview(upload: WorkbookUpload) -> None:
    """Read and judge a file; whatever goes wrong is said on the upload, in words."""
    with override(upload.by.language):
        try:
            _begin(upload)
            _store(upload)
            judge_all(upload)
        except Refused as refusal:
            fail(upload, list(refusal.reasons))
        except Exception:
            fail(upload, [_("The file could not be read: save it again, then upload it.")])
            raise


def _begin(upload: WorkbookUpload) -> None:
    upload.rows.all().delete()
    if upload.state != WorkbookState.READING:
        upload.state = WorkbookState.READING
        upload.save(update_fields=["state"])


def fail(upload: WorkbookUpload, reasons: list[str]) -> None:
    """Say why a file cannot be read."""
    upload.rows.all().delete()
    upload.state, upload.reasons = WorkbookState.FAILED, reasons
    upload.save(update_fields=["state", "reasons"])


def _store(upload: WorkbookUpload) -> None:
    layout = Layout()
    kind = upload.name.rpartition(".")[2]
    with upload.file.open("rb") as file:
        raws = rows_of(file, kind, layout)
        for batch in in_batches((_row(upload, raw) for raw in raws), STORED):
            WorkbookRow.objects.bulk_create(batch)
    if not upload.rows.filter(sheet=PROPOSALS).exists() and not upload.rows.exists():
        raise Refused([_("The file holds no filled row: fill in at least one, then upload it.")])
    upload.layout = {"sheets": layout.sheets, "since_1904": layout.is_since_1904}
    upload.save(update_fields=["layout"])


def _row(upload: WorkbookUpload, raw: Raw) -> WorkbookRow:
    key = plain(text_of(raw.cells.get(KEY, "")))[:40]
    return WorkbookRow(upload=upload, sheet=raw.sheet, number=raw.number, key=key, cells=raw.cells)


def judge_all(upload: WorkbookUpload) -> None:
    """Judge every row and make the upload ready, with its counts and totals."""
    bench = bench_for(upload, upload.by)
    for batch in in_batches(proposal_rows(upload), JUDGED):
        verdicts = judged(bench, batch)
        keep_found([verdict.write_on_row() for verdict in verdicts])
    _refuse_orphans(bench)
    make_ready(upload)


def proposal_rows(upload: WorkbookUpload) -> Iterator[WorkbookRow]:
    """Yield the rows of proposals, without a cursor that outlives a transaction."""
    last = 0
    rows = upload.rows.filter(sheet=PROPOSALS).order_by("number")
    while batch := list(rows.filter(number__gt=last)[:STORED]):
        yield from batch
        last = batch[-1].number


def judged(bench: Bench, rows: list[WorkbookRow]) -> list[Verdict]:
    """Judge some rows of proposals, with the rows of the other sheets that belong to them."""
    standing = Standing(bench.upload, rows, bench.by)
    keys = {row.key for row in rows if row.key}
    below: dict[str, dict[str, list[WorkbookRow]]] = {key: {} for key in keys}
    children = bench.upload.rows.filter(sheet__in=CHILD_SHEETS, key__in=keys)
    for child in children.order_by("sheet", "number"):
        below[child.key].setdefault(child.sheet, []).append(child)
    return [
        Judge(
            bench,
            row,
            below.get(row.key, {}),
            standing.proposals[row.pk],
            standing.applied.get(row.pk, {}),
        ).judged()
        for row in rows
    ]


def keep_found(rows: list[WorkbookRow]) -> None:
    """Write what was found on rows that stand already."""
    WorkbookRow.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["upload", "sheet", "number"],
        update_fields=FOUND,
    )


def _refuse_orphans(bench: Bench) -> None:
    """Refuse rows of other sheets that belong to no row of the first one."""
    rows = bench.upload.rows.order_by()
    owners = rows.filter(sheet=PROPOSALS).exclude(key="").values_list("key", flat=True)
    named = rows.filter(sheet__in=CHILD_SHEETS).values_list("key", flat=True).distinct()
    lost = set(named) - set(owners)
    orphans = rows.filter(sheet__in=CHILD_SHEETS, key__in=lost)
    message = _("No row of the first sheet has this key, or that row is empty.")
    for batch in in_batches(orphans.order_by("sheet", "number")[:STORED], STORED):
        for row in batch:
            row.outcome = RowOutcome.REFUSED
            row.found = {"errors": [bench.places.error(row, SHEETS[row.sheet].columns[0], message)]}
        keep_found(batch)


def make_ready(upload: WorkbookUpload, reasons: Iterable[str] = ()) -> None:
    """Count what was found and make the upload ready."""
    rows = upload.rows.exclude(outcome="")
    counts = dict(rows.order_by().values_list("outcome").annotate(n=Count("pk")))
    asked = rows.exclude(outcome=RowOutcome.REFUSED).order_by().values_list("request_to")
    upload.n_new = counts.get(RowOutcome.NEW, 0)
    upload.n_changed = counts.get(RowOutcome.CHANGED, 0)
    upload.n_same = counts.get(RowOutcome.SAME, 0)
    upload.n_refused = counts.get(RowOutcome.REFUSED, 0)
    upload.n_wrong_cells = _wrong_cells(upload)
    upload.asked_by_kind = {
        kind: None if total is None else str(total)  # no amount at all is no zero
        for kind, total in asked.annotate(total=Sum("amount_rp"))
    }
    upload.reasons = list(reasons)
    upload.state, upload.read_at = WorkbookState.READY, upload.read_at or timezone.now()
    upload.save()


def _wrong_cells(upload: WorkbookUpload) -> int:
    rows = upload.rows.filter(outcome=RowOutcome.REFUSED).order_by("pk")
    return sum(len(found.get("errors", ())) for found in rows.values_list("found", flat=True))


@transaction.atomic
def judge_again(upload: WorkbookUpload, reasons: Iterable[str] = ()) -> None:
    """Judge the rows once more, after a cell was mended or the whole was refused."""
    with override(upload.by.language):
        upload.rows.exclude(sheet=PROPOSALS).update(outcome="", found={})
        judge_all(upload)
        upload.reasons = list(reasons)
        upload.save(update_fields=["reasons"])


def in_batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Cut a stream into lists of at most this many."""
    stream = iter(things)
    while batch := list(islice(stream, size)):
        yield batch
