"""Choosing proposals: compare them before any group exists, and begin a group."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from proposals import access, web
from proposals.harmonisation import actions, comparison
from proposals.harmonisation.forms.programmes import GroupForm, chosen_ids
from proposals.harmonisation.queries import groups
from proposals.harmonisation.queries.members import Compared, chosen
from proposals.harmonisation.views import answers
from proposals.models import JointProgramme, PlanningYear
from proposals.refused import Refused


@require_safe
def compare(request: web.PersonRequest) -> HttpResponse:
    """Compare chosen proposals before any group exists."""
    answers.only_comparing(request.user)
    members = chosen(chosen_ids(request.GET), request.user)
    context = {
        "members": members,
        "comparison": comparison.compare(members, in_full=True),
        "may_decide": access.may_decide(request.user),
        "may_join": access.may_join(request.user),
        "units": comparison.by_unit([], members),
    }
    return render(request, "proposals/harmonisation/compare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_group(request: web.PersonRequest) -> HttpResponse:
    """Begin a group: choose proposals, then say why they are joined, its name and its lead."""
    year = web.current_year(request)
    if not access.may_join(request.user) or year is None:
        raise Http404
    data = request.POST if request.method == "POST" else request.GET
    members = chosen(chosen_ids(data), request.user)
    if len(members) < 2:
        return _picker(request, year)
    is_sent = request.method == "POST" and "title" in request.POST
    suggested = {name: request.GET[name] for name in ("kind", "title") if request.GET.get(name)}
    form = GroupForm(
        data if is_sent else None, province=year.office, members=members, initial=suggested
    )
    if form.is_valid() and (joint := _begun(request, year, members, form)):
        messages.success(request, _("The group is made: now share the amount."))
        return redirect("harmonisation:group", pk=joint.pk)
    context = {"form": form, "members": members, "comparison": comparison.compare(members)}
    status = web.UNPROCESSABLE if form.is_bound else 200
    return render(request, "proposals/harmonisation/new_group.html", context, status=status)


def _begun(
    request: web.PersonRequest, year: PlanningYear, members: list[Compared], form: GroupForm
) -> JointProgramme | None:
    """Form the group; a refusal stands on the form."""
    try:
        return actions.form_group(
            year=year,
            by=request.user,
            proposals=[member.proposal for member in members],
            kind=form.cleaned_data["kind"],
            title=form.cleaned_data["title"],
            lead_office=form.cleaned_data["lead_office"],
        )
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
    return None


def _picker(request: web.PersonRequest, year: PlanningYear) -> HttpResponse:
    """Show what may be grouped; where too little was chosen, say so."""
    words = request.GET.get("cari", "").strip()
    is_short = request.method == "POST" or "usulan" in request.GET
    page = web.numbered(request, groups.joinable(request.user, year, words))
    context = {"page": page, "words": words, "is_short": is_short}
    status = web.UNPROCESSABLE if is_short else 200
    return render(request, "proposals/harmonisation/choose.html", context, status=status)
