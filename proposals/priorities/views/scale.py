"""The scale: ranks with the limit line, one sector explained, versions, weighing, flags."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from proposals import access, timeline, web
from proposals.enums import Certainty, ScaleCriterion
from proposals.models import (
    Commodity,
    PlanningYear,
    ScaleScore,
    ScaleVersion,
    ScaleWeight,
    Sector,
)
from proposals.priorities import scale as arithmetic
from proposals.priorities.actions import scale as actions
from proposals.priorities.balance import cautious
from proposals.priorities.forms.scale import LimitForm, PointsForm, ReasonForm, WeightsForm
from proposals.priorities.queries import balances, scales
from proposals.priorities.queries.scales import Board, Shown
from proposals.priorities.views import doors
from proposals.refused import Refused

HOME = "priorities:scale"
KINDS: dict[str, type[Sector] | type[Commodity]] = {"sektor": Sector, "komoditas": Commodity}


@require_safe
def scale(request: web.PersonRequest) -> HttpResponse:
    """Show the sectors in their order, the limit line, the weights, and the balance beside them."""
    year = doors.year_for_readers(request)
    asked = web.number_in(request.GET.get("versi", ""), 5)
    shown = scales.shown(request.user, year, asked)
    context = _surroundings(request) | {"board": None, "version": None}
    if shown is None and asked is not None:
        raise Http404
    if shown is not None:
        context |= _board_context(request, year, shown)
    return render(request, "proposals/priorities/scale.html", context)


def _surroundings(request: web.PersonRequest) -> dict[str, Any]:
    return {
        "may_set": access.may_set_scale(request.user),
        "sees_scores": access.sees_scores(request.user),
    }


def _board_context(request: web.PersonRequest, year: PlanningYear, shown: Shown) -> dict[str, Any]:
    model = KINDS.get(request.GET.get("per", ""), Sector)
    form = WeightsForm(shown.weights, request.GET)
    trial = form.weights if form.is_bound and form.is_valid() else None
    if trial == shown.weights:
        trial = None
    asked = LimitForm(request.GET)
    limit = asked.cleaned_data["n"] if asked.is_valid() else None
    if limit == year.max_priority_sectors:
        limit = None
    board = scales.board(shown, model, weights=trial, limit=limit)
    return {
        "version": shown.version,
        "board": board,
        "form": form,
        "per": "komoditas" if model is Commodity else "sektor",
        "swap": _swap(board) if model is Sector else None,
        "effect": scales.effect(board, request.user) if model is Sector else None,
        "sums": _beside() if model is Sector else [],
    }


def _beside() -> list[Any]:
    """Return one line per commodity: the cautious source, and whether others disagree."""
    known = [(cautious(sums), len(sums) > 1) for sums in balances.province_sums().values()]
    found = [(one, disagree) for one, disagree in known if one is not None]
    return sorted(found, key=lambda pair: -(pair[0].figures.coverage or 0))


def _swap(board: Board) -> dict[str, Any] | None:
    points = {
        row.thing.pk: {name: one.points for name, one in row.scores.items()} for row in board.rows
    }
    found = arithmetic.closest_swap(points, board.weights, board.limit)
    if found is None:
        return None
    labels = dict(ScaleCriterion.choices)
    return {
        "step": found.step,
        "up": labels[found.up],
        "down": labels[found.down],
        "enters": board.by_key[found.enters].thing,
        "leaves": board.by_key[found.leaves].thing,
    }


@require_safe
def print_scale(request: web.PersonRequest) -> HttpResponse:
    """Show a frozen scale as clean A4 pages: order, points, and the reason of each flag."""
    year = doors.year_for_readers(request)
    asked = web.number_in(request.GET.get("versi", ""), 5)
    shown = scales.shown(request.user, year, asked)
    if shown is None or not shown.version.is_frozen:
        raise Http404
    board = scales.board(shown)
    flagged = [(row.flag.rank, row) for row in board.rows if row.flag]
    context = {
        "version": shown.version,
        "board": board,
        "flagged": [row for _rank, row in sorted(flagged, key=lambda pair: pair[0])],
        "partly": [row for row in board.rows if row.partly],
        "printed_at": timezone.now(),
        "office": year.office,
        "is_draft": not year.is_signed,
    }
    return render(request, "proposals/priorities/print_scale.html", context)


@require_safe
def explanation(request: web.PersonRequest, kind: str, pk: int) -> HttpResponse:
    """Show how one sector or commodity comes to its score: points, weights, products, sum."""
    year = doors.year_for_readers(request)
    model = KINDS.get(kind)
    shown = scales.shown(request.user, year, web.number_in(request.GET.get("versi", ""), 5))
    if model is None or shown is None:
        raise Http404
    board = scales.board(shown, model)
    row = board.by_key.get(pk)
    if row is None:
        raise Http404
    context = {
        "version": shown.version,
        "board": board,
        "row": row,
        "kind": kind,
        "may_give": access.may_set_scale(request.user)
        and not (shown.version.is_frozen or year.is_signed),
    }
    return render(request, "proposals/priorities/explanation.html", context)


@require_http_methods(["GET", "POST"])
def points(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Give points by hand where no table tells, or go back to what is computed."""
    year = doors.year_for_setters(request)
    score = get_object_or_404(
        ScaleScore.objects.select_related("version", "sector", "commodity"),
        pk=pk,
        version__year=year,
        version__frozen_at__isnull=True,
    )
    back = request.POST.get("computed") == "1"
    form = PointsForm(
        request.POST if request.method == "POST" and not back else None,
        instance=None if score.points is None else score,
        initial={"certainty": Certainty.LIKELY} if score.points is None else None,
    )
    if request.method == "POST" and (back or form.is_valid()):
        seen = web.seen_version(request)
        score = ScaleScore.objects.select_related("version", "sector", "commodity").get(pk=pk)
        given = None if back else form.given
        if _done(request, actions.give_points, score=score, row_version=seen, given=given):
            messages.success(request, _("Points saved."))
            kind, thing = (
                ("sektor", score.sector_id)
                if score.sector_id
                else ("komoditas", score.commodity_id)
            )
            return redirect("priorities:explanation", kind, thing)
    status = web.UNPROCESSABLE if form.is_bound and form.errors else 200
    context = {"score": score, "form": form, "version": score.version}
    return render(request, "proposals/priorities/points.html", context, status=status)


