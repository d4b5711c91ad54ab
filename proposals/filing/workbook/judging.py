"""What each proposal of a file would do: new, changed, unchanged or wrong; nothing is written.

Three versions of each value are laid together: what was given out (hidden marks), what the file
says, what stands now. Where the file and somebody online both changed a value, the row is refused.
"""

from collections.abc import Collection, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from proposals.enums import RequestTo
from proposals.fields import FIELDS
from proposals.filing.actions.parts import PARTS
from proposals.filing.merging import Merged, merge, text_mark
from proposals.filing.workbook import lists as children
from proposals.filing.workbook.bench import Bench, creation_key
from proposals.filing.workbook.cells import Unreadable, read, shown
from proposals.filing.workbook.columns import (
    CONTENT,
    KEY,
    KEY_COLUMN,
    MARKS,
    PART_SHEETS,
    PROPOSALS,
    Column,
    Kind,
    plain,
)
from proposals.filing.workbook.findings import Verdict
from proposals.filing.workbook.listings import is_offered
from proposals.filing.workbook.reading import is_standing
from proposals.filing.workbook.standing import (
    COLUMNS,
    as_value,
    codes_of,
    content_of,
    read_marks,
    rows_of,
    values_of,
)
from proposals.models import Proposal, WorkbookRow
from proposals.templatetags.figures import rp
from proposals.uploads.xlsx import text_of

NAMED = {column.name: column for column in CONTENT}
CODE_OF = {
    **{one.name: "labour" if one.name.startswith("labour") else one.name for one in COLUMNS},
    **{part: PARTS[part].code for part in PART_SHEETS},
}
"""Column or list of the workbook to the field that opens it."""
Children = Mapping[str, list[WorkbookRow]]


