"""Do the background work: jobs in order, what died with another worker, what runs by the clock.

Every worker holds an advisory lock of its own on a session of its own, straight on PostgreSQL. A
job whose worker holds none is dead and becomes ready again; jobs are written to be repeatable.
"""

import logging
import os
import signal
import threading
import zlib
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.db import Error, connection, transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from proposals.management import periodic

logger = logging.getLogger(__name__)

LOCK = 815
MOST_CLAIMS = 3
SECONDS = 2.0
"""So soon a mark on a row is seen: what follows from it is found within five seconds."""


class WorkerDied(RuntimeError):
    """The job took its workers down with it, again and again."""


class Command(db_worker.Command):
    help = "Do the background work until SIGTERM; a running job is finished first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(reload=False, startup_delay=False, queue_name="*")

    def configure_logging(self, verbosity: int) -> None:
        """Leave it to the settings."""

    def handle(self, **options: Any) -> None:
        watch = Watch(options["worker_id"])
        watch.start()
        if not watch.is_counted.wait(timeout=30):
            raise CommandError("another worker with the same id is running")
        super().handle(**options)


class Watch(threading.Thread):
    """Beside the work: be counted among the living, and look after the dead and the clock."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(daemon=True)
        self.worker_id = worker_id
        self.is_counted = threading.Event()

    def run(self) -> None:
        """Without its own session the worker would be taken for dead: then it ends."""
        try:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_lock(%s, %s)", [LOCK, key(self.worker_id)])
            self.is_counted.set()
            while True:
                reclaim()
                periodic.enqueue_due()
                threading.Event().wait(SECONDS)
        except Error as error:
            self.end(error)

    def end(self, error: Error) -> None:
        logger.warning("The worker lost the database and ends: %s", error)
        os.kill(os.getpid(), signal.SIGTERM)


def key(worker_id: str) -> int:
    """Return the number of a worker's lock: a positive one, as pg_locks shows it."""
    return zlib.crc32(worker_id.encode()) & 0x7FFFFFFF


@transaction.atomic
def reclaim() -> int:
    """Make the jobs of dead workers ready again; one that killed three workers has failed.

    The rows are locked first and the living counted after: a worker is counted before it claims.
    """
    running = list(DBTaskResult.objects.running().select_for_update(skip_locked=True))
    alive = living() if running else set()
    dead = [job for job in running if key(job.worker_ids[-1]) not in alive]
    for job in dead:
        if len(job.worker_ids) >= MOST_CLAIMS:
            job.set_failed(WorkerDied(f"its worker died {MOST_CLAIMS} times"))
        else:
            job.status = TaskResultStatus.READY
            job.save(update_fields=["status"])
    return len(dead)


def living() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select objid::bigint from pg_locks join pg_database on pg_database.oid = database"
            " where locktype = 'advisory' and granted and classid = %s"
            " and datname = current_database()",
            [LOCK],
        )
        return {row[0] for row in cursor.fetchall()}
