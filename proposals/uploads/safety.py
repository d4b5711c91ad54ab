"""Is this file a workbook that may be read? Judged by its content before anything is kept."""

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from proposals.refused import Refused
from proposals.uploads.kinds import (
    MEGABYTE,
    OLD_OFFICE,
    Unpacked,
    Upload,
    plain_name,
    sha256_of,
)

XLSX, CSV = "xlsx", "csv"
WORKBOOK = Unpacked(parts=500, size=120 * MEGABYTE, ratio=150, dense_from=5 * MEGABYTE)
"""A workbook of thousands of rows packs to a tenth; far more than this is a bomb."""
CHUNK = 256 * 1024
OTHER_KINDS = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")


@dataclass(frozen=True)
class Safe:
    """A file that may be read: its kind, its name for people, size and checksum."""

    kind: str
    name: str
    size: int
    sha256: str


def judged(upload: Upload) -> Safe:
    """Look into a file without unpacking it; raises :class:`Refused` with what would be right."""
    size = upload.size or 0
    if not size:
        raise Refused([_("The file is empty.")])
    if size > settings.ATTACHMENT_MAX_BYTES:
        raise Refused([_("The file is larger than 10 MB: split it into several workbooks.")])
    upload.seek(0)
    head = upload.read(8)
    kind = _kind(upload, head)
    return Safe(kind, _clean_name(upload.name or "", kind), size, sha256_of(upload))


def _kind(upload: Upload, head: bytes) -> str:
    if head.startswith(OLD_OFFICE):
        raise Refused(
            [
                _(
                    "This is an old Excel file (.xls) or one with a password: save it without a"
                    " password as Excel workbook (.xlsx), then upload it."
                )
            ]
        )
    if head.startswith(b"PK"):
        _judge_archive(upload)
        return XLSX
    upload.seek(0)
    if head.startswith(OTHER_KINDS) or any(b"\x00" in chunk for chunk in upload.chunks()):
        raise _wrong_kind()
    return CSV


def _wrong_kind() -> Refused:
    return Refused([_("Only Excel workbooks (.xlsx) and CSV files can be read here.")])


def _judge_archive(upload: Upload) -> None:
    """Read the list of contents alone: kind, macros, password, and what it would unpack to."""
    try:
        with zipfile.ZipFile(upload) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Refused([_("The file is damaged: open it, save it again, then upload it.")]) from None
    names = {entry.filename for entry in entries}
    if any(PurePosixPath(name).name.lower().startswith("vbaproject") for name in names):
        raise Refused([_("The file holds macros: save it as .xlsx, without macros.")])
    if "content.xml" in names and "xl/workbook.xml" not in names:
        raise Refused([_("This is an OpenDocument file: save it as Excel workbook (.xlsx).")])
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise _wrong_kind()
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused([_("The file has a password: save it without one.")])
    if WORKBOOK.is_passed_by(entries):
        raise Refused([_("The file unpacks to far too much: copy its rows into a fresh workbook.")])


def _clean_name(name: str, kind: str) -> str:
    """Return the name people know the file by, as plain text of at most 200 characters."""
    _bare, stem = plain_name(name)
    return f"{(stem or 'usulan')[:190]}.{kind}"


DAMAGE: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    ValueError,
    OSError,
    NotImplementedError,
)
"""What reading a damaged archive raises."""


def opened(file: IO[bytes]) -> Any:
    """Return the archive; each part is read no further than its own list of contents says."""
    return zipfile.ZipFile(file)
