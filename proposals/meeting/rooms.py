"""A ceiling as the desk shows it: a bar, words for those who do not see it, a warning colour."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from proposals.ceilings import Room
from proposals.templatetags.figures import rp

WITHIN, PASSED = "f1", "f6"


class DeskRoom(Room):
    """One ceiling with the act in hand already counted."""

    @property
    def taken_rp(self) -> Decimal:
        """Return what would be agreed in all."""
        return self.agreed_rp + self.claim_rp

    @property
    def fill(self) -> str:
        """Return the colour of the bar."""
        return PASSED if self.is_passed else WITHIN

    @property
    def told(self) -> str:
        """Say the bar in words."""
        words = {"taken": rp(self.taken_rp), "ceiling": rp(self.ceiling.amount_rp)}
        return _("%(taken)s of %(ceiling)s would be agreed") % words


def shown(rooms: Iterable[Room]) -> list[DeskRoom]:
    """Return the rooms as the desk shows them."""
    return [DeskRoom(room.ceiling, room.agreed_rp, room.claim_rp) for room in rooms]
