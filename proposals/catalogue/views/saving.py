"""How a form is taken: saved, refused in words, or shown beside what somebody else stored."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from proposals import timeline, web
from proposals.catalogue.forms.versioned import VersionedForm
from proposals.keeping.versions import Stale
from proposals.refused import DoneAlready, Refused

Shown = dict[str, Any]


def new_page(request: web.PersonRequest, form: BaseForm, **words: str) -> HttpResponse:
    """Show the form of what is added; words: title, lead, list_url, list_word, button."""
    status = web.UNPROCESSABLE if form.errors else 200
    context = {"form": form} | words
    return render(request, "proposals/catalogue/form_new.html", context, status=status)


def not_saved(
    request: web.PersonRequest,
    form: VersionedForm,
    action: Callable[[], object],
    stored: Callable[[], Model],
    children: Iterable[timeline.Child] = (),
) -> Shown:
    """Save the form by the action; where it was not, return what the page shows and its status.

    ``stored`` reads the row as it is now, for the page that shows both values.
    """
    if not form.is_valid():
        return {"form": form, "status": web.UNPROCESSABLE}
    try:
        changed = action()
    except Stale:
        return _both(form, stored(), children)
    except Refused as refusal:
        form.add_error(None, list(refusal.reasons))
        return {"form": form, "status": web.UNPROCESSABLE}
    messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
    return {}


def _both(form: VersionedForm, stored: Model, children: Iterable[timeline.Child]) -> Shown:
    """Show what is stored beside what was typed; sending again says that both were seen."""
    acts = timeline.events_of(stored, children, per_page=1).acts
    differences = form.differences(stored)
    form.seen(stored)
    return {
        "form": form,
        "differences": differences,
        "last_act": acts[0] if acts else None,
        "status": web.CONFLICT,
    }


def done(request: web.PersonRequest, action: Callable[[], object], said: str) -> bool:
    """Carry out what a button asks for; say it, or say why not."""
    try:
        action()
    except DoneAlready:
        web.say_done_already(request)
        return True
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
        return False
    messages.success(request, said)
    return True
