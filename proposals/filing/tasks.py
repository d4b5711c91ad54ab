"""Work of the filing room behind the page: reading and saving large workbooks."""

from django.utils.translation import override
from django_tasks import task

from proposals.enums import WorkbookState
from proposals.filing.workbook import freeing, sheets
from proposals.filing.workbook.applying import apply_upload
from proposals.filing.workbook.previewing import preview
from proposals.models import User, WorkbookUpload
from proposals.refused import Refused
from proposals.web import writing


@task()
def read_workbook(upload_id: int) -> str:
    """Read an uploaded workbook; a repeat after a crash begins anew."""
    upload = WorkbookUpload.objects.select_related("office__region", "year", "by").get(pk=upload_id)
    if upload.state in {WorkbookState.WAITING, WorkbookState.READING}:
        preview(upload)
    return upload.state


@task()
def save_workbook(upload_id: int, user_id: int) -> str:
    """Save a workbook that is ready; what stands in the way is shown on its page."""
    upload = WorkbookUpload.objects.get(pk=upload_id)
    person = User.objects.select_related("office__region").get(pk=user_id)
    with override(person.language):
        try:
            upload = apply_upload(upload=upload, by=person)
        except Refused:
            upload.refresh_from_db()
    return upload.state


@task()
def free_workbooks() -> int:
    """Let people try again where the work on a workbook broke off for good."""
    found = list(freeing.stuck())
    for upload in found:
        freeing.free(upload)
    return len(found)


@task()
def mark_workbook(upload_id: int, n_wrong_cells: int) -> str:
    """Write an uploaded file anew with its errors marked; return the name it is kept under."""
    upload = WorkbookUpload.objects.select_related("office__region", "year", "by").get(pk=upload_id)
    key = writing.key_of(mark_workbook, [upload_id, n_wrong_cells])
    with override(upload.by.language):
        marked = sheets.with_errors(upload, lambda done, total: writing.tell(key, done, total))
    return writing.kept(marked, "xlsx")
