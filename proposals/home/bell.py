"""The bell: what a person was told, marking it as read, and what comes by letter."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from proposals import web
from proposals.home import actions, forms
from proposals.models import LetterChoice, Notice
from proposals.notices import wording


@require_safe
def notices(request: web.PersonRequest) -> HttpResponse:
    """List what this person was told, the newest first."""
    mine = Notice.objects.readable_by(request.user)
    only_unread = request.GET.get("show") == "unread"
    rows = (mine.unread() if only_unread else mine).order_by("-made_at", "-pk")
    page = web.numbered(request, rows)
    for notice in page:
        notice.recipient = request.user
    told = [(notice, wording.story_of(notice)) for notice in page]
    context = {"page": page, "told": told, "only_unread": only_unread}
    return web.render_or_part(
        request, "proposals/home/notices.html", "proposals/home/_notice_list.html", context
    )


@require_http_methods(["GET", "POST"])
def notice(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Mark one notice as read; a link leads to what it is about, a button back to the list."""
    row = get_object_or_404(Notice, pk=pk, recipient=request.user)
    actions.read(row)
    if request.method == "POST":
        return redirect("home:notices")
    if not Notice.objects.readable_by(request.user).filter(pk=pk).exists():
        messages.info(request, _("What this notice told of is no longer yours to read."))
        return redirect("home:notices")
    row.recipient = request.user
    return redirect(wording.url_for(row, request.user))


@require_POST
def read_all(request: web.PersonRequest) -> HttpResponse:
    """Mark every notice as read."""
    n = actions.read_all(by=request.user)
    said = ngettext("One notice was marked as read.", "%(n)d notices were marked as read.", n)
    messages.success(request, said % {"n": n})
    return redirect("home:notices")


@require_http_methods(["GET", "POST"])
def letter_choices(request: web.PersonRequest) -> HttpResponse:
    """Let a person choose for each kind: a letter at once, the daily digest, or the portal only."""
    chosen = LetterChoice.objects.filter(person=request.user).order_by("pk")
    ways = {one.kind: one.way for one in chosen}
    form = forms.WaysForm(request.user, ways, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.choose_ways(by=request.user, ways=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("home:letter_choices")
    status = web.UNPROCESSABLE if form.errors else 200
    return render(request, "proposals/home/letter_choices.html", {"form": form}, status=status)
