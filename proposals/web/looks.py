"""Language and theme: from the profile, else from the cookie, else the house's own."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from proposals.enums import Language, Theme

THEME_COOKIE = "theme"
A_YEAR = 365 * 24 * 60 * 60


def language_of(request: HttpRequest) -> str:
    """Return the language to answer in; it costs no query for a stranger without a session."""
    if request.user.is_authenticated:
        return known_language(request.user.language)
    return cookie_language(request)


def theme_of(request: HttpRequest) -> str:
    """Return light, dark, or auto: as the device says."""
    if request.user.is_authenticated:
        return known_theme(request.user.theme)
    return cookie_theme(request)


def cookie_language(request: HttpRequest) -> str:
    """Read the cookie alone: error pages must stand without a database."""
    return known_language(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))


def cookie_theme(request: HttpRequest) -> str:
    """Read the cookie alone: error pages must stand without a database."""
    return known_theme(request.COOKIES.get(THEME_COOKIE, ""))


def known_language(language: str) -> str:
    """Return the language, Indonesian where it is none of ours."""
    return language if language in Language.values else Language.ID.value


def known_theme(theme: str) -> str:
    """Return the theme, auto where it is none of ours."""
    return theme if theme in Theme.values else Theme.AUTO.value


def remember(response: HttpResponseBase, cookie: str, value: str) -> None:
    """Keep a choice in this browser, for pages before logging in and for error pages."""
    response.set_cookie(
        cookie,
        value,
        max_age=A_YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
