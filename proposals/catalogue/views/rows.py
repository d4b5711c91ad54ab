"""What the pages of one row share: facts, form, flag card, and the answer to a stale form."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from proposals import access, timeline, web
from proposals.catalogue.actions import rows as actions
from proposals.catalogue.forms.filters import FilterForm
from proposals.catalogue.forms.flags import FlagForm, UnflagForm
from proposals.catalogue.forms.rows import row_form
from proposals.catalogue.queries import cells, flags, lists
from proposals.catalogue.specs import SPECS, ListSpec, goods
from proposals.catalogue.views import doors
from proposals.catalogue.views.saving import Shown, not_saved
from proposals.models import PlanningYear, PriorityFlag, ReviewCriterion, Sector
from proposals.models.listed import Listed

RANKS = "ranks"
FLAGGED = ("sectors", "commodities")


def about(request: web.PersonRequest, spec: ListSpec) -> Shown:
    """Return what every page of a list tells."""
    return {
        "spec": spec,
        "specs": SPECS,
        "may_administer": access.may_administer(request.user),
        "is_criteria": spec.model is ReviewCriterion,
    }


def show(
    request: web.PersonRequest, spec: ListSpec, row: Listed, shown: Shown, status: int = 200
) -> HttpResponse:
    """Answer the page of a row; ``shown`` holds the forms that were not taken."""
    may_write = access.may_administer(request.user)
    context = about(request, spec) | {
        "row": row,
        "facts": cells.cells(spec, row, spec.facts(is_edited=may_write)),
        "form": row_form(spec, row) if may_write else None,
    }
    if spec.name not in FLAGGED:
        context |= {"uses": lists.uses(spec, row, request.user)}
        return render(request, "proposals/catalogue/row.html", context | shown, status=status)
    year = doors.flag_year(request)
    context |= flag_card(request, row, year, shown)
    if spec.model is Sector:
        context |= sector_table(request, year) | {"timeline": flag_history(year)}
        return render(request, "proposals/catalogue/sectors.html", context | shown, status=status)
    return render(request, "proposals/catalogue/row.html", context | shown, status=status)


def page_or_table(
    request: web.PersonRequest, page: str, table: str, context: Shown
) -> HttpResponse:
    """Send the table alone where htmx asks for it; a moved flag changes table and order both."""
    part = page if request.htmx.target == RANKS else table
    return web.render_or_part(request, page, part, context)


def sector_table(request: web.PersonRequest, year: PlanningYear | None) -> Shown:
    """Return the table of sectors with their goods, proposals and flags."""
    spec = goods.SECTORS
    form = FilterForm(spec, request.GET)
    rows = flags.flagged(lists.rows_of(spec, form.asked()), year)
    return {
        "filters": form,
        "page": web.numbered(request, flags.with_goods(rows, year, request.user)),
        "heads": cells.heads(spec, form.order),
        "sort": form.order,
        "flag_year": year,
    }


def flag_card(
    request: web.PersonRequest, row: Listed, year: PlanningYear | None, shown: Shown
) -> Shown:
    """Return the flag of a row and, for the admin, the forms that set, change or remove it."""
    board = flags.board(year, type(row))
    flag = board.of(row) if board else None
    card: Shown = {"board": board, "flag": flag, "flag_year": year}
    may_write = access.may_administer(request.user) and not row.is_retired
    if board is None or board.is_fixed or not may_write:
        return card
    if "flag_form" not in shown:
        card["flag_form"] = FlagForm(board, row, flags.stages_of(row))
    if flag is not None and "unflag_form" not in shown:
        card["unflag_form"] = UnflagForm(flag)
    return card


def flag_history(year: PlanningYear | None) -> timeline.Timeline | None:
    """Tell who set and removed flags of a year, the newest few."""
    if year is None:
        return None
    return timeline.events_of(year, [PriorityFlag], per_page=6, hidden=flags.BESIDE_THE_LIMIT)


def take(request: web.PersonRequest, spec: ListSpec, row: Listed) -> HttpResponse:
    """Take the form of a row; what was not saved is shown again with all that was typed."""
    form = row_form(spec, row, request.POST)
    shown = not_saved(
        request,
        form,
        lambda: actions.change_row(spec, row, form.seen_version, form.values, form.linked),
        lambda: lists.row_with_links(spec).get(pk=row.pk),
        spec.children,
    )
    if shown:
        return show(request, spec, row, shown, shown["status"])
    return redirect(f"catalogue:{spec.one}", pk=row.pk)
