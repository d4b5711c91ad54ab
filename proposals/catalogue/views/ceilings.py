"""Ceilings of a year: list, a new one, its amount, and removing one that nothing counts against."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from proposals import web
from proposals.catalogue.actions import ceilings as actions
from proposals.catalogue.forms.years import CeilingForm
from proposals.catalogue.queries import years as queries
from proposals.catalogue.views import doors
from proposals.catalogue.views.saving import done, not_saved
from proposals.ceilings import agreed_under
from proposals.models import Ceiling, PlanningYear


def _ceilings(pk: int) -> QuerySet[Ceiling]:
    rows = Ceiling.objects.select_related("year", "region", "funding_source", "sector")
    return rows.filter(year=pk)


def _ceiling(pk: int, ceiling: int) -> Ceiling:
    return get_object_or_404(_ceilings(pk), pk=ceiling)


@require_GET
def ceilings(request: web.PersonRequest, pk: int) -> HttpResponse:
    """List the ceilings of a year."""
    doors.admin_only(request)
    planning_year = get_object_or_404(PlanningYear, pk=pk)
    page = web.numbered(request, queries.ceilings_of(planning_year), per_page=50)
    context = {"planning_year": planning_year, "page": page}
    return render(request, "proposals/catalogue/ceilings.html", context)


@require_http_methods(["GET", "POST"])
def ceiling_new(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Set a ceiling for a purse, a source, and one sector or all."""
    doors.admin_only(request)
    planning_year = get_object_or_404(PlanningYear, pk=pk)
    form = CeilingForm(Ceiling(), request.POST or None)
    if form.is_valid() and web.carried_out(form, actions.add_ceiling, planning_year, **form.values):
        messages.success(request, _("Ceiling saved."))
        return redirect("catalogue:ceilings", pk=pk)
    context = {"planning_year": planning_year, "form": form}
    status = web.UNPROCESSABLE if form.errors else 200
    return render(request, "proposals/catalogue/ceiling.html", context, status=status)


@require_http_methods(["GET", "POST"])
def ceiling(request: web.PersonRequest, pk: int, ceiling: int) -> HttpResponse:
    """Change the amount of a ceiling."""
    doors.admin_only(request)
    row = _ceiling(pk, ceiling)
    agreed = agreed_under(row)
    form = CeilingForm(_ceiling(pk, ceiling), request.POST or None, agreed_rp=agreed)
    shown: dict[str, Any] = {"form": form, "status": 200}
    if request.method == "POST":
        shown = not_saved(
            request,
            form,
            lambda: actions.change_ceiling(row, form.seen_version, **form.values),
            lambda: _ceiling(pk, ceiling),
        )
        if not shown:
            return redirect("catalogue:ceilings", pk=pk)
    context = {
        "planning_year": row.year,
        "ceiling": row,
        "is_used": actions.is_used(row),
        "agreed_rp": agreed,
    } | shown
    return render(request, "proposals/catalogue/ceiling.html", context, status=shown["status"])


@require_POST
def ceiling_remove(request: web.PersonRequest, pk: int, ceiling: int) -> HttpResponse:
    """Remove a ceiling under which nothing is agreed."""
    doors.admin_only(request)
    row = _ceilings(pk).filter(pk=ceiling).first()
    if row is None:
        web.say_done_already(request)
        return redirect("catalogue:ceilings", pk=pk)
    if done(
        request,
        lambda: actions.remove_ceiling(row, web.seen_version(request)),
        _("Ceiling removed: this source has no limit now."),
    ):
        return redirect("catalogue:ceilings", pk=pk)
    return redirect("catalogue:ceiling", pk=pk, ceiling=ceiling)
