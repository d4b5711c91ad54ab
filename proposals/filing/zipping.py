"""Many files as one ZIP that is written while it is sent: memory stays flat, no copy on disk."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

CHUNK = 64 * 1024
NAME_LENGTH = 120


@dataclass(frozen=True)
class Entry:
    """One file of the archive: the name it goes by, when it came, and where it is kept."""

    name: str
    at: datetime
    file: Any


class Sink:
    """Takes what the archive writes, until it is sent."""

    def __init__(self) -> None:
        self.chunks: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        """Keep the bytes."""
        self.chunks.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Nothing is open."""

    def taken(self) -> Iterator[bytes]:
        """Give away what was written since the last time."""
        chunks, self.chunks = self.chunks, []
        yield from chunks


def zipped(entries: Iterable[Entry], told: Iterable[tuple[str, str]] = ()) -> Iterator[bytes]:
    """Yield the bytes of an archive; ``told`` are small texts by their names, at the end.

    A file that is no longer in the store is named in a text of its own, and holds up no other.
    """
    sink, gone = Sink(), []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for entry in entries:
            try:
                stream = entry.file.open("rb")
            except FileNotFoundError:
                gone.append(entry.name)
                continue
            yield from _packed(archive, entry, stream, sink)
        for name, text in [*told, *((f"{name}.TIDAK-ADA.txt", name) for name in gone)]:
            archive.writestr(name, text)
    yield from sink.taken()


def _packed(archive: zipfile.ZipFile, entry: Entry, stream: Any, sink: Sink) -> Iterator[bytes]:
    with stream, archive.open(_info(entry), "w") as target:
        while chunk := stream.read(CHUNK):
            target.write(chunk)
            yield from sink.taken()


def _info(entry: Entry) -> zipfile.ZipInfo:
    at = timezone.localtime(entry.at)
    info = zipfile.ZipInfo(entry.name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def readable(number: int, kind: str, name: str) -> str:
    """Return the name of a file within the archive: its place, its kind, its own name."""
    words = f"{number:02d} {kind}".replace("/", "-").replace("\\", "-")
    return f"{words[:NAME_LENGTH].strip()} - {name}"
