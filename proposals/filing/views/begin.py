"""Beginning a proposal: the kind first, then the title; or a copy of one's own."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from proposals import access, web
from proposals.filing.actions import begin_proposal, copy_proposal
from proposals.filing.forms.acts import BeginForm
from proposals.models import PlanningYear, Proposal
from proposals.refused import Refused
from proposals.web import PersonRequest


def _year_for_filing(request: PersonRequest) -> PlanningYear:
    """Return the year in hand, for somebody who may begin a proposal."""
    year = web.current_year(request)
    if year is None or not access.may_file(request.user):
        raise Http404
    return year


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Ask for the kind and the title, then open the form; the same form twice makes one draft."""
    year = _year_for_filing(request)
    is_province = bool(request.user.office and request.user.office.region.is_province)
    form = BeginForm(request.POST or None, is_province=is_province)
    if form.is_valid():
        try:
            made = begin_proposal(by=request.user, year=year, **form.cleaned_data)
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error(None, reason)
        else:
            return redirect("filing:fill", made.pk)
    status = web.UNPROCESSABLE if form.errors else 200
    context = {"form": form, "is_province": is_province}
    return render(request, "proposals/filing/new.html", context, status=status)


@require_POST
def copy(request: PersonRequest, pk: int) -> HttpResponse:
    """Make a new draft with the content of an own proposal."""
    year = _year_for_filing(request)
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user), pk=pk)
    try:
        made = copy_proposal(proposal=proposal, by=request.user, year=year)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
        return redirect("filing:proposal", pk)
    messages.success(request, _("A copy is made. Its papers are not copied: upload them anew."))
    return redirect("filing:fill", made.pk)
