"""Bringing statistics in: upload, preview, save."""

import csv
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from proposals import access, web
from proposals.priorities.actions.statistics import bring_in
from proposals.priorities.forms.statistics import FileForm, opened, sealed
from proposals.priorities.reading import rows_of
from proposals.priorities.statistics import KINDS, Cells, Kind, Preview, judge
from proposals.refused import Refused

SHOWN = 200


@require_http_methods(["GET", "POST"])
def statistics(request: web.PersonRequest) -> HttpResponse:
    """Take a file, show what it would change, and save it once that was seen."""
    if not access.may_keep_statistics(request.user):
        raise Http404
    if "sealed" in request.POST:
        return _save(request)
    form = FileForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "kinds": KINDS.values(), "preview": None}
    if form.is_valid():
        kind = KINDS[form.cleaned_data["kind"]]
        try:
            lines = rows_of(kind, form.cleaned_data["file"])
        except Refused as refusal:
            web.put_on(form, refusal)
        else:
            context |= _previewed(request, judge(kind, lines), lines)
    status = web.UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, "proposals/priorities/statistics.html", context, status=status)


def _previewed(
    request: web.PersonRequest, preview: Preview, lines: list[tuple[int, Cells]]
) -> dict[str, Any]:
    wrong = [row for row in preview.rows if row.errors]
    others = [row for row in preview.rows if row.word in {"new", "changed"}]
    return {
        "preview": preview,
        "rows": [*wrong, *others][:SHOWN],
        "n_hidden": max(len(wrong) + len(others) - SHOWN, 0),
        "counts": [(word, preview.count(word)) for word in ("new", "changed", "same", "wrong")],
        "sealed": "" if wrong else sealed(preview.kind, lines, request.user),
    }


def _save(request: web.PersonRequest) -> HttpResponse:
    found = opened(request.POST["sealed"], request.user)
    if found is None:
        messages.error(request, _("This preview is too old: upload the file again."))
        return redirect("priorities:statistics")
    kind, lines = found
    try:
        saved = bring_in(kind=kind, by=request.user, lines=lines)
    except Refused as refusal:
        messages.error(request, " ".join(str(reason) for reason in refusal.reasons))
        return redirect("priorities:statistics")
    said = {
        "new": saved.count("new"),
        "changed": saved.count("changed"),
        "same": saved.count("same"),
    }
    messages.success(
        request, _("Saved: %(new)s new, %(changed)s changed, %(same)s as they were.") % said
    )
    return redirect("priorities:balance" if kind.name == "neraca" else "priorities:potential")


@require_safe
def template(request: web.PersonRequest, kind: str) -> HttpResponse:
    """Send an empty CSV with the headings."""
    if kind not in KINDS or not access.may_keep_statistics(request.user):
        raise Http404
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    csv.writer(answer, delimiter=";").writerow(_headings(KINDS[kind]))
    return answer


def _headings(kind: Kind) -> list[str]:
    return list(kind.columns)
