"""Letters for the admin: what was sent, what failed, and sending it again."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from proposals import timeline, web
from proposals.catalogue.actions import letters as actions
from proposals.catalogue.forms.letters import LetterFilter
from proposals.catalogue.queries import letters as queries
from proposals.catalogue.views import doors
from proposals.catalogue.views.saving import done
from proposals.models import Letter


def _letter(pk: int) -> Letter:
    return queries.named(get_object_or_404(queries.to_read().select_related("again_of"), pk=pk))


@require_GET
def letters(request: web.PersonRequest) -> HttpResponse:
    """List the letters, the newest first, with what became of each."""
    doors.admin_only(request)
    filters = LetterFilter(request.GET)
    page = web.numbered(request, queries.letters(filters.asked()))
    for row in page:
        queries.named(row)
    context = {
        "filters": filters,
        "page": page,
        "troubled": queries.troubled(),
        "letters_leave": settings.LETTERS_LEAVE,
    }
    return web.render_or_part(
        request,
        "proposals/catalogue/letters.html",
        "proposals/catalogue/_letters_table.html",
        context,
    )


@require_GET
def letter(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Show one letter: its way, whether it was sent again, its words where they are not closed."""
    doors.admin_only(request)
    row = _letter(pk)
    repeats = Letter.objects.filter(again_of=row).defer("text", "html").order_by("pk")
    context = {"letter": row, "repeats": repeats}
    return render(request, "proposals/catalogue/letter.html", context)


@require_POST
def letter_again(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Send a letter again."""
    doors.admin_only(request)
    row = _letter(pk)
    said = _("Sent again to %(address)s.") % {"address": row.recipient.email}
    done(request, lambda: actions.send_again(row), said)
    return redirect("catalogue:letter", pk=pk)


@require_GET
def letter_history(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Show each step on the way of a letter."""
    doors.admin_only(request)
    row = _letter(pk)
    hidden = {"subject", "again_of"}  # a letter that is pointed to would be named by its words
    told = timeline.events_of(row, page=web.page_number(request), hidden=hidden)
    context = {"letter": row, "timeline": told}
    return render(request, "proposals/catalogue/letter_history.html", context)
