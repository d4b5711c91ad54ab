"""The queue as a workbook: real numbers and dates, people's text never read as a formula."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from proposals.enums import RequestTo
from proposals.models import PlanningYear, Proposal
from proposals.models.proposal import ProposalQuerySet
from proposals.review.saved import SavedView
from proposals.templatetags.figures import wita
from proposals.templatetags.marks import status_word

AT_ONCE = 5_000
"""Rows that one request writes in about a second; more are written behind the page."""
CHUNK = 1_000
Tell = Callable[[int, int], None]
"""How a long writing says how many of its rows are done."""
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column:
    """A column: its heading, width, look of its cells, and what it takes from a proposal."""

    word: str
    width: int
    look: str
    value: Callable[[Proposal], Any]


def silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def of_queue(
    rows: ProposalQuerySet,
    columns: list[Column],
    title: str,
    year: PlanningYear | None,
    tell: Tell = silent,
) -> bytes:
    """Return the rows as a workbook."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "remove_timezone": True})
    looks = {
        "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1}),
        "text": None,
        "money": book.add_format({"num_format": "#,##0"}),
        "share": book.add_format({"num_format": "0.0"}),
        "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    sheet = book.add_worksheet(_("Queue")[:31])
    sheet.freeze_panes(1, 2)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.word, looks["head"])
    for number, proposal in enumerate(_in_chunks(rows, tell), start=1):
        for place, column in enumerate(columns):
            _write(sheet, (number, place), column.value(proposal), looks[column.look])
    _about(book, title, year)
    book.close()
    return target.getvalue()


def name(view: SavedView, year: PlanningYear | None) -> str:
    """Return the name of the file: list, year, day."""
    return f"antrean-{view.key}-{year or 0}-{timezone.localdate():%Y%m%d}.xlsx"


def _in_chunks(rows: ProposalQuerySet, tell: Tell) -> Iterator[Proposal]:
    """Read the rows a thousand at a time, without a cursor that outlives a transaction."""
    ids = list(rows.values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        tell(start, len(ids))
        found = rows.order_by().in_bulk(ids[start : start + CHUNK])
        yield from (found[pk] for pk in ids[start : start + CHUNK] if pk in found)


def columns_for(*, with_scores: bool, with_decisions: bool) -> list[Column]:
    """Return the columns this reader may see; what is hidden has no column."""
    reviewed = [
        Column(_("Proposed by the reviewer (Rp)"), 18, "money", lambda p: p.recommended_rp),
        Column(_("Score (%)"), 9, "share", lambda p: p.score_pct),
    ]
    decided = [Column(_("Agreed (Rp)"), 18, "money", lambda p: p.agreed_rp)]
    return [
        Column(_("Number"), 15, "text", lambda p: p.number),
        Column(_("Title"), 60, "text", lambda p: p.title),
        Column(_("Regency or city"), 26, "text", lambda p: p.office.region.name),
        Column(_("Kind of proposal"), 24, "text", lambda p: RequestTo(p.request_to).label),
        Column(_("Sector"), 24, "text", lambda p: p.sector),
        Column(_("Main commodity"), 20, "text", lambda p: getattr(p, "commodity_name", None)),
        Column(_("Kind of activity"), 28, "text", lambda p: p.intervention),
        Column(_("Source of money"), 22, "text", lambda p: p.funding_source),
        Column(_("Asked (Rp)"), 18, "money", lambda p: p.requested_rp),
        *(reviewed if with_scores else []),
        *(decided if with_decisions else []),
        Column(_("Status"), 22, "text", status_word),
        Column(_("Division"), 24, "text", lambda p: p.lead_division),
        Column(_("Reviewer"), 22, "text", lambda p: p.lead_reviewer),
        Column(_("First sent (WITA)"), 17, "time", lambda p: timezone.localtime(p.sent_at)),
    ]


def _write(sheet: Any, place: tuple[int, int], value: Any, look: Any) -> None:
    """Write a value by its type; an empty one stays an empty cell, never 0."""
    if isinstance(value, datetime):
        sheet.write_datetime(*place, value, look)
    elif isinstance(value, Decimal):
        sheet.write_number(*place, value, look)
    elif value is not None and value != "":
        sheet.write_string(*place, str(value))


def _about(book: Any, title: str, year: PlanningYear | None) -> None:
    """Say on a second sheet what the list is, of which year, and when it was made."""
    sheet = book.add_worksheet(_("About")[:31])
    sheet.set_column(0, 0, 90)
    lines = [
        _("Queue of proposals, budget year %(year)s") % {"year": year or "-"},
        title,
        _("Made on %(time)s") % {"time": wita(timezone.now())},
    ]
    if year is not None and year.is_example:
        lines.append(_("Example data"))
    for number, line in enumerate(lines):
        sheet.write_string(number, 0, line)
