"""Flags from the scale: which sectors come first this year, why, and with which stages."""

from collections import defaultdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from proposals import web
from proposals.models import DerivativeStage
from proposals.priorities.actions.flagging import set_from_scale, state_of
from proposals.priorities.forms.scale import FlagsForm
from proposals.priorities.queries import scales
from proposals.priorities.views import doors


@require_http_methods(["GET", "POST"])
def flags(request: web.PersonRequest) -> HttpResponse:
    """Set the priority flags of the year from the frozen scale, all at once."""
    year = doors.year_for_setters(request)
    shown = scales.in_force(request.user, year)
    if shown is None:
        messages.info(request, _("Freeze the scale first: flags are set from a frozen version."))
        return redirect("priorities:scale")
    version, board = shown.version, scales.board(shown)
    form = FlagsForm(board, _stages(), request.POST or None)
    if form.is_valid():
        given = {"chosen": form.chosen, "may_grow": form.cleaned_data["may_grow"]}
        given["seen"] = request.POST.get("seen", "")
        if web.carried_out(form, set_from_scale, version=version, by=request.user, **given):
            n = len(form.chosen)
            said = ngettext("%(n)s sector comes first.", "%(n)s sectors come first.", n) % {"n": n}
            messages.success(request, said)
            return redirect("priorities:scale")
    context = {"version": version, "board": board, "form": form}
    context |= {"seen": state_of(version), "is_fixed": year.is_signed}
    status = web.UNPROCESSABLE if form.errors else 200
    return render(request, "proposals/priorities/flags.html", context, status=status)


def _stages() -> dict[int, list[DerivativeStage]]:
    found: dict[int, list[DerivativeStage]] = defaultdict(list)
    for stage in DerivativeStage.objects.in_use().order_by("tree", "key", "pk"):
        if stage.sector_id is not None:
            found[stage.sector_id].append(stage)
    return found
