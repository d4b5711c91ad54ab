"""The summary of all that was sent: what every office sees of the others."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from proposals import access, web
from proposals.enums import OfficeKind, Role, Status
from proposals.filing.forms.acts import SummaryFilter
from proposals.filing.queries.summary import searched, summary_rows
from proposals.models import Office
from proposals.transitions import WITH_PROVINCE
from proposals.web import PersonRequest

ORDER = ("-sent_at", "-pk")
STATUSES = [status for status in Status if status in WITH_PROVINCE]
COLUMNS = {"daerah": "office__region__code", "jenis": "request_to", "status": "status"}


@require_GET
def summary(request: PersonRequest) -> HttpResponse:
    """List what all offices sent, in the summary's columns alone, newest first."""
    year = web.current_year(request)
    offices = Office.objects.filter(kind=OfficeKind.INDUSTRY).select_related("region")
    form = SummaryFilter(
        request.GET, offices=list(offices.order_by("region__code", "pk")), statuses=STATUSES
    )
    chosen = form.chosen()
    rows = searched(summary_rows(request.user, year), chosen["q"])
    for name, column in COLUMNS.items():
        if chosen[name]:
            rows = rows.filter(**{column: chosen[name]})
    context = {
        "page": web.keyed(request, rows, ORDER),
        "filter": form,
        "is_filtered": any(chosen.values()),
        "reads_whole": access.role_of(request.user) not in access.OFFICE_ROLES | {Role.OBSERVER},
        "own_office": request.user.office_id,
    }
    return render(request, "proposals/filing/summary.html", context)
