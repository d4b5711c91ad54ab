"""The request as the rooms know it: closed by default, so a person is always there."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from proposals.models import User


class PersonRequest(HttpRequest):
    """A request of somebody who is logged in, with htmx's own headers read."""

    user: User
    htmx: HtmxDetails
