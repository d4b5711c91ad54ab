"""The queue, its workbook, and what is done with several rows at once."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from proposals import access, web
from proposals.models import Proposal, User
from proposals.refused import Refused
from proposals.review import actions, exporting, listing, queries, saved, workbook
from proposals.review.forms.acts import AssignForm
from proposals.review.forms.filters import FilterForm
from proposals.review.tasks import write_queue
from proposals.web.writing import Writing


@require_safe
def queue(request: web.PersonRequest) -> HttpResponse:
    """List what was sent to the province: saved views, search, filters, order."""
    user, year = _reader(request), web.current_year(request)
    view = saved.chosen_view(request.GET.get("tampilan", ""), user)
    lists = queries.choices()
    form = FilterForm(request.GET, lists=lists)
    wanted = form.wanted()
    rows = queries.for_queue(queries.queue(user, year, view, wanted))
    page = web.keyed(request, rows, queries.order_of(wanted).columns)
    counted = queries.counts(user, year)
    context = {
        "view": view,
        "form": form,
        "assign_form": AssignForm(lists=lists) if access.may_assign(user) else None,
        "tabs": listing.tabs(user, view, counted),
        "chips": listing.chips(form, request.GET),
        "page": page,
        "rows": listing.rows(page),
        "counted": {key: listing.capped(count) for key, count in counted.items()},
        "order": wanted.get("urut") or "lama",
        "trail": listing.without(request.GET),
        "sees_scores": access.sees_scores(user),
        "may_join": access.may_join(user),
    }
    return render(request, "proposals/review/queue.html", context)


@require_safe
def queue_xlsx(request: web.PersonRequest) -> HttpResponseBase:
    """Send the queue as filtered, with real numbers and dates; a long one is written behind."""
    user, year = _reader(request), web.current_year(request)
    asked = exporting.asked_for(user, year, request.GET)
    if asked.rows.order_by()[: workbook.AT_ONCE + 1].count() > workbook.AT_ONCE:
        given = (user.pk, year.pk if year else 0, get_language() or "id", asked.query)
        return Writing(write_queue, given, asked.name, workbook.CONTENT_TYPE).answer(request)
    answer = HttpResponse(asked.written(), content_type=workbook.CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{asked.name}"'
    return answer


@require_POST
def assign(request: web.PersonRequest) -> HttpResponse:
    """Route the ticked proposals to a division or a reviewer."""
    if not access.may_assign(request.user):
        raise Http404
    form = AssignForm(request.POST, lists=queries.choices())
    try:
        done = actions.assign(proposals=_ticked(request), by=request.user, **form.given())
        said = ngettext("%(n)s proposal assigned.", "%(n)s proposals assigned.", done)
        messages.success(request, said % {"n": done})
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    return redirect(_back(request))


@require_POST
def compare(request: web.PersonRequest) -> HttpResponse:
    """Lay the ticked proposals side by side; the list of them stands in the address."""
    if not access.sees_scores(request.user):
        raise Http404
    chosen = [proposal.pk for proposal in _ticked(request)]
    if len(chosen) < 2:
        messages.error(request, _("Tick at least two proposals to compare."))
        return redirect(_back(request))
    query = urlencode([("usulan", pk) for pk in chosen])
    return redirect(f"{reverse('harmonisation:compare')}?{query}")


def _reader(request: web.PersonRequest) -> User:
    if not access.may_see_queue(request.user):
        raise Http404
    return request.user


def _back(request: web.PersonRequest) -> str:
    """Return the page the person came from, if it is one of ours."""
    wanted = request.POST.get("kembali", "")
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, None)
    return wanted if is_ours else reverse("review:queue")


def _ticked(request: web.PersonRequest) -> list[Proposal]:
    """Return the ticked proposals that this person may see."""
    chosen = [int(pk) for pk in request.POST.getlist("usulan") if pk.isdecimal() and len(pk) < 18]
    return list(Proposal.objects.visible_to(request.user).filter(pk__in=chosen).order_by("pk"))