class Judge:
    """Judges one proposal of the file against what stands online."""

    def __init__(
        self,
        bench: Bench,
        row: WorkbookRow,
        below: Children,
        proposal: Proposal | None,
        applied: Mapping[str, str],
    ) -> None:
        self.bench, self.row, self.below, self.proposal = bench, row, below, proposal
        self.verdict = Verdict(row, proposal, creation_key(bench.upload, row))
        self.marks = read_marks(text_of(row.cells.get(MARKS, "")))
        self.applied = applied
        self.theirs = values_of(proposal) if proposal else {}
        self.read: dict[str, children.Read] = {}

    def judged(self) -> Verdict:
        """Return what the row would do."""
        if self._refuse_key():
            self.verdict.title = text_of(self.row.cells.get("title", ""))
            return self.verdict
        mine = self._content()
        for sheet in PART_SHEETS.values():
            if self.bench.places.has(sheet.code):
                self._read_list(sheet.part)
        self.verdict.errors += [error for one in self.read.values() for error in one.errors]
        mine |= {part: one.text for part, one in self.read.items() if not one.errors}
        self._follow_the_lines(mine)
        merged = self._merged(mine)
        self._refuse_collisions(merged)
        self._refuse_closed(merged.touched)
        self._refuse_retired(merged)
        self._take(merged)
        return self.verdict

    def _refuse_key(self) -> bool:
        """Refuse a key that stands twice, or names no proposal of the office."""
        key = text_of(self.row.cells.get(KEY, "")).strip()
        first = self.bench.doubles.get(plain(key))
        if key and first is not None and first != self.row.number:
            self._wrong(KEY_COLUMN, _("This key stands in row %(row)s already.") % {"row": first})
        elif is_standing(key) and self.proposal is None:
            message = _(
                "No proposal of your office has this key. Empty the cell if this is a new proposal."
            )
            self._wrong(KEY_COLUMN, message)
        return bool(self.verdict.errors)

    def _wrong(self, column: Column, message: str, readings: tuple[int, ...] = ()) -> None:
        error = self.bench.places.error(self.row, column, message, readings)
        self.verdict.errors.append(error)

    def _content(self) -> dict[str, str]:
        """Read the single cells; an empty cell without hidden marks leaves what stands."""
        found: dict[str, str] = {}
        for column in COLUMNS:
            if not self.bench.places.has(PROPOSALS, column.name):
                continue
            try:
                cell = self.row.cells.get(column.name, "")
                text = read(column, cell, self.bench.lists, since_1904=self.bench.since_1904)
            except Unreadable as error:
                self._wrong(column, str(error), error.readings)
                continue
            if text or self.marks or self.proposal is None:
                found[column.name] = text
        self._need(found)
        return found

    def _need(self, found: dict[str, str]) -> None:
        """Ask for title and kind; the province files its own programmes only."""
        wrong = {error["column"] for error in self.verdict.errors}
        if self.bench.is_province and not found.get("request_to"):
            found["request_to"] = RequestTo.OWN.value
        for name, message in (
            ("title", _("Write a title.")),
            ("request_to", _("Choose the kind of proposal.")),
        ):
            is_lacking = name in found or self.proposal is None
            if is_lacking and not found.get(name) and name not in wrong:
                self._wrong(NAMED[name], message)
        if self.proposal is None and found.get("title"):
            self._refuse_double_title(found["title"])
            self._count_new()

    def _refuse_double_title(self, title: str) -> None:
        """Refuse a new proposal that has the title of another: it was filed already."""
        other = self.bench.titles.setdefault(plain(title), f"{self.row.number}")
        if other == f"{self.row.number}":
            return
        if is_standing(other):
            message = _(
                "Your office has a proposal with this title already. Write its key %(key)s in the"
                " first column to change it, or give this one another title."
            ) % {"key": other}
        else:
            message = _("The same title as in row %(row)s: give it another one.") % {"row": other}
        self._wrong(NAMED["title"], message)

    def _count_new(self) -> None:
        if self.bench.left is None:
            return
        self.bench.left -= 1
        if self.bench.left < 0:
            message = _("With this one your office has more proposals than it may file this year.")
            self._wrong(NAMED["title"], message)

    def _read_list(self, part: str) -> None:
        sheet = PART_SHEETS[part]
        standing = rows_of(self.proposal, sheet) if self.proposal else []
        self.read[part] = children.read_list(
            sheet,
            self.below.get(sheet.code, []),
            standing,
            self.bench.lists,
            self.bench.places,
            since_1904=self.bench.since_1904,
        )

    def _lines_total(self) -> Decimal | None:
        """Return the sum of the lines as they would stand; nothing without lines."""
        lines = self.read.get("budget_lines")
        if lines is not None:
            return None if lines.errors else children.total_of(lines)
        rows = list(self.proposal.budget_lines.all()) if self.proposal else []
        return sum((line.total_rp for line in rows), Decimal(0)) if rows else None

    def _follow_the_lines(self, mine: dict[str, str]) -> None:
        """Leave the amount to its lines; another amount written beside them is wrong."""
        total, asked = self._lines_total(), mine.get("requested_rp", "")
        if total is None:
            return
        mine.pop("requested_rp", None)
        if asked and Decimal(asked) != total and asked != self.theirs.get("requested_rp"):
            message = _("The requested amount is the sum of its lines, %(sum)s: empty this cell.")
            self._wrong(NAMED["requested_rp"], message % {"sum": rp(total)})

    def _merged(self, mine: dict[str, str]) -> Merged[str]:
        """Lay base, file and online together; a new proposal is all the file's own."""
        if self.proposal is None:
            filled = {name: text for name, text in mine.items() if text}
            return Merged(filled, frozenset(filled))
        now = {name: text_mark(text) for name, text in self.theirs.items()}
        given = self.marks or now
        base = {
            name: mark if self.applied.get(name) == mark else given.get(name)
            for name, mark in now.items()
        }
        return merge(base, mine, self.theirs, mark=text_mark)

    def _refuse_collisions(self, merged: Merged[str]) -> None:
        for name, both in merged.collisions.items():
            now = "" if name in PART_SHEETS else self._shown(name, both.theirs or "")
            message = _(
                "Somebody changed this online after the file was made; now it says: %(now)s."
                " Write the same here, or download a fresh workbook."
            ) % {"now": now or _("no data yet")}
            if name in PART_SHEETS:
                message = _(
                    "Somebody changed the list “%(list)s” of this proposal online after the file"
                    " was made. Download a fresh workbook."
                ) % {"list": PART_SHEETS[name].word}
            self._wrong(NAMED.get(name, KEY_COLUMN), message)

    def _refuse_closed(self, touched: Collection[str]) -> None:
        """Refuse what may not change now: after sending all, after a return all but its points."""
        if self.proposal is None or not touched:
            return
        codes = codes_of(self.proposal)
        if not codes:
            message = _("This proposal cannot be changed now; its status: %(status)s.")
            status = self.proposal.get_status_display()
            self._wrong(KEY_COLUMN, message % {"status": status})
            return
        opened = ", ".join(str(FIELDS[code].word) for code in FIELDS if code in codes)
        for name in sorted(touched, key=list(CODE_OF).index):
            if CODE_OF[name] not in codes:
                column = NAMED.get(name, KEY_COLUMN)
                word = FIELDS[CODE_OF[name]].word
                message = _("%(field)s is closed now; open are: %(open)s.")
                self._wrong(column, message % {"field": word, "open": opened})

    def _refuse_retired(self, merged: Merged[str]) -> None:
        for name in sorted(merged.touched & set(NAMED)):
            column, text = NAMED[name], merged.values[name]
            is_pick = column.kind in {Kind.PICK, Kind.WORD}
            if is_pick and text and not is_offered(self.bench.lists[column.listing], text):
                self._wrong(column, children.not_offered(column, text, self.bench.lists))

    def _take(self, merged: Merged[str]) -> None:
        """Keep what is touched, as it is saved and as people read it."""
        values, verdict = merged.values, self.verdict
        for name in (one.name for one in COLUMNS if one.name in merged.touched):
            verdict.values[name] = as_value(NAMED[name], values[name])
        for part in (one for one in self.read if one in merged.touched):
            verdict.parts[part] = self.read[part].wanted()
        total = self._lines_total()
        asked = values.get("requested_rp", "")
        verdict.amount_rp = total if total is not None else (Decimal(asked) if asked else None)
        verdict.title = values.get("title") or text_of(self.row.cells.get("title", ""))
        verdict.request_to = values.get("request_to", "")
        verdict.shown = self._summary(values)
        if self.proposal is not None:
            self._tell(self.proposal, merged)

    def _tell(self, proposal: Proposal, merged: Merged[str]) -> None:
        places, lists, before = self.bench.places, self.bench.lists, content_of(proposal)
        for column in (one for one in COLUMNS if one.name in merged.touched):
            old = shown(column, before[column.name], lists)
            new = shown(column, merged.values[column.name], lists)
            self.verdict.changes.append(places.change(self.row, column, old, new))
        for part in (one for one in self.read if one in merged.touched):
            standing = rows_of(proposal, PART_SHEETS[part])
            told = children.changes_of(self.read[part], standing, lists, places)
            self.verdict.changes.extend(told)

    def _summary(self, values: Mapping[str, str]) -> dict[str, str]:
        """Return the words of the preview's columns."""
        uses = self.read.get("commodity_uses")
        named = [cells for _row, _pk, cells in uses.rows] if uses else []
        first = next((one for one in named if one["role"] == "main"), None)
        commodity = self.bench.lists["commodities"].labels.get(
            (first or {}).get("commodity", ""), ""
        )
        code = values.get("nomenclature", "")
        return {
            "key": text_of(self.row.cells.get(KEY, "")),
            "code": self.bench.lists["codes"].keys.get(code, ""),
            "commodity": commodity,
            "kind": self._shown("request_to", values.get("request_to", "")),
        }

    def _shown(self, name: str, text: str) -> str:
        return shown(NAMED[name], text, self.bench.lists)
