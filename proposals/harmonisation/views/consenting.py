"""The member's head consents, or says why not, after reading what is given up for what."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from proposals import access, web
from proposals.harmonisation import actions
from proposals.harmonisation.forms.versions import NoteForm
from proposals.harmonisation.queries import programmes
from proposals.harmonisation.views import answers
from proposals.models import Share, User


@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: web.PersonRequest, pk: int) -> HttpResponse:
    """Show what the office gives up and gets; take the head's consent or refusal."""
    share = _own_share(request.user, pk)
    initial = {"row_version": share.joint.row_version}
    sent = request.POST if request.method == "POST" else None
    form, status = NoteForm(sent, initial=initial), answers.OK
    if sent is not None:
        status = _answered(request, form, share)
    if status == answers.DONE:
        return redirect("harmonisation:programme", pk=share.joint_id)
    if status == web.CONFLICT:
        share = _own_share(request.user, pk)
        form = NoteForm(sent, initial={"row_version": share.joint.row_version})
        form.mark_conflict()
        form.add_error(None, _("The programme changed meanwhile: read it again, then answer."))
    context = {"share": share, "joint": share.joint, "form": form}
    return render(request, "proposals/harmonisation/consent.html", context, status=status)


def _own_share(user: User, pk: int) -> Share:
    """Fetch a share of the own office; only its head answers, to others it is not there."""
    share = programmes.share_to_consent(user, pk)
    if share is None or not access.may_consent(user, share.proposal.office_id):
        raise Http404
    return share


def _answered(request: web.PersonRequest, form: NoteForm, share: Share) -> int:
    if not form.is_valid():
        return web.UNPROCESSABLE
    agrees = request.POST.get("do") == "consent"
    status = answers.carried(
        form,
        actions.consent if agrees else actions.withdraw_consent,
        share=share,
        by=request.user,
        note=form.cleaned_data["note"],
        row_version=form.version,
    )
    if status == answers.DONE:
        said = _("You have consented.") if agrees else _("Your answer is kept: no consent.")
        messages.success(request, said)
    return status
