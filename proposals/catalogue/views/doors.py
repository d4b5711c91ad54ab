"""Who may come in: everybody reads the lists, the admin alone writes and sees people."""

from django.core.exceptions import PermissionDenied

from proposals import access, web
from proposals.models import PlanningYear


def admin_only(request: web.PersonRequest) -> None:
    """Let only the admin pass."""
    if not access.may_administer(request.user):
        raise PermissionDenied


def may_post(request: web.PersonRequest) -> None:
    """Let everybody read, and only the admin send a form."""
    if request.method == "POST":
        admin_only(request)


def flag_year(request: web.PersonRequest) -> PlanningYear | None:
    """Return the year whose flags are shown: the one in the address, else the one in hand."""
    asked = request.GET.get("year", "")
    current = web.current_year(request)
    if not asked.isdecimal() or len(asked) > 4 or (current and str(current) == asked):
        return current
    return PlanningYear.objects.filter(fiscal_year=asked).newest_first().first() or current
