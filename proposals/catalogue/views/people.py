"""Accounts: list, new person, move, close and open, one-time passwords, history."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from proposals import timeline, web
from proposals.catalogue.actions import people as actions
from proposals.catalogue.forms.people import PeopleFilter, PersonForm
from proposals.catalogue.queries import people as queries
from proposals.catalogue.views import doors
from proposals.catalogue.views.saving import done, new_page, not_saved
from proposals.models import User
from proposals.refused import Refused

SHOWN_ONCE = "one_time_password"
"""Where the session keeps for whom, and the random word that the password is made from."""


def _person(pk: int) -> User:
    return get_object_or_404(User.objects.select_related("office__region", "division"), pk=pk)


@require_GET
def people(request: web.PersonRequest) -> HttpResponse:
    """List the people of every office."""
    doors.admin_only(request)
    filters = PeopleFilter(request.GET)
    page = web.numbered(request, queries.people(filters.asked()))
    context = {"filters": filters, "page": page}
    return web.render_or_part(
        request,
        "proposals/catalogue/people.html",
        "proposals/catalogue/_people_table.html",
        context,
    )


@require_http_methods(["GET", "POST"])
def person_new(request: web.PersonRequest) -> HttpResponse:
    """Make an account with a one-time password."""
    doors.admin_only(request)
    form = PersonForm(None, request.POST or None)
    if form.is_valid():
        nonce = secrets.token_hex(16)
        try:
            made = actions.create_person(password=actions.one_time_password(nonce), **form.values)
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            return _shown_next(request, made, nonce)
    return new_page(
        request,
        form,
        title=_("Add a person"),
        lead=_(
            "The next page shows a one-time password, once. Hand it over in person or by telephone."
        ),
        list_url=reverse("catalogue:people"),
        list_word=_("People"),
        button=_("Make the account"),
    )


@require_http_methods(["GET", "POST"])
def person(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Change who somebody is, or move to another office or role."""
    doors.admin_only(request)
    row = _person(pk)
    shown: dict[str, Any] = {"form": PersonForm(row), "status": 200}
    if request.method == "POST":
        form = PersonForm(row, request.POST)
        shown = not_saved(
            request,
            form,
            lambda: actions.change_person(row, form.seen_version, by=request.user, **form.values),
            lambda: _person(pk),
        )
        if not shown:
            return redirect("catalogue:person", pk=pk)
    context = {"person": row, "is_oneself": row.pk == request.user.pk} | shown
    return render(request, "proposals/catalogue/person.html", context, status=shown["status"])


@require_POST
def person_active(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Close an account, or open it again."""
    doors.admin_only(request)
    row, opens = _person(pk), request.POST.get("act") == "open"
    said = _("Open again: %(name)s.") if opens else _("Closed: %(name)s.")
    done(
        request,
        lambda: actions.set_active(row, by=request.user, is_active=opens),
        said % {"name": row.full_name},
    )
    return redirect("catalogue:person", pk=pk)


@never_cache
@require_http_methods(["GET", "POST"])
def person_password(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Give a new one-time password, and show it on the next page, once."""
    doors.admin_only(request)
    row = _person(pk)
    if request.method == "GET":
        return _shown_once(request, row)
    if row.pk == request.user.pk:
        messages.error(request, _("Change your own password in the menu of your account."))
        return redirect("catalogue:person", pk=pk)
    nonce = secrets.token_hex(16)
    try:
        actions.renew_password(row, actions.one_time_password(nonce))
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
        return redirect("catalogue:person", pk=pk)
    return _shown_next(request, row, nonce)


@require_GET
def person_history(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Show who changed this account, when, and how."""
    doors.admin_only(request)
    row = _person(pk)
    told = timeline.events_of(row, page=web.page_number(request))
    return render(
        request, "proposals/catalogue/person_history.html", {"person": row, "timeline": told}
    )


def _shown_next(request: web.PersonRequest, row: User, nonce: str) -> HttpResponse:
    """Keep the random word alone: the password is made from it once more, and never stored."""
    request.session[SHOWN_ONCE] = {"person": row.pk, "nonce": nonce}
    return redirect("catalogue:person_password", pk=row.pk)


def _shown_once(request: web.PersonRequest, row: User) -> HttpResponse:
    kept = request.session.get(SHOWN_ONCE, {})
    password = ""
    if kept.get("person") == row.pk:
        password = actions.one_time_password(kept["nonce"])
        del request.session[SHOWN_ONCE]
    context = {"person": row, "password": password}
    return render(request, "proposals/catalogue/person_password.html", context)
