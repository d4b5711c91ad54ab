"""What an uploaded file really is, judged by its content: PDF, picture, XLSX or DOCX."""

import hashlib
import re
import uuid
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeAlias

import puremagic
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from proposals.refused import Refused

Upload: TypeAlias = "UploadedFile[bytes]"
"""A file as the browser sent it."""

PDF = "application/pdf"
OFFICE = "application/vnd.openxmlformats-officedocument"
XLSX = f"{OFFICE}.spreadsheetml.sheet"
DOCX = f"{OFFICE}.wordprocessingml.document"
SUFFIXES = {
    PDF: ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    XLSX: ".xlsx",
    DOCX: ".docx",
}
SHOWN_INLINE = frozenset({PDF, "image/png", "image/jpeg", "image/webp"})
"""Kinds that a browser shows by itself; the others are only saved."""

BODY_OF = {"xl/workbook.xml": XLSX, "word/document.xml": DOCX}
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
HEAD = 4096
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Unpacked:
    """How far a zip may unpack: parts, bytes, and how densely once it is larger than that."""

    parts: int
    size: int
    ratio: int
    dense_from: int

    def is_passed_by(self, entries: list[zipfile.ZipInfo]) -> bool:
        """Tell whether the parts, as they declare themselves, are a bomb."""
        unpacked = sum(entry.file_size for entry in entries)
        packed = max(1, sum(entry.compress_size for entry in entries))
        is_dense = unpacked > self.dense_from and unpacked / packed > self.ratio
        return len(entries) > self.parts or unpacked > self.size or is_dense


PAPER = Unpacked(parts=5_000, size=200 * MEGABYTE, ratio=200, dense_from=10 * MEGABYTE)


@dataclass(frozen=True)
class Judged:
    """A file that may be kept: its true type, size, checksum, and the names it goes by."""

    name: str
    content_type: str
    size: int
    sha256: str

    @property
    def stored_name(self) -> str:
        """Return a new random name: what people call a file never becomes a path."""
        return f"{uuid.uuid4().hex}{SUFFIXES[self.content_type]}"


def judged(upload: Upload) -> Judged:
    """Look into a file and say what it is; raises :class:`Refused` with what would be right."""
    size = upload.size or 0
    if not size:
        raise Refused([_("The file is empty.")])
    if size > settings.ATTACHMENT_MAX_BYTES:
        raise Refused([_("The file is larger than 10 MB: make it smaller, then upload it again.")])
    upload.seek(0)
    head = upload.read(HEAD)
    content_type = _office_type(upload) if head.startswith(b"PK") else _plain_type(head)
    name = _clean_name(upload.name or "", content_type)
    return Judged(name, content_type, size, sha256_of(upload))


def _plain_type(head: bytes) -> str:
    if head.startswith(OLD_OFFICE):
        raise Refused(
            [_("This is an old or password-protected office file: save it as .xlsx, .docx or PDF.")]
        )
    try:
        found = {match.mime_type for match in puremagic.magic_string(head)}
    except puremagic.PureError:
        found = set()
    known = [kind for kind in SUFFIXES if kind in found and not kind.startswith(OFFICE)]
    if not known or (known[0] == PDF and not head.startswith(b"%PDF-")):
        raise Refused([_("Only PDF, pictures (PNG, JPG, WebP), XLSX and DOCX can be uploaded.")])
    return known[0]


def _office_type(upload: Upload) -> str:
    """Look into the parts of a zip without unpacking it."""
    try:
        with zipfile.ZipFile(upload) as parts:
            entries = parts.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Refused([_("The file is damaged: save it again, then upload it.")]) from None
    names = {entry.filename for entry in entries}
    kinds = [kind for body, kind in BODY_OF.items() if body in names]
    if len(kinds) != 1 or "[Content_Types].xml" not in names:
        raise Refused([_("Only PDF, pictures (PNG, JPG, WebP), XLSX and DOCX can be uploaded.")])
    if any(PurePosixPath(name).name.lower().startswith("vbaproject") for name in names):
        raise Refused([_("The file holds macros: save it without them, as .xlsx or .docx.")])
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused([_("The file is protected by a password: save it without one.")])
    if PAPER.is_passed_by(entries):
        raise Refused([_("The file unpacks to far too much: save it again as PDF.")])
    return kinds[0]


def sha256_of(upload: Upload) -> str:
    upload.seek(0)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def _clean_name(name: str, content_type: str) -> str:
    """Return the name people know the file by, as plain text, ending as its content demands."""
    suffix = SUFFIXES[content_type]
    bare, stem = plain_name(name)
    same = {".jpg": (".jpg", ".jpeg", ".jpe")}.get(suffix, (suffix,))
    if bare.lower().endswith(same) and len(bare) <= 200:
        return bare
    return f"{(stem or 'dokumen')[:200]}{suffix}"


def plain_name(name: str) -> tuple[str, str]:
    """Return a file's name without what no name may hold, and the same without its ending."""
    bare = re.sub(r"[\x00-\x1f\x7f\"\\/<>|:*?\u200e\u200f\u202a-\u202e]", " ", name).strip(" .")
    stem = PurePosixPath(bare).stem if "." in bare else bare
    return bare, stem.strip()
