"""What is being typed at one proposal: one's own sections, and who else is there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from proposals.models import Proposal, TypedText, User
from proposals.models.typed import PRESENCE

THERE_FOR = timedelta(seconds=60)
"""How long after the last sign of life somebody still counts as filling in."""


@dataclass(frozen=True)
class Other:
    """Somebody else who is filling in the same proposal now."""

    name: str
    last_at: datetime

    @property
    def at(self) -> str:
        """Return the time of day in WITA."""
        return f"{timezone.localtime(self.last_at):%H.%M}"


@dataclass(frozen=True)
class Typed:
    """One's own unsaved sections, what saving them gave, and the others who are there."""

    sections: tuple[TypedText, ...] = ()
    others: tuple[Other, ...] = ()
    given: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, str]:
        """Return the text of every box that is typed and not saved."""
        return {name: text for row in self.sections for name, text in row.values.items()}

    @property
    def base(self) -> dict[str, str]:
        """Return the marks of what those boxes held when typing began."""
        return {name: mark for row in self.sections for name, mark in row.base.items()}

    @property
    def ids(self) -> dict[str, str]:
        """Return the ids that new rows got, by the key they were sent with."""
        return {key: str(pk) for key, pk in self.given.get("ids", {}).items()}

    def state_of(self, proposal: Proposal) -> str:
        """Return a word that changes with what is saved and with what is typed.

        A page that was on its way while the last keys were sent finds out by it that it is old.
        """
        newest = max((row.saved_at for row in self.sections), default=None)
        return f"{proposal.row_version}-{newest.timestamp() if newest else 0}"

    def renewed(self, base: Mapping[str, str], standing: Mapping[str, str]) -> dict[str, str]:
        """Return the marks to start from, as they are after one's own last saving.

        An answer that was lost on the way leaves the browser with the marks from before it: what
        stands now is then one's own text, and no collision with oneself.
        """
        marks = dict(base)
        for name, pair in self.given.get("marks", {}).items():
            before, after = pair if isinstance(pair, list) and len(pair) == 2 else ("", None)
            if base.get(name, "") == before and standing.get(name) == after:
                marks[name] = str(after)
        return marks


def typed_at(proposal: Proposal, user: User) -> Typed:
    """Read what this person has typed there, and who else is there now; one query."""
    alive = Q(section=PRESENCE, saved_at__gte=timezone.now() - THERE_FOR)
    rows = list(
        TypedText.objects.filter(Q(user=user) | alive, proposal=proposal)
        .select_related("user")
        .order_by("saved_at", "pk")
    )
    own = [row for row in rows if row.user_id == user.pk]
    return Typed(
        sections=tuple(row for row in own if row.section != PRESENCE),
        others=tuple(
            Other(row.user.full_name, row.saved_at) for row in rows if row.user_id != user.pk
        ),
        given=next((row.given for row in own if row.section == PRESENCE), {}),
    )


def unsaved_by(proposal: Proposal) -> list[str]:
    """Return who has typed something there that is not saved: it would not be sent along."""
    rows = TypedText.objects.filter(proposal=proposal).exclude(section=PRESENCE)
    names = rows.order_by("user__full_name").values_list("user__full_name", flat=True)
    return list(names.distinct())
