"""Taking an uploaded workbook in, and writing it: all of it by the form's own actions, or nothing.

What a row would do is judged anew at that moment, on locked rows. Applying a file again changes
nothing: a new row carries the key of the draft it made, an old one says what stands already.
"""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from proposals import access
from proposals.enums import WorkbookState
from proposals.filing.actions import begin_proposal, save_content
from proposals.filing.workbook import previewing
from proposals.filing.workbook.bench import BOOK, Bench, bench_for, standing_id
from proposals.filing.workbook.columns import MARKS
from proposals.filing.workbook.findings import Verdict
from proposals.filing.workbook.standing import marks_of, own_rows, read_marks, values_of
from proposals.models import PlanningYear, Proposal, User, WorkbookUpload
from proposals.refused import Refused
from proposals.uploads import safety
from proposals.uploads.kinds import Upload
from proposals.uploads.xlsx import text_of

SHOWN_REASONS = 20
CREATED_WITH = frozenset({"title", "request_to"})


@transaction.atomic
def receive(*, year: PlanningYear, by: User, upload: Upload) -> WorkbookUpload:
    """Keep an uploaded file of the person's own office; nothing of it is read yet.

    Raises :class:`Refused` where the person may not file, or the file is no safe workbook.
    """
    if by.office is None or not access.may_file(by):
        raise Refused([_("Your role may not begin a proposal.")])
    if year.is_signed:
        raise Refused([_("The minutes of this year are signed: nothing new begins in it.")])
    safe = safety.judged(upload)
    made = WorkbookUpload(
        year=year, office=by.office, by=by, name=safe.name, size=safe.size, sha256=safe.sha256
    )
    made.file.save(f"{uuid.uuid4().hex}.{safe.kind}", upload, save=False)
    made.save()
    return made


def begin_applying(*, upload: WorkbookUpload, by: User) -> WorkbookUpload:
    """Mark a workbook as being saved, for the work behind the page to do."""
    with transaction.atomic():
        found = locked(upload, by)
        _refuse_unready(found)
        found.state = WorkbookState.APPLYING
        found.save(update_fields=["state"])
    return found


def apply_upload(*, upload: WorkbookUpload, by: User) -> WorkbookUpload:
    """Write everything a workbook changes, or nothing; an applied one is left as it is.

    Raises :class:`Refused` naming the cells that stand in the way; the preview then shows them.
    """
    try:
        return _apply(upload, by)
    except Refused as refusal:
        _back_to_ready(upload, list(refusal.reasons))
        raise
    except Exception:
        _back_to_ready(upload, [_("Something went wrong: nothing was saved. Try it once more.")])
        raise


@transaction.atomic
def _back_to_ready(upload: WorkbookUpload, reasons: list[str]) -> None:
    """Judge what was not saved once more, so that the page shows what stands in the way."""
    rows = WorkbookUpload.objects.select_related("office__region", "year", "by")
    fresh = rows.select_for_update(of=("self",)).get(pk=upload.pk)
    if fresh.state in {WorkbookState.READY, WorkbookState.APPLYING}:
        previewing.judge_again(fresh, reasons)


@transaction.atomic
def _apply(upload: WorkbookUpload, by: User) -> WorkbookUpload:
    found = locked(upload, by)
    if found.state == WorkbookState.APPLIED:
        return found
    if found.state != WorkbookState.APPLYING:
        _refuse_unready(found)
        found.state = WorkbookState.APPLYING
        found.save(update_fields=["state"])
    reasons = _write_all(found, by)
    if reasons:
        more = len(reasons) - SHOWN_REASONS
        reasons = reasons[:SHOWN_REASONS]
        raise Refused([*reasons, *([_("and %(more)s more") % {"more": more}] if more > 0 else [])])
    found.state, found.applied_at, found.reasons = WorkbookState.APPLIED, timezone.now(), []
    found.save(update_fields=["state", "applied_at", "reasons"])
    return found


