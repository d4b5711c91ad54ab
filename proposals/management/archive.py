"""One archive of everything: the database, every stored file, and a list with their checksums.

The database is dumped first: a file that a row names is there before the row, so none is missing.
The list stands last; an archive without it was cut off.
"""

import hashlib
import io
import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.utils import timezone

from proposals.management import postgres, stored
from proposals.models import User

DUMP = "database.dump"
LIST = "list.json"
FILES = "files/"


def write(folder: Path) -> Path:
    """Write the archive beside and move it in place: what has its name is whole."""
    folder.mkdir(parents=True, exist_ok=True)
    now = timezone.localtime()
    archive = folder / f"rakortek-{now:%Y%m%d-%H%M%S}.tar"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".backup-") as name:
        part = Path(name, "archive.tar")
        postgres.dump(Path(name, DUMP))
        with tarfile.open(part, "w") as tar:
            sums = dict(_add_all(tar, Path(name, DUMP)))
            said = json.dumps({"made_at": now.isoformat(), "sha256": sums}, indent=1).encode()
            _add(tar, LIST, io.BytesIO(said), len(said))
        part.chmod(0o600)
        part.replace(archive)
    return archive


def _add_all(tar: tarfile.TarFile, dump: Path) -> Iterator[tuple[str, str]]:
    with dump.open("rb") as file:
        yield DUMP, _add(tar, DUMP, file, dump.stat().st_size)
    for name in stored.names():
        with default_storage.open(name) as stored_file:
            yield FILES + name, _add(tar, FILES + name, stored_file, stored_file.size)


def _add(tar: tarfile.TarFile, name: str, file: Any, size: int) -> str:
    """Copy one file into the archive, its checksum taken on the way."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, 0o600, int(timezone.now().timestamp())
    reader = Summed(file)
    tar.addfile(entry, reader)
    return reader.sum.hexdigest()


class Summed(io.RawIOBase):
    """A reader that keeps the checksum of what passed through it."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data: bytes = self.file.read(size)
        self.sum.update(data)
        return data


def read_back(archive: Path) -> int:
    """Check the whole archive, then bring it into a database without people; return the files."""
    with opened(archive) as tar, tempfile.TemporaryDirectory(prefix="rakortek-restore-") as name:
        sums = checked(tar)
        dump = Path(name, DUMP)
        with _member(tar, DUMP) as source, dump.open("wb") as target:
            shutil.copyfileobj(source, target)
        make_empty()
        postgres.load(dump)
        return _store(tar, [entry for entry in sums if entry.startswith(FILES)])


@contextmanager
def opened(archive: Path) -> Iterator[tarfile.TarFile]:
    """Open an archive; what is no archive of ours, or half of one, is refused in one line."""
    try:
        with tarfile.open(archive) as tar:
            yield tar
    except FileNotFoundError:
        raise CommandError(f"there is no file {archive}") from None
    except (tarfile.TarError, KeyError, ValueError) as error:
        raise CommandError(f"{archive} is damaged: {error}") from None


def checked(tar: tarfile.TarFile) -> dict[str, str]:
    """Return the checksums once every file has proved equal to its own."""
    with _member(tar, LIST) as file:
        sums: dict[str, str] = json.load(file)["sha256"]
    for name, wanted in sums.items():
        with _member(tar, name) as file:
            reader = Summed(file)
            while reader.read(1 << 20):
                pass
        if reader.sum.hexdigest() != wanted:
            raise CommandError(f"the archive is damaged: {name} differs from its checksum")
    return sums


def _member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    file = tar.extractfile(name)
    if file is None:
        raise KeyError(name)
    return file


@transaction.atomic
def make_empty() -> None:
    """Clear a database of ours that has lists at most; any other is never touched."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if tables and User._meta.db_table not in tables:
            raise CommandError("the database belongs to another program; use an empty one")
        if tables and User.objects.exists():
            raise CommandError("the database has people; restore goes into an empty one only")
        cursor.execute("drop schema public cascade")
        cursor.execute("create schema public authorization pg_database_owner")


def _store(tar: tarfile.TarFile, names: list[str]) -> int:
    for name in names:
        own = name.removeprefix(FILES)
        default_storage.delete(own)
        with _member(tar, name) as file:
            if default_storage.save(own, File(file)) != own:
                raise CommandError(f"the storage did not take {own} under its name")
    return len(names)
