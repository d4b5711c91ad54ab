"""Nothing typed is lost: a POST that could not be taken is offered again as a form.

Four things get in its way: the session ended, the token of the form is stale (somebody logged in
meanwhile in another tab), the server failed, the database is gone. Each answers a page that holds
the fields of the POST hidden, with a button that sends them again; no script is needed. Only a
POST that came from our own page is given back, so no other site can put words into a form;
passwords and files are never carried.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core import signing
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme

from proposals.web.forms import LogInForm

SALT = "proposals.web.kept"
MAX_AGE = 12 * 60 * 60
MAX_CHARACTERS = 1_000_000
MAX_SEALED = 4_000_000
MAX_FIELDS = 2_000
NEVER_KEPT = ("password", "csrfmiddlewaretoken", "kept")
UNAUTHORISED = 401


@dataclass(frozen=True, slots=True)
class Kept:
    """The fields of one POST, where it went, and the names of its files."""

    path: str
    fields: Sequence[tuple[str, str]]
    files: Sequence[str] = ()

    def sealed(self) -> str:
        """Write it as one signed word for a hidden field of the log-in form; "" if too long."""
        word = signing.dumps([self.path, self.fields, self.files], salt=SALT, compress=True)
        return word if len(word) <= MAX_SEALED else ""


def from_request(request: HttpRequest) -> Kept | None:
    """Take the fields of a POST of our own pages; nothing where they are foreign or too many."""
    if request.method != "POST" or not is_own_page(request):
        return None
    try:
        posted, files = request.POST, request.FILES
    except (BadRequest, SuspiciousOperation, RawPostDataException, UnreadablePostError):
        return None
    fields = [
        (name, str(value))
        for name, values in posted.lists()
        if not any(word in name for word in NEVER_KEPT)
        for value in values
    ]
    size = sum(len(name) + len(value) for name, value in fields)
    if not fields or size > MAX_CHARACTERS or len(fields) > MAX_FIELDS:
        return None
    names = [str(file.name) for _, several in files.lists() for file in several]
    return Kept(request.get_full_path(), fields, names)


def unsealed(word: str, request: HttpRequest) -> Kept | None:
    """Read back what ``Kept.sealed`` wrote; nothing where it is old or not ours."""
    try:
        path, fields, files = signing.loads(word, salt=SALT, max_age=MAX_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if not url_has_allowed_host_and_scheme(path, {request.get_host()}):
        return None
    return Kept(path, [(name, value) for name, value in fields], files)


def is_own_page(request: HttpRequest) -> bool:
    """Tell whether the browser says that the form stood on a page of this site."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(origin).netloc == request.get_host()


def session_ended(request: HttpRequest) -> HttpResponse:
    """Answer a POST whose session has ended with the log-in form, the fields carried along."""
    carried = from_request(request)
    context: dict[str, Any] = {
        "form": LogInForm(request=request),
        "redirect_field_name": "next",
        "redirect_field_value": request.get_full_path(),
        "session_ended": True,
        "kept": carried.sealed() if carried else "",
        "kept_files": carried.files if carried else (),
    }
    return TemplateResponse(request, "account/login.html", context, status=UNAUTHORISED)


def offered_again(request: HttpRequest) -> dict[str, Any]:
    """Return what a page without database needs to offer the POST again."""
    carried = from_request(request)
    return {"kept": carried, "csrf_token": get_token(request) if carried else ""}
