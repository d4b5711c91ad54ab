"""The daily sweep deletes what nothing points to, and nothing else."""

import os
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from proposals.management import housekeeping
from proposals.notices.delivering import deliver
from tests.builders import current_year, make_office_year
from tests.cast import make_office, person
from tests.workbook.uploads import make_upload

LONG_AGO = timezone.now() - timedelta(days=40)


@pytest.fixture
def store(settings, tmp_path):
    """Return a function that stores a file of a given age in days."""
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    }

    def _store(name, days):
        saved = default_storage.save(name, ContentFile(b"%PDF"))
        then = (timezone.now() - timedelta(days=days)).timestamp()
        os.utime(default_storage.path(saved), (then, then))
        return saved

    return _store


def test_file_without_a_row_goes_after_a_day_and_others_stay(db, store):
    named = store("letters/named.pdf", 9)
    replaced = store("letters/replaced.pdf", 9)
    young = store("letters/young.pdf", 0)
    lost = store("letters/lost.pdf", 2)
    written = make_office_year(make_office(), current_year())
    written.letter_by, written.letter_at = person("officer"), timezone.now()
    for name in (replaced, named):  # the history still names what was replaced
        written.letter = name
        written.save()
    assert housekeeping.clear_leftover_files() == 1
    kept = [name for name in (named, replaced, young, lost) if default_storage.exists(name)]
    assert kept == [named, replaced, young]


def test_expired_sessions_go_and_living_ones_stay(db):
    tomorrow = timezone.now() + timedelta(days=1)
    for key, expires in (("old", LONG_AGO), ("new", tomorrow)):
        Session.objects.create(session_key=key, session_data="", expire_date=expires)
    assert housekeeping.clear_expired_sessions() == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_old_finished_jobs_go_and_waiting_ones_stay(db):
    for _ in range(3):
        housekeeping.sweep.enqueue()
    old, recent, waiting = DBTaskResult.objects.order_by("enqueued_at")
    for job in (old, recent):
        job.set_successful(None)
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=LONG_AGO)
    assert housekeeping.clear_finished_jobs() == 1
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {recent.pk, waiting.pk}


def test_rounds_of_the_postman_go_after_a_day_unless_they_failed(db):
    for _ in range(3):
        deliver.enqueue()
    good, failed, young = DBTaskResult.objects.order_by("enqueued_at")
    good.set_successful(None), young.set_successful(None), failed.set_failed(OSError())
    two_days_ago = timezone.now() - timedelta(days=2)
    DBTaskResult.objects.exclude(pk=young.pk).update(finished_at=two_days_ago)
    assert housekeeping.clear_finished_jobs() == 1
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {failed.pk, young.pk}


def test_rows_of_old_workbooks_go_and_young_ones_stay(db):
    old, young = make_upload(n_rows=2), make_upload(n_rows=1)
    type(old).objects.filter(pk=old.pk).update(made_at=LONG_AGO)
    assert housekeeping.clear_old_previews() == 2
    assert (old.rows.count(), young.rows.count()) == (0, 1)


def test_installation_without_any_file_has_nothing_to_sweep(db, settings, tmp_path, store):
    settings.MEDIA_ROOT = tmp_path / "not-made-yet"
    assert housekeeping.clear_leftover_files() == 0
