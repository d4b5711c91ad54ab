"""Recap and board as files: XLSX with real types, CSV for any other program."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from proposals.enums import RequestTo
from proposals.models import PlanningYear
from proposals.totals import Figures, Recap, RecapRow, Standing

Cell = str | int | Decimal | None


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, the heading of each column, and its rows of typed cells."""

    name: str
    columns: list[str]
    rows: list[list[Cell]]


@dataclass(frozen=True)
class Shown:
    """Which amounts this reader may see; what is hidden has no column."""

    recommended: bool
    agreed: bool


def recap_sheet(name: str, recap: Recap, shown: Shown) -> Sheet:
    """Return a recap as a sheet: the kinds side by side, and a line of sums per kind."""
    columns = [_("Code"), _("Name")]
    for kind in RequestTo:
        columns += [f"{kind.label}: {word}" for word in _amount_words(shown)]
    return Sheet(name, columns, [_recap_cells(row, shown) for row in [*recap.rows, recap.total]])


def _amount_words(shown: Shown) -> list[str]:
    words = [_("proposals"), _("decided"), _("asked (Rp)")]
    words += [_("recommended (Rp)")] if shown.recommended else []
    return words + ([_("agreed (Rp)")] if shown.agreed else [])


def _recap_cells(row: RecapRow, shown: Shown) -> list[Cell]:
    cells: list[Cell] = [row.key, row.name]
    for _kind, figures in row.cells:
        cells += _figure_cells(figures, shown)
    return cells


def _figure_cells(figures: Figures, shown: Shown) -> list[Cell]:
    cells: list[Cell] = [figures.count, figures.decided, figures.asked_rp]
    cells += [figures.recommended_rp] if shown.recommended else []
    return cells + ([figures.agreed_rp] if shown.agreed else [])


def board_sheet(name: str, standings: Iterable[Standing]) -> Sheet:
    """Return the board of offices as a sheet."""
    columns = [
        _("Code"),
        _("Office"),
        _("Drafts"),
        _("Complete, not sent"),
        _("Sent"),
        _("Returned"),
        _("Decided"),
    ]
    rows: list[list[Cell]] = [
        [s.office.region.code, s.office.name, s.drafts, s.complete, s.sent, s.returned, s.decided]
        for s in standings
    ]
    return Sheet(name, columns, rows)


def stamp(year: PlanningYear) -> str:
    """Return the line under every heading: year, unit, time, and whether it is a draft."""
    now = timezone.localtime()
    line = _("Budget year %(year)s, amounts in whole rupiah, made on %(day)s at %(time)s WITA.") % {
        "year": year.fiscal_year,
        "day": date_format(now, "j F Y"),
        "time": date_format(now, "H.i"),
    }
    if not year.is_signed:
        line += " " + _("DRAFT: the minutes are not signed yet.")
    return f"{line} {_('Example data')}." if year.is_example else line


def xlsx(sheets: list[Sheet], year: PlanningYear) -> bytes:
    """Return a workbook; texts stay texts, amounts are numbers, headings are frozen."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    formats = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1}),
        "rp": book.add_format({"num_format": "#,##0"}),
        "note": book.add_format({"italic": True}),
    }
    for sheet in sheets:
        _write_sheet(book, sheet, stamp(year), formats)
    book.close()
    return target.getvalue()


def _write_sheet(book: Any, sheet: Sheet, note: str, formats: dict[str, Any]) -> None:
    page = book.add_worksheet(sheet.name[:31])
    page.set_column(0, 0, 10)
    page.set_column(1, 1, 48)
    page.set_column(2, len(sheet.columns), 18)
    page.write_string(0, 0, note, formats["note"])
    for column, word in enumerate(sheet.columns):
        page.write_string(2, column, word, formats["head"])
    page.freeze_panes(3, 2)
    for at, row in enumerate(sheet.rows, start=3):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                page.write_string(at, column, cell)
            elif cell is not None:
                page.write_number(at, column, cell, formats["rp"])


def csv_lines(sheet: Sheet) -> Iterator[str]:
    """Yield the lines of a CSV: UTF-8 with a mark for Excel, semicolons as Indonesian Excel does.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    yield "\N{ZERO WIDTH NO-BREAK SPACE}"
    rows: list[list[Cell]] = [[*sheet.columns], *sheet.rows]
    for row in rows:
        writer.writerow([_plain(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    text = str(cell)
    is_formula = isinstance(cell, str) and text[:1] in {"=", "+", "-", "@", "\t", "\r"}
    return f"'{text}" if is_formula else text
