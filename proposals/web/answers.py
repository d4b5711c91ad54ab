"""What a view answers: a page or its part, and whether an action was carried out."""

from collections.abc import Callable, Mapping
from typing import Any, ParamSpec

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from proposals.refused import AtField, Refused

P = ParamSpec("P")

CONFLICT = 409
UNPROCESSABLE = 422


def render_or_part(
    request: HttpRequest,
    page: str,
    part: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Send the part alone where htmx asks for it, else the page that includes it."""
    htmx = HtmxDetails(request)
    wants_part = bool(htmx) and not htmx.boosted and not htmx.history_restore_request
    response = render(request, part if wants_part else page, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def carried_out(
    form: BaseForm, function: Callable[P, object], /, *args: P.args, **kwargs: P.kwargs
) -> bool:
    """Call the action; where it refuses, put every reason on the form and answer False."""
    try:
        function(*args, **kwargs)
    except Refused as refusal:
        put_on(form, refusal)
        return False
    return True


def say_done_already(request: HttpRequest) -> None:
    """Answer the second press of a button: it is no error, and nothing was done twice."""
    messages.info(request, _("This is done already; pressing again changed nothing."))


def put_on(form: BaseForm, refusal: Refused) -> None:
    """Put every reason on the form, at its field where it names one that the form has."""
    for reason in refusal.reasons:
        name = reason.field if isinstance(reason, AtField) else None
        form.add_error(name if name in form.fields else None, str(reason))
