"""Beginning a proposal: the kind first, then the title; or a copy of one's own."""

from uuid import uuid4

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from proposals import access, web
from proposals.filing.actions import begin_proposal, copy_proposal
from proposals.filing.forms.acts import BeginForm, KeyForm
from proposals.filing.queries.own import searched
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


@require_GET
def copies(request: PersonRequest) -> HttpResponse:
    """List the own proposals of every year, the newest year first, to be copied."""
    year = _year_for_filing(request)
    words = request.GET.get("q", "")[:100].replace("\x00", "").strip()
    rows = Proposal.objects.visible_to(request.user).filter(office=request.user.office_id)
    listed = searched(rows.for_list().select_related("year"), words)
    ordered = listed.order_by("-year__fiscal_year", F("own_rank").asc(nulls_last=True), "pk")
    page = web.numbered(request, ordered)
    keys = [(row, uuid4()) for row in page]
    context = {"page": page, "keys": keys, "q": words, "to_year": year}
    return render(request, "proposals/filing/copies.html", context)


@require_POST
def copy(request: PersonRequest, pk: int) -> HttpResponse:
    """Make a new draft with the content of an own proposal; the same press twice makes one."""
    year = _year_for_filing(request)
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user), pk=pk)
    key = KeyForm(request.POST)
    creation_key = key.cleaned_data["creation_key"] if key.is_valid() else None
    try:
        made = copy_proposal(
            proposal=proposal, by=request.user, year=year, creation_key=creation_key
        )
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
        return redirect("filing:proposal", pk)
    messages.success(request, _("A copy is made. Its papers are not copied: upload them anew."))
    if made.left_out:
        told = _("Left empty, as it is no longer in use: %(names)s.")
        messages.warning(request, told % {"names": "; ".join(made.left_out)})
    if made.past_years:
        told = _("The text names %(years)s: check whether it still fits budget year %(year)s.")
        years = ", ".join(map(str, made.past_years))
        messages.warning(request, told % {"years": years, "year": year.fiscal_year})
    return redirect("filing:fill", made.proposal.pk)
