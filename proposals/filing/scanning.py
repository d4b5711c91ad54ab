"""The scanner for viruses: a file is sent to ClamAV's daemon, what it says is kept on the row.

Without ``CLAMD_ADDRESS`` nothing is scanned, and a file says so. With it a new file waits
("being checked") until the daemon has spoken; while the daemon is away it goes on waiting.
"""

import logging
import socket
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django_tasks import task

from proposals.enums import ScanState
from proposals.models import Attachment, OfficeYear

log = logging.getLogger(__name__)

CHUNK = 64 * 1024
AT_ONCE = 200
KINDS: dict[str, tuple[type[Model], str, str]] = {
    "paper": (Attachment, "file", "scan_"),
    "letter": (OfficeYear, "letter", "letter_scan_"),
}
"""What is scanned: the table, its column with the file, how the columns of the verdict begin."""


class Unclear(Exception):
    """The daemon answers, but with no verdict on this file."""


def first_state() -> ScanState:
    """Return how a new file begins: it waits where there is a scanner."""
    return ScanState.PENDING if settings.CLAMD_ADDRESS else ScanState.UNSCANNED


def expect(kind: str, pk: int) -> None:
    """Have a new file scanned by the worker, once the transaction that keeps it stands."""
    if settings.CLAMD_ADDRESS:
        scan.enqueue(kind, pk)


@task()
def scan(kind: str, pk: int) -> str:
    """Scan one file; doing it twice does no harm."""
    model, column, prefix = KINDS[kind]
    row = model._default_manager.filter(pk=pk).first()
    file = getattr(row, column, None)
    if row is None or not file or getattr(row, f"{prefix}state") not in WAITING:
        return "nothing to scan"
    try:
        stored = file.open("rb")
    except FileNotFoundError:
        return "the file is gone"
    try:
        found = infection_in(stored)
    except (OSError, Unclear) as error:  # it stays as it is, and is tried again
        log.warning("scanner: %s %s not scanned: %s", kind, pk, error)
        return "no verdict" if isinstance(error, Unclear) else "scanner away"
    return _keep(kind, pk, file.name, found)


WAITING = frozenset({ScanState.PENDING, ScanState.UNSCANNED})


@task()
def scan_waiting() -> int:
    """Scan what still waits, and what came before there was a scanner; the oldest first.

    While the daemon is away the rest waits; a file that it cannot judge holds up no other.
    """
    left = [(kind, pk) for kind in KINDS for pk in _waiting(kind)]
    for scanned, (kind, pk) in enumerate(left):
        if scan.func(kind, pk) == "scanner away":
            return scanned
    return len(left)


def _waiting(kind: str) -> Iterator[int]:
    model, column, prefix = KINDS[kind]
    rows: QuerySet[Any] = model._default_manager.exclude(**{column: ""})
    rows = rows.filter(**{f"{prefix}state__in": sorted(WAITING)})
    yield from rows.order_by(f"{prefix}state", "pk").values_list("pk", flat=True)[:AT_ONCE]


@transaction.atomic
def _keep(kind: str, pk: int, name: str, found: str) -> str:
    """Write the verdict, unless another file has taken this one's place meanwhile."""
    model, column, prefix = KINDS[kind]
    row: Any = model._default_manager.select_for_update(of=("self",)).get(pk=pk)
    if getattr(row, column).name != name:
        return "replaced meanwhile"
    verdict = {
        "state": ScanState.INFECTED if found else ScanState.CLEAN,
        "at": timezone.now(),
        "found": found[:200],
    }
    for name_of, value in verdict.items():
        setattr(row, f"{prefix}{name_of}", value)
    row.save(update_fields=[f"{prefix}{name_of}" for name_of in verdict])
    return f"found {found}" if found else "clean"


def infection_in(file: Any) -> str:
    """Return the name of what the daemon finds in a file, "" where it finds nothing.

    The file goes over in chunks, each after its length (INSTREAM of the daemon's protocol).
    """
    with file as stored, _daemon() as daemon:
        daemon.sendall(b"zINSTREAM\0")
        while chunk := stored.read(CHUNK):
            daemon.sendall(len(chunk).to_bytes(4, "big") + chunk)
        daemon.sendall(bytes(4))
        answer = b""
        while not answer.endswith(b"\0") and (more := daemon.recv(CHUNK)):
            answer += more
    words = answer.rstrip(b"\0").decode(errors="replace").removeprefix("stream: ")
    if words == "OK":
        return ""
    if words.endswith(" FOUND"):
        return words.removesuffix(" FOUND")
    raise Unclear(words or "no answer")


def _daemon() -> socket.socket:
    """Connect: a path is a socket of this machine, else host:port."""
    address: str = settings.CLAMD_ADDRESS
    if address.startswith("/"):
        daemon = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        daemon.settimeout(settings.CLAMD_SECONDS)
        try:
            daemon.connect(address)
        except OSError:
            daemon.close()
            raise
        return daemon
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=settings.CLAMD_SECONDS)
