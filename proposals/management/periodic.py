"""What runs by the clock: a table of tasks, each with the time between two runs.

A run is a job like any other, so its result is seen beside the others. A task is due when none of
its jobs is younger than its time; days missed while no worker ran are not made up.
"""

import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from proposals.filing.scanning import scan_waiting
from proposals.filing.tasks import free_workbooks
from proposals.filing.workbook import freeing
from proposals.harmonisation.actions import finding
from proposals.harmonisation.tasks import find_overlaps
from proposals.home.tasks import remind
from proposals.management.housekeeping import sweep
from proposals.notices.delivering import deliver

LOCK = 816

EVERY: dict[Task[..., Any], timedelta] = {
    sweep: timedelta(days=1),
    remind: timedelta(minutes=15),
    deliver: timedelta(minutes=1),
}
if settings.CLAMD_ADDRESS:
    EVERY[scan_waiting] = timedelta(minutes=5)


WHEN_MARKED: dict[Task[..., Any], Callable[[], QuerySet[Any]]] = {
    find_overlaps: finding.waiting,
    free_workbooks: freeing.stuck,
}
"""Tasks that are due as soon as rows are marked for them, with the query of the marked rows."""
UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


def enqueue_due() -> list[str]:
    """Enqueue each due task once, however many workers ask at the same moment."""
    due = [task for task, every in EVERY.items() if _enqueue_if_due(task, every)]
    due += [task for task, rows in WHEN_MARKED.items() if _enqueue_if_marked(task, rows)]
    return [task.module_path for task in due]


@transaction.atomic
def _enqueue_if_marked(task: Task[..., Any], rows: Callable[[], QuerySet[Any]]) -> bool:
    jobs = DBTaskResult.objects.filter(task_path=task.module_path, status__in=UNFINISHED)
    if not rows().exists() or not _is_alone(task.module_path) or jobs.exists():
        return False
    task.enqueue()
    return True


@transaction.atomic
def _enqueue_if_due(task: Task[..., Any], every: timedelta) -> bool:
    young = DBTaskResult.objects.filter(
        task_path=task.module_path, enqueued_at__gt=timezone.now() - every
    )
    if not _is_alone(task.module_path) or young.exists():
        return False
    task.enqueue()
    return True


def _is_alone(path: str) -> bool:
    """Hold a lock on this task's turn until the commit; False when another worker holds it."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s, %s)", [LOCK, turn(path)])
        return bool(cursor.fetchone() == (True,))


def turn(path: str) -> int:
    """Return the number of a task's lock."""
    return zlib.crc32(path.encode()) & 0x7FFFFFFF
