"""One archive brings back every table and every file, or nothing at all."""

import json
import os
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.conf import settings as project
from django.core.files.base import ContentFile
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.utils import timezone

from proposals.management import archive
from tests.builders import make_office_year, make_proposal
from tests.cast import person

NAME = f"{project.DATABASES['default']['TEST']['NAME']}_restored"


@pytest.fixture
def on_disk(settings, tmp_path):
    """Keep stored files on disk, as a real installation does."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    }


@pytest.fixture
def empty_machine(db, tmp_path):
    """Return the environment of another installation: no table and no file."""
    address = os.environ.get("DATABASE_URL")
    if address is None:
        address = f"postgres://postgres@/?host={connection.settings_dict['HOST']}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"drop database if exists {NAME}")
        cursor.execute(f"create database {NAME}")
    yield {
        "PATH": os.environ["PATH"],
        "RAKORTEK_VAR": str(tmp_path / "other"),
        "RAKORTEK_DEBUG": "1",  # pages are not served here: no static files are collected
        "DATABASE_URL": urlsplit(address)._replace(path=f"/{NAME}").geturl(),
    }
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"drop database {NAME} with (force)")


def restore(file, environment):
    words = [sys.executable, "manage.py", "restore", str(file)]
    where = {"env": environment, "cwd": project.BASE_DIR}
    return subprocess.run(words, **where, capture_output=True, text=True, check=False)


def another_program(environment, statement):
    with closing(psycopg2.connect(environment["DATABASE_URL"])) as other:
        other.cursor().execute(statement)
        other.commit()


def all_rows(cursor):
    """Return every table with its number of rows and the checksum of what they hold."""
    cursor.execute(
        "select oid::regclass::text from pg_class"
        " where relkind = 'r' and relnamespace = 'public'::regnamespace"
    )
    rows = {}
    for (table,) in cursor.fetchall():
        cursor.execute(
            f"select count(*), md5(string_agg(row::text, '|' order by row::text)) from {table} row"
        )
        rows[table] = cursor.fetchone()
    return rows


def all_files(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in Path(folder).rglob("*")
        if path.is_file()
    }


@pytest.mark.django_db(transaction=True)
def test_archive_brings_every_table_and_file_back_into_an_empty_database_only(
    on_disk, empty_machine, tmp_path, settings
):
    with transaction.atomic():
        proposal = make_proposal(status="sent")
        covering = make_office_year(proposal.office, proposal.year)
    covering.letter_by, covering.letter_at = person("officer"), timezone.now()
    covering.letter.save("surat é.pdf", ContentFile(b"%PDF-1.7 \x00\xff" * 999))
    file = archive.write(tmp_path / "kept")
    with connection.cursor() as cursor:
        before = all_rows(cursor)

    another_program(empty_machine, "create table payroll (amount numeric)")
    refused = restore(file, empty_machine)
    assert (refused.returncode, refused.stderr) == (
        1,
        "CommandError: the database belongs to another program; use an empty one\n",
    )
    another_program(empty_machine, "drop table payroll")

    done = restore(file, empty_machine)
    assert (done.returncode, done.stdout) == (
        0,
        f"Restored the database and 1 files from {file}\n",
    )
    with closing(psycopg2.connect(empty_machine["DATABASE_URL"])) as restored:
        assert all_rows(restored.cursor()) == before
    assert all_files(tmp_path / "other" / "media") == all_files(settings.MEDIA_ROOT)
    assert file.stat().st_mode & 0o777 == 0o600

    again = restore(file, empty_machine)
    assert (again.returncode, again.stderr) == (
        1,
        "CommandError: the database has people; restore goes into an empty one only\n",
    )


def archive_of(folder, dump, checksum):
    """Write an archive by hand, with no files in it."""
    folder.joinpath("database.dump").write_bytes(dump)
    folder.joinpath("list.json").write_text(json.dumps({"sha256": {"database.dump": checksum}}))
    with tarfile.open(folder / "archive.tar", "w") as tar:
        for name in ("database.dump", "list.json"):
            tar.add(folder / name, name)
    return folder / "archive.tar"


def test_damaged_archive_changes_nothing(db, tmp_path):
    damaged = archive_of(tmp_path, b"other content", "00")
    with pytest.raises(CommandError, match=r"^the archive is damaged: database.dump differs"):
        archive.read_back(damaged)


def test_archive_that_was_cut_off_is_refused(db, tmp_path):
    cut = tmp_path / "cut.tar"
    cut.write_bytes(b"\0" * 700)
    with pytest.raises(CommandError, match=f"^{cut} is damaged: "):
        archive.read_back(cut)
