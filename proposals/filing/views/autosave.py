"""The address that the form's own script talks to: keeps what is typed, saves a section left clean.

GET tells who is logged in (with a fresh token for the form) and who else is there. POST carries one
section: its boxes, the marks they were opened with (``dasar``), the person the page belongs to
(``orang``), and ``selesai`` where the person has left the section. An empty ``bagian`` is a sign of
life. Without JavaScript nothing of this is needed: the button saves the form.
"""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from proposals import access, web
from proposals.filing.actions import Stale, keep_typed
from proposals.filing.forms.boxes import CHOICE, Boxes
from proposals.filing.forms.conflict import clashes, errors_at
from proposals.filing.forms.sheet import bound
from proposals.filing.merging import text_mark
from proposals.filing.queries.reading import to_fill
from proposals.filing.queries.typed import Other, Typed, typed_at
from proposals.filing.views.laying import ATTEMPTS, Laid, base_of, laid_over, remember, save_laid
from proposals.models import Proposal
from proposals.refused import Refused
from proposals.web import PersonRequest

NOT_TYPED = frozenset(
    {"csrfmiddlewaretoken", "orang", "bagian", "dasar", "selesai", "aksi", "kode_cari", "keep"}
)
SECTION = re.compile(r"[a-z_]{0,20}")


@require_http_methods(["GET", "POST"])
def autosave(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep one section as typed; where it was left and is clean, save it."""
    rows = Proposal.objects.visible_to(request.user).select_related("year")
    proposal = get_object_or_404(rows, pk=pk)
    if not access.may_write_content(request.user, proposal.office_id):
        raise Http404
    if request.method == "GET":
        return _state(request, proposal)
    if request.POST.get("orang") != str(request.user.pk):
        word = _("Another person is logged in now. What you typed stays in this browser only.")
        return JsonResponse({"lain": word}, status=web.CONFLICT)
    section = request.POST.get("bagian", "")
    if not SECTION.fullmatch(section):
        raise Http404
    try:
        keep_typed(
            proposal=proposal,
            by=request.user,
            section=section,
            values=_texts(request),
            base=base_of(request.POST),
        )
    except Refused as refusal:
        return JsonResponse({"tertutup": " ".join(refusal.reasons)}, status=web.UNPROCESSABLE)
    typed = typed_at(proposal, request.user)
    told = {"pukul": f"{timezone.localtime():%H.%M}"} | _others(typed)
    if section and request.POST.get("selesai"):
        told |= _left(request, section, typed)
    return JsonResponse(told)


def _state(request: PersonRequest, proposal: Proposal) -> JsonResponse:
    """Tell who is logged in, whether the page is still fresh, and who else is there."""
    typed = typed_at(proposal, request.user)
    told = {"orang": str(request.user.pk), "token": get_token(request)}
    return JsonResponse(told | {"keadaan": typed.state_of(proposal)} | _others(typed))


def _texts(request: PersonRequest) -> dict[str, str]:
    return {
        name: str(text).replace("\x00", "")
        for name, text in request.POST.items()
        if name not in NOT_TYPED and not name.startswith(CHOICE)
    }


def _left(request: PersonRequest, section: str, typed: Typed) -> dict[str, Any]:
    """Save a section that was left, as far as it is clean and nobody must choose."""
    pk = request.resolver_match.kwargs["pk"] if request.resolver_match else 0
    for _attempt in range(ATTEMPTS):
        proposal = get_object_or_404(to_fill(request.user), pk=pk)
        laid = laid_over(bound(proposal), request.POST, base_of(request.POST), typed)
        sheet = laid.sheet
        if wrong := errors_at(sheet, laid.both, laid.sent):
            return {"salah": wrong, "pilihan": _choices(laid)}
        try:
            return _saved(request, laid, section)
        except Stale:
            continue
        except Refused as refusal:
            return {"salah": {section: " ".join(refusal.reasons)}, "pilihan": _choices(laid)}
    return {"salah": {}, "pilihan": []}


def _saved(request: PersonRequest, laid: Laid, section: str) -> dict[str, Any]:
    """Save what is clean; a value that must be chosen stays in the buffer with its old mark."""
    both = laid.both
    sheet = laid.blank.again(both.saved.data())
    if not sheet.is_valid():
        return {"salah": {}, "pilihan": _choices(laid)}
    save_laid(request.user, sheet, laid, "-" if both.collisions else section)
    now = remember(request.user, laid)
    return {
        "tersimpan": not both.collisions,
        "salah": {},
        "pilihan": _choices(laid),
        "isi": list(_in_boxes(laid, now)),
        "usang": any(len(now.rows[name]) != len(rows) for name, rows in laid.sent.rows.items()),
    }


Told: TypeAlias = tuple[str, str, str, str, bool]
"""A box of the page, its lasting name, text and mark, and whether a colleague changed it."""


def _in_boxes(laid: Laid, now: Boxes) -> Iterator[Told]:
    """Tell what stands now in the boxes that were sent, and the amount that follows its lines."""
    waiting = tuple(laid.both.collisions)
    for name in {*laid.sent.single} & {*now.single} - {*waiting}:
        yield _told(laid, name, name, now.single[name])
    if "budget_lines" in laid.sent.rows and "requested_rp" in now.single:
        text = now.single["requested_rp"]
        yield "requested_rp", "requested_rp", text, text_mark(text), True
    for name in laid.sent.rows:
        for key, pk in zip(laid.both.saved.rows[name], now.rows[name], strict=False):
            if f"{name}/{key}" in laid.sent.places and f"{name}/{key}" not in waiting:
                yield from _row_told(laid, now, name, key, pk)


def _row_told(laid: Laid, now: Boxes, name: str, key: str, pk: str) -> Iterator[Told]:
    """Tell what stands in the boxes of one row, and the id that it has now."""
    at = laid.sent.places[f"{name}/{key}"]
    yield f"{name}-{at}-id", "", pk, "", False
    for column, text in now.rows[name][pk].items():
        if f"{name}/{key}/{column}" not in laid.both.collisions:
            yield _told(laid, f"{name}-{at}-{column}", f"{name}/{pk}/{column}", text)


def _told(laid: Laid, box: str, lasting: str, text: str) -> Told:
    standing = laid.standing.flat().get(lasting)
    is_theirs = standing is not None and laid.renewed.get(lasting) != text_mark(standing)
    return box, lasting, text, text_mark(text), is_theirs


def _choices(laid: Laid) -> list[dict[str, str]]:
    """Return both values of each field that must be chosen, drawn, with the box they stand at."""
    found = clashes(laid.blank, laid.both, laid.standing, laid.sent)
    return [
        {
            "kotak": clash.box,
            "kunci": clash.key,
            "html": render_to_string("proposals/filing/_clash.html", {"clash": clash}),
        }
        for clash in found
    ]


def _others(typed: Typed) -> dict[str, Any]:
    return {"rekan": [_also(one) for one in typed.others]}


def _also(one: Other) -> str:
    told = {"who": one.name, "time": one.at}
    return _("%(who)s is filling in as well, last at %(time)s WITA") % told