@require_http_methods(["GET", "POST"])
def versions(request: web.PersonRequest) -> HttpResponse:
    """List the versions of the year's scale with their weights; begin a new one."""
    year = doors.year_for_readers(request)
    may_set = access.may_set_scale(request.user)
    if request.method == "POST" and not may_set:
        raise Http404
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if web.carried_out(form, actions.begin_version, year=year, by=request.user, reason=reason):
            messages.success(request, _("A new version is begun: weigh it, then freeze it."))
            return redirect(HOME + "_draft")
    found = scales.all_shown(request.user, year)
    context = {
        "versions": found,
        "form": form if may_set and (form.errors or not _has_draft(found)) else None,
        "may_set": may_set,
        "is_fixed": year.is_signed,
    }
    status = web.UNPROCESSABLE if form.errors and form.is_bound else 200
    return render(request, "proposals/priorities/versions.html", context, status=status)


def _has_draft(found: list[Shown]) -> bool:
    return any(not one.version.is_frozen for one in found)


@require_safe
def history(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Show who changed a version, its weights and its points, and what stood before."""
    year = doors.year_for_readers(request)
    version = get_object_or_404(scales.versions_for(request.user, year), pk=pk)
    page = web.page_number(request)
    told = timeline.events_of(version, [ScaleWeight, ScaleScore], page=page)
    context = {"version": version, "timeline": told}
    return render(request, "proposals/priorities/history.html", context)


@require_http_methods(["GET", "POST"])
def draft(request: web.PersonRequest) -> HttpResponse:
    """Weigh the draft version: weights, what is missing, compute again."""
    year = doors.year_for_setters(request)
    shown = scales.draft(request.user, year)
    if shown is None:
        raise Http404
    version = shown.version
    form = WeightsForm(shown.weights, request.POST or None)
    if form.is_bound and form.is_valid():
        seen = web.seen_version(request)
        if web.carried_out(
            form,
            actions.weigh,
            version=version,
            by=request.user,
            row_version=seen,
            weights=form.weights,
        ):
            messages.success(request, _("Weights saved."))
            return redirect(HOME + "_draft")
    board = scales.board(shown)
    missing = [
        (row.thing, one)
        for row in board.rows
        for name, one in row.scores.items()
        if one.points is None and board.weights[name]
    ]
    context = {"version": version, "form": form, "missing": missing, "is_fixed": year.is_signed}
    status = web.UNPROCESSABLE if form.errors else 200
    return render(request, "proposals/priorities/draft.html", context, status=status)


@require_POST
def step(request: web.PersonRequest, act: str) -> HttpResponse:
    """Compute the draft again, or freeze it."""
    year = doors.year_for_setters(request)
    version = ScaleVersion.objects.filter(year=year).order_by("-number").first()
    acts = {"hitung": actions.compute_again, "bekukan": actions.freeze}
    if act not in acts or version is None:
        raise Http404
    if version.is_frozen and act == "bekukan":
        web.say_done_already(request)
        return redirect(HOME)
    seen = web.seen_version(request)
    given = {"row_version": seen} if act == "bekukan" else {}
    if not _done(request, acts[act], version=version, **given):
        return redirect(HOME if version.is_frozen else HOME + "_draft")
    if act == "bekukan":
        messages.success(request, _("The scale is frozen: it is the one in force now."))
        return redirect(HOME)
    messages.success(request, _("Points computed from the figures of today."))
    return redirect(HOME + "_draft")


def _done(request: web.PersonRequest, action: Any, **given: Any) -> bool:
    """Carry out an action; its reasons go above the page."""
    try:
        action(by=request.user, **given)
    except Refused as refusal:
        messages.error(request, " ".join(str(reason) for reason in refusal.reasons))
        return False
    return True
