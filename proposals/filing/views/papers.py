"""Papers one by one: upload, download, promise."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from proposals import access, web
from proposals.filing.actions import attach as attach_paper
from proposals.filing.actions import promise as promise_paper
from proposals.filing.forms.papers import PromiseForm, UploadForm
from proposals.filing.views.files import file_answer
from proposals.models import Attachment, Proposal, ReadinessDocument
from proposals.web import PersonRequest


def _own_paper(
    request: PersonRequest, pk: int, document_id: int
) -> tuple[Proposal, ReadinessDocument]:
    """Return an own proposal and a kind of document that is asked of single proposals."""
    rows = Proposal.objects.visible_to(request.user).for_page()
    found = get_object_or_404(rows.filter(office=request.user.office_id), pk=pk)
    documents = ReadinessDocument.objects.in_use().filter(is_per_office=False)
    return found, get_object_or_404(documents, pk=document_id)


@require_http_methods(["GET", "POST"])
def attach(request: PersonRequest, pk: int, document_id: int) -> HttpResponse:
    """Upload the file of one kind of document; a new one replaces the old one."""
    found, document = _own_paper(request, pk, document_id)
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
    if form.is_valid() and web.carried_out(
        form,
        attach_paper,
        proposal=found,
        by=request.user,
        document=document,
        upload=form.cleaned_data["file"],
    ):
        messages.success(request, _("Uploaded: %(paper)s.") % {"paper": document.name})
        return redirect("filing:proposal", pk)
    files = found.attachments.filter(document=document).select_related("uploaded_by")
    context = {
        "proposal": found,
        "document": document,
        "form": form,
        "files": list(files.order_by("-uploaded_at", "-pk")),
        "may_write": access.may_write_content(request.user, found.office_id),
    }
    status = web.UNPROCESSABLE if form.errors else 200
    return render(request, "proposals/filing/attach.html", context, status=status)


@require_POST
def promise(request: PersonRequest, pk: int, document_id: int) -> HttpResponse:
    """Promise a missing paper for a day, or take the promise back."""
    found, document = _own_paper(request, pk, document_id)
    form = PromiseForm(request.POST)
    if form.is_valid() and web.carried_out(
        form,
        promise_paper,
        proposal=found,
        by=request.user,
        document=document,
        due_on=form.cleaned_data["due_on"],
    ):
        messages.success(request, _("The promised day is saved."))
    else:
        for texts in form.errors.values():
            messages.error(request, " ".join(str(text) for text in texts))
    return redirect("filing:proposal", pk)


@require_GET
def paper(request: PersonRequest, pk: int) -> HttpResponseBase | FileResponse:
    """Send the file of a paper to whoever may see its proposal."""
    visible = Proposal.objects.visible_to(request.user)
    found = get_object_or_404(Attachment.objects.filter(proposal__in=visible), pk=pk)
    return file_answer(found.file, found.name, found.content_type)
