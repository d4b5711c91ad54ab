"""The first page after signing in, and the page open to all."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from proposals import access, web
from proposals.enums import Role, YearState
from proposals.home import queries
from proposals.models import PlanningYear


@require_safe
def start(request: web.PersonRequest) -> HttpResponse:
    """Show what waits for this person, the deadline first."""
    year = web.current_year(request)
    role = access.role_of(request.user)
    if role == Role.OBSERVER:
        return redirect("home:public")
    if year is None or role is None:
        return render(request, "proposals/home/empty.html")
    if role in access.OFFICE_ROLES:
        context = {"home": queries.office_home(request.user, year), "today": timezone.localdate()}
        return render(request, "proposals/home/office.html", context)
    context = {"home": queries.province_home(request.user, year)}
    return render(request, "proposals/home/province.html", context)


@login_not_required
@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Show the agreed programmes of the newest signed year; nothing before signing."""
    signed = (
        PlanningYear.objects.filter(state__in=[YearState.SIGNED, YearState.ARCHIVED])
        .newest_first()
        .first()
    )
    page = web.numbered(request, queries.published(signed))
    context = {"page": page, "signed": signed}
    return web.render_or_part(
        request, "proposals/home/public.html", "proposals/home/_published.html", context
    )
