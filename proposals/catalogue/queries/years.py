"""Planning years as their pages show them."""

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from proposals.models import Ceiling, OfficeYear, PlanningYear, Proposal


def years() -> QuerySet[PlanningYear]:
    """Return the years, the newest first, with how many proposals were sent in each."""
    rows = Proposal.objects.filter(number__isnull=False, year=OuterRef("pk"))
    sent = rows.order_by().values("year").annotate(n=Count("pk")).values("n")
    return PlanningYear.objects.annotate(n_sent=Coalesce(Subquery(sent), 0)).newest_first()


def offices_of(year: PlanningYear) -> list[OfficeYear]:
    """List what each office has of a year, in the order of the regions."""
    rows = OfficeYear.objects.filter(year=year).select_related("office__region")
    return list(rows.order_by("office__region__code", "pk"))


def ceilings_of(year: PlanningYear) -> QuerySet[Ceiling]:
    """Return the ceilings of a year by purse, source and sector."""
    rows = Ceiling.objects.filter(year=year).select_related("region", "funding_source", "sector")
    return rows.order_by("region__code", "funding_source__key", "sector__key", "pk")
