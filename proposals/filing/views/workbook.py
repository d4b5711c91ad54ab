"""Excel there and back: download the workbook, upload it filled, look first, then save."""

from itertools import islice
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from proposals import access, web
from proposals.enums import WorkbookState
from proposals.filing.forms.workbook import MendForm, WorkbookForm
from proposals.filing.queries.workbook import (
    VIEWS,
    preview_rows,
    progress_of,
    uploads_of,
)
from proposals.filing.tasks import mark_workbook, read_workbook, save_workbook
from proposals.filing.workbook import applying, sheets
from proposals.filing.workbook.mending import mend_cell
from proposals.filing.workbook.previewing import preview
from proposals.filing.workbook.reading import Layout, rows_of
from proposals.models import PlanningYear, User, WorkbookUpload
from proposals.refused import Refused
from proposals.uploads.kinds import Upload
from proposals.web import PersonRequest
from proposals.web.writing import Writing

INDEX = "proposals/filing/workbook/index.html"
PAGE = "proposals/filing/workbook/one.html"
PROGRESS = "proposals/filing/workbook/_progress.html"


def _year(request: PersonRequest) -> PlanningYear:
    """Return the year in hand, for somebody who files for an office."""
    year = web.current_year(request)
    if year is None or not access.may_file(request.user):
        raise Http404
    return year


def _upload(request: PersonRequest, pk: int) -> WorkbookUpload:
    return get_object_or_404(uploads_of(request.user), pk=pk)


@require_http_methods(["GET", "POST"])
def workbooks(request: PersonRequest) -> HttpResponse:
    """Offer the workbook and take a filled one; what it would change is shown on its own page."""
    year = _year(request)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _taken_in(year, request.user, form.cleaned_data["file"])
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error("file", reason)
        else:
            return redirect("filing:workbook", made.pk)
    page = web.numbered(request, uploads_of(request.user).filter(year=year))
    status = web.UNPROCESSABLE if form.errors else 200
    return render(request, INDEX, {"form": form, "page": page}, status=status)


@transaction.atomic
def _taken_in(year: PlanningYear, by: User, upload: Upload) -> WorkbookUpload:
    """Keep a file and read it: a short one while the person waits, a long one behind the page.

    Keeping and reading (or the job that reads) are one transaction: no crash leaves a file unread.
    """
    made = applying.receive(year=year, by=by, upload=upload)
    if _is_short(made):
        preview(made)
    else:
        read_workbook.enqueue(made.pk)
    return made


def _is_short(upload: WorkbookUpload) -> bool:
    kind = upload.name.rpartition(".")[2]
    try:
        with upload.file.open("rb") as file:
            rows = islice(rows_of(file, kind, Layout()), applying.ROWS_AT_ONCE + 1)
            return sum(1 for _row in rows) <= applying.ROWS_AT_ONCE
    except Refused:
        return True  # reading it says why it cannot be read


@require_GET
def workbook_download(request: PersonRequest) -> HttpResponse:
    """Send the workbook of the person's office."""
    year = _year(request)
    return _sent(sheets.of_office(request.user, year), sheets.file_name(request.user, year))


def _sent(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=sheets.CONTENT_TYPE)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"  # noqa: FBT003 - Django's own signature
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_GET
def workbook(request: PersonRequest, pk: int) -> HttpResponse:
    """Show what an uploaded workbook would change, or how far the reading is."""
    upload = _upload(request, pk)
    if upload.is_busy:
        done, total = progress_of(upload)
        context: dict[str, Any] = {"upload": upload, "done": done, "total": total}
        return web.render_or_part(request, PAGE, PROGRESS, context)
    if request.htmx and request.htmx.target == "progress":
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
        return answer
    view = request.GET.get("tampil", "")
    page = web.numbered(request, preview_rows(upload, view))
    views = [
        ("", _("All"), upload.n_proposals, ""),
        ("galat", _("Wrong"), upload.n_refused, "rk-t-kesumba"),
        ("baru", _("New"), upload.n_new, "rk-t-daun"),
        ("berubah", _("Changed"), upload.n_changed, "rk-t-kunyit"),
        ("tetap", _("Unchanged"), upload.n_same, ""),
    ]
    context = {
        "upload": upload,
        "page": page,
        "view": view if view in VIEWS else "",
        "views": views,
        "totals": upload.totals,
    }
    return render(request, PAGE, context)


@require_POST
def workbook_save(request: PersonRequest, pk: int) -> HttpResponse:
    """Save the whole workbook or nothing; a large one is saved behind the page."""
    upload = _upload(request, pk)
    try:
        if upload.state == WorkbookState.APPLYING:
            return redirect("filing:workbook", pk)  # pressed twice: it is being saved already
        if upload.state != WorkbookState.APPLIED and not applying.is_small(upload):
            with transaction.atomic():
                applying.begin_applying(upload=upload, by=request.user)
                save_workbook.enqueue(upload.pk, request.user.pk)
        else:
            _say_saved(request, applying.apply_upload(upload=upload, by=request.user))
    except Refused:
        messages.error(request, _("Nothing was saved: see what stands in the way."))
    return redirect("filing:workbook", pk)


def _say_saved(request: PersonRequest, upload: WorkbookUpload) -> None:
    number = upload.n_touched
    text = ngettext(
        "%(n)s proposal is saved as a draft. It is not sent yet.",
        "%(n)s proposals are saved as drafts. They are not sent yet.",
        number,
    )
    messages.success(request, text % {"n": number})


@require_POST
def workbook_mend(request: PersonRequest, pk: int) -> HttpResponse:
    """Put the reading that the person chose into its cell."""
    upload = _upload(request, pk)
    form = MendForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the amounts."))
        return redirect("filing:workbook", pk)
    row_id, column, figures = form.cell()
    try:
        mend_cell(upload=upload, by=request.user, row_id=row_id, column=column, figures=figures)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, _("The amount is taken over. The file itself stays as it is."))
    return redirect("filing:workbook", pk)


@require_GET
def workbook_errors(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Send the file back, every wrong cell marked with its error; a large one is written behind."""
    upload = _upload(request, pk)
    if not upload.n_refused or upload.is_busy:
        raise Http404
    name = f"galat-{upload.name.rpartition('.')[0]}.xlsx"
    if upload.rows.count() <= applying.ROWS_AT_ONCE:
        return _sent(sheets.with_errors(upload), name)
    given = (upload.pk, upload.n_wrong_cells)
    return Writing(mark_workbook, given, name, sheets.CONTENT_TYPE).answer(request)
