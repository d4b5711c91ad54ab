"""Planning years: list, new one, window, state, and what one office has of a year."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from proposals import timeline, web
from proposals.catalogue.actions import years as actions
from proposals.catalogue.forms.years import OfficeYearForm, StateForm, YearForm, first_values
from proposals.catalogue.queries import years as queries
from proposals.catalogue.views import doors
from proposals.catalogue.views.saving import new_page, not_saved
from proposals.enums import YearState
from proposals.models import Ceiling, FlagStage, OfficeYear, PlanningYear, PriorityFlag

CHILDREN = (OfficeYear, Ceiling, PriorityFlag, (FlagStage, "flag__year"))


def _year(pk: int) -> PlanningYear:
    return get_object_or_404(PlanningYear.objects.select_related("office"), pk=pk)


@require_GET
def years(request: web.PersonRequest) -> HttpResponse:
    """List the planning years."""
    doors.admin_only(request)
    page = web.numbered(request, queries.years())
    return render(request, "proposals/catalogue/years.html", {"page": page})


@require_http_methods(["GET", "POST"])
def year_new(request: web.PersonRequest) -> HttpResponse:
    """Make a year that is being prepared."""
    doors.admin_only(request)
    form = YearForm(None, request.POST or None)
    if request.method == "GET":
        form.initial = dict(form.initial) | first_values()
    if form.is_valid() and web.carried_out(
        form, actions.add_year, office=request.user.office, **form.values
    ):
        messages.success(request, _("Added: %(name)s.") % {"name": form.values["fiscal_year"]})
        return redirect("catalogue:years")
    return new_page(
        request,
        form,
        title=_("Add a year"),
        lead=_("It begins as prepared; nothing is sent before you open it."),
        list_url=reverse("catalogue:years"),
        list_word=_("Planning years"),
        button=_("Save"),
    )


@require_http_methods(["GET", "POST"])
def year(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Show a year with its offices; change window, days and limit."""
    doors.admin_only(request)
    row = _year(pk)
    shown: dict[str, Any] = {"form": YearForm(row), "status": 200}
    if request.method == "POST":
        form = YearForm(row, request.POST)
        shown = not_saved(
            request,
            form,
            lambda: actions.change_year(row, form.seen_version, **form.values),
            lambda: _year(pk),
        )
        if not shown:
            return redirect("catalogue:year", pk=pk)
    context = {
        "planning_year": row,
        "next_states": [
            (state, actions.name_of_move(row, state)) for state in actions.NEXT[row.state]
        ],
        "offices": queries.offices_of(row),
        "n_ceilings": queries.ceilings_of(row).count(),
    } | shown
    return render(request, "proposals/catalogue/year.html", context, status=shown["status"])


@require_http_methods(["GET", "POST"])
def year_state(request: web.PersonRequest, pk: int, state: str) -> HttpResponse:
    """Ask once more, then move a year to another state."""
    doors.admin_only(request)
    row = _year(pk)
    if state not in actions.NEXT[row.state]:
        return _moved_already(request, row, state)
    target = YearState(state)
    reopens = row.state == YearState.CLOSED and target == YearState.OPEN
    form = StateForm(request.POST or None, needs_reason=reopens)
    if form.is_valid() and web.carried_out(
        form,
        actions.move_year,
        row,
        web.seen_version(request),
        target,
        reason=form.cleaned_data.get("reason", ""),
    ):
        messages.success(request, _("The year is now: %(state)s.") % {"state": target.label})
        return redirect("catalogue:year", pk=pk)
    context = {
        "planning_year": row,
        "form": form,
        "move": actions.name_of_move(row, target),
        "target": target,
        "hindrance": actions.hindrance(row, target, reason="-"),
        "drafts_left": actions.drafts_left(row),
    }
    status = web.UNPROCESSABLE if form.errors else 200
    return render(request, "proposals/catalogue/year_state.html", context, status=status)


def _moved_already(request: web.PersonRequest, row: PlanningYear, state: str) -> HttpResponse:
    """Answer a button pressed twice, or after somebody else's, with the state that stands."""
    if request.method != "POST" or state not in YearState.values:
        raise Http404
    messages.info(request, _("The year is now: %(state)s.") % {"state": row.get_state_display()})
    return redirect("catalogue:year", pk=row.pk)


@require_http_methods(["GET", "POST"])
def office_year(request: web.PersonRequest, pk: int, office_year: int) -> HttpResponse:
    """Give one office more time, or a limit of proposals."""
    doors.admin_only(request)
    rows = OfficeYear.objects.select_related("year", "office__region")
    row = get_object_or_404(rows, pk=office_year, year=pk)
    shown: dict[str, Any] = {"form": OfficeYearForm(instance=rows.get(pk=row.pk)), "status": 200}
    if request.method == "POST":
        form = OfficeYearForm(request.POST, instance=rows.get(pk=row.pk))
        shown = not_saved(
            request,
            form,
            lambda: actions.change_office_year(row, form.seen_version, **form.values),
            lambda: rows.get(pk=row.pk),
        )
        if not shown:
            return redirect("catalogue:year", pk=pk)
    context = {"planning_year": row.year, "office_year": row} | shown
    return render(request, "proposals/catalogue/office_year.html", context, status=shown["status"])


@require_GET
def year_history(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Show who changed a year, its offices, ceilings and flags."""
    doors.admin_only(request)
    row = _year(pk)
    told = timeline.events_of(row, CHILDREN, page=web.page_number(request))
    context = {"planning_year": row, "timeline": told}
    return render(request, "proposals/catalogue/year_history.html", context)
