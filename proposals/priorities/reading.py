"""The rows of a file of statistics, CSV or XLSX, under the columns that its headings name."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice

from django.utils.translation import gettext as _

from proposals.priorities.statistics import Cells, Kind
from proposals.refused import Refused
from proposals.uploads import safety, xlsx
from proposals.uploads.kinds import Upload

HEAD_WITHIN = 10
MOST_ROWS = 3_000
ENOUGH = 4
"""How many known headings make a line the line of headings."""


def rows_of(kind: Kind, upload: Upload) -> list[tuple[int, Cells]]:
    """Return the filled rows with their numbers; raises Refused with what would be right."""
    safe = safety.judged(upload)
    upload.seek(0)
    try:
        lines = _csv(upload.read()) if safe.kind == safety.CSV else _xlsx(upload)
        found = list(islice(_under_headings(kind, lines), MOST_ROWS + 1))
    except xlsx.DAMAGE as error:
        raise xlsx.damaged() from error
    except csv.Error as error:
        raise Refused([_("The CSV cannot be parted into cells: save it again.")]) from error
    if len(found) > MOST_ROWS:
        raise Refused([_("The file has more than 3.000 rows: split it.")])
    if not found:
        raise Refused([_("No row stands below the headings.")])
    return found


def _xlsx(upload: Upload) -> Iterator[tuple[int, dict[int, str]]]:
    book = xlsx.Book(upload)
    for number, cells in book.lines(next(iter(book.sheets))):
        yield number, {at: xlsx.text_of(cell) for at, cell in cells.items()}


def _csv(content: bytes) -> Iterator[tuple[int, dict[int, str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    head = text[:2000]
    sign = max(";,\t", key=head.count)
    for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=sign), start=1):
        yield number, dict(enumerate(cells))


def _under_headings(
    kind: Kind, lines: Iterable[tuple[int, dict[int, str]]]
) -> Iterator[tuple[int, Cells]]:
    rest = iter(lines)
    for _number, cells in islice(rest, HEAD_WITHIN):
        columns = _columns(kind, cells)
        if len(columns) >= ENOUGH:
            break
    else:
        wanted = ", ".join(kind.columns)
        raise Refused([_("The headings are missing. Known are: %(names)s.") % {"names": wanted}])
    for number, cells in rest:
        named = {name: cells.get(at, "") for at, name in columns.items()}
        if any(text.strip() for text in named.values()):
            yield number, named


def _columns(kind: Kind, cells: dict[int, str]) -> dict[int, str]:
    known = kind.headings
    plain = {at: text.strip().lower().replace(" ", "_") for at, text in cells.items()}
    return {at: known[word] for at, word in plain.items() if word in known}
