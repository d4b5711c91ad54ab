"""The board of groups, and one group with its programme."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from proposals import access, web, workflow
from proposals.enums import JointAction, JointState
from proposals.harmonisation import comparison, thread
from proposals.harmonisation.forms.programmes import ACTS, KINDS, MAX_CHOSEN
from proposals.harmonisation.forms.shares import AmountsForm, ThreadForm
from proposals.harmonisation.forms.versions import NotAlikeForm
from proposals.harmonisation.offers import Offer
from proposals.harmonisation.queries import groups
from proposals.harmonisation.queries.groups import Wanted
from proposals.harmonisation.queries.members import Compared, members_of
from proposals.harmonisation.queries.members import chosen as compared_of
from proposals.harmonisation.queries.suggestions import Suggestion
from proposals.harmonisation.views import answers
from proposals.models import JointProgramme

GROUPS_SHOWN = 10


@require_safe
def board(request: web.PersonRequest) -> HttpResponse:
    """Show the groups, and the chosen one side by side with its programme."""
    answers.only_comparing(request.user)
    wanted = Wanted(request.GET.get("cari", "").strip(), request.GET.get("keadaan", ""))
    rows = groups.board_rows(request.user, web.current_year(request), wanted)
    page = web.numbered(request, rows, per_page=GROUPS_SHOWN)
    offer = Offer(request)
    opens_offer = offer.is_named or (offer.is_narrow and "grup" not in request.GET)
    joint = None if opens_offer else _chosen_group(request, page)
    chosen = offer.chosen if joint is None and not wanted.is_narrow else None
    context: dict[str, object] = {
        "offer": offer,
        "suggestion": chosen,
        "page": page,
        "wanted": wanted,
        "states": JointState.choices,
        "joint": joint,
        "may_join": access.may_join(request.user),
        "may_decide": access.may_decide(request.user),
    }
    if joint is not None:
        context |= _compared(request, joint, members_of(joint))
    elif chosen is not None:
        context |= _suggested(request, chosen)
    return render(request, "proposals/harmonisation/board.html", context)


def _suggested(request: web.PersonRequest, chosen: Suggestion) -> dict[str, object]:
    """Return the members of a suggestion side by side, and what a group of them begins with."""
    members = compared_of((one.pk for one in chosen.members[:MAX_CHOSEN]), request.user)
    begun: list[tuple[str, object]] = [("usulan", one.pk) for one in chosen.free[:MAX_CHOSEN]]
    begun += [("kind", chosen.kind.value), ("title", chosen.title[:200])]
    return {
        "members": members,
        "comparison": comparison.compare(members),
        "begins_with": urlencode(begun),
        "act": ACTS[chosen.kind],
        "meaning": dict(KINDS)[chosen.kind],
        "shows_all": request.GET.get("pasangan") == "semua",
        "form": NotAlikeForm(),
    }


def _chosen_group(
    request: web.PersonRequest, page: web.Page[JointProgramme]
) -> JointProgramme | None:
    """Return the group named in the address, or the first one shown."""
    pk = web.number_in(request.GET.get("grup", ""), 9) or 0
    shown = {row.pk: row for row in page}
    if pk and pk not in shown:
        return groups.for_page(request.user).filter(pk=pk).first()
    return shown.get(pk) or next(iter(page), None)


def _compared(
    request: web.PersonRequest,
    joint: JointProgramme,
    members: list[Compared],
    form: AmountsForm | None = None,
    *,
    in_full: bool = False,
) -> dict[str, object]:
    """Return the comparison of the members and the thread to their programme."""
    may_design = thread.may_design(joint, request.user)
    if form is None and may_design and members:
        form = ThreadForm(joint, members)
    count_at = reverse("harmonisation:group", args=[joint.pk])
    return {
        "members": members,
        "comparison": comparison.compare(members, in_full=in_full),
        "thread": thread.with_form(form, count_at) if form else thread.read_only(joint, members),
        "may_design": may_design,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def group(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Show one group whole; save its programme, or count what is typed without saving."""
    joint = answers.group_for(request.user, pk)
    members = members_of(joint)
    form: AmountsForm | None = None
    status = answers.OK
    if request.method == "POST":
        sent = ThreadForm(joint, members, request.POST)
        form, status = answers.saved(sent, request.user, request.POST.get("do", ""))
        joint, members = form.joint, list(form.members)
    if status == answers.DONE:
        messages.success(request, _("The programme is saved."))
        return redirect(_where_from(request, joint))
    page, part = "proposals/harmonisation/group.html", "proposals/harmonisation/_share_table.html"
    context = _compared(request, joint, members, form, in_full=True)
    context |= _around(request, joint, members)
    return web.render_or_part(request, page, part, context, status=status)


def _around(
    request: web.PersonRequest, joint: JointProgramme, members: list[Compared]
) -> dict[str, object]:
    """Return what stands around the comparison on the group's own page."""
    return {
        "joint": joint,
        "hindrances": workflow.joint_hindrances(JointAction.JOIN, joint=joint, user=request.user),
        "units": comparison.by_unit(list(joint.outputs.all()), members),
        "may_decide": access.may_decide(request.user),
    }


def _where_from(request: web.PersonRequest, joint: JointProgramme) -> str:
    if request.POST.get("from") == "board":
        return answers.board_at(grup=joint.pk)
    return reverse("harmonisation:group", args=[joint.pk])
