"""Priority flags: the page of sectors, setting, changing, removing a flag, and its rank."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from proposals import web
from proposals.catalogue.forms.flags import FlagForm, UnflagForm
from proposals.catalogue.queries import flags, lists
from proposals.catalogue.queries.flags import Board
from proposals.catalogue.specs import ListSpec, goods
from proposals.catalogue.views import doors
from proposals.catalogue.views.rows import RANKS, about, page_or_table, sector_table, show
from proposals.keeping import flags as actions
from proposals.keeping.versions import Stale
from proposals.models import Commodity, PriorityFlag, Sector
from proposals.models.listed import Listed
from proposals.refused import Refused


@require_GET
def sectors(request: web.PersonRequest) -> HttpResponse:
    """Show the sectors, and the order of those that are first this year."""
    year = doors.flag_year(request)
    context = about(request, goods.SECTORS) | sector_table(request, year)
    context["board"] = flags.board(year, Sector)
    return page_or_table(
        request,
        "proposals/catalogue/sectors.html",
        "proposals/catalogue/_sector_table.html",
        context,
    )


@require_POST
def set_flag(request: web.PersonRequest, pk: int, spec: ListSpec) -> HttpResponse:
    """Flag a sector or commodity, or change the reason of its flag."""
    doors.admin_only(request)
    row, board = _row_and_board(request, pk, spec)
    form = FlagForm(board, row, flags.stages_of(row), request.POST)
    if form.is_valid() and web.carried_out(form, _write, board, row, form):
        messages.success(request, _("Flag saved: %(name)s.") % {"name": row.name})
        return redirect(_back(request, spec, row))
    form.seen(_flags(board).filter(**{spec.one: row.pk}).first())
    return show(request, spec, row, {"flag_form": form}, web.UNPROCESSABLE)


def _write(board: Board, row: Sector | Commodity, form: FlagForm) -> None:
    flag, seen = board.of(row), form.cleaned_data["row_version"] or 0
    if flag is None and seen:
        raise Stale
    if flag is None:
        gives_up = form.cleaned_data.get("gives_up")
        actions.set_flag(board.year, row, form.ground, gives_up=gives_up)
    else:
        actions.change_flag(flag, seen, form.ground)


@require_POST
def remove_flag(request: web.PersonRequest, pk: int, spec: ListSpec) -> HttpResponse:
    """Take a flag away, with the reason."""
    doors.admin_only(request)
    row, board = _row_and_board(request, pk, spec)
    flag = _flags(board).filter(**{spec.one: row.pk}).first()
    if flag is None:
        web.say_done_already(request)
        return redirect(_back(request, spec, row))
    form = UnflagForm(flag, request.POST)
    if form.is_valid():
        version, reason = form.cleaned_data["row_version"] or 0, form.cleaned_data["reason"]
        if web.carried_out(form, actions.remove_flag, flag, version, reason=reason):
            messages.success(request, _("Flag taken away: %(name)s.") % {"name": row.name})
            return redirect(_back(request, spec, row))
    return show(request, spec, row, {"unflag_form": form}, web.UNPROCESSABLE)


@require_POST
def move_flag(request: web.PersonRequest, pk: int, spec: ListSpec) -> HttpResponse:
    """Move a flag one place up or down."""
    doors.admin_only(request)
    flag = get_object_or_404(PriorityFlag.objects.select_related("year"), pk=pk)
    step = actions.UP if request.POST.get("move") == "up" else actions.DOWN
    try:
        actions.move(flag, step)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    return redirect(f"{reverse(f'catalogue:{spec.name}')}?year={flag.year}#{RANKS}")


def _row_and_board(
    request: web.PersonRequest, pk: int, spec: ListSpec
) -> tuple[Sector | Commodity, Board]:
    row = get_object_or_404(lists.row_with_links(spec), pk=pk)
    board = flags.board(doors.flag_year(request), spec.model)
    if board is None or not isinstance(row, Sector | Commodity):
        raise Http404
    return row, board


def _flags(board: Board) -> QuerySet[PriorityFlag]:
    return PriorityFlag.objects.filter(year=board.year).select_related("year")


def _back(request: web.PersonRequest, spec: ListSpec, row: Listed) -> str:
    """Return the page of the row, in the year that was shown."""
    year = request.GET.get("year", "")
    address = reverse(f"catalogue:{spec.one}", args=[row.pk])
    return f"{address}?year={year}" if year.isdecimal() else address
