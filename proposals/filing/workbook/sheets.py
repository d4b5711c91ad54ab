"""The workbook of one office: its drafts and returned proposals, rows for new ones, the lists."""

import secrets
import uuid
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import xlsxwriter
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from proposals.enums import RowOutcome
from proposals.filing.actions.rows import WRITABLE
from proposals.filing.queries.limit import limit_of
from proposals.filing.workbook.bench import BOOK
from proposals.filing.workbook.columns import (
    KEY,
    MARKS,
    PART_SHEETS,
    PROPOSALS,
    REF,
    SHEETS,
    TIE,
    Column,
)
from proposals.filing.workbook.judging import CODE_OF
from proposals.filing.workbook.listings import Listings, listings_for
from proposals.filing.workbook.pages import LIST_SHEET, Looks, Page, Printed
from proposals.filing.workbook.standing import (
    COLUMNS,
    codes_of,
    content_of,
    key_of,
    marks_of,
    own_rows,
    rows_of,
    values_of,
)
from proposals.models import PlanningYear, Proposal, User, WorkbookRow, WorkbookUpload
from proposals.templatetags.figures import wita
from proposals.uploads.xlsx import text_of

Tell = Callable[[int, int], None]
"""How a long writing says how many of its rows are done."""
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NEW_ROWS = 30
BATCH = 100
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def file_name(user: User, year: PlanningYear) -> str:
    """Return the name of the file: what, whose, which year, which day."""
    where = slugify(user.office.region.short_name if user.office else "")
    return f"usulan-{where}-{year.fiscal_year}-{timezone.localdate():%Y%m%d}.xlsx"


def of_office(user: User, year: PlanningYear) -> bytes:
    """Return the workbook of the person's office, with empty rows for new proposals."""
    office = user.office
    if office is None:
        raise ValueError("a workbook belongs to an office")
    target = BytesIO()
    book = _Book(target, listings_for(office, year))
    book.help(_about(user, year))
    book.pages()
    mark = f"{BOOK}={secrets.token_hex(4)}"
    for proposal in _writable(user, year):
        book.proposal(proposal, mark)
    is_province, limit = office.region.is_province, limit_of(year.pk, office.pk)
    n_new = NEW_ROWS if limit is None else min(NEW_ROWS, max(limit.left, 0))
    for number in range(1, n_new + 1):
        locked = frozenset({KEY, "request_to"} if is_province else {KEY})
        row = Printed({KEY: f"B{number}"}, str(uuid.uuid4()), mark, locked=locked)
        book.written[PROPOSALS].write(row)
    return book.closed(target)


def with_errors(upload: WorkbookUpload, tell: Tell = lambda _done, _total: None) -> bytes:
    """Return an uploaded file anew, each wrong cell marked and its error beside it."""
    target, done, total = BytesIO(), 0, upload.rows.count()
    book = _Book(target, listings_for(upload.office, upload.year))
    book.help(_about(upload.by, upload.year))
    book.pages()
    wrong = _wrong_cells(upload)
    for code, page in book.written.items():
        rows = upload.rows.filter(sheet=code).order_by("number")
        for start in range(0, rows.count(), BATCH):
            tell(done + start, total)
            for row in rows[start : start + BATCH]:
                page.write(_as_it_came(row, wrong.get(row.pk, {})))
        done += rows.count()
    return book.closed(target)


def _wrong_cells(upload: WorkbookUpload) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    refused = upload.rows.filter(outcome=RowOutcome.REFUSED).order_by("pk")
    for told in refused.values_list("found", flat=True):
        for error in told.get("errors", ()):
            cells = found.setdefault(error["row"], {})
            before = cells.get(error["column"])
            cells[error["column"]] = f"{before}\n{error['message']}" if before else error["message"]
    return found


def _as_it_came(row: WorkbookRow, wrong: dict[str, str]) -> Printed:
    ref, marks = (text_of(row.cells.get(name, "")) for name in (REF, MARKS))
    return Printed(row.cells, ref, marks, wrong=wrong, is_raw=True)


