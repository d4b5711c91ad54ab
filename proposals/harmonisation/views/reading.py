"""Joint programmes as everybody reads them: the list, one programme, its history."""

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from proposals import access, timeline, web
from proposals.enums import JointState
from proposals.harmonisation import comparison, thread
from proposals.harmonisation.queries import programmes as reads
from proposals.harmonisation.queries.groups import Wanted
from proposals.harmonisation.views import answers
from proposals.models import Decision, JointOutput, Share, User


@require_safe
def programmes(request: web.PersonRequest) -> HttpResponse:
    """List the joint programmes that this person may read."""
    user = request.user
    wanted = Wanted(request.GET.get("cari", "").strip(), request.GET.get("keadaan", ""))
    rows = reads.list_for(user, web.current_year(request), wanted)
    context = {
        "page": web.numbered(request, rows),
        "wanted": wanted,
        "states": JointState.choices if access.sees_decisions(user) else (),
        "is_office": access.role_of(user) in access.OFFICE_ROLES,
        "sees_results": access.sees_decisions(user),
    }
    return render(request, "proposals/harmonisation/programmes.html", context)


@require_safe
def programme(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Show one programme: members with their shares, results, consents, decisions."""
    user = request.user
    joint = answers.programme_for(user, pk)
    reading = reads.reading(joint, user)
    outputs = list(joint.outputs.order_by("-kind", "pk"))
    compared = [member.compared for member in reading.members]
    context = {
        "joint": joint,
        "reading": reading,
        "outputs": outputs,
        "units": comparison.by_unit(outputs, reading.whole),
        "thread": thread.read_only(joint, compared) if reading.is_whole else None,
        "may_design": thread.may_design(joint, user),
        "may_compare": access.sees_scores(user),
        "may_decide": access.may_decide(user),
        "may_read_history": _may_read_history(reading, user),
    }
    return render(request, "proposals/harmonisation/programme.html", context)


def _may_read_history(reading: reads.Reading, user: User) -> bool:
    """Tell whether this person reads what was done: the province, and offices with a member."""
    return access.sees_scores(user) or any(member.is_own for member in reading.members)


@require_safe
def history(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Tell what was done to a programme; an office reads nothing of the others' shares."""
    joint = answers.programme_for(request.user, pk)
    if not _may_read_history(reads.reading(joint, request.user), request.user):
        raise Http404
    children: list[type[Model]] = [JointOutput, Decision]
    if access.sees_scores(request.user):
        children.append(Share)
    told = timeline.events_of(joint, children, page=web.page_number(request))
    context = {"joint": joint, "timeline": told}
    return render(request, "proposals/harmonisation/history.html", context)
