"""What people do on the page of one proposal: each act is a POST that ends in a redirect."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from proposals import web, workflow
from proposals.enums import Action
from proposals.refused import DoneAlready, Refused
from proposals.review import actions
from proposals.review.forms.acts import CommentForm, GateForm, StepForm, points_form
from proposals.review.forms.scores import ReviewForm
from proposals.review.views.page import STEPS, Opened, opened, shown

Act = Callable[[web.PersonRequest, Opened], HttpResponse]
View = Callable[[web.PersonRequest, int], HttpResponse]


def act(function: Act) -> View:
    """Open the proposal for an act; asked with GET (a reload, an old tab), show its page."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(function)
    def view(request: web.PersonRequest, pk: int) -> HttpResponse:
        page = opened(request, pk)
        if request.method != "POST":
            return redirect(page.address)
        try:
            return function(request, page)
        except DoneAlready:
            web.say_done_already(request)
            return redirect(page.address)

    return view


@act
def gates(request: web.PersonRequest, page: Opened) -> HttpResponse:
    """Keep the answers to the gates, or take the proposal in for review with them."""
    takes_in = request.POST.get("do") == "accept"
    form = GateForm(request.POST, gates=page.dossier.gates, takes_in=takes_in)
    if request.POST.get("do") == "pass_rest":
        form.pass_rest()
        return shown(page, gate_form=form)
    function = actions.accept if takes_in else actions.answer_gates
    if form.is_valid() and web.carried_out(
        form, function, proposal=page.proposal, by=request.user, answers=form.answers()
    ):
        said = (
            _("%(number)s is under review now.") if takes_in else _("Answers of %(number)s kept.")
        )
        messages.success(request, said % {"number": page.proposal.number})
        return redirect(page.next_address if takes_in else page.address)
    return shown(page, status=web.UNPROCESSABLE, gate_form=form, wrong=form)


@act
def give_back(request: web.PersonRequest, page: Opened) -> HttpResponse:
    """Return the proposal with what is to mend, field by field."""
    rows, form = points_form(page.proposal.year, request.POST), forms.Form(request.POST)
    if form.is_valid() and rows.is_valid():
        given = workflow.Given(points=rows.points())
        named: dict[str, Any] = {"proposal": page.proposal, "by": request.user, "given": given}
        if web.carried_out(form, actions.take_step, Action.RETURN, **named):
            said = _("%(number)s was returned to its office.")
            messages.success(request, said % {"number": page.proposal.number})
            return redirect(page.next_address)
    wrong = {"points": rows, "wrong": form, "wrong_sets": [rows]}
    return shown(page, status=web.UNPROCESSABLE, **wrong)


@act
def comment(request: web.PersonRequest, page: Opened) -> HttpResponse:
    """Keep a comment, shared with the office or for the province alone."""
    form = CommentForm(request.POST, auto_id="comment-%s")
    named: dict[str, Any] = {"proposal": page.proposal, "by": request.user}
    if form.is_valid() and web.carried_out(form, actions.comment, **named, **form.cleaned_data):
        return redirect(f"{page.address}#talk")
    return shown(page, status=web.UNPROCESSABLE, comment_form=form, wrong=form)


@act
def step(request: web.PersonRequest, page: Opened) -> HttpResponse:
    """Take a step outside the usual way: to the desk unscored, resume, redirect, defer."""
    wanted = request.POST.get("action", "")
    action = next((one for one in STEPS if one == wanted), None)
    if action is None:
        return redirect(page.address)
    form = StepForm(request.POST, action=action, reasons=page.reasons)
    named: dict[str, Any] = {"proposal": page.proposal, "by": request.user}
    if form.is_valid() and web.carried_out(
        form, actions.take_step, action, given=form.given(), **named
    ):
        said = _("Done for %(number)s: %(action)s.")
        messages.success(request, said % {"number": page.proposal.number, "action": action.label})
        return redirect(page.next_address)
    steps = [
        (form if one == action else StepForm(action=one, reasons=page.reasons), why)
        for one, why in page.offered.items()
        if one in STEPS
    ]
    return shown(page, status=web.UNPROCESSABLE, steps=steps, wrong=form)


@act
def score(request: web.PersonRequest, page: Opened) -> HttpResponse:
    """Keep one's own review: count, confirm the offers, save as a draft, or finish."""
    form, wish = page.review_form(request.POST), request.POST.get("do", "draft")
    is_valid = form.is_valid()
    if wish in {"count", "as_asked"}:
        return counted(page, form, wish)
    try:
        if is_valid:
            keep(page, form, wish)
            return after_keeping(page, wish)
    except actions.Stale as conflict:
        form.stand_on(conflict.current)
        return shown(page, status=web.CONFLICT, review_form=form, conflict=form.differing())
    except Refused as refusal:
        web.put_on(form, refusal)
    return shown(page, status=web.UNPROCESSABLE, review_form=form, wrong=form)


def keep(page: Opened, form: ReviewForm, wish: str) -> None:
    """Carry out what the button of the review says."""
    named: dict[str, Any] = {"proposal": page.proposal, "by": page.request.user, **form.given()}
    if wish == "finish":
        actions.conclude(to_desk=form.cleaned_data["to_desk"], **named)
        return
    if wish == "confirm":
        named["scores"] = form.with_offers()
    actions.save_review(**named)


def after_keeping(page: Opened, wish: str) -> HttpResponse:
    """Lead on to the next proposal of the view, or stay."""
    said = _("Draft of the review of %(number)s kept.")
    if wish == "finish":
        said = _("Review of %(number)s finished.")
    messages.success(page.request, said % {"number": page.proposal.number})
    return redirect(page.next_address if wish == "finish" else page.address)


def counted(page: Opened, form: ReviewForm, wish: str) -> HttpResponse:
    """Add up what is typed, or copy the asked amounts; nothing is kept."""
    if wish == "as_asked":
        form.as_asked()
    context = {"review_form": form, "with_total": True}
    if page.request.htmx:
        return render(page.request, "proposals/review/_dock_sums.html", context)
    return shown(page, review_form=form)
