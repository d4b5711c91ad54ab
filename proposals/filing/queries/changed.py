"""What changed in a proposal since it was sent: between two sendings, or up to now."""

from dataclasses import dataclass
from typing import Any

from proposals import access
from proposals.changes import Change, between
from proposals.filing.queries.own import UNSENT
from proposals.models import Proposal, ReadinessDocument, User
from proposals.workflow.sending import content_of

NOW = 0
"""Stands for the proposal as it is now, beside the numbers of its versions."""


@dataclass(frozen=True)
class Compared:
    """Two states of a proposal, by the number of their version, and what differs."""

    older: int
    newer: int
    changes: list[Change]

    @property
    def is_up_to_now(self) -> bool:
        """Tell whether the newer state is the unsent one."""
        return self.newer == NOW


def sees_unsent(proposal: Proposal, user: User) -> bool:
    """Tell whether this person compares with what is not sent yet: the own office alone."""
    is_own = access.may_write_content(user, proposal.office_id)
    return is_own and proposal.status in UNSENT


def compared(proposal: Proposal, user: User, older: int, newer: int) -> Compared | None:
    """Compare two versions; those that are not there fall back to the last ones.

    ``proposal`` carries ``version_rows``. Nothing where there are no two states.
    """
    rows: list[dict[str, Any]] = getattr(proposal, "version_rows", [])
    numbers = sorted(row["version"] for row in rows)
    is_open = sees_unsent(proposal, user)
    if not numbers or (len(numbers) < 2 and not is_open):
        return None
    if newer not in numbers:
        newer = NOW if is_open else numbers[-1]
    before = [one for one in numbers if newer == NOW or one < newer]
    if not before:
        return None
    older = older if older in before else before[-1]
    found = {
        one.version: one.content for one in proposal.versions.filter(version__in=[older, newer])
    }
    documents = {one.key: one.name for one in ReadinessDocument.objects.all()}
    after = content_of(proposal) if newer == NOW else found[newer]
    return Compared(older, newer, between(found[older], after, documents))
