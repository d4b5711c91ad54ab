"""Where a proposal goes when somebody presses up or down."""

from proposals.enums import Status
from proposals.filing.queries.own import SORTS, UNSENT
from proposals.models import PlanningYear, Proposal, User

STEPS = ("naik", "turun")


def order_after(user: User, year: PlanningYear, pk: int, step: str) -> list[int] | None:
    """Return the office's whole order after one step; nothing where there is no way.

    What was sent keeps its rank, so a step leads past it to the next place that can change.
    """
    rows = list(
        Proposal.objects.visible_to(user)
        .filter(year=year, office=user.office_id)
        .exclude(status=Status.WITHDRAWN)
        .order_by(*SORTS["peringkat"][1])
        .values_list("pk", "status")
    )
    order = [row for row, _status in rows]
    movable = [row for row, status in rows if status in UNSENT]
    if pk not in movable or step not in STEPS:
        return None
    at = movable.index(pk) + (-1 if step == "naik" else 1)
    if not 0 <= at < len(movable):
        return None
    here, there = order.index(pk), order.index(movable[at])
    order[here], order[there] = order[there], order[here]
    return order
