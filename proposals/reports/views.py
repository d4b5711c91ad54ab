"""Dashboard, its downloads and its printed page."""

from typing import TypeVar

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from proposals import access, totals, web
from proposals.models import PlanningYear
from proposals.reports import exports
from proposals.reports.queries import Dashboard, dashboard_for

Answer = TypeVar("Answer", bound=HttpResponseBase)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def dashboard(request: web.PersonRequest) -> HttpResponse:
    """Show the sums of the current year: by regency, by sector, and the board of offices."""
    year = web.current_year(request)
    shown = dashboard_for(request.user, year) if year else None
    context = {"dashboard": shown, "sees_board": access.sees_recap(request.user)}
    return render(request, "proposals/reports/dashboard.html", context)


@require_safe
def board(request: web.PersonRequest) -> HttpResponse:
    """Show where each office stands: not begun, drafts, complete but unsent, sent, decided."""
    year = _year(request)
    if not access.sees_recap(request.user):
        raise Http404
    return render(request, "proposals/reports/board.html", {"standings": totals.board(year)})


@require_safe
def print_recap(request: web.PersonRequest) -> HttpResponse:
    """Show the recaps as clean A4 pages, marked as a draft before signing."""
    year = _year(request)
    context = {
        "dashboard": dashboard_for(request.user, year),
        "stamp": exports.stamp(year),
        "is_draft": not year.is_signed,
    }
    return render(request, "proposals/reports/print_recap.html", context)


@require_safe
def download_xlsx(request: web.PersonRequest) -> HttpResponse:
    """Send the recaps as one workbook."""
    year = _year(request)
    sheets = list(_sheets(dashboard_for(request.user, year)).values())
    answer = HttpResponse(exports.xlsx(sheets, year), content_type=XLSX)
    return _as_file(answer, f"rekap-usulan-{year.fiscal_year}.xlsx")


@require_safe
def board_xlsx(request: web.PersonRequest) -> HttpResponse:
    """Send the board of offices as a workbook."""
    year = _year(request)
    if not access.sees_recap(request.user):
        raise Http404
    sheet = exports.board_sheet(_("Board of offices"), totals.board(year))
    answer = HttpResponse(exports.xlsx([sheet], year), content_type=XLSX)
    return _as_file(answer, f"papan-kantor-{year.fiscal_year}.xlsx")


@require_safe
def download_csv(request: web.PersonRequest, name: str) -> HttpResponseBase:
    """Send one table as CSV: ``daerah``, ``sektor``, or ``kantor`` for the board of offices."""
    year = _year(request)
    if name == "kantor" and access.sees_recap(request.user):
        sheet = exports.board_sheet(_("Board of offices"), totals.board(year))
    elif name in {"daerah", "sektor"}:
        sheet = _sheets(dashboard_for(request.user, year))[name]
    else:
        raise Http404
    answer = StreamingHttpResponse(exports.csv_lines(sheet), content_type="text/csv; charset=utf-8")
    return _as_file(answer, f"{slugify(sheet.name)}-{year.fiscal_year}.csv")


def _year(request: web.PersonRequest) -> PlanningYear:
    year = web.current_year(request)
    if year is None:
        raise Http404
    return year


def _sheets(shown: Dashboard) -> dict[str, exports.Sheet]:
    return {
        "daerah": exports.recap_sheet(_("Recap by regency"), shown.by_office, shown.shown),
        "sektor": exports.recap_sheet(_("Recap by sector"), shown.by_sector, shown.shown),
    }


def _as_file(answer: Answer, name: str) -> Answer:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
