"""The worker: nothing that died stays behind, and the clock rings once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from proposals.management import housekeeping, periodic
from proposals.management.commands import worker

SWEEP = housekeeping.sweep.module_path


@pytest.fixture
def other(db):
    """Return a cursor of another session, like that of another worker."""
    copy = connection.copy()
    with copy.cursor() as cursor:
        yield cursor
    copy.close()


def running_job(*worker_ids):
    housekeeping.sweep.enqueue()
    job = DBTaskResult.objects.get()
    for worker_id in worker_ids:
        job.claim(worker_id)
    return job


def status_of(job):
    job.refresh_from_db()
    return job.status


def test_job_of_a_dead_worker_becomes_ready_again(db):
    job = running_job("dead")
    assert (worker.reclaim(), status_of(job)) == (1, TaskResultStatus.READY)


def test_job_of_a_living_worker_is_left_alone(other):
    other.execute("select pg_advisory_lock(%s, %s)", [worker.LOCK, worker.key("alive")])
    job = running_job("dead", "alive")
    assert (worker.reclaim(), status_of(job)) == (0, TaskResultStatus.RUNNING)


def test_job_that_killed_three_workers_has_failed(db):
    job = running_job("first", "second", "third")
    assert (worker.reclaim(), status_of(job)) == (1, TaskResultStatus.FAILED)
    assert job.exception_class_path == "proposals.management.commands.worker.WorkerDied"


EVERY = [task.module_path for task in periodic.EVERY]


def test_every_due_task_is_enqueued_once(db):
    assert (periodic.enqueue_due(), periodic.enqueue_due()) == (EVERY, [])


def test_task_whose_turn_another_worker_takes_is_left_to_it(other):
    other.execute("begin")
    turn = [periodic.LOCK, periodic.turn(SWEEP)]
    other.execute("select pg_advisory_xact_lock(%s, %s)", turn)
    assert periodic.enqueue_due() == [path for path in EVERY if path != SWEEP]
    other.execute("rollback")
    assert periodic.enqueue_due() == [SWEEP]


def test_days_without_a_worker_are_not_made_up(db):
    job = running_job("gone")
    DBTaskResult.objects.filter(pk=job.pk).update(enqueued_at=timezone.now() - timedelta(days=9))
    assert (periodic.enqueue_due(), periodic.enqueue_due()) == (EVERY, [])
