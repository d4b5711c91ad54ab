"""An office at its desk: downloads the workbook, types in it with openpyxl, uploads it again."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from proposals.filing.workbook import previewing, sheets
from proposals.filing.workbook.applying import apply_upload, receive
from proposals.models import Proposal, WorkbookUpload
from tests.builders import current_year


def downloaded(user):
    return sheets.of_office(user, current_year())


def opened(content):
    return load_workbook(BytesIO(content))


def saved(book):
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def columns(sheet):
    """Return the column number of each heading, without its star."""
    return {str(cell.value).replace(" *", ""): cell.column for cell in sheet[1] if cell.value}


def row_of(sheet, key):
    return next(row[0].row for row in sheet.iter_rows(min_row=2) if row[0].value == key)


def write(sheet, row, **values):
    """Write cells of a row by their headings, spaces for underscores."""
    places = columns(sheet)
    for heading, value in values.items():
        sheet.cell(row, places[heading.replace("_", " ")]).value = value


def append(sheet, key, **values):
    """Write a row below the last filled one."""
    row = 1 + max(
        (cells[0].row for cells in sheet.iter_rows(min_row=1) if cells[0].value), default=1
    )
    sheet.cell(row, 1).value = key
    write(sheet, row, **values)
    return row


def uploaded(user, content, name="usulan.xlsx", year=None):
    """Receive a file and read it at once, as the page does with a small one."""
    file = SimpleUploadedFile(name, content)
    upload = receive(year=year or current_year(), by=user, upload=file)
    previewing.preview(upload)
    return WorkbookUpload.objects.select_related("office__region", "year", "by").get(pk=upload.pk)


def counts(upload):
    return (upload.n_new, upload.n_changed, upload.n_same, upload.n_refused)


def messages(upload):
    """Return every error by its cell."""
    rows = upload.rows.filter(outcome="refused").order_by("sheet", "number")
    return {
        error["cell"]: error["message"] for row in rows for error in row.found.get("errors", ())
    }


def changes(upload):
    rows = upload.rows.filter(outcome="changed").order_by("number")
    return [(one["cell"], one["old"], one["new"]) for row in rows for one in row.found["changes"]]


def applied(user, upload):
    apply_upload(upload=upload, by=user)
    upload.refresh_from_db()
    return upload


def fresh(proposal):
    return Proposal.objects.get(pk=proposal.pk)
