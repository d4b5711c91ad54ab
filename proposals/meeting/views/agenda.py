"""What waits at the desk, what was decided, and one regency's list on paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from proposals import access, web
from proposals.enums import OfficeKind
from proposals.meeting import queries
from proposals.models import Office, User


@require_safe
def agenda(request: web.PersonRequest) -> HttpResponse:
    """List what lies at the desk, regency by regency, with joint programmes and today's results."""
    user, year = _follower(request), web.current_year(request)
    office = web.number_in(request.GET.get("kantor", ""), 17) or 0
    offices = queries.desk_offices(user, year)
    context = {
        "offices": offices,
        "waiting": sum(one.count for one in offices),
        "office": next((one for one in offices if one.pk == office), None),
        "page": web.keyed(request, queries.desk(user, year, office), ("number", "pk")),
        "joints": queries.joint_waiting(user, year),
        "decided": queries.decided_today(user, year),
        "may_decide": access.may_decide(user),
        "sees_scores": access.sees_scores(user),
    }
    return render(request, "proposals/meeting/agenda.html", context)


@require_safe
def decisions(request: web.PersonRequest) -> HttpResponse:
    """List every decision of the year, the newest first; an old one is never changed."""
    user, year = _follower(request), web.current_year(request)
    rows = queries.decisions(user, year)
    page = web.keyed(request, rows, ("-decided_at", "-pk"))
    return render(request, "proposals/meeting/decisions.html", {"page": page})


@require_safe
def print_office(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Show one regency's proposals with asked, proposed and agreed, clean for A4."""
    user, year = _follower(request), web.current_year(request)
    offices = Office.objects.filter(kind=OfficeKind.INDUSTRY).select_related("region")
    office = get_object_or_404(offices, pk=pk)
    if year is None:
        raise Http404
    context = {
        "office": office,
        "rows": queries.list_of_office(user, year, office),
        "sums": queries.sums_of_office(user, year, office),
        "printed_at": timezone.now(),
        "is_draft": not year.is_signed,
        "sees_scores": access.sees_scores(user),
    }
    return render(request, "proposals/meeting/print_office.html", context)


def _follower(request: web.PersonRequest) -> User:
    if not access.sees_decisions(request.user):
        raise Http404
    return request.user
