"""Papers: several at once or one by one, promised, read again, all as one ZIP."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from proposals import access, web
from proposals.filing.actions import attach as attach_paper
from proposals.filing.actions import open_codes
from proposals.filing.actions import promise as promise_paper
from proposals.filing.forms.papers import PapersForm, PromiseForm, UploadForm
from proposals.filing.queries.papers import documents_for, papers_of
from proposals.filing.queries.reading import to_read
from proposals.filing.views.files import file_answer, held_answer
from proposals.filing.zipping import Entry, readable, zipped
from proposals.models import Attachment, OfficeYear, Proposal, ReadinessDocument
from proposals.refused import Refused
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
def papers(request: PersonRequest, pk: int) -> HttpResponse:
    """Show every paper with a box for its file; what is right is kept, what is not is told."""
    found = get_object_or_404(to_read(request.user), pk=pk)
    if not access.may_write_content(request.user, found.office_id):
        raise Http404
    if "attachments" not in open_codes(found.status, found.return_points.all()):
        messages.info(request, _("The papers are fixed now; here they can be read."))
        return redirect("filing:proposal", pk)
    asked = documents_for(found.intervention_id)
    form = PapersForm(papers=papers_of(found, asked))
    if request.method == "POST":
        form = PapersForm(request.POST, request.FILES, papers=papers_of(found, asked))
        n_kept = _kept(request, found, form)
        if not form.errors:
            if n_kept:
                messages.success(request, _("The papers are saved."))
            return redirect("filing:papers", pk)
    context = {"proposal": found, "form": form, "paper_boxes": form.boxes()}
    status = web.UNPROCESSABLE if form.errors else 200
    return render(request, "proposals/filing/papers.html", context, status=status)


def _kept(request: PersonRequest, found: Proposal, form: PapersForm) -> int:
    """Keep each file and each promise by itself; tell beside its box what is refused."""
    form.is_valid()
    wanted: list[tuple[str, Any, dict[str, Any]]] = [
        (f"file-{document.pk}", attach_paper, {"document": document, "upload": upload})
        for document, upload in form.uploads()
    ]
    wanted += [
        (f"promise-{document.pk}", promise_paper, {"document": document, "due_on": day})
        for document, day in form.promises()
    ]
    for box, action, given in wanted:
        try:
            action(proposal=found, by=request.user, **given)
        except Refused as refusal:
            form.add_error(box, list(refusal.reasons))
    return len(wanted)


@require_http_methods(["GET", "POST"])
def attach(request: PersonRequest, pk: int, document_id: int) -> HttpResponse:
    """Upload the file of one kind of document; a new one replaces the old one."""
    found, document = _own_paper(request, pk, document_id)
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
    is_kept = form.is_valid() and web.carried_out(
        form,
        attach_paper,
        proposal=found,
        by=request.user,
        document=document,
        upload=form.cleaned_data["file"],
    )
    if "X-Upload" in request.headers:
        return _told(request, found, document, form)
    if is_kept:
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


def _told(
    request: PersonRequest, found: Proposal, document: ReadinessDocument, form: UploadForm
) -> HttpResponse:
    """Answer the script that uploads: the paper's row as it stands now, or why not, in words."""
    if form.errors:
        words = [str(text) for texts in form.errors.values() for text in texts]
        return HttpResponse(" ".join(words), "text/plain", web.UNPROCESSABLE)
    fresh = get_object_or_404(to_read(request.user), pk=found.pk)
    only = [one for one in papers_of(fresh, [document]) if one.document.pk == document.pk]
    box = PapersForm(papers=only).boxes()[0]
    return render(request, "proposals/filing/_paper_row.html", {"proposal": fresh, "box": box})


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


@require_safe
def paper(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Send the file of a paper to whoever may see its proposal, once it may be opened."""
    visible = Proposal.objects.visible_to(request.user)
    found = get_object_or_404(Attachment.objects.filter(proposal__in=visible), pk=pk)
    if found.is_held:
        return held_answer(request, found.name, found.scan_state, found.scan_found)
    return file_answer(request, found.file, found.name, found.content_type, found.sha256)


@require_safe
def papers_zip(request: PersonRequest, pk: int) -> StreamingHttpResponse:
    """Send all papers of a proposal as one ZIP, written while it is sent."""
    rows = Proposal.objects.visible_to(request.user).select_related("office")
    found = get_object_or_404(rows, pk=pk)
    current = found.attachments.filter(replaced_at__isnull=True).select_related("document")
    files = list(current.order_by("document__key", "pk"))
    entries = [
        Entry(readable(at, one.document.name, one.name), one.uploaded_at, one.file)
        for at, one in enumerate((file for file in files if not file.is_held), start=1)
    ]
    held = [(f"{one.name}.TIDAK-DISERTAKAN.txt", _held_words(one)) for one in files if one.is_held]
    entries += _letter(request, found, len(entries) + 1)
    answer = StreamingHttpResponse(zipped(entries, held), content_type="application/zip")
    name = f"{found.label} {found.title[:60]}.zip".replace("/", "-")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _held_words(one: Attachment) -> str:
    return f"{one.document.name}: {one.name}\n{one.get_scan_state_display()} {one.scan_found}\n"


def _letter(request: PersonRequest, found: Proposal, place: int) -> list[Entry]:
    """Return the covering letter of the office, for who may read it."""
    is_own = access.may_write_content(request.user, found.office_id)
    if not is_own and not access.may_see_queue(request.user):
        return []
    rows: QuerySet[OfficeYear] = OfficeYear.objects.filter(year=found.year, office=found.office)
    own = rows.exclude(letter="").first()
    if own is None or own.letter_is_held or own.letter_at is None:
        return []
    name = readable(place, _("Covering letter"), own.letter_name)
    return [Entry(name, own.letter_at, own.letter)]
