"""Offices: list, change, retire, a new one of another kind, history."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from proposals import timeline, web
from proposals.catalogue.actions import offices as actions
from proposals.catalogue.forms.people import NewOfficeForm, OfficeFilter, OfficeForm
from proposals.catalogue.queries import places
from proposals.catalogue.views import doors
from proposals.catalogue.views.saving import done, new_page, not_saved
from proposals.models import Office


def _office(pk: int) -> Office:
    return get_object_or_404(Office.objects.select_related("region", "parent"), pk=pk)


@require_GET
def offices(request: web.PersonRequest) -> HttpResponse:
    """List the offices with the people in each."""
    doors.admin_only(request)
    filters = OfficeFilter(request.GET)
    asked = filters.asked()
    rows = places.offices(asked.get("q", ""), asked.get("kind", ""), asked.get("state", ""))
    context = {"filters": filters, "page": web.numbered(request, rows, per_page=50)}
    return web.render_or_part(
        request,
        "proposals/catalogue/offices.html",
        "proposals/catalogue/_offices_table.html",
        context,
    )


@require_http_methods(["GET", "POST"])
def office_new(request: web.PersonRequest) -> HttpResponse:
    """Add an office of another kind."""
    doors.admin_only(request)
    form = NewOfficeForm(request.POST or None)
    if form.is_valid() and web.carried_out(form, actions.add_office, **form.cleaned_data):
        messages.success(request, _("Added: %(name)s.") % {"name": form.cleaned_data["name"]})
        return redirect("catalogue:offices")
    return new_page(
        request,
        form,
        title=_("Add an office"),
        lead=_("An office of another kind, for observers; it files no proposals."),
        list_url=reverse("catalogue:offices"),
        list_word=_("Offices"),
        button=_("Save"),
    )


@require_http_methods(["GET", "POST"])
def office(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Rename an office, and say whether its officers may send."""
    doors.admin_only(request)
    row = _office(pk)
    shown: dict[str, Any] = {"form": OfficeForm(instance=_office(pk)), "status": 200}
    if request.method == "POST":
        form = OfficeForm(request.POST, instance=_office(pk))
        shown = not_saved(
            request,
            form,
            lambda: actions.change_office(row, form.seen_version, **form.values),
            lambda: _office(pk),
        )
        if not shown:
            return redirect("catalogue:office", pk=pk)
    context = {"office": row} | shown
    return render(request, "proposals/catalogue/office.html", context, status=shown["status"])


@require_POST
def office_retire(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Retire an office in which nobody works, or bring it back."""
    doors.admin_only(request)
    row, is_retired = _office(pk), request.POST.get("act") == "retire"
    said = _("Retired: %(name)s.") if is_retired else _("In use again: %(name)s.")
    done(
        request,
        lambda: actions.set_retired(row, web.seen_version(request), is_retired=is_retired),
        said % {"name": row.name},
    )
    return redirect("catalogue:office", pk=pk)


@require_GET
def office_history(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Show who changed this office, when, and how."""
    doors.admin_only(request)
    row = _office(pk)
    told = timeline.events_of(row, page=web.page_number(request))
    return render(
        request, "proposals/catalogue/office_history.html", {"office": row, "timeline": told}
    )
