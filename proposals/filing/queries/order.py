"""Where a proposal goes when somebody presses up or down, or drags it to another place."""

from proposals.enums import Status
from proposals.filing.queries.own import SORTS, UNSENT
from proposals.models import PlanningYear, Proposal, User

STEPS = ("naik", "turun")


def order_after(user: User, year: PlanningYear, pk: int, step: str) -> list[int] | None:
    """Return the office's whole order after one step; nothing where there is no way.

    What was sent keeps its rank, so a step leads past it to the next place that can change.
    """
    order, movable = present(user, year)
    if pk not in movable or step not in STEPS:
        return None
    at = movable.index(pk) + (-1 if step == "naik" else 1)
    if not 0 <= at < len(movable):
        return None
    here, there = order.index(pk), order.index(movable[at])
    order[here], order[there] = order[there], order[here]
    return order


def order_placed(
    user: User, year: PlanningYear, pk: int, behind: int | None, before: int | None
) -> list[int] | None:
    """Return the office's whole order with one proposal set behind or before another.

    What was sent keeps its place; the others fill the places that can change, in their new order.
    """
    order, movable = present(user, year)
    rest = [row for row in order if row != pk]
    if pk not in movable or (behind not in rest and before not in rest):
        return None
    at = rest.index(behind) + 1 if behind in rest else rest.index(before)  # type: ignore[arg-type]  # one of both is in it
    rest.insert(at, pk)
    turned = iter(row for row in rest if row in set(movable))
    return [next(turned) if row in set(movable) else row for row in order]


def present(user: User, year: PlanningYear) -> tuple[list[int], list[int]]:
    """Return the whole order, and what of it can still be moved."""
    rows = list(
        Proposal.objects.visible_to(user)
        .filter(year=year, office=user.office_id)
        .exclude(status=Status.WITHDRAWN)
        .order_by(*SORTS["peringkat"][1])
        .values_list("pk", "status")
    )
    return [row for row, _status in rows], [row for row, status in rows if status in UNSENT]
