"""The office's own list: order, completeness, covering letter, what waits for the head."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
)

from proposals import access, completeness, web
from proposals.enums import Role, Status
from proposals.filing.actions import set_order
from proposals.filing.forms.acts import OwnFilter
from proposals.filing.forms.papers import UploadForm
from proposals.filing.queries import own
from proposals.filing.queries.order import order_after, order_placed
from proposals.filing.queries.window import window_of
from proposals.models import PlanningYear, Proposal
from proposals.refused import Refused
from proposals.web import PersonRequest

PAGE, PART = "proposals/filing/own_list.html", "proposals/filing/_own_table.html"


def _works_here(request: PersonRequest) -> int:
    """Return the office whose own list this person keeps; others have none."""
    office = request.user.office_id
    if office is None or not access.may_write_content(request.user, office):
        raise Http404
    return office


@require_http_methods(["GET", "POST"])
def own_list(request: PersonRequest) -> HttpResponse:
    """Show the own list; buttons, keys and dragging change the order."""
    _works_here(request)
    if request.method == "POST":
        return _move(request)
    return _shown(request, moved=request.GET.get("pindah", ""))


def _move(request: PersonRequest) -> HttpResponse:
    """Move one proposal a step or to another place, then show the list with it in hand."""
    year = web.current_year(request)
    step, pk, order = _wanted(request, year)
    if year is None or order is None:
        messages.error(request, _("This proposal cannot be moved there."))
        return redirect("filing:own_list")
    try:
        set_order(year=year, by=request.user, proposal_ids=order)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
        return redirect("filing:own_list")
    if request.htmx:
        return _shown(request, moved=f"{step}-{pk}")
    return redirect(f"{reverse('filing:own_list')}?pindah={step}-{pk}#usulan-{pk}")


def _wanted(request: PersonRequest, year: PlanningYear | None) -> tuple[str, int, list[int] | None]:
    """Return what is moved, how, and the order it leads to: a step, or behind or before another."""
    step = next((one for one in ("geser", "naik", "turun") if one in request.POST), "turun")
    keys = [web.number_in(one, 18) for one in request.POST.get(step, "").split(":")]
    pk, behind, before = (*keys, None, None, None)[:3]
    if year is None or pk is None:
        return step, 0, None
    if step == "geser":
        return step, pk, order_placed(request.user, year, pk, behind, before)
    return step, pk, order_after(request.user, year, pk, step)


def _shown(request: PersonRequest, *, moved: str) -> HttpResponse:
    year = web.current_year(request)
    form = OwnFilter(request.GET)
    chosen = form.chosen()
    search = own.fitting(chosen)
    figures = own.figures_of(request.user, year, search)
    rows = _chosen_rows(request, year, chosen, search)
    page = web.numbered(request, rows, total=figures.found)
    office_year = own.office_year_for(request.user, year)
    documents = completeness.blocking_documents() if year else []
    context: dict[str, Any] = {
        "page": page,
        "lines": _lines(page, documents, office_year),
        "filter": form,
        "chosen": chosen,
        "is_filtered": any(chosen[name] for name in ("q", "status", "jenis")),
        "can_rank": not any(chosen.values()) or chosen == _ranked_only(chosen),
        "order_is_fixed": bool(office_year and office_year.order_fixed_at),
        "moved": moved.partition("-"),
        "window": window_of(year, office_year) if year else None,
        "office_year": office_year,
        "letter_form": UploadForm(),
        "waiting": _waiting(request, year, documents, office_year),
        "may_file": access.may_file(request.user),
        "is_head": access.may_approve(request.user, request.user.office_id or 0),
        "figures": figures,
    }
    return web.render_or_part(request, PAGE, PART, context)


def _chosen_rows(
    request: PersonRequest, year: PlanningYear | None, chosen: dict[str, str], search: Q
) -> QuerySet[Proposal]:
    """Return the own rows that fit the search and the filters, in the chosen order."""
    order = own.SORTS.get(chosen["urut"] or "peringkat", own.SORTS["peringkat"])[1]
    return own.own_rows(request.user, year).filter(search).order_by(*order)


def _lines(page: web.Page[Proposal], documents: Any, office_year: Any) -> list[tuple[Any, ...]]:
    """Return each row with its progress, and whether it has a way up and a way down."""
    told = [(row, own.progress_of(row, documents, office_year)) for row in page]
    movable = [row.pk for row, progress in told if progress.is_unsent]
    first = movable[0] if movable and not page.previous else None
    last = movable[-1] if movable and not page.next else None
    return [(row, progress, row.pk != first, row.pk != last) for row, progress in told]


def _ranked_only(chosen: dict[str, str]) -> dict[str, str]:
    """Return a filter that says nothing but the own order."""
    return dict.fromkeys(chosen, "") | {"urut": "peringkat"}


def _waiting(
    request: PersonRequest, year: PlanningYear | None, documents: Any, office_year: Any
) -> list[Any]:
    """Return what waits for the head, who alone sees it so, with what is missing in each."""
    if request.user.role not in {Role.HEAD, Role.PROVINCE_HEAD}:
        return []
    rows = own.own_rows(request.user, year).filter(status=Status.AWAITING_HEAD)
    ordered = rows.order_by(*own.SORTS["peringkat"][1])
    return [(row, own.progress_of(row, documents, office_year)) for row in ordered]


@require_GET
def print_list(request: PersonRequest) -> HttpResponse:
    """Show the office's list as an A4 page: what is annexed to the covering letter."""
    _works_here(request)
    year = web.current_year(request)
    rows = own.own_rows(request.user, year).exclude(status=Status.WITHDRAWN)
    lines = list(rows.order_by(*own.SORTS["peringkat"][1])[:500])
    context = {
        "lines": lines,
        "figures": own.figures_of(request.user, year),
        "is_draft": year is None or not year.is_signed,
        "office": request.user.office,
        "print_time": timezone.now(),
    }
    return render(request, "proposals/filing/print_list.html", context)
