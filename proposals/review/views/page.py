"""The page of one proposal: every form of the person's role on it, one of them perhaps refused."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from proposals import access, web, workflow
from proposals.enums import Action, Status
from proposals.models import Proposal, ReasonCode
from proposals.review import queries
from proposals.review.dossier import Dossier, dossier_of, rows_for_dossier, rows_for_page
from proposals.review.forms.acts import AssignForm, CommentForm, GateForm, StepForm, points_form
from proposals.review.forms.scores import ReviewForm
from proposals.review.listing import Trail, trail_of

STEPS = (Action.PUT_ON_DESK, Action.RESUME, Action.REDIRECT, Action.DEFER)
"""Steps outside the usual way; deciding itself is the meeting's."""


@dataclass(frozen=True)
class Opened:
    """A proposal opened by a person, from a saved view or by itself."""

    request: web.PersonRequest
    dossier: Dossier
    trail: Trail | None
    reasons: list[ReasonCode]
    offered: dict[Action, list[str]]

    @property
    def proposal(self) -> Proposal:
        """Return the proposal itself."""
        return self.dossier.proposal

    @property
    def address(self) -> str:
        """Return the address of the page, with the view it was opened from."""
        own = reverse("review:proposal", args=[self.proposal.pk])
        return own + (self.trail.address if self.trail else "")

    @property
    def next_address(self) -> str:
        """Return where "save and next" leads: the next of the view, else back to the list."""
        tail = self.trail.address if self.trail else ""
        if self.dossier.following is None:
            return reverse("review:queue") + tail
        return reverse("review:proposal", args=[self.dossier.following.pk]) + tail

    def review_form(self, data: Any = None) -> ReviewForm:
        """Return the form of one's own review."""
        reviewer = self.request.user.pk
        return ReviewForm(data, dossier=self.dossier, reviewer=reviewer, reasons=self.reasons)


def opened(request: web.PersonRequest, pk: int) -> Opened:
    """Load a proposal that this person may check; a stranger's is not found."""
    user = request.user
    trail = trail_of(request.GET, user)
    rows = rows_for_dossier(user, trail, web.current_year(request))
    proposal = get_object_or_404(rows, pk=pk)
    offered = workflow.offered(proposal, user)
    version = web.number_in(request.GET.get("versi", ""), 8)
    return Opened(
        request,
        dossier_of(proposal, user, version=version or 0),
        trail,
        list(ReasonCode.objects.in_use()),
        offered,
    )


@require_safe
def proposal(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Show one proposal with its criteria, what was said, and the decision dock."""
    return shown(opened(request, pk))


@require_safe
def history(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Lead to the one history page of a proposal."""
    get_object_or_404(rows_for_page(request.user), pk=pk)
    return redirect("filing:history", pk)


def shown(page: Opened, *, status: int = 200, **bound: Any) -> HttpResponse:
    """Render the page; ``bound`` forms stand in place of the untouched ones."""
    context: dict[str, Any] = {
        "dossier": page.dossier,
        "proposal": page.proposal,
        "trail": page.trail,
        "tail": page.trail.address if page.trail else "",
        "wrong": None,
        "wrong_sets": [],
        "conflict": None,
        **forms_of(page),
    }
    return render(page.request, "proposals/review/proposal.html", context | bound, status=status)


def forms_of(page: Opened) -> dict[str, Any]:
    """Return the forms of the person's role in this status; None where there is none."""
    user, offered = page.request.user, page.offered
    scores_now = access.may_review(user) and page.proposal.status == Status.UNDER_REVIEW
    checks_now = Action.ACCEPT_FOR_REVIEW in offered
    steps = [
        (StepForm(action=action, reasons=page.reasons), offered[action])
        for action in STEPS
        if action in offered and not (action == Action.PUT_ON_DESK and scores_now)
    ]
    return {
        "review_form": page.review_form() if scores_now else None,
        "comment_form": CommentForm(auto_id="comment-%s"),
        "steps": steps,
        "gate_form": GateForm(gates=page.dossier.gates) if checks_now else None,
        "points": points_form(page.proposal.year) if Action.RETURN in offered else None,
        "assign_form": AssignForm(lists=queries.choices()) if access.may_assign(user) else None,
    }
