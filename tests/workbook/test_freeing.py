"""A workbook whose workers died of it is let go again, with words and a way to try once more."""

import pytest
from django.urls import reverse

from proposals.enums import WorkbookState
from proposals.filing import tasks
from proposals.filing.workbook import freeing
from proposals.management import periodic
from proposals.management.commands import worker
from tests.workbook.uploads import make_upload

pytestmark = pytest.mark.django_db

W = WorkbookState


def worked_on(state, task, *args):
    """Return a busy upload, and its job in the hands of a dead worker."""
    upload = make_upload(state=state, n_rows=1)
    result = task.enqueue(upload.pk, *args)
    return upload, result


def died(result, times):
    for n in range(times):
        job = freeing.DBTaskResult.objects.get(pk=result.id)
        job.claim(f"dead-{n}")
        worker.reclaim()


@pytest.mark.parametrize(
    ("state", "task", "ends", "words"),
    [
        (
            W.APPLYING,
            tasks.save_workbook,
            W.READY,
            "Penyimpanan terputus",
        ),
        (W.READING, tasks.read_workbook, W.FAILED, "Pembacaan terputus."),
    ],
)
def test_three_dead_workers_free_the_workbook(client_of, officer, state, task, ends, words):
    args = [officer.pk] if task is tasks.save_workbook else []
    upload, result = worked_on(state, task, *args)
    died(result, 2)
    assert not freeing.stuck().exists()  # a third worker takes it up
    died(result, 1)
    assert tasks.free_workbooks.module_path in periodic.enqueue_due()
    assert (tasks.free_workbooks.func(), tasks.free_workbooks.func()) == (1, 0)
    upload.refresh_from_db()
    assert upload.state == ends
    page = client_of(officer).get(reverse("filing:workbook", args=[upload.pk])).content.decode()
    again = reverse("filing:workbook_save", args=[upload.pk])
    assert (words in page, again in page) == (True, ends == W.READY)


def test_what_is_ready_or_done_is_left_alone():
    for state in (W.READY, W.APPLIED):
        freeing.free(make_upload(state=state))
    assert not freeing.stuck().exists()
