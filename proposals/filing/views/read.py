"""One proposal to read: its page, its print, its receipt, its history."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from proposals import access, timeline, web, workflow
from proposals.enums import Status
from proposals.fields import FIELDS, SECTION_WORDS
from proposals.filing.actions import open_codes, remark
from proposals.filing.forms.acts import NoteForm
from proposals.filing.queries.acts import offers_for
from proposals.filing.queries.facts import by_section, facts_of
from proposals.filing.queries.own import UNSENT, office_year_for
from proposals.filing.queries.papers import documents_for, papers_of
from proposals.filing.queries.reading import to_read
from proposals.filing.queries.result import result_of
from proposals.filing.views.advising import advice_to_read
from proposals.models import (
    Attachment,
    BudgetLine,
    CoFunding,
    Comment,
    CommodityUse,
    Decision,
    FinancingNeed,
    GateAnswer,
    Location,
    OfficeNote,
    Output,
    PromisedPaper,
    Proposal,
    ReadinessDocument,
    ReturnPoint,
    Share,
    Version,
)
from proposals.web import PersonRequest

HISTORY = (
    Output,
    BudgetLine,
    CoFunding,
    FinancingNeed,
    Location,
    CommodityUse,
    Attachment,
    PromisedPaper,
    Version,
    ReturnPoint,
)
LATER = (Share, Decision)
INSIDE = (GateAnswer, Comment)
HIDDEN_ALWAYS = frozenset({"search", "creation_key", "overlaps_due_at", "row_version"})


@require_GET
def proposal(request: PersonRequest, pk: int) -> HttpResponse:
    """Show one proposal to everybody who may see it, with what this person may do."""
    found = get_object_or_404(to_read(request.user), pk=pk)
    may_write = access.may_write_content(request.user, found.office_id)
    documents = documents_for(found.intervention_id)
    if may_write:
        workflow.knowing(found, documents, office_year_for(request.user, found.year))
    offers = offers_for(found, request.user)
    points = [one for one in found.return_points.all() if one.settled_at is None]
    context = _told(found, documents) | {
        "result": result_of(found, request.user),
        "offers": offers,
        "hindrances": list(dict.fromkeys(r for offer in offers for r in offer.reasons)),
        "open_points": [(one, FIELDS[one.field].word) for one in points],
        "may_fill": may_write and bool(open_codes(found.status, points)),
        "may_attach": may_write and "attachments" in open_codes(found.status, points),
        "is_own": may_write,
        "notes": notes_of(found) if may_write else [],
        "advice": advice_to_read(found) if may_write and found.status in UNSENT else [],
        "may_give_back": _may_give_back(found, request),
        "copy_key": uuid4(),
        "may_copy": may_write and access.may_file(request.user),
        "comment_form": _comment_form(found) if may_write and found.was_sent else None,
        "reads_history": access.role_of(request.user) in access.OFFICE_ROLES | access.REVIEW_ROLES,
        "may_review": access.sees_scores(request.user),
    }
    return render(request, "proposals/filing/proposal.html", context)


def _may_give_back(found: Proposal, request: PersonRequest) -> bool:
    """Tell whether it waits for this head, or was approved and has not left."""
    waits = found.status == Status.AWAITING_HEAD
    is_approved = found.status in UNSENT and found.approved_at is not None
    return (waits or is_approved) and access.may_approve(request.user, found.office_id)


def _comment_form(found: Proposal, data: Any = None) -> NoteForm:
    return NoteForm(data, label=_("Comment"), auto_id=f"comment-{found.pk}-%s")


@require_POST
def comment(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep what the office has to say to the province about an own proposal."""
    found = get_object_or_404(Proposal.objects.visible_to(request.user), pk=pk)
    if not access.may_comment(request.user, found.office_id):
        raise Http404
    form = _comment_form(found, request.POST)
    if form.is_valid() and web.carried_out(
        form, remark, proposal=found, by=request.user, text=form.cleaned_data["note"]
    ):
        messages.success(request, _("Your comment is sent."))
    else:
        for texts in form.errors.values():
            messages.error(request, " ".join(str(text) for text in texts))
    return redirect("filing:proposal", pk)


def _told(found: Proposal, documents: list[ReadinessDocument]) -> dict[str, Any]:
    """Return the fields in words, section by section, with papers and versions."""
    sections = by_section(facts_of(found), leaving_out={"title", "budget_lines"})
    return {
        "proposal": found,
        "sections": [(key, SECTION_WORDS[key], facts) for key, facts in sections.items() if facts],
        "papers": papers_of(found, documents),
        "versions": versions_of(found),
    }


def versions_of(found: Any) -> list[dict[str, Any]]:
    """Return what was sent, newest first, with true times."""
    return [row | {"sent_at": parse_datetime(row["sent_at"])} for row in found.version_rows]


def notes_of(found: Any) -> list[dict[str, Any]]:
    """Return what the head wrote to the officer, newest first; the own office alone reads it."""
    return [row | {"at": parse_datetime(row["at"])} for row in found.office_note_rows]


@require_GET
def print_one(request: PersonRequest, pk: int) -> HttpResponse:
    """Show one proposal as clean A4 pages, marked as a draft before the minutes are signed."""
    found = get_object_or_404(to_read(request.user), pk=pk)
    told = _told(found, documents_for(found.intervention_id))
    context = told | {"is_draft": not found.year.is_signed, "now": timezone.now()}
    return render(request, "proposals/filing/print.html", context)


@require_GET
def receipt(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the receipt of the last sending: number, time in WITA, checksum."""
    found = get_object_or_404(to_read(request.user), pk=pk)
    versions = versions_of(found)
    if not versions or found.status == Status.WITHDRAWN:
        raise Http404
    is_own = access.may_write_content(request.user, found.office_id)
    context = {
        "proposal": found,
        "version": versions[0],
        "n_versions": len(versions),
        "is_own": is_own and found.year == web.current_year(request),
    }
    return render(request, "proposals/filing/receipt.html", context)


@require_GET
def history(request: PersonRequest, pk: int) -> HttpResponse:
    """Show who did what to a proposal and its rows, as far as the role may read it."""
    rows = Proposal.objects.filter(access.history_rows_for(request.user))
    found = get_object_or_404(rows.select_related("office__region", "year"), pk=pk)
    children: list[Any] = list(HISTORY)
    hidden = HIDDEN_ALWAYS | access.history_columns_hidden_from(request.user)
    if access.may_write_content(request.user, found.office_id):
        children.append(OfficeNote)
    if access.sees_decision_of(request.user, found.office_id) or found.year.is_signed:
        children += LATER
    if access.sees_scores(request.user):
        children += INSIDE
    told = timeline.events_of(found, children, page=web.page_number(request), hidden=hidden)
    context = {"proposal": found, "timeline": told}
    return render(request, "proposals/filing/history.html", context)
