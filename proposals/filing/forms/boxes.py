"""The boxes of the form as text under lasting names, and three versions of them laid together.

A single box has its own name (``title``), a box of a row the row's id in it (``outputs/12/text``),
whatever place the row has on the page. A mark is a short checksum of a text: the page carries the
marks of what stood in each box when it was opened, so that a change by somebody else is seen.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from django.forms.boundfield import BoundField
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import QueryDict

from proposals.filing.forms.rows import MAX_ROWS
from proposals.filing.forms.sheet import Sheet
from proposals.filing.merging import Collision, merge, merge_rows, text_mark

Row: TypeAlias = dict[str, str]
Marks: TypeAlias = dict[str, str]
MINE, THEIRS = "mine", "theirs"
CHOICE = "pilih-"


@dataclass
class Boxes:
    """Texts of single boxes by name, and of rows by list, key (id) and column."""

    single: Row = field(default_factory=dict)
    rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)

    def flat(self) -> Row:
        """Return every text under its lasting name."""
        found = dict(self.single)
        for name, rows in self.rows.items():
            for key, row in rows.items():
                found |= {f"{name}/{key}/{column}": text for column, text in row.items()}
        return found

    def marks(self) -> Marks:
        """Return the mark of every text."""
        return {name: text_mark(text) for name, text in self.flat().items()}

    def box_of(self, lasting: str) -> str:
        """Return the name that a box has on the page it was sent from."""
        name, _slash, rest = lasting.partition("/")
        if not rest:
            return name
        key, _slash, column = rest.partition("/")
        column = column or next(iter(self.rows.get(name, {}).get(key, {"": ""})))
        return f"{name}-{self.places.get(f'{name}/{key}', 0)}-{column}"

    def data(self) -> QueryDict:
        """Return the texts as a form sends them; an empty list keeps one blank row."""
        found = QueryDict(mutable=True)
        for box, text in self.single.items():
            found[box] = text
        for name, rows in self.rows.items():
            found[f"{name}-{TOTAL_FORM_COUNT}"] = str(max(len(rows), 1))
            found[f"{name}-{INITIAL_FORM_COUNT}"] = "0"
            for at, (key, row) in enumerate(rows.items()):
                found[f"{name}-{at}-id"] = key
                for column, text in row.items():
                    found[f"{name}-{at}-{column}"] = text
        return found


@dataclass(frozen=True)
class Together:
    """What is shown and saved, what must be chosen, and the marks the next change starts from."""

    boxes: Boxes
    saved: Boxes
    collisions: dict[str, Collision[str]]
    marks: Marks


def marks_in(text: str) -> Marks:
    """Read the marks a page was opened with; none where they cannot be read."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(name): one for name, one in found.items() if isinstance(one, str)}


def shown_in(sheet: Sheet) -> Boxes:
    """Return what an untouched form shows: the proposal as it stands."""
    found = Boxes()
    for form in sheet.forms:
        found.single |= {
            box.html_name: _text(box)
            for box in form
            if not box.field.widget.needs_multipart_form and box.name != "id"
        }
    for name, rows in sheet.sets.items():
        found.rows[name] = {
            str(form["id"].value()): {box.name: _text(box) for box in form if box.name != "id"}
            for form in rows.forms
            if form["id"].value()
        }
        found.places |= {f"{name}/{key}": at for at, key in enumerate(found.rows[name])}
    return found


def _text(box: BoundField) -> str:
    value = box.value()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else _plain(str(value))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\x00", "")


def sent_in(sheet: Sheet, data: Mapping[str, Any], ids: Mapping[str, str]) -> Boxes:
    """Return what was sent; ``ids`` holds the id that a new row got by the key it was sent with."""
    found = Boxes()
    for name, rows in sheet.sets.items():
        if f"{name}-{TOTAL_FORM_COUNT}" in data:
            _take_rows(found, name, rows.form, data, ids)
    starts = tuple(f"{name}-" for name in sheet.sets)
    for name in data:
        if not name.startswith((*starts, CHOICE)):
            found.single[name] = _plain(str(data[name]))
    return found


def _take_rows(
    found: Boxes, name: str, form: Any, data: Mapping[str, Any], ids: Mapping[str, str]
) -> None:
    """Take the rows of one list; a row in which nothing is typed is no row."""
    columns = [column for column in form.base_fields if column != "id"]
    rows = found.rows.setdefault(name, {})
    total = str(data[f"{name}-{TOTAL_FORM_COUNT}"])
    for at in range(min(int(total), MAX_ROWS * 2) if total.isdecimal() and len(total) < 5 else 0):
        row = {one: _plain(str(data.get(f"{name}-{at}-{one}", ""))) for one in columns}
        if not any(text.strip() for one, text in row.items() if one not in form.always_set):
            continue
        key = str(data.get(f"{name}-{at}-id", ""))[:40].replace("/", "") or f"baru-{at}"
        key = ids.get(key, key)
        key = key if key not in rows else f"baru-{at}-{len(rows)}"
        rows[key] = row
        found.places[f"{name}/{key}"] = at


