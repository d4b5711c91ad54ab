"""The form of a proposal: shown, rearranged, saved, or held back where two people collide."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from proposals import access, web
from proposals.filing.actions import Stale, open_codes
from proposals.filing.forms.conflict import clashes
from proposals.filing.forms.rows import rearranged
from proposals.filing.forms.sheet import SETS, Sheet, bound
from proposals.filing.queries.author import last_author
from proposals.filing.queries.reading import to_fill
from proposals.filing.queries.typed import Typed, typed_at
from proposals.filing.views.laying import (
    ATTEMPTS,
    Laid,
    at_fields,
    base_of,
    laid_over,
    opened,
    save_laid,
)
from proposals.filing.views.sheet import context_of
from proposals.models import Proposal
from proposals.refused import Refused
from proposals.web import PersonRequest

PAGE = "proposals/filing/fill.html"
PROGRESS = "proposals/filing/_fill_progress.html"
ROW_STEPS = frozenset({"tambah", "hapus", "naik", "turun"})
PART_OF_STEP = {
    "cari": "proposals/filing/_codes.html",
    "komoditas": "proposals/filing/_main_use.html",
    "hitung": "proposals/filing/_sums.html",
    "pagu": "proposals/filing/_ceiling.html",
}
SET_PARTS = {
    "outputs": "proposals/filing/_outputs.html",
    "budget_lines": "proposals/filing/_budget_lines.html",
    "co_funding": "proposals/filing/_co_funding.html",
    "financing_needs": "proposals/filing/_financing_needs.html",
    "locations": "proposals/filing/_locations.html",
    "commodity_uses": "proposals/filing/_commodity_uses.html",
}


@require_http_methods(["GET", "POST"])
def fill(request: PersonRequest, pk: int) -> HttpResponse:
    """Let the office fill in a proposal; what is closed now is read on its page."""
    proposal = get_object_or_404(to_fill(request.user), pk=pk)
    codes = open_codes(proposal.status, proposal.return_points.all())
    may_write = access.may_write_content(request.user, proposal.office_id)
    if not may_write or not codes or proposal.year.is_signed:
        messages.info(request, _("This proposal cannot be changed now; here it can be read."))
        return redirect("filing:proposal", pk)
    if request.method == "GET" and request.htmx.target == "fill-progress":
        return render(request, PROGRESS, context_of(request, bound(proposal)))
    if request.method == "GET":
        return _opened(request, proposal)
    step, _colon, rest = request.POST.get("aksi", "simpan").partition(":")
    name, _colon, at = rest.partition(":")
    if step in ROW_STEPS and name in SETS:
        row = web.number_in(at, 4)
        return _row_step(request, proposal, step, name, -1 if row is None else row)
    return STEPS.get(step, _save)(request, proposal)


def _page(request: PersonRequest, sheet: Sheet, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, PAGE, context_of(request, sheet) | more, status=status)


def _opened(request: PersonRequest, proposal: Proposal) -> HttpResponse:
    """Show the form with what this person has typed and not saved yet."""
    typed = typed_at(proposal, request.user)
    state = typed.state_of(proposal)
    sheet, laid = opened(bound(proposal), typed)
    if laid is None:
        return _page(request, sheet, others=typed.others, state=state)
    sheet.is_valid()
    at_fields(sheet, laid)
    return _page(
        request,
        sheet,
        others=typed.others,
        state=state,
        base=json.dumps(laid.both.marks),
        unsaved=" ".join(row.section for row in typed.sections),
    )


def _row_step(
    request: PersonRequest, proposal: Proposal, step: str, name: str, at: int
) -> HttpResponse:
    """Show one row more or less; nothing is saved, and everything typed stays."""
    data = rearranged(request.POST, name, step, at)
    sheet = bound(proposal, data)
    sheet.hush()
    if name not in sheet.sets:
        return _page(request, sheet)
    if step == "tambah":
        sheet.sets[name].forms[-1].visible_fields()[0].field.widget.attrs["autofocus"] = True
    return _unsaved(request, SET_PARTS[name], context_of(request, sheet))


def _unsaved(request: PersonRequest, part: str, context: dict[str, Any]) -> HttpResponse:
    """Answer "accepted", not "done": what is typed stays kept in the browser until it is saved."""
    return web.render_or_part(request, PAGE, part, context, status=202 if request.htmx else 200)


def _ask(request: PersonRequest, proposal: Proposal) -> HttpResponse:
    """Answer a search, a new sum or a new choice; nothing is saved."""
    sheet = bound(proposal, request.POST)
    sheet.hush()
    part = PART_OF_STEP[request.POST["aksi"].partition(":")[0]]
    return _unsaved(request, part, context_of(request, sheet))


def _take_reading(request: PersonRequest, proposal: Proposal) -> HttpResponse:
    """Put the reading that the person chose into its box, and judge the form anew."""
    data = request.POST.copy()
    name, _colon, figures = data.get("aksi", "").partition(":")[2].partition("=")
    if name in data:
        data[name] = figures[:40]
    sheet = bound(proposal, data)
    status = 200 if sheet.is_valid() else web.UNPROCESSABLE
    return _page(request, sheet, status=status)


def _save(request: PersonRequest, proposal: Proposal) -> HttpResponse:
    """Save a valid form; an invalid one is shown again with everything that was typed.

    What only one person changed is saved; what both changed is asked, and nothing saved before.
    """
    sheet = bound(proposal, request.POST, request.FILES)
    if not sheet.is_valid():
        return _page(request, sheet, status=web.UNPROCESSABLE)
    for _attempt in range(ATTEMPTS):
        typed = typed_at(proposal, request.user)
        laid = laid_over(sheet, request.POST, base_of(request.POST), typed)
        if laid.both.collisions:
            return _conflict(request, laid, typed)
        whole = sheet.again(laid.both.saved.data(), request.FILES)
        if not whole.is_valid():
            return _page(request, whole, status=web.UNPROCESSABLE)
        try:
            saved = save_laid(request.user, whole, laid, None)
        except Stale:
            fresh = get_object_or_404(to_fill(request.user), pk=proposal.pk)
            sheet = bound(fresh, request.POST, request.FILES)
            continue
        except Refused as refusal:
            for reason in refusal.reasons:
                sheet.content.add_error(None, reason)
            return _page(request, sheet, status=web.UNPROCESSABLE)
        return _saved(request, saved, whole)
    return _page(request, sheet, status=web.UNPROCESSABLE)


def _saved(request: PersonRequest, saved: Proposal, sheet: Sheet) -> HttpResponse:
    """Go back to the form, or on to the page that asks once more before it leaves the office."""
    now = timezone.localtime()
    messages.success(request, _("Saved at %(time)s WITA.") % {"time": f"{now:%H.%M}"})
    typed = sheet.content.cleaned_data.get("requested_rp")
    if typed is not None and typed != saved.requested_rp:
        messages.info(request, _("The requested amount now follows the sum of the budget lines."))
    step, _colon, action = request.POST.get("aksi", "").partition(":")
    if step == "lanjut" and action in {"send", "hand_to_head"}:
        return redirect("filing:act", saved.pk, action)
    search = urlencode({"kode_cari": request.POST.get("kode_cari", "")[:100].replace("\x00", "")})
    place = reverse("filing:fill", args=[saved.pk])
    return redirect(f"{place}?{search}" if not search.endswith("=") else place)


def _conflict(request: PersonRequest, laid: Laid, typed: Typed) -> HttpResponse:
    """Show the form again, both values at each field that two people changed; nothing is saved."""
    sheet = laid.sheet
    sheet.is_valid()
    at_fields(sheet, laid)
    return _page(
        request,
        sheet,
        status=web.CONFLICT,
        clashes=clashes(laid.blank, laid.both, laid.standing, laid.both.boxes),
        others=typed.others,
        author=last_author(laid.blank.proposal),
        base=json.dumps(laid.both.marks),
    )


STEPS: dict[str, Callable[[PersonRequest, Proposal], HttpResponse]] = {
    **dict.fromkeys(PART_OF_STEP, _ask),
    "pakai": _take_reading,
}
