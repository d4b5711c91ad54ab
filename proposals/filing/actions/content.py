"""Saving what a proposal says: its columns and its rows, and nothing that did not change."""

from django.db import transaction
from django.db.models import ForeignKey, Model, Sum
from django.utils.translation import gettext as _

from proposals.fields import CONTENT_COLUMNS, FIELDS
from proposals.filing.actions.parts import PARTS, Row, write_part
from proposals.filing.actions.rows import (
    AMOUNT_CODES,
    Stale,
    locked_own,
    open_codes_of,
    refuse_closed,
)
from proposals.models import Proposal, User
from proposals.refused import Refused

COLUMN_CODES: dict[str, frozenset[str]] = {
    column: frozenset(code for code, field in FIELDS.items() if column in field.columns)
    for column in CONTENT_COLUMNS
}
"""Own column to the codes that open it."""


@transaction.atomic
def save_content(
    *,
    proposal: Proposal,
    by: User,
    row_version: int,
    values: dict[str, object],
    parts: dict[str, list[Row]],
) -> Proposal:
    """Save columns and rows of a proposal; what is not named stays as it is.

    ``values`` are clean values by the name of their field; ``parts`` give each list as a whole:
    missing rows go, changed ones are updated in place. With budget lines the requested amount is
    their sum. Raises :class:`Stale` where somebody saved after ``row_version`` was read, and
    :class:`Refused` naming each closed field.
    """
    locked = locked_own(proposal, by)
    if locked.row_version != row_version:
        raise Stale(locked)
    open_now = open_codes_of(locked)
    wrote = _write_parts(locked, parts, open_now)
    changed = _changed(locked, _with_sum(locked, values, parts))
    closed = [one for one in changed if not open_now & _opening(COLUMN_CODES[one])]
    refuse_closed(min(COLUMN_CODES[column]) for column in closed)
    if changed or wrote:
        locked.row_version += 1
        locked.save(update_fields=[*changed, "row_version", "updated_at"])
    return locked


def _write_parts(locked: Proposal, parts: dict[str, list[Row]], open_now: frozenset[str]) -> bool:
    """Write each open list; a closed one must stand as it is. Tell whether anything was written."""
    closed = {part for part in parts if not open_now & _codes_of_part(part)}
    refuse_closed(PARTS[part].code for part in closed if _differs(locked, part, parts[part]))
    wrote = [write_part(locked, part, rows) for part, rows in parts.items() if part not in closed]
    return any(wrote)


def _opening(codes: frozenset[str]) -> frozenset[str]:
    return codes | AMOUNT_CODES if codes & AMOUNT_CODES else codes


def _codes_of_part(part: str) -> frozenset[str]:
    return _opening(frozenset({PARTS[part].code}))


def _differs(proposal: Proposal, part: str, rows: list[Row]) -> bool:
    return PARTS[part].stands(proposal) != PARTS[part].wanted(rows)


def _changed(proposal: Proposal, values: dict[str, object]) -> list[str]:
    """Set each value that differs and return the columns that were set."""
    changed = []
    for name, value in values.items():
        field = Proposal._meta.get_field(name)
        column = str(getattr(field, "attname", name))
        if column not in CONTENT_COLUMNS:
            raise ValueError(f"{name} is no content of a proposal")
        if isinstance(field, ForeignKey):
            value = value.pk if isinstance(value, Model) else value  # noqa: PLW2901 - its key
        if getattr(proposal, column) != value:
            setattr(proposal, column, value)
            changed.append(column)
    return changed


def _with_sum(
    proposal: Proposal, values: dict[str, object], parts: dict[str, list[Row]]
) -> dict[str, object]:
    """Return the values, the requested amount as the sum of the lines where there are lines."""
    if "requested_rp" not in values and "budget_lines" not in parts:
        return values
    total = proposal.budget_lines.aggregate(sum=Sum("total_rp"))["sum"]
    if total is None:
        return values
    if total >= 10**18:
        raise Refused([_("The budget lines add up to more than the portal can hold.")])
    return values | {"requested_rp": total}
