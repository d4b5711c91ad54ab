"""Pages of every reference list: table, one row, a new row, retiring, history."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from proposals import access, timeline, web
from proposals.catalogue.actions import rows as actions
from proposals.catalogue.forms.filters import FilterForm
from proposals.catalogue.forms.rows import row_form
from proposals.catalogue.queries import cells, flags, lists, places
from proposals.catalogue.specs import SPECS, ListSpec, rules
from proposals.catalogue.views import doors
from proposals.catalogue.views.rows import about, page_or_table, show, take
from proposals.catalogue.views.saving import done
from proposals.models import Commodity


@require_GET
def index(request: web.PersonRequest) -> HttpResponse:
    """Show every list with what it holds."""
    counted = lists.counts()
    context = {
        "cards": [(spec, counted[spec.name]) for spec in SPECS],
        "may_administer": access.may_administer(request.user),
    }
    return render(request, "proposals/catalogue/index.html", context)


@require_GET
def list_page(request: web.PersonRequest, spec: ListSpec) -> HttpResponse:
    """Show one list as its address asks for it."""
    form = FilterForm(spec, request.GET)
    rows = lists.rows_of(spec, form.asked())
    year = doors.flag_year(request) if spec.model is Commodity else None
    if spec.model is Commodity:
        rows = flags.flagged(rows, year)
    page = web.numbered(request, rows)
    context = about(request, spec) | {
        "filters": form,
        "page": page,
        "lines": cells.lines(spec, page),
        "heads": cells.heads(spec, form.order),
        "sort": form.order,
        "flag_year": year,
    }
    if spec.model is Commodity:
        context["board"] = flags.board(year, Commodity)
    return page_or_table(
        request, "proposals/catalogue/list.html", "proposals/catalogue/_list_table.html", context
    )


@require_http_methods(["GET", "POST"])
def row_page(request: web.PersonRequest, pk: int, spec: ListSpec) -> HttpResponse:
    """Show one row; the admin changes it here."""
    doors.may_post(request)
    row = get_object_or_404(lists.row_with_links(spec), pk=pk)
    return take(request, spec, row) if request.method == "POST" else show(request, spec, row, {})


@require_http_methods(["GET", "POST"])
def new_row(request: web.PersonRequest, spec: ListSpec) -> HttpResponse:
    """Add a row to a list that grows by hand."""
    doors.admin_only(request)
    form = row_form(spec, None, request.POST or None)
    if form.is_valid() and web.carried_out(form, actions.add_row, spec, form.values, form.linked):
        messages.success(request, _("Added: %(name)s.") % {"name": form.values["name_id"]})
        return redirect(f"catalogue:{spec.name}")
    status = web.UNPROCESSABLE if form.errors else 200
    context = about(request, spec) | {"form": form}
    return render(request, "proposals/catalogue/new_row.html", context, status=status)


@require_POST
def retire_row(request: web.PersonRequest, pk: int, spec: ListSpec) -> HttpResponse:
    """Retire a row or bring it back."""
    doors.admin_only(request)
    row = get_object_or_404(spec.model._default_manager.order_by("pk"), pk=pk)
    is_retired = request.POST.get("act") == "retire"
    said = _("Retired: %(name)s.") if is_retired else _("In use again: %(name)s.")
    done(
        request,
        lambda: actions.set_retired(row, web.seen_version(request), is_retired=is_retired),
        said % {"name": row.name},
    )
    return redirect(f"catalogue:{spec.one}", pk=row.pk)


@require_GET
def row_history(request: web.PersonRequest, pk: int, spec: ListSpec) -> HttpResponse:
    """Show who changed this row, when, and how."""
    row = get_object_or_404(spec.model._default_manager.order_by("pk"), pk=pk)
    context = about(request, spec) | {
        "row": row,
        "timeline": timeline.events_of(row, spec.children, page=web.page_number(request)),
    }
    return render(request, "proposals/catalogue/row_history.html", context)


@require_http_methods(["GET", "POST"])
def new_criteria_version(request: web.PersonRequest) -> HttpResponse:
    """Ask once more, then copy the criteria in use as a version whose weights may change."""
    doors.admin_only(request)
    if request.method == "POST":
        said = _("A new version of the criteria is in use.")
        after = web.number_in(request.POST.get("versi", ""), 8)
        done(request, lambda: actions.new_criteria_version(after), said)
        return redirect("catalogue:criteria")
    context = {
        "spec": rules.CRITERIA,
        "hindrance": actions.version_hindrance(),
        "version": actions.last_criteria_version(),
    }
    return render(request, "proposals/catalogue/criteria_version.html", context)


@require_GET
def regions(request: web.PersonRequest) -> HttpResponse:
    """Show the regions with their neighbours and districts; they come from the national list."""
    context = {"regions": places.regions(), "specs": SPECS}
    return render(request, "proposals/catalogue/regions.html", context)
