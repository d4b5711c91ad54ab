"""Error pages: they stand without database, session and htmx, and say what is safe."""

import logging
import secrets
import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils import translation

from proposals.web import kept, looks

log = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's name
    """Answer a request that cannot be read: too big, too many fields, broken."""
    return _page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's name
    """Answer somebody who is known but may not do this."""
    return _page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's name
    """Answer for what is not there, or not for this person: one answer for both."""
    return _page(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a stale form token; a form of our own page is offered again with a fresh one."""
    log.warning("form token refused: %s", reason)
    return _page(request, 403, "403_csrf.html", kept.offered_again(request))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours, or a database that is gone, with a code for the log."""
    error = sys.exc_info()[1]
    code = f"RKT-{secrets.token_hex(2).upper()}"
    log.error("shown to the person as %s: %s", code, type(error).__name__)
    is_gone = isinstance(error, InterfaceError | OperationalError)
    context = kept.offered_again(request) | {"code": code, "path": request.get_full_path()}
    return _page(request, 503 if is_gone else 500, extra=context)


def _page(
    request: HttpRequest, status: int, name: str = "", extra: dict[str, Any] | None = None
) -> HttpResponse:
    """Render without a request context: no processor may ask the database."""
    language = looks.cookie_language(request)
    context = {"theme": looks.cookie_theme(request), "language": language}
    with translation.override(language):
        body = loader.render_to_string(name or f"{status}.html", context | (extra or {}))
    return HttpResponse(body, status=status)
