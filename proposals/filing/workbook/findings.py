"""What is found in a row: what it would change, and what is wrong, cell by cell and in words."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from proposals.enums import RowOutcome
from proposals.filing.workbook.columns import SHEETS, Column, letters
from proposals.models import Proposal, WorkbookRow

Found = dict[str, Any]


@dataclass
class Verdict:
    """What one proposal of the file would do; ``values`` and ``parts`` hold what it touches."""

    row: WorkbookRow
    proposal: Proposal | None = None
    creation_key: UUID | None = None
    values: dict[str, object] = field(default_factory=dict)
    parts: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    changes: list[Found] = field(default_factory=list)
    errors: list[Found] = field(default_factory=list)
    shown: dict[str, Any] = field(default_factory=dict)
    amount_rp: Decimal | None = None
    request_to: str = ""
    title: str = ""

    @property
    def outcome(self) -> RowOutcome:
        """Return what the row would do."""
        if self.errors:
            return RowOutcome.REFUSED
        if self.proposal is None:
            return RowOutcome.NEW
        return RowOutcome.CHANGED if self.values or self.parts else RowOutcome.SAME

    def write_on_row(self) -> WorkbookRow:
        """Put what was found on the row of the preview."""
        row = self.row
        row.outcome = self.outcome
        row.title = self.title[:200]
        row.proposal = self.proposal
        row.request_to = self.request_to
        row.amount_rp = self.amount_rp
        row.found = {"changes": self.changes, "errors": self.errors, "shown": self.shown}
        return row


class Places:
    """Where each cell of the file stands, as people find it: Usulan!C7."""

    def __init__(self, layout: dict[str, dict[str, int]]) -> None:
        self.layout = layout

    def has(self, sheet: str, column: str = "") -> bool:
        """Tell whether the file has this sheet, or this column of it."""
        return (
            column in self.layout[sheet]
            if column and sheet in self.layout
            else sheet in self.layout
        )

    def cell(self, row: WorkbookRow, column: str) -> str:
        """Return the address of a cell."""
        at = self.layout.get(row.sheet, {}).get(column, 0)
        return f"{SHEETS[row.sheet].word}!{letters(at)}{row.number}"

    def error(
        self, row: WorkbookRow, column: Column, message: str, readings: tuple[int, ...] = ()
    ) -> Found:
        """Return what is wrong in a cell and how to mend it."""
        return {
            "cell": self.cell(row, column.name),
            "word": str(column.word),
            "message": message,
            "readings": list(readings),
            "row": row.pk,
            "column": column.name,
        }

    def change(self, row: WorkbookRow, column: Column, old: str, new: str) -> Found:
        """Return what a cell changes, both values as people read them."""
        return {
            "cell": self.cell(row, column.name),
            "word": str(column.word),
            "old": old,
            "new": new,
        }
