"""Changing a programme: its content, its shares, its members."""

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from proposals import access, web
from proposals.enums import FundingLevel, JointState
from proposals.harmonisation import actions, thread
from proposals.harmonisation.forms.programmes import (
    OutputForm,
    OutputSet,
    ProgrammeForm,
    chosen_ids,
    output_rows,
    outputs_initial,
    with_rows,
)
from proposals.harmonisation.forms.shares import AmountsForm, LeavingForm, SharesForm
from proposals.harmonisation.forms.versions import VersionedForm
from proposals.harmonisation.queries import groups
from proposals.harmonisation.queries.members import Compared, chosen, members_of
from proposals.harmonisation.views import answers
from proposals.models import FundingSource, JointProgramme

PAYING = (FundingLevel.PROVINCE, FundingLevel.REGENCY, FundingLevel.CENTRE)


def _open_for(request: web.PersonRequest, pk: int) -> JointProgramme:
    """Fetch a programme that this person may change now; to others the page is not there.

    What was typed before somebody decided it comes back with the reason: nothing typed is lost.
    """
    joint = answers.programme_for(request.user, pk)
    was_typed = request.method == "POST" and access.may_join(request.user)
    if not (was_typed or thread.may_design(joint, request.user)):
        raise Http404
    return joint


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Change name, kind, lead, code and outputs of a programme."""
    joint = _open_for(request, pk)
    members = members_of(joint)
    sent = with_rows(request.POST) if request.method == "POST" else None
    form = ProgrammeForm(joint, members, sent)
    stored = list(joint.outputs.order_by("-kind", "pk"))
    outputs = OutputSet(sent, initial=outputs_initial(stored), prefix="hasil")
    status = answers.OK
    if sent is not None and sent.get("do") != "rows":
        status = _saved_content(request, joint, form, outputs)
    if status == answers.DONE:
        messages.success(request, _("The programme is saved."))
        return redirect("harmonisation:programme", pk=pk)
    if status == web.CONFLICT:
        form = ProgrammeForm(answers.programme_for(request.user, pk), members, sent)
        form.mark_conflict()
    context = {"joint": joint, "form": form, "outputs": outputs, "sets": [outputs]}
    context |= {"stored": stored, "is_conflict": status == web.CONFLICT}
    return render(request, "proposals/harmonisation/edit.html", context, status=status)


def _saved_content(
    request: web.PersonRequest,
    joint: JointProgramme,
    form: ProgrammeForm,
    outputs: BaseFormSet[OutputForm],
) -> int:
    """Save content and outputs together; return 0, or the status of the answer."""
    is_closed = answers.is_closed(form, joint, request.user)
    if is_closed or not (form.is_valid() and outputs.is_valid()):
        return web.UNPROCESSABLE
    return answers.carried(
        form,
        actions.save_programme,
        joint=joint,
        by=request.user,
        row_version=form.version,
        values=form.values(),
        outputs=output_rows(outputs),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def shares(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Set amount, source of money, delivery and part of every member."""
    joint = _open_for(request, pk)
    sent = request.POST if request.method == "POST" else None
    form: AmountsForm = SharesForm(joint, members_of(joint), sent, sources=_sources())
    status = answers.OK
    if sent is not None:
        form, status = answers.saved(form, request.user, sent.get("do", ""))
    if status == answers.DONE:
        messages.success(request, _("The shares are saved."))
        return redirect("harmonisation:programme", pk=pk)
    page, part = "proposals/harmonisation/shares.html", "proposals/harmonisation/_share_table.html"
    context = {"joint": form.joint, "thread": thread.with_form(form, request.path)}
    return web.render_or_part(request, page, part, context, status=status)


def _sources() -> dict[int, FundingSource]:
    """Return the public sources in use, by id: no share is paid by banks or companies."""
    rows = FundingSource.objects.in_use().filter(level__in=PAYING).order_by("name_id", "pk")
    return {row.pk: row for row in rows}


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Take chosen proposals into a group; into a joined programme they are merged at once."""
    joint = _open_for(request, pk)
    sent = request.POST if request.method == "POST" else None
    form, status = VersionedForm(sent, initial={"row_version": joint.row_version}), answers.OK
    if sent is not None:
        status = _taken_in(request, joint, form)
    if status == answers.DONE:
        messages.success(request, _("Taken in with a share of 0: now share the amount."))
        return redirect("harmonisation:shares", pk=pk)
    words = request.GET.get("cari", "").strip()
    is_merging = joint.state == JointState.JOINED
    rows = groups.joinable(request.user, joint.year, words, is_merging=is_merging)
    context = {
        "joint": joint,
        "form": form,
        "page": web.numbered(request, rows),
        "words": words,
        "chosen": chosen_ids(request.POST or request.GET),
    }
    return render(request, "proposals/harmonisation/add.html", context, status=status)


def _taken_in(request: web.PersonRequest, joint: JointProgramme, form: VersionedForm) -> int:
    """Take in what was ticked; return 0, or the status of the answer."""
    if answers.is_closed(form, joint, request.user):
        return web.UNPROCESSABLE
    members = chosen(chosen_ids(request.POST), request.user)
    if not form.is_valid() or not members:
        form.add_error(None, _("Choose at least one proposal."))
        return web.UNPROCESSABLE
    return answers.carried(
        form,
        actions.add_members,
        joint=joint,
        by=request.user,
        proposals=[member.proposal for member in members],
        row_version=form.version,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: web.PersonRequest, pk: int, share: int) -> HttpResponse:
    """Let one member go after a last look; the others add up in the same act."""
    joint = _open_for(request, pk)
    members = members_of(joint)
    leaving = next((one for one in members if one.proposal.share.pk == share), None)
    if leaving is None:
        messages.info(request, _("This proposal is out of the programme already."))
        return redirect("harmonisation:programme", pk=pk)
    rest = [one for one in members if one is not leaving]
    sent = request.POST if request.method == "POST" else None
    form, status = LeavingForm(joint, rest, sent), answers.OK
    if sent is not None and sent.get("do") != "count":
        status = _let_go(request, form, leaving)
    if status == answers.DONE:
        messages.success(request, _("%(number)s is out.") % {"number": leaving.proposal.label})
        return redirect("harmonisation:programme", pk=pk)
    page, part = "proposals/harmonisation/remove.html", "proposals/harmonisation/_share_table.html"
    table = thread.with_form(form, request.path)
    context = {"joint": joint, "leaving": leaving, "thread": table, "form": form}
    context["is_too_few"] = joint.state == JointState.JOINED and len(rest) < 2
    return web.render_or_part(request, page, part, context, status=status)


def _let_go(request: web.PersonRequest, form: LeavingForm, leaving: Compared) -> int:
    if answers.is_closed(form, form.joint, request.user) or not form.is_valid():
        return web.UNPROCESSABLE
    is_joined = form.joint.state == JointState.JOINED
    return answers.carried(
        form,
        actions.remove_member,
        share=leaving.proposal.share,
        by=request.user,
        reason=form.cleaned_data["reason"],
        row_version=form.version,
        amount_rp=form.cleaned_data["amount_rp"] if is_joined else None,
        shares=form.given() if is_joined else None,
    )
