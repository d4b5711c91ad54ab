"""What every office sees of all that was sent: the summary's columns, never a child row."""

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from proposals.enums import UseRole
from proposals.models import CommodityUse, PlanningYear, Proposal, User


def summary_rows(user: User, year: PlanningYear | None) -> QuerySet[Proposal]:
    """Return the rows with the columns of ``access.SUMMARY_COLUMNS`` alone.

    The commodity is the main one; ``is_changed`` is part of the word of the status.
    """
    name = "name_en" if get_language() == "en" else "name_id"
    main = CommodityUse.objects.filter(proposal=OuterRef("pk"), role=UseRole.MAIN)
    return (
        Proposal.objects.summary_visible_to(user)
        .of_year(year)
        .select_related("office__region")
        .only(
            "number",
            "title",
            "request_to",
            "requested_rp",
            "status",
            "is_changed",
            "sent_at",
            "office__name",
            "office__region__short_name",
            "office__region__code",
        )
        .annotate(
            commodity=Coalesce(
                NullIf(Subquery(main.values(f"commodity__{name}")[:1]), Value("")),
                Subquery(main.values("commodity__name_id")[:1]),
            )
        )
    )


def searched(rows: QuerySet[Proposal], text: str) -> QuerySet[Proposal]:
    """Keep the rows whose number or title holds the text: what is not shown is not searched."""
    return rows.filter(Q(title__icontains=text) | Q(number__icontains=text)) if text else rows
