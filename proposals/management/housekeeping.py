"""What is swept every day: expired sessions, finished jobs, files and typing nobody needs."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db.models import FileField
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from proposals.filing.tidying import clear_old_typed
from proposals.harmonisation.tasks import find_overlaps
from proposals.home.tasks import remind
from proposals.management import stored
from proposals.models import WorkbookRow
from proposals.notices.delivering import deliver

KEEP_JOBS = timedelta(days=30)
KEEP_ROUNDS = timedelta(days=1)
KEEP_PREVIEWS = timedelta(days=30)
LEFTOVER_AFTER = timedelta(days=1)
BATCH = 500


@task()
def sweep() -> dict[str, int]:
    """Do all of it; doing it twice does no harm."""
    return {
        "sessions": clear_expired_sessions(),
        "jobs": clear_finished_jobs(),
        "files": clear_leftover_files(),
        "previews": clear_old_previews(),
        "typed": clear_old_typed(),
    }


def clear_expired_sessions() -> int:
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def clear_finished_jobs() -> int:
    """Delete old jobs; rounds of every minute that ended well go after a day."""
    old = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEEP_JOBS)
    rounds = DBTaskResult.objects.successful().filter(
        task_path__in=[one.module_path for one in (deliver, find_overlaps, remind)],
        finished_at__lt=timezone.now() - KEEP_ROUNDS,
    )
    return old.delete()[0] + rounds.delete()[0]


def clear_old_previews() -> int:
    """Delete the rows of workbooks uploaded long ago; the upload itself and its file stay."""
    old = WorkbookRow.objects.filter(upload__made_at__lt=timezone.now() - KEEP_PREVIEWS)
    return old.delete()[0]


def clear_leftover_files() -> int:
    """Delete stored files that no row names, not even one of the history.

    An upload whose transaction was rolled back leaves its file behind. A young file may belong to
    a transaction that is still open, so it stays a day.
    """
    deleted = 0
    files = _old_files()
    while batch := set(islice(files, BATCH)):
        for name in batch - _named(batch):
            default_storage.delete(name)
            deleted += 1
    return deleted


def _old_files() -> Iterator[str]:
    young = timezone.now() - LEFTOVER_AFTER
    return (name for name in stored.names() if default_storage.get_modified_time(name) < young)


def _named(names: Iterable[str]) -> set[str]:
    """Return which of these files a row names, in any table that has a column of files."""
    named: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField):
                rows = model._base_manager.filter(**{f"{field.name}__in": names})
                named.update(rows.values_list(field.name, flat=True))
    return named
