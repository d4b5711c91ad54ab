"""Leaving the office: asked once more, done once, and answered with a receipt."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from proposals import access, web, workflow
from proposals.enums import Action, Status
from proposals.filing.actions import give_back
from proposals.filing.forms.acts import ConfirmForm, NoteForm
from proposals.filing.queries.acts import ACTS, word_of
from proposals.filing.queries.facts import by_section, facts_of
from proposals.filing.queries.own import UNSENT, office_year_for
from proposals.filing.queries.papers import documents_for, papers_of
from proposals.filing.queries.reading import to_read
from proposals.filing.queries.typed import unsaved_by
from proposals.models import Proposal
from proposals.web import PersonRequest
from proposals.workflow import Given

DONE = {
    Action.SEND: gettext_lazy("Sent."),
    Action.HAND_TO_HEAD: gettext_lazy("Handed to the head of your office."),
    Action.TAKE_BACK: gettext_lazy("Taken back: it is a draft again."),
    Action.WITHDRAW: gettext_lazy("Withdrawn."),
}
LEADS_TO = {
    Action.SEND: Status.SENT,
    Action.HAND_TO_HEAD: Status.AWAITING_HEAD,
    Action.TAKE_BACK: Status.DRAFT,
    Action.WITHDRAW: Status.WITHDRAWN,
}


def _own(request: PersonRequest, pk: int) -> Proposal:
    """Return an own proposal with everything that is shown before it leaves."""
    found = get_object_or_404(to_read(request.user), pk=pk)
    if not access.may_write_content(request.user, found.office_id):
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def act(request: PersonRequest, pk: int, action: str) -> HttpResponse:
    """Show what an act will do and ask once more; then do it, a second click changes nothing."""
    if action not in ACTS:
        raise Http404
    found, wanted = _own(request, pk), ACTS[action]
    if request.method == "POST" and found.status == LEADS_TO[wanted.action]:
        return _done_already(request, pk, wanted.action)
    data = request.POST if request.method == "POST" else None
    form = NoteForm(data) if wanted.wants_note else ConfirmForm(data)
    given = Given(note=form.cleaned_data.get("note", "")) if form.is_valid() else Given()
    if form.is_valid() and web.carried_out(
        form, workflow.take, wanted.action, proposal=found, by=request.user, given=given
    ):
        return _done(request, pk, wanted.action)
    if form.errors and _is_done(request, pk, wanted.action):
        return _done_already(request, pk, wanted.action)
    context = _asked(found, action, request) | {"form": form}
    status = web.UNPROCESSABLE if form.errors else 200
    return render(request, "proposals/filing/act.html", context, status=status)


def _is_done(request: PersonRequest, pk: int, action: Action) -> bool:
    """Tell whether another click has done it in the meantime."""
    rows = Proposal.objects.visible_to(request.user)
    return rows.filter(pk=pk, status=LEADS_TO[action]).exists()


def _asked(found: Proposal, action: str, request: PersonRequest) -> dict[str, object]:
    wanted, documents = ACTS[action], documents_for(found.intervention_id)
    workflow.knowing(found, documents, office_year_for(request.user, found.year))
    facts = by_section(facts_of(found), leaving_out={"budget_lines"})
    reasons = workflow.hindrances(wanted.action, proposal=found, user=request.user)
    return {
        "proposal": found,
        "act": wanted,
        "word": word_of(action, found),
        "reasons": list(dict.fromkeys(reasons)),
        "unsaved": unsaved_by(found) if action in {Action.SEND, Action.HAND_TO_HEAD} else [],
        "facts": [fact for section in facts.values() for fact in section],
        "papers": papers_of(found, documents),
        "is_leaving": action in {Action.SEND, Action.HAND_TO_HEAD},
    }


def _done(request: PersonRequest, pk: int, action: Action) -> HttpResponse:
    messages.success(request, str(DONE[action]))
    return _arrived(pk, action)


def _done_already(request: PersonRequest, pk: int, action: Action) -> HttpResponse:
    web.say_done_already(request)
    return _arrived(pk, action)


def _arrived(pk: int, action: Action) -> HttpResponse:
    return redirect("filing:receipt" if action == Action.SEND else "filing:proposal", pk)


@require_http_methods(["GET", "POST"])
def return_to_officer(request: PersonRequest, pk: int) -> HttpResponse:
    """Let the head give a proposal that waits back to the officer, with a note."""
    found = _own(request, pk)
    if not access.may_approve(request.user, found.office_id):
        raise Http404
    is_approved = found.status in UNSENT and found.approved_at is not None
    if found.status != Status.AWAITING_HEAD and not is_approved:
        messages.info(request, _("This proposal does not wait for you any more."))
        return redirect("filing:proposal", pk)
    data = request.POST if request.method == "POST" else None
    form = NoteForm(data, label=_("What should the officer change?"))
    if form.is_valid() and web.carried_out(
        form, give_back, proposal=found, by=request.user, note=form.cleaned_data["note"]
    ):
        messages.success(request, _("Given back to the officer with your note."))
        return redirect("filing:head")
    status = web.UNPROCESSABLE if form.errors else 200
    context = {"proposal": found, "form": form}
    return render(request, "proposals/filing/give_back.html", context, status=status)