def _writable(user: User, year: PlanningYear) -> Iterator[Proposal]:
    """Yield drafts and returned proposals in the office's own order, a batch at a time."""
    rows = own_rows(user, year).filter(status__in=WRITABLE)
    order = rows.order_by(F("own_rank").asc(nulls_last=True), "created_at", "pk")
    ids = list(order.values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        found = rows.in_bulk(ids[start : start + BATCH])
        yield from (found[pk] for pk in ids[start : start + BATCH] if pk in found)


def _about(user: User, year: PlanningYear) -> list[str]:
    lines = [
        _("Proposals of %(office)s, budget year %(year)s") % {"office": user.office, "year": year},
        _("Made on %(time)s") % {"time": wita(timezone.now())},
        "",
        _("1. Fill in the sheets. Columns with a star are needed; grey cells are closed."),
        _(
            "2. For a new proposal take a row whose key begins with B. Its other rows (outputs,"
            " budget lines, locations ...) name the same key in their first column."
        ),
        _("3. Amounts are whole rupiah: 2500000, or as text 2,5 juta. Choose from the drop-downs."),
        _("4. Empty a whole row of another sheet to take it away. No proposal is deleted here."),
        _(
            "5. Save the file as .xlsx and upload it in the portal under Proposals, Excel. You see"
            " first what would change; nothing is saved before you say so."
        ),
        _("6. Files (cost estimate, terms of reference ...) are uploaded in the portal itself."),
    ]
    return [*lines, _("Example data")] if year.is_example else lines


class _Book:
    """The workbook being written: help, pages, and the hidden sheet of lists."""

    def __init__(self, target: BytesIO, lists: Listings) -> None:
        self.book: Any = xlsxwriter.Workbook(target, OPTIONS)
        self.lists, self.looks = lists, Looks(self.book)
        self.written: dict[str, Page] = {}

    def help(self, lines: list[str]) -> None:
        """Write the sheet that says how to fill the others."""
        page = self.book.add_worksheet(str(_("Help"))[:31])
        wrap = self.book.add_format({"text_wrap": True, "valign": "top"})
        bold = self.book.add_format({"bold": True, "font_size": 13})
        page.set_column(0, 0, 24, wrap)
        page.set_column(1, 1, 30, wrap)
        page.set_column(2, 2, 70, wrap)
        page.hide_gridlines(2)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        for at, line in enumerate(lines):
            page.set_row(at, 34 if len(line) > 110 else 18)
            page.merge_range(at, 0, at, 2, line, wrap if at else bold)
        at = len(lines) + 1
        for place, word in enumerate((_("Sheet"), _("Column"), _("What belongs there"))):
            page.write_string(at, place, word, self.looks.head)
        for sheet in SHEETS.values():
            at += 1
            page.write_string(at, 0, str(sheet.word), wrap)
            page.write_string(at, 2, str(sheet.help), wrap)
            for column in (one for one in sheet.filled if one.help and one is not TIE):
                at += 1
                page.write_string(at, 1, _heading(column), wrap)
                page.write_string(at, 2, str(column.help), wrap)
        page.protect()

    def pages(self) -> None:
        """Begin every sheet."""
        for code, sheet in SHEETS.items():
            self.written[code] = Page(self.book, self.looks, sheet, self.lists)
        self.written[PROPOSALS].page.activate()

    def proposal(self, proposal: Proposal, mark: str) -> None:
        """Write a proposal and all its rows; what is closed for changes is locked."""
        codes, key = codes_of(proposal), key_of(proposal)
        locked = {one.name for one in COLUMNS if CODE_OF[one.name] not in codes}
        if proposal.budget_lines.all():
            locked.add("requested_rp")
        if proposal.office.region.is_province:
            locked.add("request_to")
        self.written[PROPOSALS].write(
            Printed(
                {KEY: key} | content_of(proposal),
                str(proposal.pk),
                f"{mark} {marks_of(values_of(proposal))}",
                {"status": proposal.get_status_display()},
                frozenset({KEY, *locked}),
            )
        )
        for part, sheet in PART_SHEETS.items():
            closed = {one.name for one in sheet.filled} if CODE_OF[part] not in codes else set()
            totals = {line.pk: line.total_rp for line in proposal.budget_lines.all()}
            for pk, cells in rows_of(proposal, sheet):
                shown = {"total_rp": totals.get(pk, 0)} if part == "budget_lines" else {}
                row = Printed({KEY: key} | cells, str(pk), "", shown, frozenset(closed))
                self.written[sheet.code].write(row)

    def closed(self, target: BytesIO) -> bytes:
        """Write the hidden lists and return the file."""
        page = self.book.add_worksheet(LIST_SHEET)
        page.hide()
        listings = list(self.lists.by_code.items())
        longest = max(len(listing.offered) for _code, listing in listings)
        for row in range(longest + 1):
            for at, (code, listing) in enumerate(listings):
                if row == 0:
                    page.write_string(0, 2 * at, code)
                elif row <= len(listing.offered):
                    value = listing.offered[row - 1]
                    page.write_string(row, 2 * at, listing.labels[value])
                    page.write_string(row, 2 * at + 1, listing.keys[value])
        self.book.close()
        return target.getvalue()


def _heading(column: Column) -> str:
    return f"{column.word} *" if column.is_needed else str(column.word)
