"""The thread from the members to their programme: what the board, a group and its shares show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from proposals.harmonisation import actions
from proposals.harmonisation.balance import Balance, Part, balance_of
from proposals.harmonisation.forms.shares import AmountsForm
from proposals.harmonisation.queries.members import Compared
from proposals.models import JointProgramme, Share, User

WIDTH, EDGE = 300, 38
"""Width of the drawing, and of the column of words before the first member."""


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One member in the table of shares, with its fields where they are shown."""

    member: Compared
    part: Part
    amount: forms.BoundField | None = None
    source: forms.BoundField | None = None
    delivery: forms.BoundField | None = None
    note: forms.BoundField | None = None

    @property
    def share(self) -> Share:
        """Return the share as it stands."""
        return self.member.proposal.share

    @property
    def fields(self) -> list[forms.BoundField]:
        """Return the fields of this row that are shown."""
        return [one for one in (self.amount, self.source, self.delivery, self.note) if one]


@dataclass(frozen=True, slots=True)
class Thread:
    """A programme, its form and the sums of what is typed; without a form it is only read."""

    joint: JointProgramme
    rows: list[ShareRow]
    balance: Balance
    form: AmountsForm | None = None
    count_at: str = ""

    @property
    def has_unread(self) -> bool:
        """Tell whether an amount was typed that cannot be read."""
        return self.form is not None and self.form.is_bound and self.form.has_unread()

    @property
    def is_full(self) -> bool:
        """Tell whether source and delivery have fields of their own."""
        return any(row.source for row in self.rows)

    @property
    def curves(self) -> str:
        """Draw one stitch from the column of each member to the programme."""
        step = (WIDTH - EDGE) / max(len(self.rows), 1)
        starts = (f"{EDGE + step * (n + 0.5):.1f}" for n in range(len(self.rows)))
        return "".join(f"M{x} 0C{x} 26 150 12 150 40" for x in starts)

    @property
    def live(self) -> str:
        """Name what the server counts anew while people type, for htmx."""
        return ",".join(
            ["#share-bar", "#share-sum", "#pct-sum", *(f"#pct-{row.share.pk}" for row in self.rows)]
        )


def may_design(joint: JointProgramme, user: User) -> bool:
    """Tell whether this person may change shares now: reviewers prepare, deciders change."""
    return not actions.why_not(joint, user)


def read_only(joint: JointProgramme, members: Sequence[Compared]) -> Thread:
    """Return a programme as it stands."""
    shares = [member.proposal.share for member in members]
    balance = balance_of(joint, shares, joint.amount_rp)
    rows = [ShareRow(member, part) for member, part in zip(members, balance.parts, strict=True)]
    return Thread(joint, rows, balance)


def with_form(form: AmountsForm, count_at: str) -> Thread:
    """Return a programme with its fields, summed as typed; ``count_at`` counts without saving."""
    if form.is_bound:
        form.is_valid()
    balance = balance_of(form.joint, form.typed(), form.typed_amount())
    rows = [
        ShareRow(member, part, **_fields(form, part.share))
        for member, part in zip(form.members, balance.parts, strict=True)
    ]
    return Thread(form.joint, rows, balance, form, count_at)


def _fields(form: AmountsForm, share: Share) -> dict[str, Any]:
    names = ("amount", "source", "delivery", "note")
    found = {name: f"{name}_{share.pk}" for name in names}
    return {name: form[field] for name, field in found.items() if field in form.fields}