def _write_all(upload: WorkbookUpload, by: User) -> list[str]:
    """Write batch by batch; return everything that stands in the way."""
    reasons: list[str] = []
    bench = bench_for(upload, by)
    for batch in previewing.in_batches(previewing.proposal_rows(upload), previewing.JUDGED):
        _lock([pk for row in batch if (pk := standing_id(row))], upload)
        verdicts = previewing.judged(bench, batch)
        reasons += [reason for verdict in verdicts for reason in _written(verdict, by, bench)]
        if not reasons:
            _remember(verdicts, bench)
    return reasons


def locked(upload: WorkbookUpload, by: User) -> WorkbookUpload:
    """Lock an upload for somebody who files for its office; raises :class:`Refused` otherwise."""
    found = (
        WorkbookUpload.objects.select_for_update(of=("self",))
        .select_related("office__region", "year", "by")
        .filter(pk=upload.pk, office=by.office_id)
        .first()
    )
    if found is None or not access.may_file(by):
        raise Refused([_("This workbook belongs to another office.")])
    return found


def _refuse_unready(upload: WorkbookUpload) -> None:
    if upload.state != WorkbookState.READY:
        raise Refused([_("This workbook is not ready to be saved.")])
    if upload.n_refused:
        raise Refused([_("Mend the wrong cells first: a workbook is saved as a whole.")])


def _lock(ids: list[int], upload: WorkbookUpload) -> None:
    """Lock the named proposals in the order of their ids: two files never wait in a ring."""
    rows = Proposal.objects.filter(pk__in=ids, office=upload.office_id).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))


def _written(verdict: Verdict, by: User, bench: Bench) -> list[str]:
    """Write one proposal; return why it cannot be."""
    if verdict.errors:
        return [f"{error['cell']}: {error['message']}" for error in verdict.errors]
    if not verdict.values and not verdict.parts:
        return []
    try:
        with transaction.atomic():
            _write(verdict, by, bench.upload.year)
    except Refused as refusal:
        place = bench.places.cell(verdict.row, "title")
        return [f"{place}: {reason}" for reason in refusal.reasons]
    return []


def _write(verdict: Verdict, by: User, year: PlanningYear) -> None:
    values = dict(verdict.values)
    if verdict.proposal is None:
        verdict.proposal = begin_proposal(
            by=by,
            year=year,
            request_to=verdict.request_to,
            title=verdict.title,
            creation_key=verdict.creation_key,
        )
        values = {name: value for name, value in values.items() if name not in CREATED_WITH}
    save_content(
        proposal=verdict.proposal,
        by=by,
        row_version=verdict.proposal.row_version,
        values=values,
        parts=verdict.parts,
    )


def _remember(verdicts: list[Verdict], bench: Bench) -> None:
    """Keep which proposal each row is, and the marks of what now stands, for the next upload."""
    ids = [verdict.proposal.pk for verdict in verdicts if verdict.proposal]
    now = own_rows(bench.by, bench.upload.year).in_bulk(ids)
    rows = []
    for verdict in verdicts:
        if verdict.proposal is None or verdict.proposal.pk not in now:
            continue
        outcome = verdict.row.outcome
        row = verdict.write_on_row()
        book = read_marks(text_of(row.cells.get(MARKS, ""))).get(BOOK, "")
        marks = marks_of(values_of(now[verdict.proposal.pk]))
        row.outcome, row.found = outcome, row.found | {"marks": marks, BOOK: book}
        rows.append(row)
    previewing.keep_found(rows)


ROWS_AT_ONCE = 200
"""A file with fewer rows is read while the person waits; a larger one behind the page."""
APPLIED_AT_ONCE = 15


def is_small(upload: WorkbookUpload) -> bool:
    """Tell whether a workbook that is ready is saved at once."""
    return upload.n_touched <= APPLIED_AT_ONCE and upload.rows.count() <= ROWS_AT_ONCE * 5
