"""The portal's addresses and the yardstick beside them: one indexed query, nothing else."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from proposals.models import Proposal


def yardstick(_request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the title of one proposal: what any Django view with one query costs."""
    title = Proposal.objects.values_list("title", flat=True).get(pk=pk)
    return HttpResponse(title)


urlpatterns = [
    path("yardstick/<int:pk>/", yardstick, name="yardstick"),
    path("", include("rakortek.urls")),
]
