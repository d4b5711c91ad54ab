"""One pair of proposals that the search found alike: why, and what people say of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from proposals import access, likeness, timeline, web
from proposals.enums import OverlapVerdict
from proposals.harmonisation import actions, comparison
from proposals.harmonisation.forms.versions import NotAlikeForm
from proposals.harmonisation.queries import suggestions
from proposals.harmonisation.queries.members import chosen
from proposals.harmonisation.views import answers
from proposals.models import OverlapPair, User
from proposals.refused import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Show a pair; say that it is no overlap, or take that back."""
    row = _pair_for(request.user, pk)
    sent = request.POST if request.method == "POST" else None
    if sent is not None and not access.may_join(request.user):
        raise Http404
    form, status = NotAlikeForm(sent, initial={"row_version": row.row_version}), answers.OK
    if sent is not None:
        status = _answered(request, form, row)
    if status == answers.DONE:
        return redirect(_where_next(request, row))
    if status == web.CONFLICT:
        row = _pair_for(request.user, pk)
        form = form.again(row.row_version)
    context = _shown(request.user, row) | {"form": form}
    return render(request, "proposals/harmonisation/pair.html", context, status=status)


def _shown(user: User, row: OverlapPair) -> dict[str, object]:
    """Return what the page shows of a pair beside its form."""
    may_judge = access.may_join(user) and not row.year.is_signed
    members = chosen([row.a_id, row.b_id], user)
    members.sort(key=lambda one: one.proposal.pk != row.a_id)  # as the pair names them
    return {
        "pair": row,
        "told": suggestions.tell(row),
        "members": members,
        "comparison": comparison.compare(members, in_full=True, said=likeness.said_by_side(row)),
        "is_decided": suggestions.is_decided(row),
        "is_open": row.verdict == OverlapVerdict.OPEN,
        "is_dismissed": row.verdict == OverlapVerdict.DISMISSED,
        "may_decide": access.may_decide(user),
        "may_judge": may_judge,
        "may_group": may_judge and suggestions.is_free(row),
    }


def _pair_for(user: User, pk: int) -> OverlapPair:
    """Fetch a pair that this person may read; a stranger gets 404."""
    rows = likeness.pairs_for(user).select_related("year", "judged_by")
    return get_object_or_404(rows, pk=pk)


def _answered(request: web.PersonRequest, form: NotAlikeForm, row: OverlapPair) -> int:
    """Carry out what was pressed; return 0, or the status of the answer."""
    takes_back = request.POST.get("do") == "open"
    is_valid = form.is_valid()
    if not is_valid and not takes_back:
        return web.UNPROCESSABLE
    if takes_back:
        form.errors.pop("note", None)  # a verdict is taken back without a reason
    try:
        if takes_back:
            actions.open_again(pair=row, by=request.user, row_version=form.version)
            said = _("The pair waits for a word again.")
        else:
            reason = form.cleaned_data["note"]
            actions.dismiss(pair=row, by=request.user, reason=reason, row_version=form.version)
            said = _("Kept: not an overlap. It comes back only when one of the two changes.")
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
        is_stale = isinstance(refusal, actions.StalePair)
        return web.CONFLICT if is_stale else web.UNPROCESSABLE
    messages.success(request, said)
    return answers.DONE


def _where_next(request: web.PersonRequest, row: OverlapPair) -> str:
    """Return the board with what is left of the suggestion, where the pair was judged there."""
    if "saran" not in request.POST:
        return answers.pair_at(row)
    if suggestions.is_decided(row):
        return answers.board_at(diputus=1)
    left = suggestions.beside(row, request.user)
    return answers.board_at(saran=left.pk) if left else reverse("harmonisation:board")


@require_safe
def pair_history(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Tell what was found of a pair and what people said of it."""
    row = _pair_for(request.user, pk)
    told = timeline.events_of(row, [], page=web.page_number(request))
    context = {"pair": row, "timeline": told}
    return render(request, "proposals/harmonisation/pair_history.html", context)
