"""What the dashboard and its files show to one person."""

from dataclasses import dataclass

from proposals import access, ceilings, totals
from proposals.models import PlanningYear, Proposal, User
from proposals.reports.exports import Shown


@dataclass(frozen=True)
class Dashboard:
    """The recaps of a year as one person may see them."""

    by_office: totals.Recap
    by_sector: totals.Recap
    rooms: list[ceilings.Room]
    shown: Shown


def shown_to(user: User) -> Shown:
    """Return which amounts this person may see before the minutes are signed."""
    is_office = access.role_of(user) in access.OFFICE_ROLES
    return Shown(
        recommended=access.sees_scores(user), agreed=access.sees_decisions(user) or is_office
    )


def dashboard_for(user: User, year: PlanningYear) -> Dashboard:
    """Return the sums of what this person may see, from the one place that adds them up."""
    proposals = Proposal.objects.visible_to(user)
    by_office = totals.recap_by_office(proposals, year)
    if not access.sees_recap(user):
        by_office.rows = [row for row in by_office.rows if row.kinds]
    return Dashboard(
        by_office=by_office,
        by_sector=_without_empty(totals.recap_by_sector(proposals, year)),
        rooms=ceilings.rooms_of_year(year) if access.sees_decisions(user) else [],
        shown=shown_to(user),
    )


def _without_empty(recap: totals.Recap) -> totals.Recap:
    return totals.Recap([row for row in recap.rows if row.kinds], recap.total)
