"""Uploaded workbooks that must not be."""

from django.utils import timezone

from proposals.enums import RowOutcome, WorkbookState
from proposals.models import WorkbookUpload
from tests import cast
from tests.models.refusals import again, asleep, breaks, changed
from tests.workbook.uploads import make_upload


@breaks("workbook_state_is_known")
def an_unknown_state_of_a_workbook():
    upload = make_upload(state=WorkbookState.WAITING)
    return [[*asleep(WorkbookUpload, "rk_workbook_moves"), changed(upload, state="lost")]]


@breaks("workbook_born_waiting")
def a_workbook_born_ready():
    upload = make_upload(state=WorkbookState.WAITING)
    return [again(upload, state="ready", read_at=timezone.now())]


@breaks("workbook_read_iff_read_at")
def a_workbook_ready_without_a_time():
    return [changed(make_upload(state=WorkbookState.READING), state="ready")]


@breaks("workbook_read_iff_read_at")
def a_workbook_that_waits_though_it_was_read():
    return [changed(make_upload(state=WorkbookState.WAITING), read_at=timezone.now())]


@breaks("workbook_applied_iff_applied_at")
def a_workbook_applied_without_a_time():
    return [changed(make_upload(state=WorkbookState.APPLYING), state="applied")]


@breaks("workbook_applied_iff_applied_at")
def a_workbook_with_a_time_that_is_not_applied():
    return [changed(make_upload(), applied_at=timezone.now())]


@breaks("workbook_applied_without_wrong_rows")
def a_workbook_applied_with_wrong_rows():
    upload = make_upload(state=WorkbookState.APPLYING, n_rows=1, outcome=RowOutcome.REFUSED)
    return [changed(upload, state="applied", applied_at=timezone.now())]


@breaks("workbook_state_moves")
def a_workbook_applied_before_it_was_ready():
    now = timezone.now()
    waiting = make_upload(state=WorkbookState.WAITING)
    ready = make_upload()
    applied = make_upload(state=WorkbookState.APPLIED)
    return [
        changed(waiting, state="applied", read_at=now, applied_at=now),
        changed(ready, state="applied", applied_at=now),
        changed(ready, state="failed", read_at=None),
        changed(applied, state="ready", applied_at=None),
        changed(applied, n_new=5),
    ]


@breaks("workbook_of_the_own_office")
def a_workbook_of_another_office():
    upload = make_upload(state=WorkbookState.WAITING)
    other = cast.make_office(cast.OTHER_REGENCY)
    return [again(upload, office_id=other.pk)]


@breaks("workbook_stays_the_same_file")
def a_workbook_with_another_file():
    upload = make_upload()
    return [
        changed(upload, file="workbooks/lain.xlsx"),
        changed(upload, sha256="1" * 64),
        changed(upload, office_id=cast.make_office(cast.OTHER_REGENCY).pk),
    ]


@breaks("workbook_row_once")
def a_row_of_a_workbook_twice():
    return [again(make_upload(n_rows=1).rows.get())]


@breaks("workbook_row_outcome_is_known")
def an_unknown_outcome_of_a_row():
    return [changed(make_upload(n_rows=1).rows.get(), outcome="perhaps")]
