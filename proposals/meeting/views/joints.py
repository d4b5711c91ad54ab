"""Deciding on a joint programme: shares, consents, ceilings, and the decision itself."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from proposals import access, ceilings, purses, web, workflow
from proposals.enums import JointAction
from proposals.meeting import actions, queries, rooms
from proposals.meeting.forms import JointForm
from proposals.models import Decision, JointProgramme
from proposals.refused import Refused
from proposals.transitions import JOINT_TRANSITIONS

DECISIONS = (JointAction.AGREE, JointAction.DEFER, JointAction.REOPEN)


@require_http_methods(["GET", "HEAD", "POST"])
def decide_joint(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Show a joint programme with its shares and consents, or decide on it."""
    joint = get_object_or_404(queries.joint_readable(request.user), pk=pk)
    earlier = list(queries.decisions_of(joint))
    if not access.may_decide(request.user):
        if request.method == "POST":
            raise Http404
        return shown(request, joint, None, earlier)
    form = form_for(request, joint, earlier)
    if request.method != "POST":
        return shown(request, joint, form, earlier)
    if not form.is_valid():
        return shown(request, joint, form, earlier, status=web.UNPROCESSABLE)
    return carried_out(request, joint, form, earlier)


def form_for(
    request: web.PersonRequest, joint: JointProgramme, earlier: list[Decision]
) -> JointForm:
    """Return the form as it was sent, else with what its state allows."""
    is_sent = request.method == "POST"
    possible = [one for one in DECISIONS if joint.state in JOINT_TRANSITIONS[one].sources]
    return JointForm(
        request.POST if is_sent else None,
        actions=DECISIONS if is_sent else possible,
        deciders=list(queries.deciders()),
        by=request.user,
        after=earlier[0].pk if earlier else 0,
    )


def carried_out(
    request: web.PersonRequest, joint: JointProgramme, form: JointForm, earlier: list[Decision]
) -> HttpResponse:
    """Decide; a refusal stands above the form with every reason."""
    action = JointAction(form.cleaned_data["action"])
    named: dict[str, Any] = {"joint": joint, "by": request.user, "given": form.given()}
    try:
        decision = actions.decide_joint(action, after=form.cleaned_data["after"] or 0, **named)
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
        is_late = isinstance(refusal, actions.Overtaken)
        status = web.CONFLICT if is_late else web.UNPROCESSABLE
        return shown(request, joint, form, earlier, status=status)
    words = {"number": joint.number, "result": decision.get_result_display()}
    messages.success(request, _("%(number)s: %(result)s.") % words)
    if action == JointAction.REOPEN:
        return redirect("meeting:decide_joint", joint.pk)
    return redirect("meeting:agenda")


def shown(
    request: web.PersonRequest,
    joint: JointProgramme,
    form: JointForm | None,
    earlier: list[Decision],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render the page of a joint programme."""
    shares = queries.shares_shown(joint)
    left = rooms.shown(ceilings.rooms_for_joint(joint, shares))
    hindrances = workflow.joint_hindrances(JointAction.AGREE, joint=joint, user=request.user)
    context = {
        "joint": joint,
        "shares": shares,
        "asked": purses.asked_by_kind(share.proposal for share in shares),
        "purses": purses.purses_of(shares),
        "rooms": left,
        "is_passed": any(room.is_passed for room in left),
        "form": form,
        "earlier": earlier,
        "hindrances": hindrances if form else [],
        "is_reopening": joint.state in JOINT_TRANSITIONS[JointAction.REOPEN].sources,
    }
    return render(request, "proposals/meeting/decide_joint.html", context, status=status)
