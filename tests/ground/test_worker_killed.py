"""A job whose worker is killed in the middle is finished by the next one."""

import os
import signal
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.ground import slow

pytestmark = [pytest.mark.proof, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def start_worker(tmp_path):
    """Start workers of the test's own database; none outlives the test."""
    address = os.environ.get("DATABASE_URL")
    if address is None:
        address = f"postgres://postgres@/?host={connection.settings_dict['HOST']}"
    name = connection.settings_dict["NAME"]
    variables = {
        "PATH": os.environ["PATH"],
        "RAKORTEK_VAR": str(tmp_path / "var"),
        "DATABASE_URL": urlsplit(address)._replace(path=f"/{name}").geturl(),
    }
    started = []

    def start():
        words = [sys.executable, "manage.py", "worker"]
        process = subprocess.Popen(words, env=variables, cwd=settings.BASE_DIR)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait_for(status):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        job = DBTaskResult.objects.get(task_path=slow.sleep.module_path)
        if job.status == status:
            return job
        time.sleep(0.2)
    raise AssertionError(job.status)


def test_killed_job_is_finished_by_the_next_worker(start_worker, figure):
    slow.sleep.enqueue(3)
    first = start_worker()
    wait_for(TaskResultStatus.RUNNING)
    first.send_signal(signal.SIGKILL)
    first.wait()
    killed_at = time.monotonic()
    start_worker()
    job = wait_for(TaskResultStatus.SUCCESSFUL)
    figure("killed job finished after, seconds", round(time.monotonic() - killed_at, 1))
    assert len(job.worker_ids) == 2


def test_worker_told_to_stop_finishes_its_job_first(start_worker):
    slow.sleep.enqueue(3)
    worker = start_worker()
    wait_for(TaskResultStatus.RUNNING)
    worker.terminate()
    assert worker.wait(timeout=30) == 0
    assert wait_for(TaskResultStatus.SUCCESSFUL).worker_ids != []
