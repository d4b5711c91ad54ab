"""Joining a group into a programme, and dissolving it: each after a last look."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from proposals import access, web, workflow
from proposals.enums import JointAction
from proposals.harmonisation import actions, thread
from proposals.harmonisation.forms.versions import NoteForm, ReasonForm, VersionedForm
from proposals.harmonisation.queries.members import members_of
from proposals.harmonisation.views import answers
from proposals.transitions import JOINT_TRANSITIONS
from proposals.workflow import Given

STEPS = {"gabungkan": JointAction.JOIN, "urai": JointAction.DISSOLVE}
FORMS = {JointAction.JOIN: NoteForm, JointAction.DISSOLVE: ReasonForm}
SAID = {
    JointAction.JOIN: gettext_lazy("The proposals are joined into %(programme)s."),
    JointAction.DISSOLVE: gettext_lazy("%(programme)s is dissolved; its members stand alone."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: web.PersonRequest, pk: int, step: str) -> HttpResponse:
    """Join or dissolve; the page shows what follows and what still hinders it."""
    action = STEPS.get(step)
    joint = answers.programme_for(request.user, pk)
    if action is None or not access.may_decide(request.user):
        raise Http404
    if joint.state == JOINT_TRANSITIONS[action].target:
        if request.method == "POST":
            web.say_done_already(request)
        return redirect("harmonisation:programme", pk=pk)
    sent = request.POST if request.method == "POST" else None
    form, status = FORMS[action](sent, initial={"row_version": joint.row_version}), answers.OK
    if sent is not None:
        status = _advanced(request, form, action, pk)
    if status == answers.DONE:
        return redirect("harmonisation:programme", pk=pk)
    joint = answers.programme_for(request.user, pk)
    if status == web.CONFLICT:
        form.mark_conflict()
    members = members_of(joint)
    context = {
        "joint": joint,
        "action": action,
        "form": form,
        "members": members,
        "thread": thread.read_only(joint, members),
        "hindrances": workflow.joint_hindrances(action, joint=joint, user=request.user),
    }
    return render(request, "proposals/harmonisation/act.html", context, status=status)


def _advanced(request: web.PersonRequest, form: VersionedForm, action: JointAction, pk: int) -> int:
    if not form.is_valid():
        return web.UNPROCESSABLE
    joint = answers.programme_for(request.user, pk)
    status = answers.carried(
        form,
        lambda: actions.advance(
            action,
            joint=joint,
            by=request.user,
            row_version=form.version,
            given=Given(note=form.cleaned_data["note"]),
        ),
    )
    if status == answers.DONE:
        joint.refresh_from_db(fields=["number"])
        messages.success(request, SAID[action] % {"programme": joint.number or joint.title})
    return status
