"""What stands online, as the workbook writes and compares it: every value as one plain text.

Empty is "", a number its digits, a chosen row its id. So what was given out, what came back and
what stands now are compared alike, and a mark (checksum) of each is small enough for a cell.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from proposals.filing.actions import open_codes
from proposals.filing.merging import text_mark
from proposals.filing.workbook.columns import (
    CONTENT,
    KEY,
    LINE_BREAKS,
    PART_SHEETS,
    Column,
    Kind,
    Sheet,
)
from proposals.models import PlanningYear, Proposal, User
from proposals.models.proposal import ProposalQuerySet

COLUMNS = tuple(one for one in CONTENT if one.kind is not Kind.SHOWN and one.name != KEY)
PARTS = tuple(PART_SHEETS)
Texts = Mapping[str, str]


def own_rows(user: User, year: PlanningYear) -> ProposalQuerySet:
    """Return the proposals of the person's office in a year, each with all its rows."""
    rows = Proposal.objects.visible_to(user).filter(year=year, office=user.office_id)
    return rows.select_related("office__region", "year").prefetch_related(*PARTS, "return_points")


def codes_of(proposal: Proposal) -> frozenset[str]:
    """Return the codes of the fields that may change now."""
    points = [one for one in proposal.return_points.all() if one.settled_at is None]
    return open_codes(proposal.status, points)


def key_of(proposal: Proposal) -> str:
    """Return the short key by which the sheets name a proposal that stands online."""
    return f"U{proposal.pk}"


def content_of(proposal: Proposal) -> dict[str, str]:
    """Return the single values of a proposal as plain texts."""
    return {one.name: _content(one, proposal) for one in COLUMNS}


def _content(column: Column, proposal: Proposal) -> str:
    is_pick = column.kind is Kind.PICK
    value = getattr(proposal, f"{column.name}_id" if is_pick else column.name)
    return as_text(column, value)


def rows_of(proposal: Proposal, sheet: Sheet) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of one list in their order, each with its id."""
    rows: list[Any] = list(getattr(proposal, sheet.part).all())
    rows.sort(key=lambda row: (getattr(row, "position", 0), row.pk))
    return [(row.pk, {one.name: _cell(one, row) for one in own_columns(sheet)}) for row in rows]


def own_columns(sheet: Sheet) -> list[Column]:
    """Return the columns of a child sheet that hold content."""
    return [one for one in sheet.filled if one.name != KEY]


def _cell(column: Column, row: Any) -> str:
    if column.name == "place":
        return f"d{row.district_id}" if row.district_id else f"r{row.region_id}"
    value = getattr(row, f"{column.name}_id" if column.kind is Kind.PICK else column.name)
    return as_text(column, value)


def as_text(column: Column, value: object) -> str:
    """Return a value as it is compared."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    text = str(value).replace("\r\n", "\n").strip()
    return text if column.name in LINE_BREAKS else " ".join(text.split())


def as_value(column: Column, text: str) -> object:
    """Return a plain text as the value that is saved."""
    match column.kind:
        case Kind.PICK | Kind.COUNT:
            return int(text) if text else None
        case Kind.NUMBER | Kind.RUPIAH:
            return Decimal(text) if text else None
        case Kind.DAY:
            return date.fromisoformat(text) if text else None
    return text


def as_row(sheet: Sheet, cells: Texts) -> dict[str, object]:
    """Return a row of a child sheet as the values that are saved."""
    columns = [one for one in own_columns(sheet) if one.name != "place"]
    row = {one.name: as_value(one, cells[one.name]) for one in columns}
    if "place" in cells:
        place = cells["place"]
        row["district"] = int(place[1:]) if place.startswith("d") else None
        row["region"] = int(place[1:]) if place.startswith("r") else None
    return row


def list_as_text(sheet: Sheet, rows: Iterable[Texts]) -> str:
    """Return a whole list as one text; lists without an order of their own are sorted."""
    names = [one.name for one in own_columns(sheet)]
    lines = ["\x1f".join(row[name] for name in names) for row in rows]
    return "\x1e".join(sorted(lines) if sheet.part == "promised_papers" else lines)


def values_of(proposal: Proposal) -> dict[str, str]:
    """Return everything of a proposal by the name of its column or list."""
    lists = {
        part: list_as_text(sheet, (cells for _pk, cells in rows_of(proposal, sheet)))
        for part, sheet in PART_SHEETS.items()
    }
    return content_of(proposal) | lists


def marks_of(values: Texts) -> str:
    """Return the marks of everything given out, as one hidden cell holds them."""
    return " ".join(f"{name}={text_mark(text)}" for name, text in values.items())


def read_marks(text: str) -> dict[str, str]:
    """Read such a cell again; what is no mark is left out."""
    pairs: Sequence[tuple[str, str, str]] = [one.partition("=") for one in text.split()]
    return {name: found for name, sign, found in pairs if sign and len(found) == 8}
