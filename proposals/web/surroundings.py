"""What stands around every page: theme, menu, and the planning year, each found when asked."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from proposals import access
from proposals.models import PlanningYear
from proposals.web.looks import theme_of
from proposals.web.menu import menu_for, more_for


def hall(request: HttpRequest) -> dict[str, Any]:
    """Give templates what is around a page: one query at most, and only where it is shown."""
    return {
        "theme": theme_of(request),
        "menu": SimpleLazyObject(lambda: menu_for(request)),
        "more": SimpleLazyObject(lambda: more_for(request)),
        "sees_addresses": SimpleLazyObject(lambda: access.sees_addresses(request.user)),
        "help_line": settings.HELP_LINE,
        "year": SimpleLazyObject(lambda: current_year(request)),
    }


def current_year(request: HttpRequest) -> PlanningYear | None:
    """Return the year in hand, asked once in a request; nothing before the first year."""
    if not hasattr(request, "_planning_year"):
        request._planning_year = PlanningYear.objects.current()  # type: ignore[attr-defined]  # noqa: SLF001 - kept on the request
    year: PlanningYear | None = getattr(request, "_planning_year", None)
    return year
