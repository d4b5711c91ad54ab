"""Regions and offices as their pages show them."""

from django.db.models import Count, Prefetch, Q, QuerySet

from proposals.models import Office, Region, RegionNeighbour


def regions() -> list[Region]:
    """List the regions with their neighbours and the number of districts, with two queries."""
    borders = RegionNeighbour.objects.select_related("neighbour").order_by("neighbour__code")
    rows = Region.objects.annotate(n_districts=Count("districts", distinct=True))
    return list(rows.prefetch_related(Prefetch("borders", borders)).order_by("code"))


def offices(words: str = "", kind: str = "", state: str = "") -> QuerySet[Office]:
    """Return the offices that were asked for, with the number of active people in each."""
    rows = Office.objects.select_related("region").annotate(
        n_people=Count("people", filter=Q(people__is_active=True))
    )
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(region__name__icontains=words))
    if kind:
        rows = rows.filter(kind=kind)
    if state != "all":
        rows = rows.filter(is_retired=state == "retired")
    return rows.order_by("region__code", "kind", "pk")
