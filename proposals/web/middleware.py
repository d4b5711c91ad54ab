"""Middleware of the hall: the person's language, the closed door, first password, history."""

from collections.abc import Callable
from typing import Any

import pghistory.middleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import patch_cache_control

from proposals.web import kept
from proposals.web.looks import language_of

Answer = Callable[[HttpRequest], HttpResponseBase]
KEEP_COOKIE = "kept"
FREE_OF_FIRST_PASSWORD = frozenset(
    {"account_change_password", "account_logout", "account_set_password", "theme", "language"}
)


class PersonLocaleMiddleware:
    """Speak the language of the profile, else of the cookie, else Indonesian.

    What a logged-in person reads is kept by no proxy; the browser may show it on "back", so that
    text typed into a form is still there, until logging out clears it.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if request.user.is_authenticated:
            patch_cache_control(response, private=True, no_cache=True)
        return response


class ClosedByDefaultMiddleware:
    """Ask a stranger to log in, at every view that is not marked ``login_not_required``.

    A POST whose session has ended answers the log-in form that carries the fields along.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Let pass who is known; a part that htmx asked for leads its whole page to the log-in."""
        if request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if request.method == "POST":
            return kept.session_ended(request)
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(headers={"HX-Refresh": "true"})
        return redirect_to_login(request.get_full_path())


class FirstPasswordMiddleware:
    """Lead whoever has a one-time password to the page that replaces it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Let only the few pages pass that do not need a password of one's own."""
        if not getattr(request.user, "must_change_password", False):
            return None
        if not getattr(view, "login_required", True):
            return None
        match = request.resolver_match
        if match and match.view_name in FREE_OF_FIRST_PASSWORD:
            return None
        if carried := kept.from_request(request):
            context = {"kept": carried, "first_password": True}
            return render(request, "account/resend.html", context, status=403)
        return redirect("account_change_password")


class KeepMiddleware:
    """Tell static/js/keep.js which form the server took, so that the browser may forget it.

    A taken form is a POST that its view answered with a redirect; a refused one is shown again.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code in {302, 303}:
            key = request.POST.get("keep", "")[:100]
            if key:
                response.set_cookie(KEEP_COOKIE, key, max_age=600, samesite="Lax")
        return response


class HistoryMiddleware(pghistory.middleware.HistoryMiddleware):
    """Write who did it and from which address into every event."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add the address to the person and the page."""
        context: dict[str, Any] = super().get_context(request)
        return context | {"address": request.META.get("REMOTE_ADDR", "")}
