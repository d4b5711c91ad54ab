"""Logging in and out, and the person's own page: language, theme, keyboard shortcuts."""

from typing import Any

from allauth.account.views import LoginView, LogoutView
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from proposals.models import User
from proposals.web import kept, looks
from proposals.web.answers import UNPROCESSABLE
from proposals.web.forms import LogInForm, ProfileForm
from proposals.web.requests import PersonRequest


class LogInView(LoginView):  # type: ignore[misc]  # untyped package
    """Log in; a form that an ended session could not take is offered again afterwards."""

    form_class = LogInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Carry the sealed fields on where the password was wrong."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        sealed = self.request.POST.get("kept", "")
        return context | {"kept": sealed, "session_ended": bool(sealed), "kept_files": ()}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Log in, take over the looks of the profile, and offer what was carried."""
        response: HttpResponse = super().form_valid(form)
        person = self.request.user
        if not person.is_authenticated:
            return response
        if carried := kept.unsealed(self.request.POST.get("kept", ""), self.request):
            with override(looks.known_language(person.language)):
                response = render(self.request, "account/resend.html", {"kept": carried})
        looks.remember(response, looks.THEME_COOKIE, person.theme)
        looks.remember(response, settings.LANGUAGE_COOKIE_NAME, person.language)
        return response


class LogOutView(LogoutView):  # type: ignore[misc]  # untyped package
    """Log out; pages that the browser has kept are cleared."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the session and empty the browser's cache of this site."""
        response: HttpResponse = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache"'
        return response


@require_http_methods(["GET", "POST"])
def profile(request: PersonRequest) -> HttpResponse:
    """Show and change what belongs to the person alone."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if not form.is_valid():
        status = UNPROCESSABLE if form.errors else 200
        return render(request, "account/profile.html", {"form": form}, status=status)
    save_looks(request.user, **form.cleaned_data)
    with override(request.user.language):
        messages.success(request, _("Saved."))
    response = redirect("account_profile")
    looks.remember(response, looks.THEME_COOKIE, request.user.theme)
    looks.remember(response, settings.LANGUAGE_COOKIE_NAME, request.user.language)
    return response


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Switch between light, dark and the device's own, in the profile and in this browser."""
    chosen = looks.known_theme(request.POST.get("theme", ""))
    if request.user.is_authenticated:
        save_looks(request.user, theme=chosen)
    return _back(request, looks.THEME_COOKIE, chosen)


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language, in the profile and in this browser."""
    chosen = looks.known_language(request.POST.get("language", ""))
    if request.user.is_authenticated:
        save_looks(request.user, language=chosen)
    return _back(request, settings.LANGUAGE_COOKIE_NAME, chosen)


def save_looks(user: User, **choices: Any) -> None:
    """Write the person's own choices, those columns alone."""
    for name, value in choices.items():
        setattr(user, name, value)
    user.save(update_fields=list(choices))


def _back(request: HttpRequest, cookie: str, chosen: str) -> HttpResponse:
    """Return to the page the switch stood on, never to another site."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "/"
    response = redirect(target)
    looks.remember(response, cookie, chosen)
    return response
