"""The page of what changed since the last sending, word by word, for office and province."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from proposals import access
from proposals.fields import FIELDS
from proposals.filing.queries.changed import compared, sees_unsent
from proposals.filing.queries.reading import PLAIN
from proposals.filing.views.read import versions_of
from proposals.models import Proposal
from proposals.web import PersonRequest, number_in


@require_GET
def changes(request: PersonRequest, pk: int) -> HttpResponse:
    """Show what differs between two versions, or between the last one and now."""
    rows = Proposal.objects.filter(access.history_rows_for(request.user)).for_page()
    rows = rows.annotate(version_rows=PLAIN["version_rows"])
    found = get_object_or_404(rows.prefetch_related("return_points"), pk=pk)
    older, newer = (number_in(request.GET.get(name, ""), 4) or 0 for name in ("dari", "ke"))
    context = {
        "proposal": found,
        "versions": versions_of(found),
        "compared": compared(found, request.user, older, newer),
        "sees_unsent": sees_unsent(found, request.user),
        "is_own": access.may_write_content(request.user, found.office_id),
        "answered": [
            (one, FIELDS[one.field].word) for one in found.return_points.all() if one.answer
        ],
    }
    return render(request, "proposals/filing/changes.html", context)