def together(
    theirs: Boxes, mine: Boxes, base: Marks, data: Mapping[str, Any] | None = None
) -> Together:
    """Lay what was sent over what stands; choices made in ``data`` are obeyed.

    A choice counts only for the version that was on screen: its value carries that version's mark.
    """
    base = dict(base)
    for lasting, choice in _choices(data or {}):
        _obey(lasting, choice, theirs, mine, base)
    one = merge(base, mine.single, theirs.single, mark=text_mark)
    collisions = dict(one.collisions)
    saved, shown = Boxes(single=one.values), Boxes(single=dict(one.values))
    shown.single |= {name: two.mine or "" for name, two in one.collisions.items()}
    for name, standing in theirs.rows.items():
        rows = merge_rows(
            _rows_of(base, name), mine.rows.get(name, standing), standing, mark=text_mark
        )
        saved.rows[name] = rows.rows
        shown.rows[name] = {key: dict(row) for key, row in rows.rows.items()}
        for (key, column), two in rows.collisions.items():
            collisions[f"{name}/{key}/{column}".rstrip("/")] = two
            if column:
                shown.rows[name][key][column] = two.mine or ""
            elif two.theirs is None:
                shown.rows[name][key] = mine.rows[name][key]
    for name, rows_shown in shown.rows.items():
        shown.places |= {f"{name}/{key}": at for at, key in enumerate(rows_shown)}
    return Together(shown, saved, collisions, _next(theirs.marks(), base, collisions))


def _rows_of(base: Marks, name: str) -> dict[str, Marks]:
    found: dict[str, Marks] = {}
    for lasting, one in base.items():
        start, _slash, rest = lasting.partition("/")
        key, _slash, column = rest.partition("/")
        if start == name and column:
            found.setdefault(key, {})[column] = one
    return found


def _next(standing: Marks, base: Marks, collisions: Mapping[str, Any]) -> Marks:
    """Return the marks of what stands, except where a choice waits: there the old ones stay."""
    waiting = tuple(collisions)
    rows = tuple(f"{name}/" for name in waiting if name.count("/") == 1)
    kept = {
        name: one for name, one in base.items() if name in waiting or name.startswith(rows or "\0")
    }
    fresh = {
        name: one
        for name, one in standing.items()
        if name not in waiting and not name.startswith(rows or "\0")
    }
    return fresh | kept


def _choices(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in data:
        if name.startswith(CHOICE):
            yield name.removeprefix(CHOICE), str(data[name])


def seen_mark(lasting: str, theirs: Boxes) -> str:
    """Return the mark of the other version of a box, or of a whole row."""
    name, _slash, rest = lasting.partition("/")
    key, _slash, column = rest.partition("/")
    if not rest:
        return text_mark(theirs.single.get(name, ""))
    row = theirs.rows.get(name, {}).get(key)
    if row is None:
        return "gone"
    return text_mark(row.get(column, "") if column else json.dumps(row))


def _obey(lasting: str, choice: str, theirs: Boxes, mine: Boxes, base: Marks) -> None:
    """Make a choice true: the chosen side then looks like the only one that changed."""
    side, _colon, seen = choice.partition(":")
    if side not in {MINE, THEIRS} or seen != seen_mark(lasting, theirs):
        return
    name, _slash, rest = lasting.partition("/")
    key, _slash, column = rest.partition("/")
    standing = theirs.rows.get(name, {}).get(key)
    if not rest and name in theirs.single:
        _take(name, side, base, mine.single, theirs.single, name)
    elif column and standing and column in standing and key in mine.rows.get(name, {}):
        _take(column, side, base, mine.rows[name][key], standing, lasting)
    elif rest and not column and name in mine.rows:
        _take_row(lasting, side, base, mine.rows[name], standing)


def _take(name: str, side: str, base: Marks, mine: Row, theirs: Row, lasting: str) -> None:
    base[lasting] = text_mark(theirs[name])
    if side == THEIRS:
        mine[name] = theirs[name]


def _take_row(
    lasting: str, side: str, base: Marks, mine: dict[str, Row], standing: Row | None
) -> None:
    key = lasting.partition("/")[2]
    for name in [one for one in base if one.startswith(f"{lasting}/")]:
        del base[name]
    base |= {f"{lasting}/{column}": text_mark(text) for column, text in (standing or {}).items()}
    if side == THEIRS:
        mine.pop(key, None)
        if standing is not None:
            mine[key] = dict(standing)
