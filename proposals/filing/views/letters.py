"""The covering letter of an office: one for all its proposals; earlier ones stay readable."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from proposals import access, web
from proposals.enums import ScanState
from proposals.filing.actions import set_letter
from proposals.filing.forms.papers import UploadForm
from proposals.filing.queries.letters import letters_of
from proposals.filing.queries.own import office_year_for
from proposals.filing.views.files import file_answer, held_answer
from proposals.models import OfficeYear
from proposals.web import PersonRequest


@require_http_methods(["GET", "POST"])
def letter(request: PersonRequest) -> HttpResponse:
    """Take the covering letter of the office, and show those it replaced."""
    office, year = request.user.office_id, web.current_year(request)
    if office is None or year is None or not access.may_write_content(request.user, office):
        raise Http404
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid() and web.carried_out(
        form, set_letter, year=year, by=request.user, upload=form.cleaned_data["file"]
    ):
        messages.success(request, _("The covering letter is uploaded."))
        return redirect("filing:own_list")
    own = office_year_for(request.user, year)
    context = {"form": form, "office_year": own, "letters": letters_of(own) if own else []}
    status = web.UNPROCESSABLE if form.errors else 200
    return render(request, "proposals/filing/letter.html", context, status=status)


@require_safe
def letter_file(request: PersonRequest, pk: int, at: int = 0) -> HttpResponseBase:
    """Show a covering letter to its office and to who reads the queue; ``at`` an earlier one."""
    own = get_object_or_404(OfficeYear.objects.exclude(letter=""), pk=pk)
    is_own = access.may_write_content(request.user, own.office_id)
    if not is_own and not access.may_see_queue(request.user):
        raise Http404
    found = next((one for one in letters_of(own) if one.pgh_id == at), None) if at else own
    if found is None:
        raise Http404
    if ScanState(found.letter_scan_state).is_held:
        state, told = found.letter_scan_state, found.letter_scan_found
        return held_answer(request, found.letter_name, state, told)
    kind, sha256 = found.letter_type, found.letter_sha256
    return file_answer(request, found.letter, found.letter_name, kind, sha256)
