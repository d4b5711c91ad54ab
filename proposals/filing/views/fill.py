"""The form of a proposal: shown, rearranged, saved, or held back where two people collide."""

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
from proposals.filing.actions import Filled, Stale, open_codes, save_filled
from proposals.filing.forms.conflict import THEIRS, differences, without
from proposals.filing.forms.rows import rearranged
from proposals.filing.forms.sheet import SETS, Sheet
from proposals.filing.queries.author import last_author
from proposals.filing.queries.reading import to_fill
from proposals.filing.views.sheet import bound, context_of
from proposals.models import Proposal
from proposals.refused import Refused
from proposals.web import PersonRequest

PAGE = "proposals/filing/fill.html"
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
    if request.method == "GET":
        return _page(request, bound(proposal))
    step, _colon, rest = request.POST.get("aksi", "simpan").partition(":")
    name, _colon, at = rest.partition(":")
    if step in ROW_STEPS and name in SETS:
        return _row_step(request, proposal, step, name, int(at) if at.isdecimal() else -1)
    return STEPS.get(step, _save)(request, proposal)


def _page(request: PersonRequest, sheet: Sheet, *, status: int = 200) -> HttpResponse:
    return render(request, PAGE, context_of(request, sheet), status=status)


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


def _go_on(request: PersonRequest, proposal: Proposal) -> HttpResponse:
    """Show the person's own version again, to go on filling after a collision."""
    sheet = bound(proposal, request.POST)
    sheet.hush()
    return _page(request, sheet)


def _save(request: PersonRequest, proposal: Proposal) -> HttpResponse:
    """Save a valid form; an invalid one is shown again with everything that was typed."""
    sheet = bound(proposal, request.POST, request.FILES)
    if not sheet.is_valid():
        return _page(request, sheet, status=web.UNPROCESSABLE)
    filled = whole = sheet.filled()
    if "konflik" in request.POST:
        rows = differences(proposal, filled, request.POST.get("dasar", ""), request.POST)
        if any(not row.chosen for row in rows):
            return _conflict(request, proposal, filled, is_unchosen=True)
        filled = without(filled, {row.code for row in rows if row.chosen == THEIRS})
    version = request.POST.get("row_version", "")
    try:
        saved = save_filled(
            proposal=proposal,
            by=request.user,
            row_version=int(version) if version.isdecimal() and len(version) < 10 else 0,
            filled=filled,
        )
    except Stale:
        fresh = get_object_or_404(to_fill(request.user), pk=proposal.pk)
        return _conflict(request, fresh, whole)
    except Refused as refusal:
        for reason in refusal.reasons:
            sheet.content.add_error(None, reason)
        return _page(request, sheet, status=web.UNPROCESSABLE)
    return _saved(request, saved, filled)


def _saved(request: PersonRequest, saved: Proposal, filled: Filled) -> HttpResponse:
    """Go back to the form, or on to the page that asks once more before it leaves the office."""
    now = timezone.localtime()
    messages.success(request, _("Saved at %(time)s WITA.") % {"time": f"{now:%H.%M}"})
    typed = filled.values.get("requested_rp")
    if typed is not None and typed != saved.requested_rp:
        messages.info(request, _("The requested amount now follows the sum of the budget lines."))
    step, _colon, action = request.POST.get("aksi", "").partition(":")
    if step == "lanjut" and action in {"send", "hand_to_head"}:
        return redirect("filing:act", saved.pk, action)
    search = urlencode({"kode_cari": request.POST.get("kode_cari", "")[:100].replace("\x00", "")})
    place = reverse("filing:fill", args=[saved.pk])
    return redirect(f"{place}?{search}" if not search.endswith("=") else place)


def _conflict(
    request: PersonRequest, current: Proposal, filled: Filled, *, is_unchosen: bool = False
) -> HttpResponse:
    """Show both versions field by field; nothing is saved before the person has chosen."""
    rows = differences(current, filled, request.POST.get("dasar", ""), request.POST)
    skipped = {"row_version", "csrfmiddlewaretoken", "konflik", *(row.box for row in rows)}
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in skipped and name != "aksi"
        for value in values
    ]
    context: dict[str, Any] = {
        "proposal": current,
        "rows": rows,
        "kept": kept,
        "aksi": request.POST.get("aksi", "simpan"),
        "author": last_author(current),
        "is_unchosen": is_unchosen,
        "lost_files": [str(file) for _name, file in request.FILES.items()],
    }
    return render(request, "proposals/filing/conflict.html", context, status=web.CONFLICT)


STEPS: dict[str, Callable[[PersonRequest, Proposal], HttpResponse]] = {
    **dict.fromkeys(PART_OF_STEP, _ask),
    "pakai": _take_reading,
    "terus": _go_on,
}
