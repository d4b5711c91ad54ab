"""The rows of an uploaded file, sheet by sheet: XLSX of any program, or CSV of the first sheet."""

import csv
import io
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import IO

from django.utils.translation import gettext as _

from proposals.filing.workbook.columns import (
    KEY,
    PROPOSALS,
    SHEETS,
    headings,
    plain,
    sheet_names,
)
from proposals.refused import Refused
from proposals.uploads import xlsx
from proposals.uploads.safety import CSV
from proposals.uploads.xlsx import Cell, Line, kept, text_of

HEAD_WITHIN = 15
"""Lines in which the headings are looked for; some put a title above them."""
MOST_ROWS = 20_000
CHUNK = 256 * 1024


@dataclass(frozen=True)
class Raw:
    """One filled row: its sheet, its number in the file, its cells by the name of the column."""

    sheet: str
    number: int
    cells: dict[str, Cell]


@dataclass
class Layout:
    """Which columns each sheet of the file has, and where: column counted from 0."""

    sheets: dict[str, dict[str, int]] = field(default_factory=dict)
    is_since_1904: bool = False


def rows_of(file: IO[bytes], kind: str, layout: Layout) -> Iterator[Raw]:
    """Yield the filled rows of a file and note its layout on the way.

    Raises :class:`Refused` where the file is damaged, has too many rows, or no known headings.
    """
    count = 0
    try:
        for row in _csv_rows(file, layout) if kind == CSV else _xlsx_rows(file, layout):
            count += 1
            if count > MOST_ROWS:
                raise Refused([_("The file has more than 20.000 rows: split it.")])
            yield row
    except xlsx.DAMAGE as error:
        raise xlsx.damaged() from error
    if PROPOSALS not in layout.sheets:
        raise Refused([_no_headings()])


def _no_headings() -> str:
    return _(
        "The headings of the workbook are not in this file. Download the workbook here, fill it in,"
        " and leave its first row as it is."
    )


def _xlsx_rows(file: IO[bytes], layout: Layout) -> Iterator[Raw]:
    book = xlsx.Book(file)
    layout.is_since_1904 = book.since_1904
    named = {sheet_names().get(plain(name)): name for name in book.sheets}
    if PROPOSALS not in named:
        others = [name for name in book.sheets if plain(name) not in sheet_names()]
        named[PROPOSALS] = next(iter(others), "")
    for code in SHEETS:
        if named.get(code):
            yield from _sheet_rows(code, book.lines(str(named[code])), layout)


def _sheet_rows(code: str, lines: Iterable[Line], layout: Layout) -> Iterator[Raw]:
    """Yield the rows below the headings; a sheet without them is passed over."""
    rest = iter(lines)
    for _number, cells in islice(rest, HEAD_WITHIN):
        found = _columns(code, cells)
        if KEY in found.values() or "title" in found.values():
            break
    else:
        return
    layout.sheets[code] = {name: at for at, name in found.items()}
    for number, cells in rest:
        named = {name: cells[at] for at, name in found.items() if at in cells}
        if _is_filled(code, named):
            yield Raw(code, number, named)


def _columns(code: str, cells: dict[int, Cell]) -> dict[int, str]:
    """Return the known headings of a line; of two equal ones the first counts."""
    known, found = headings()[code], dict[int, str]()
    for at, cell in sorted(cells.items()):
        name = known.get(plain(cell)) if isinstance(cell, str) else None
        if name and name not in found.values():
            found[at] = name
    return found if len(found) > 1 else {}


def _is_filled(code: str, cells: dict[str, Cell]) -> bool:
    """Tell whether anything is filled in, or a proposal that stands online is named."""
    names = {one.name for one in SHEETS[code].filled} - {KEY}
    if any(
        not isinstance(cell, str) or cell.strip() for name, cell in cells.items() if name in names
    ):
        return True
    return code == PROPOSALS and is_standing(text_of(cells.get(KEY, "")))


def is_standing(key: str) -> bool:
    """Tell whether a key names a proposal that stands online: U and its number."""
    return key[:1] in {"U", "u"} and key[1:].isdecimal() and len(key) < 19


def _csv_rows(file: IO[bytes], layout: Layout) -> Iterator[Raw]:
    encoding = "utf-8-sig" if _is_utf8(file) else "cp1252"
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    try:
        separator = _separator(text)
        lines = csv.reader(text, delimiter=separator, strict=True)
        yield from _sheet_rows(PROPOSALS, _numbered(lines), layout)
    except csv.Error as error:
        raise Refused([_("The CSV cannot be parted into cells: save it again.")]) from error
    finally:
        text.detach()


def _numbered(lines: Iterable[list[str]]) -> Iterator[Line]:
    """Yield each record as a line of a sheet; a record may run over several lines of the file."""
    for number, cells in enumerate(lines, start=1):
        yield number, {at: kept(cell) for at, cell in enumerate(cells) if cell.strip()}


def _is_utf8(file: IO[bytes]) -> bool:
    file.seek(0)
    decoder = getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _separator(text: io.TextIOWrapper) -> str:
    """Return the sign that parts the headings; some programs say it in a first line of its own."""
    head = [text.readline() for _line in range(HEAD_WITHIN)]
    text.seek(0)
    if head[0].strip().lower().startswith("sep=") and len(head[0].strip()) == 5:
        text.readline()
        return head[0].strip()[-1]
    counts = {sign: max(_known(line, sign) for line in head) for sign in (";", ",", "\t")}
    return max(counts, key=lambda sign: counts[sign])


def _known(line: str, sign: str) -> int:
    return sum(plain(one.strip('"')) in headings()[PROPOSALS] for one in line.split(sign))
