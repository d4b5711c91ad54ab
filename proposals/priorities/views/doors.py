"""Who may come in: the province, the offices and the planning agency read; two roles decide."""

from django.http import Http404

from proposals import access, web
from proposals.models import PlanningYear


def year_for_readers(request: web.PersonRequest) -> PlanningYear:
    """Return the year in hand for whoever reads the scale and the balance."""
    year = web.current_year(request)
    if year is None or not access.sees_scale(request.user):
        raise Http404
    return year


def readers_only(request: web.PersonRequest) -> None:
    """Let only those in who read the balance."""
    if not access.sees_scale(request.user):
        raise Http404


def year_for_setters(request: web.PersonRequest) -> PlanningYear:
    """Return the year in hand for whoever sets the scale."""
    if not access.may_set_scale(request.user):
        raise Http404
    return year_for_readers(request)
