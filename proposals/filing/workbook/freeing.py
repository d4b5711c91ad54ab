"""Workbooks whose work nobody does any more: their workers died of it, again and again."""

from django.db import transaction
from django.db.models import BigIntegerField, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from proposals.enums import WorkbookState
from proposals.filing.workbook.previewing import fail
from proposals.models import WorkbookUpload

BUSY = (WorkbookState.WAITING, WorkbookState.READING, WorkbookState.APPLYING)
UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
WORK = ("proposals.filing.tasks.read_workbook", "proposals.filing.tasks.save_workbook")
"""The jobs that read and save a workbook; the first word each is given is its id."""


def stuck() -> QuerySet[WorkbookUpload]:
    """Return the workbooks that wait for work while no job of theirs is under way.

    A workbook becomes busy in the transaction that makes its job, so none waits without one.
    """
    jobs = DBTaskResult.objects.filter(task_path__in=WORK, status__in=UNFINISHED)
    named = jobs.annotate(upload=Cast(KT("args_kwargs__args__0"), BigIntegerField()))
    busy = WorkbookUpload.objects.filter(state__in=BUSY)
    return busy.exclude(pk__in=named.values("upload")).order_by("pk")


@transaction.atomic
def free(upload: WorkbookUpload) -> None:
    """Say what happened and let people try again; nothing is judged, as that may have killed it."""
    rows = stuck().select_for_update(of=("self",), skip_locked=True).select_related("by")
    found = rows.filter(pk=upload.pk).first()
    if found is None:
        return
    with override(found.by.language):
        if found.state == WorkbookState.APPLYING:
            found.state = WorkbookState.READY
            found.reasons = [_("Saving broke off: nothing was saved. Save it once more.")]
            found.save(update_fields=["state", "reasons"])
        else:
            fail(found, [_("Reading broke off. Upload the file again, or in smaller parts.")])
