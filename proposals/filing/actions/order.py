"""The office's own order: rank 1 is discussed first; what was sent keeps its rank."""

from collections.abc import Iterator, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from proposals import access
from proposals.enums import Status
from proposals.models import OfficeYear, PlanningYear, Proposal, User
from proposals.refused import Refused

MOVABLE = frozenset({Status.DRAFT, Status.AWAITING_HEAD, Status.RETURNED})


@transaction.atomic
def set_order(*, year: PlanningYear, by: User, proposal_ids: Sequence[int]) -> None:
    """Give the office's proposals their ranks in this order, from 1.

    After sending a rank is fixed; the others take the free ranks between, in the order given.
    Proposals with a rank that are not named follow behind. Raises :class:`Refused` where a fixed
    rank does not fit the order.
    """
    if by.office_id is None or not access.may_rank(by, by.office_id):
        raise Refused([_("Your role may not set the order.")])
    if year.is_signed:
        raise Refused([_("The minutes are signed: a change now needs an addendum.")])
    rows = (
        Proposal.objects.visible_to(by)
        .filter(year=year, office=by.office_id)
        .exclude(status=Status.WITHDRAWN)
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    by_id = {row.pk: row for row in rows}
    fixed = OfficeYear.objects.filter(year=year, office=by.office_id)
    if fixed.filter(order_fixed_at__isnull=False).exists():  # asked once the rows are held
        raise Refused([_("The head has fixed the order: only the head opens it again.")])
    if any(pk not in by_id for pk in proposal_ids):
        raise Refused([_("A proposal of this list is no longer there: open the list again.")])
    named = [by_id[pk] for pk in dict.fromkeys(proposal_ids)]
    for proposal, rank in _ranked(named, _behind(by_id, proposal_ids)):
        if proposal.own_rank != rank:
            Proposal.objects.filter(pk=proposal.pk).update(own_rank=rank)


def _behind(by_id: dict[int, Proposal], named: Sequence[int]) -> list[Proposal]:
    """Return the ranked proposals that the order does not name, in their present order."""
    rest = [row for pk, row in by_id.items() if pk not in set(named) and row.own_rank is not None]
    return sorted(rest, key=lambda row: row.own_rank or 0)


def _ranked(named: list[Proposal], rest: list[Proposal]) -> Iterator[tuple[Proposal, int]]:
    fixed = {row.own_rank for row in (*named, *rest) if row.status not in MOVABLE}
    last = 0
    for proposal in named:
        if proposal.status in MOVABLE:
            last = _next_free(last, fixed)
            yield proposal, last
        elif proposal.own_rank is not None:
            if proposal.own_rank <= last:
                raise Refused([_("%(number)s is sent: its rank stays.") % _label(proposal)])
            last = proposal.own_rank
    for proposal in rest:
        if proposal.status in MOVABLE:
            last = _next_free(last, fixed)
            yield proposal, last


def _label(proposal: Proposal) -> dict[str, str]:
    return {"number": proposal.label}


def _next_free(last: int, fixed: set[int | None]) -> int:
    following = last + 1
    while following in fixed:
        following += 1
    return following
