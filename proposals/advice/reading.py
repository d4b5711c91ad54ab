"""Reading a file of proposals as people save it: any usual encoding, separator and line end."""

import csv
import io
from codecs import getincrementaldecoder
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import chain
from pathlib import Path
from re import fullmatch

from django.utils.translation import gettext as _

from proposals import rupiah

NUMBER = "proposal_no"
KNOWN_COLUMNS = frozenset({NUMBER, "title", "intervention_key", "budget_rp", "region_code"})
LARGEST = 50_000_000
PART = 1_000_000
SEPARATORS = (",", ";", "\t")
Row = dict[str, str]


class Unreadable(Exception):
    """The file cannot be read; the message says why in one line."""


def rows_of(path: Path) -> list[Row]:
    """Return the rows of a file by the names of its columns; blank rows are left out."""
    lines = _text(path).splitlines(keepends=True)
    first = next((at for at, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise Unreadable(_("the file is empty"))
    head = lines[first]
    separator = max(SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO("".join(lines[first:]), newline=""), delimiter=separator)
    try:
        return list(_named(reader))
    except csv.Error as error:
        raise Unreadable(_("it is no table: %(why)s") % {"why": error}) from error


def each_of(path: Path) -> Iterator[Row]:
    """Yield the rows of a file of any size, one at a time, as ``rows_of`` reads them."""
    try:
        with path.open(encoding=_encoding(path), newline="") as file:
            head = next((line for line in file if line.strip()), None)
            if head is None:
                raise Unreadable(_("the file is empty"))
            separator = max(SEPARATORS, key=head.count)
            yield from _named(csv.reader(chain([head], file), delimiter=separator))
    except OSError as error:
        raise Unreadable(error.strerror or str(error)) from error
    except csv.Error as error:
        raise Unreadable(_("it is no table: %(why)s") % {"why": error}) from error
    except UnicodeDecodeError as error:
        raise Unreadable(_("it is no text file")) from error


def _encoding(path: Path) -> str:
    """Return how a file is written: read once, a part at a time."""
    with path.open("rb") as file:
        first = file.read(PART)
        if first.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        if b"\x00" in first:
            raise Unreadable(_("it is no text file"))
        decoder = getincrementaldecoder("utf-8")()
        try:
            part = first
            while part:
                decoder.decode(part)
                part = file.read(PART)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable(_("the file is larger than 50 MB"))
        raw = path.read_bytes()
    except OSError as error:
        raise Unreadable(error.strerror or str(error)) from error
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(raw, "utf-16")
    if b"\x00" in raw:
        raise Unreadable(_("it is no text file"))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(raw, "cp1252")


def _decoded(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(_("it is no text file")) from error


def _named(reader: Iterator[list[str]]) -> Iterator[Row]:
    head = ["_".join(cell.lower().split()) for cell in next(reader)]
    if NUMBER not in head and len(KNOWN_COLUMNS & set(head)) < 2:
        raise Unreadable(_("the first row does not name the column proposal_no"))
    for at, cells in enumerate(reader, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        row = {name: cell.strip() for name, cell in zip(head, cells, strict=False) if name}
        yield row | {NUMBER: row.get(NUMBER) or _("row %(at)s") % {"at": at}}


def amount(cell: str) -> Decimal | None:
    """Return whole rupiah, nothing where the cell is empty; ``ValueError`` where unreadable."""
    if not cell:
        return None
    if fullmatch(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}", cell):  # as spreadsheets write it
        return Decimal(cell.replace(",", "."))
    return Decimal(rupiah.parse(cell))


def number(cell: str) -> Decimal | None:
    """Return a figure, nothing where the cell is empty or holds none."""
    grouped = fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+", cell)
    text = cell.replace(".", "") if grouped else cell.replace(",", ".")
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and found >= 0 else None


def whole(cell: str) -> int | None:
    """Return a whole number, nothing where the cell is empty or holds none."""
    found = number(cell)
    return None if found is None else int(found)


def words(cell: str) -> list[str]:
    """Return the entries of a cell that holds a list."""
    return [word.strip().lower() for word in cell.replace(";", "|").split("|") if word.strip()]
