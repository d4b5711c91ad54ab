"""The head's room: the whole office on one page, approved, ordered, given back, sent."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from proposals import access, web
from proposals.filing import actions
from proposals.filing.forms.acts import ids_in
from proposals.filing.forms.papers import UploadForm
from proposals.filing.queries.heading import (
    PER_PAGE,
    SHOWN,
    Line,
    lines_of,
    rows_for_head,
    unsent_lines,
)
from proposals.filing.queries.order import present
from proposals.filing.queries.own import UNSENT, figures_of, office_year_for
from proposals.filing.queries.window import window_of
from proposals.models import PlanningYear, Proposal
from proposals.refused import Refused
from proposals.transitions import WITH_PROVINCE
from proposals.web import PersonRequest

MOST_RANKED = 20_000


def _headed_year(request: PersonRequest) -> PlanningYear:
    """Return the year in hand for the head of an office; nobody else has this room."""
    office, year = request.user.office_id, web.current_year(request)
    if office is None or year is None or not access.may_approve(request.user, office):
        raise Http404
    return year


@require_GET
def head(request: PersonRequest) -> HttpResponse:
    """Show every proposal of the office, what each lacks, and what the head may do."""
    year, user = _headed_year(request), request.user
    office_year, figures = office_year_for(user, year), figures_of(user, year)
    rows = rows_for_head(user, year)
    page = web.numbered(request, rows, per_page=PER_PAGE, total=figures.count)
    lines = lines_of(page, user, office_year)
    is_whole = not page.has_others
    unsent = lines if is_whole else list(unsent_lines(user, year, office_year))
    order = [line.proposal.pk for line in lines] if is_whole else present(user, year)[0]
    context = {
        "page": page,
        "lines": lines,
        "order": ",".join(map(str, order)),
        "n_ready": sum(line.may_go for line in unsent),
        "n_unsent": sum(line.is_complete for line in unsent),
        "window": window_of(year, office_year),
        "office_year": office_year,
        "figures": figures,
        "letter_form": UploadForm(),
    }
    return render(request, "proposals/filing/head.html", context)


@require_POST
def approve(request: PersonRequest, pk: int) -> HttpResponse:
    """Approve a complete proposal, or take the approval back."""
    _headed_year(request)
    rows = Proposal.objects.visible_to(request.user).filter(office=request.user.office_id)
    found = get_object_or_404(rows, pk=pk)
    act = actions.unapprove if "batal" in request.POST else actions.approve
    try:
        act(proposal=found, by=request.user)
    except Refused as refusal:
        messages.error(request, f"{found.title}: {' '.join(refusal.reasons)}")
    return redirect(f"{reverse('filing:head')}#usulan-{pk}")


@require_POST
def order(request: PersonRequest) -> HttpResponse:
    """Fix the order as it was shown, or open it again."""
    year = _headed_year(request)
    try:
        if "buka" in request.POST:
            actions.open_order(year=year, by=request.user)
            messages.success(request, _("The order can be changed again."))
        else:
            seen = ids_in(request.POST.get("urutan", "").split(","), most=MOST_RANKED)
            actions.fix_order(year=year, by=request.user, proposal_ids=seen)
            messages.success(request, _("The order is fixed."))
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    return redirect("filing:head")


@require_http_methods(["GET", "POST"])
def send_complete(request: PersonRequest) -> HttpResponse:
    """Show what would be sent, then send what was chosen; one that cannot go holds up no other."""
    year = _headed_year(request)
    office_year = office_year_for(request.user, year)
    rows = rows_for_head(request.user, year)
    chosen = ids_in(request.POST.getlist("usulan"))
    if wanted := list(rows.filter(pk__in=chosen)):
        return _sent(request, wanted)
    if request.method == "POST":
        messages.error(request, _("Choose at least one proposal."))
    found = list(rows.filter(status__in=UNSENT)[: SHOWN + 1])
    lines = lines_of(found[:SHOWN], request.user, office_year)
    context = {
        "is_cut": len(found) > SHOWN,
        "going": [line for line in lines if line.may_go],
        "staying": [line for line in lines if line.is_unsent and not line.may_go],
        "window": window_of(year, office_year),
    }
    status = web.UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "proposals/filing/send_all.html", context, status=status)


def _sent(request: PersonRequest, wanted: list[Proposal]) -> HttpResponse:
    """Send, then lead to the one receipt: opening it anew, or sending twice, changes nothing."""
    unsent = [row for row in wanted if row.status not in WITH_PROVINCE or row.status == "returned"]
    results = actions.send_all(proposals=unsent, by=request.user)
    n_sent = sum(not result.reasons for result in results)
    if n_sent:
        told = ngettext("%(n)s proposal was sent.", "%(n)s proposals were sent.", n_sent)
        messages.success(request, told % {"n": n_sent})
    if not unsent:
        web.say_done_already(request)
    query = urlencode({"usulan": [row.pk for row in wanted]}, doseq=True)
    return redirect(f"{reverse('filing:receipts')}?{query}")


@require_GET
def receipts(request: PersonRequest) -> HttpResponse:
    """Show one receipt for many: numbers, times, checksums; and what was left, with the reasons.

    Without ids it tells all that the office has sent; ``cetak`` makes A4 pages of it.
    """
    office, year = request.user.office_id, web.current_year(request)
    if office is None or year is None or not access.may_write_content(request.user, office):
        raise Http404
    only = ids_in(request.GET.getlist("usulan"))
    rows = rows_for_head(request.user, year)
    rows = rows.filter(pk__in=only) if only else rows.exclude(status__in=UNSENT)
    lines = lines_of(rows[:SHOWN], request.user, office_year_for(request.user, year))
    asked: dict[str, list[int] | int] = {"usulan": only, "cetak": 1}
    context: dict[str, Any] = {
        "sent": [line for line in lines if line.version and not line.is_unsent],
        "left": _left(lines) if only else [],
        "printed_at": timezone.now(),
        "office": request.user.office,
        "only": only,
        "query": urlencode(asked, doseq=True),
    }
    if "cetak" in request.GET:
        return render(request, "proposals/filing/receipts_print.html", context)
    return render(request, "proposals/filing/receipts.html", context)


def _left(lines: list[Line]) -> list[Line]:
    return [line for line in lines if line.is_unsent]
