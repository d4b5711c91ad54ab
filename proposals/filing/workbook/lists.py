"""The child rows of one proposal in the file: read, checked as the form checks them, compared."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from proposals.enums import UseRole
from proposals.filing.actions.parts import line_total
from proposals.filing.forms.rows import MAX_ROWS
from proposals.filing.workbook.cells import Unreadable, read, shown
from proposals.filing.workbook.columns import REF, Column, Kind, Sheet
from proposals.filing.workbook.findings import Found, Places
from proposals.filing.workbook.listings import Listings, is_offered
from proposals.filing.workbook.standing import Texts, as_row, list_as_text, own_columns
from proposals.models import WorkbookRow
from proposals.rupiah import MAX_RUPIAH
from proposals.uploads.xlsx import text_of

Standing = list[tuple[int, dict[str, str]]]


@dataclass
class Read:
    """A list as the file has it: each row with the id it stands under online, or none."""

    sheet: Sheet
    rows: list[tuple[WorkbookRow, int | None, dict[str, str]]] = field(default_factory=list)
    errors: list[Found] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the list as it is compared."""
        return list_as_text(self.sheet, (cells for _row, _pk, cells in self.rows))

    def wanted(self) -> list[dict[str, object]]:
        """Return the list as it is saved."""
        return [as_row(self.sheet, cells) | {"id": pk} for _row, pk, cells in self.rows]


def read_list(
    sheet: Sheet,
    rows: list[WorkbookRow],
    standing: Standing,
    lists: Listings,
    places: Places,
    *,
    since_1904: bool,
) -> Read:
    """Read the rows of one list; what is wrong stands at its cell."""
    found, left = Read(sheet), dict(standing)
    for row in rows:
        ref = text_of(row.cells.get(REF, ""))
        pk = int(ref) if ref.isdecimal() and len(ref) < 19 else 0
        stood = left.pop(pk, None)
        cells: dict[str, str] = {}
        for column in own_columns(sheet):
            try:
                text = _cell(row, column, lists, places, stood, since_1904=since_1904)
                _refuse_retired(column, text, standing, lists)
                cells[column.name] = text
            except Unreadable as error:
                cells[column.name] = ""
                found.errors.append(places.error(row, column, str(error), error.readings))
        if stood is None and cells.get("quantity") and not cells["unit"]:
            cells["unit"] = lists["commodities"].units.get(cells["commodity"], "")
        found.rows.append((row, pk if stood is not None else None, cells))
    found.errors += [] if found.errors else _against_each_other(found, places)
    return found


def _cell(
    row: WorkbookRow,
    column: Column,
    lists: Listings,
    places: Places,
    stood: dict[str, str] | None,
    *,
    since_1904: bool,
) -> str:
    """Read one cell; a column that is not in the file stays as it stands."""
    if not places.has(row.sheet, column.name):
        return (stood or {}).get(column.name, "")
    text = read(column, row.cells.get(column.name, ""), lists, since_1904=since_1904)
    if column.is_needed and not text:
        raise Unreadable(_("Fill this in, or empty the whole row."))
    return text


def _refuse_retired(column: Column, text: str, standing: Standing, lists: Listings) -> None:
    if column.kind is not Kind.PICK or not text or is_offered(lists[column.listing], text):
        return
    if all(cells[column.name] != text for _pk, cells in standing):
        raise Unreadable(not_offered(column, text, lists))


def not_offered(column: Column, text: str, lists: Listings) -> str:
    """Return what is said of a value that is known but may not be chosen anew."""
    label = lists[column.listing].labels[text]
    return _("“%(label)s” cannot be chosen any more: choose another.") % {"label": label}


def _against_each_other(found: Read, places: Places) -> Iterator[Found]:
    """Check what the rows of a list must not be together."""
    sheet, seen = found.sheet, Counter[tuple[str, ...]]()
    columns = {one.name: one for one in sheet.columns}
    for row, _pk, cells in found.rows:
        key = tuple(cells[name] for name in sheet.once)
        seen[key] += 1
        if sheet.once and seen[key] > 1:
            message = _("This stands in the list already.")
            yield places.error(row, columns[sheet.once[0]], message)
    mains = [row for row, _pk, cells in found.rows if cells.get("role") == UseRole.MAIN]
    for row in mains[1:]:
        yield places.error(row, columns["role"], _("Only one commodity can be the main one."))
    for row, _pk, _cells in found.rows[MAX_ROWS:]:
        message = _("A proposal can have at most %(limit)s rows here.") % {"limit": MAX_ROWS}
        yield places.error(row, sheet.columns[0], message)
    if sheet.part == "budget_lines" and found.rows and (total_of(found) or 0) > MAX_RUPIAH:
        message = _("The budget lines add up to more than the portal can hold.")
        yield places.error(found.rows[-1][0], columns["unit_cost_rp"], message)


def total_of(found: Read) -> Decimal | None:
    """Return the sum of the budget lines; nothing without any."""
    totals = [line_total(cells["volume"], cells["unit_cost_rp"]) for _row, _pk, cells in found.rows]
    return sum(totals, Decimal(0)) if totals else None


def changes_of(found: Read, standing: Standing, lists: Listings, places: Places) -> Iterator[Found]:
    """Say cell by cell what the file changes in a list, then what it leaves out."""
    left = dict(standing)
    tie = found.sheet.columns[0]
    for row, pk, cells in found.rows:
        stood = left.pop(pk, None) if pk else None
        if stood is None:
            yield places.change(row, tie, "", in_words(found.sheet, cells, lists))
            continue
        for column in own_columns(found.sheet):
            old, new = stood[column.name], cells[column.name]
            if old != new:
                yield places.change(
                    row, column, shown(column, old, lists), shown(column, new, lists)
                )
    for cells in left.values():
        yield {
            "cell": str(found.sheet.word),
            "word": str(found.sheet.word),
            "old": in_words(found.sheet, cells, lists),
            "new": "",
        }


def in_words(sheet: Sheet, cells: Texts, lists: Listings) -> str:
    """Return a row as one line."""
    texts = (shown(one, cells[one.name], lists) for one in own_columns(sheet))
    return " · ".join(text for text in texts if text)
