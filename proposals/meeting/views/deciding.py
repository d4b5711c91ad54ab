"""Deciding on one proposal: the amounts, the ceiling as it would stand, the regency's word."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from proposals import access, advice, ceilings, likeness, web, workflow
from proposals.enums import Action
from proposals.meeting import actions, queries, rooms
from proposals.meeting.forms import RESULTS, DecisionForm, ReopenForm
from proposals.models import Decision, Proposal, ReasonCode
from proposals.refused import Refused
from proposals.templatetags.marks import decision_word

Form = DecisionForm | ReopenForm


@dataclass(frozen=True)
class Desk:
    """One proposal on the desk, with what its decision rests on."""

    request: web.PersonRequest
    proposal: Proposal
    papers: list[advice.Paper]
    earlier: list[Decision]
    offered: dict[Action, list[str]]

    @property
    def redirects(self) -> bool:
        """Tell whether the address asks for the form with the redirect chosen, and it may be."""
        return self.request.GET.get("hasil") == Action.REDIRECT and Action.REDIRECT in self.offered

    @property
    def back(self) -> str:
        """Return the page of the board that led here, or nothing."""
        asked = self.request.GET.get("kembali", "")
        return asked if asked.startswith(reverse("harmonisation:board")) else ""

    @property
    def missing(self) -> list[str]:
        """Return the names of the required papers that are not there."""
        return [
            paper.document.name
            for paper in self.papers
            if paper.document.is_required and paper.file is None
        ]

    def named(self) -> dict[str, Any]:
        """Return what every form of a decision is made with."""
        after = self.earlier[0].pk if self.earlier else 0
        return {"deciders": list(queries.deciders()), "by": self.request.user, "after": after}

    def form(self, data: Any = None) -> Form | None:
        """Return the form that was sent, else the one that fits the status: decide or reopen."""
        wanted = data.get("action") if data else None
        if wanted == Action.REOPEN or (data is None and Action.REOPEN in self.offered):
            return ReopenForm(data, **self.named())
        if data is None and Action.AGREE not in self.offered and not self.redirects:
            return None
        reasons = list(ReasonCode.objects.in_use())
        named = {"reasons": reasons, "missing": self.missing, **self.named()}
        if self.redirects:
            results = [one for one in RESULTS if one in self.offered]
            named |= {"results": results, "begins_as": Action.REDIRECT}
        return DecisionForm(data, proposal=self.proposal, **named)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Show one proposal at the desk, count what an amount would mean, or decide."""
    proposal = get_object_or_404(queries.readable(request.user).for_page(), pk=pk)
    desk = Desk(
        request=request,
        proposal=proposal,
        papers=advice.papers_of(proposal),
        earlier=list(queries.decisions_of(proposal)),
        offered=workflow.offered(proposal, request.user),
    )
    if request.method != "POST":
        return shown(desk, desk.form())
    if not access.may_decide(request.user):
        raise Http404
    form = desk.form(request.POST)
    is_valid = form is not None and form.is_valid()
    if request.POST.get("do") == "count":
        return shown(desk, form)
    if form is None or not is_valid:
        return shown(desk, form, status=web.UNPROCESSABLE)
    return carried_out(desk, form)


def carried_out(desk: Desk, form: Form) -> HttpResponse:
    """Decide and lead on to what the desk takes next; a refusal stands above the form."""
    action = form.action() if isinstance(form, DecisionForm) else Action.REOPEN
    named: dict[str, Any] = {"proposal": desk.proposal, "by": desk.request.user}
    try:
        given, after = form.given(), form.cleaned_data["after"] or 0
        decision = actions.decide(action or Action.AGREE, after=after, given=given, **named)
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
        is_late = isinstance(refusal, actions.Overtaken)
        return shown(desk, form, status=web.CONFLICT if is_late else web.UNPROCESSABLE)
    words = {"number": desk.proposal.number, "result": decision_word(decision)}
    messages.success(desk.request, _("%(number)s: %(result)s.") % words)
    if desk.back:
        return redirect(desk.back)
    following = queries.next_at_desk(desk.request.user, desk.proposal)
    if action == Action.REOPEN:
        following = desk.proposal.pk
    return redirect("meeting:decide", following) if following else redirect("meeting:agenda")


def shown(desk: Desk, form: Form | None, *, status: int = 200) -> HttpResponse:
    """Render the page, or with htmx what the ceilings would become."""
    subject, user = desk.proposal, desk.request.user
    amount = form.amount() if isinstance(form, DecisionForm) else subject.agreed_rp
    left = rooms.shown(ceilings.rooms_for(subject, amount))
    is_deciding = isinstance(form, DecisionForm)  # then the pairs nobody judged leave the board
    context = {
        "desk": desk,
        "proposal": subject,
        "form": form,
        "is_reopening": isinstance(form, ReopenForm),
        "amount": amount,
        "rooms": left,
        "is_passed": any(room.is_passed for room in left),
        "sees_scores": access.sees_scores(user),
        "alike": likeness.waiting_beside(subject, user) if is_deciding else [],
        "reviews": queries.reviews_for(user, subject),
    }
    page, part = "proposals/meeting/decide.html", "proposals/meeting/_rooms.html"
    return web.render_or_part(desk.request, page, part, context, status=status)
