"""The row that is written: locked, its own office's, and which of its fields are open now."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from proposals import access
from proposals.enums import Status
from proposals.fields import FIELDS
from proposals.models import Proposal, ReturnPoint, User
from proposals.refused import Refused

AMOUNT_CODES = frozenset({"requested_rp", "budget_lines"})
"""With budget lines the amount is their sum: opening either opens both."""

WRITABLE = frozenset({Status.DRAFT, Status.RETURNED})


class Stale(Refused):
    """Somebody else saved in the meantime; ``current`` is the row as it stands now."""

    def __init__(self, current: Proposal) -> None:
        """Keep the row that stands, so that a page can show both versions."""
        self.current = current
        super().__init__([_("Somebody changed this proposal after you opened it.")])


def locked_own(proposal: Proposal, by: User) -> Proposal:
    """Lock the proposal and return it, for somebody who writes for its office.

    Raises :class:`Refused` where the person may not, or where the minutes are signed.
    """
    locked = (
        Proposal.objects.visible_to(by)
        .select_for_update(of=("self",))
        .select_related("office__region", "year")
        .filter(pk=proposal.pk)
        .first()
    )
    if locked is None:
        raise Refused([_("You cannot see this proposal any more.")])
    if not access.may_write_content(by, locked.office_id):
        raise Refused([_("This proposal belongs to another office.")])
    if locked.year.is_signed:
        raise Refused([_("The minutes are signed: a change now needs an addendum.")])
    return locked


def open_codes(status: str, open_points: Iterable[ReturnPoint]) -> frozenset[str]:
    """Return the codes of the fields that may change now; the database judges by the same rule.

    A draft is open as a whole. Once returned, and until it is sent again, only the fields that
    the open points name are.
    """
    if status not in WRITABLE:
        return frozenset()
    named = frozenset(point.field for point in open_points if point.settled_at is None)
    if not named and status == Status.DRAFT:
        return frozenset(FIELDS)
    return named | AMOUNT_CODES if named & AMOUNT_CODES else named


def open_codes_of(proposal: Proposal) -> frozenset[str]:
    """Ask for the open points of one proposal and return the codes they leave open."""
    return open_codes(proposal.status, proposal.return_points.filter(settled_at__isnull=True))


def refuse_closed(codes: Iterable[str]) -> None:
    """Raise :class:`Refused` naming each of these fields, if there is any."""
    if closed := sorted(set(codes), key=list(FIELDS).index):
        raise Refused(
            _("%(field)s is closed for changes now.") % {"field": str(FIELDS[code].word)}
            for code in closed
        )
