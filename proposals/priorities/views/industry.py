"""Industry trees, the report of added value, and the investment sheet of a sector."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from proposals import access, web
from proposals.models import Sector
from proposals.priorities.queries import gains, investing
from proposals.priorities.queries import trees as queries
from proposals.priorities.views import doors


@require_safe
def trees(request: web.PersonRequest) -> HttpResponse:
    """Show the industry trees: where the province stands and what the proposals reach."""
    year = doors.year_for_readers(request)
    found = queries.trees(request.user, year)
    asked = request.GET.get("pohon", "")
    chosen = next((one for one in found if one.key == asked), found[0] if found else None)
    context = {
        "trees": found,
        "chosen": chosen,
        "first": investing.first_sectors(year),
        "sees_scores": access.sees_scores(request.user),
    }
    return render(request, "proposals/priorities/trees.html", context)


@require_safe
def added_value(request: web.PersonRequest) -> HttpResponse:
    """Report what is kept, replaced and gained, per sector and region, with the inputs."""
    year = doors.year_for_readers(request)
    context = {
        "report": gains.added_value(request.user, year, _("Cross-sector")),
        "sees_scores": access.sees_scores(request.user),
    }
    return render(request, "proposals/priorities/added_value.html", context)


@require_safe
def investment(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Show the investment sheet of a sector as a clean A4 page."""
    year = doors.year_for_readers(request)
    sector = get_object_or_404(Sector, pk=pk)
    today = timezone.localdate()
    context = {
        "sheet": investing.sheet(sector, year, today),
        "office": year.office,
        "planning_year": year,
        "printed_at": timezone.now(),
        "today": today,
        "portal": settings.SITE_ADDRESS,
    }
    return render(request, "proposals/priorities/investment.html", context)
