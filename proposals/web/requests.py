"""The request as the rooms know it: closed by default, so a person is always there."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from proposals.models import User


class PersonRequest(HttpRequest):
    """A request of somebody who is logged in, with htmx's own headers read."""

    user: User
    htmx: HtmxDetails


def number_in(text: str, digits: int) -> int | None:
    """Read a whole number of at most so many digits, as an address or a form names a row.

    Anything else is nothing: the reader says what that means.
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None


def page_number(request: HttpRequest) -> int:
    """Return the page of a history that the address names; anything else is the first."""
    return number_in(request.GET.get("page", ""), 5) or 1


def seen_version(request: HttpRequest) -> int:
    """Return the version of the row that a button was pressed beside; 0 where none is named."""
    return number_in(request.POST.get("row_version", ""), 8) or 0
