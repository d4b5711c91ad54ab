"""The sheets as they are written: looks, locks, drop-downs, hidden columns; one row at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from proposals import rupiah
from proposals.filing.workbook.columns import (
    KEY,
    MARKS,
    PROPOSALS,
    REF,
    SHEETS,
    Column,
    Kind,
    Sheet,
    letters,
)
from proposals.filing.workbook.listings import Listings
from proposals.uploads.xlsx import Cell

LAST_ROW = 6_000
"""Rows that have drop-downs; nobody fills more by hand."""
EXACT_BELOW = 10**15
"""Larger amounts are written as text: a spreadsheet holds 15 digits."""
MAY = {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True}
LIST_SHEET = "_daftar"
FORMS = {
    Kind.TEXT: "@",
    Kind.COUNT: "#,##0",
    Kind.NUMBER: "#,##0.##",
    Kind.RUPIAH: '"Rp "#,##0',
    Kind.DAY: "dd/mm/yyyy",
}


@dataclass(frozen=True)
class Printed:
    """A row to write: plain texts (see :mod:`standing`), or the cells of a file as they came."""

    cells: Mapping[str, Cell]
    ref: str = ""
    marks: str = ""
    shown: Mapping[str, Any] = field(default_factory=dict)
    locked: frozenset[str] = frozenset()
    wrong: Mapping[str, str] = field(default_factory=dict)
    is_raw: bool = False


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 2, "bg_color": "#DDEBE8"}
        )
        self.of = cache(self._of)

    def _of(self, kind: Kind, *, is_locked: bool = False, is_wrong: bool = False) -> Any:
        look: dict[str, Any] = {"valign": "top", "locked": is_locked}
        if kind in {Kind.TEXT, Kind.WORD, Kind.PICK}:
            look["text_wrap"] = True
        if form := FORMS.get(kind):
            look["num_format"] = form
        if is_locked:
            look |= {"bg_color": "#F0F0EE", "font_color": "#555555"}
        if is_wrong:
            look |= {"bg_color": "#F9D9D6", "border": 1, "border_color": "#A3282B"}
        return self.book.add_format(look)


class Page:
    """One sheet being written, from its headings on."""

    def __init__(self, book: Any, looks: Looks, sheet: Sheet, lists: Listings) -> None:
        self.sheet, self.looks, self.lists = sheet, looks, lists
        self.page = book.add_worksheet(str(sheet.word)[:31])
        self.row = 0
        self.hidden = (REF, MARKS) if sheet.code == PROPOSALS else (REF,)
        self._shape()
        self._headings()
        for at, column in enumerate(sheet.columns):
            self._validate(at, column)

    def _shape(self) -> None:
        page, columns = self.page, self.sheet.columns
        for at, column in enumerate(columns):
            is_locked = column.kind is Kind.SHOWN
            page.set_column(at, at, column.width, self.looks.of(column.kind, is_locked=is_locked))
        page.set_column(
            len(columns), len(columns) + len(self.hidden) - 1, 2, None, {"hidden": True}
        )
        page.freeze_panes(1, 3 if self.sheet.code == PROPOSALS else 1)
        page.protect("", MAY)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)

    def _headings(self) -> None:
        self.page.set_row(0, 34)
        for at, column in enumerate(self.sheet.columns):
            star = " *" if column.is_needed else ""
            self.page.write_string(0, at, f"{column.word}{star}", self.looks.head)
            if column.help:
                self.page.write_comment(0, at, str(column.help))
        for at, name in enumerate(self.hidden, start=len(self.sheet.columns)):
            self.page.write_string(0, at, name, self.looks.head)

    def _validate(self, at: int, column: Column) -> None:
        """Let the cells of a column take only what it holds; whatever is pasted is judged later."""
        rule = _rule(column, self.lists, is_child=bool(self.sheet.part))
        if rule is not None:
            told = {
                "input_title": str(column.word)[:32],
                "input_message": str(column.help)[:255],
                "error_title": str(column.word)[:32],
                "ignore_blank": True,
            }
            self.page.data_validation(1, at, LAST_ROW, at, told | rule)

    def write(self, printed: Printed) -> None:
        """Write one row below the last."""
        self.row += 1
        self.page.set_row(self.row, 30 if self.sheet.part else 60)
        for at, column in enumerate(self.sheet.columns):
            if column.kind is Kind.SHOWN:
                self._show(at, column, printed)
                continue
            is_wrong = column.name in printed.wrong
            is_locked = column.name in printed.locked
            look = self.looks.of(column.kind, is_locked=is_locked, is_wrong=is_wrong)
            self._cell(at, column, printed.cells.get(column.name, ""), look, is_raw=printed.is_raw)
            if is_wrong:
                self.page.write_comment(self.row, at, printed.wrong[column.name])
        for at, name in enumerate(self.hidden, start=len(self.sheet.columns)):
            text = printed.ref if name == REF else printed.marks
            if text:
                self.page.write_string(self.row, at, text, self.looks.of(Kind.TEXT, is_locked=True))

    def _cell(self, at: int, column: Column, cell: Cell, look: Any, *, is_raw: bool) -> None:
        page, row = self.page, self.row
        if isinstance(cell, dict):
            self._number(at, cell.get("n", ""), cell.get("e", ""), look)
        elif not cell:
            page.write_blank(row, at, None, look)
        elif is_raw:
            page.write_string(row, at, cell, look)
        elif column.kind in {Kind.COUNT, Kind.NUMBER, Kind.RUPIAH} and _is_number(cell):
            page.write_number(row, at, Decimal(cell), look)
        elif column.kind is Kind.RUPIAH and cell.isdecimal():
            page.write_string(row, at, rupiah.grouped(int(cell)), look)
        elif column.kind is Kind.DAY and _is_day(cell):
            page.write_datetime(row, at, date.fromisoformat(cell), look)
        elif column.listing:
            page.write_string(row, at, self.lists[column.listing].labels.get(cell, cell), look)
        else:
            page.write_string(row, at, cell, look)

    def _number(self, at: int, digits: str, error: str, look: Any) -> None:
        if digits:
            self.page.write_number(self.row, at, Decimal(digits), look)
        else:
            self.page.write_string(self.row, at, error, look)

    def _show(self, at: int, column: Column, printed: Printed) -> None:
        """Write what is only shown: a word, or the total as a formula with its present value."""
        look = self.looks.of(Kind.RUPIAH, is_locked=True)
        if column.name == "total_rp":
            volume, cost = (letters(self._at(name)) for name in ("volume", "unit_cost_rp"))
            formula = f"=ROUND({volume}{self.row + 1}*{cost}{self.row + 1},0)"
            self.page.write_formula(self.row, at, formula, look, printed.shown.get("total_rp", 0))
        else:
            self.page.write_string(self.row, at, str(printed.shown.get(column.name, "")), look)

    def _at(self, name: str) -> int:
        return [column.name for column in self.sheet.columns].index(name)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal() and Decimal(text) < EXACT_BELOW


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _rule(column: Column, lists: Listings, *, is_child: bool) -> dict[str, Any] | None:
    """Return what a spreadsheet checks of the cells of this column; nothing where it need not."""
    if column.kind is Kind.TEXT:
        return _of_text(column, is_child=is_child)
    if column.listing:
        offered = len(lists[column.listing].offered)
        place = letters(2 * list(lists.by_code).index(column.listing))
        source = f"={LIST_SHEET}!${place}$2:${place}${max(offered, 1) + 1}"
        return {"validate": "list", "source": source, "error_message": _("Choose from the list.")}
    simple: dict[Kind, dict[str, Any]] = {
        Kind.COUNT: _at_least("integer", 0, _("Write a whole number, for example 25.")),
        Kind.NUMBER: _at_least("decimal", 0, _("Write a number, for example 25 or 1.250.")),
        Kind.DAY: _at_least("date", date(2020, 1, 1), _("Write a day, for example 31/03/2022.")),
        Kind.RUPIAH: {"validate": "any"},
    }
    return simple.get(column.kind)


def _of_text(column: Column, *, is_child: bool) -> dict[str, Any] | None:
    if column.name == KEY:
        source = f"='{SHEETS[PROPOSALS].word}'!$A$2:$A${LAST_ROW}"
        message = _("Choose the key of a proposal in the first sheet.")
        chosen = {"validate": "list", "source": source, "error_message": message}
        return chosen if is_child else None
    message = _("Write at most %(limit)s characters.") % {"limit": column.length}
    length = {"validate": "length", "criteria": "<=", "value": column.length}
    return length | {"error_message": message}


def _at_least(kind: str, least: Any, message: str) -> dict[str, Any]:
    return {"validate": kind, "criteria": ">=", "value": least, "error_message": message}
