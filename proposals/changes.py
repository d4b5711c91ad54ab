"""What changed between two versions of a proposal: field by field, row by row, word by word.

A version is what :func:`proposals.workflow.sending.content_of` returns, frozen or as it stands.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from proposals.enums import Origin, RequestTo, UseRole
from proposals.fields import FIELDS
from proposals.templatetags.figures import num, pct, rp

Content = Mapping[str, Any]
Row = Mapping[str, Any]
Key = int | str | None
Told = list[tuple[Key, str]]
"""Rows of a field in words, each with what it is known by."""
LONGEST = 4_000
"""Words beyond this length of a text are compared as one."""


@dataclass(frozen=True)
class Piece:
    """Some words that stayed ("same"), went ("del") or came ("ins")."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One field that differs: its word, a line for each row that differs, a remark on amounts."""

    code: str
    word: str
    lines: list[list[Piece]]
    remark: str = ""

    @property
    def pieces(self) -> list[Piece]:
        """Return the words of all lines, one after the other."""
        return [piece for line in self.lines for piece in line]


def between(old: Content, new: Content, documents: Mapping[str, str]) -> list[Change]:
    """Return the fields in which two versions differ, in the order of the form.

    ``documents`` gives the names of papers by their keys.
    """
    found = []
    for code, field in FIELDS.items():
        before, after = _paired(_rows(old, code, documents), _rows(new, code, documents))
        keys = [*before, *(key for key in after if key not in before)]
        texts = [(before.get(key, ""), after.get(key, "")) for key in keys]
        if lines := [list(words(was, now)) for was, now in texts if was != now]:
            found.append(Change(code, str(field.word), lines, _by_how_much(old, new, code)))
    return found


def _paired(old: Told, new: Told) -> tuple[dict[Key, str], dict[Key, str]]:
    """Find the same row in both versions by its id; by its place where one has no ids."""
    has_keys = all(key is not None for key, _text in (*old, *new))
    before, after = (
        {key if has_keys else at: text for at, (key, text) in enumerate(rows)}
        for rows in (old, new)
    )
    return before, after


def words(old: str, new: str) -> Iterator[Piece]:
    """Compare two texts word by word."""
    before, after = old[:LONGEST].split(), new[:LONGEST].split()
    if old[LONGEST:] or new[LONGEST:]:
        before, after = [*before, old[LONGEST:]], [*after, new[LONGEST:]]
    for kind, start, end, from_, to in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            yield Piece("same", " ".join(before[start:end]))
            continue
        if end > start:
            yield Piece("del", " ".join(before[start:end]))
        if to > from_:
            yield Piece("ins", " ".join(after[from_:to]))


def _by_how_much(old: Content, new: Content, code: str) -> str:
    if code not in {"requested_rp", "forward_rp"}:
        return ""
    before, after = (_amount(one.get("proposal", {}).get(code)) for one in (old, new))
    if not before or after is None:
        return ""
    share = (after - before) * 100 / before
    sentence = _("up %(share)s") if share > 0 else _("down %(share)s")
    return sentence % {"share": pct(abs(share))}


def _amount(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _rows(content: Content, code: str, documents: Mapping[str, str]) -> Told:
    """Return the rows of a field in one version as people read them; a single field is one row."""
    if code == "attachments":
        return [
            (paper["document"], f"{documents.get(paper['document'], '')}: {_file(paper)}")
            for paper in content.get("attachments", [])
        ]
    if code in PARTS:
        rows, names = content.get(code, []), content.get("words", {}).get(code, [])
        names = [*names, *([""] * (len(rows) - len(names)))]
        return [
            (row.get("id"), PARTS[code](row, name)) for row, name in zip(rows, names, strict=False)
        ]
    return [(code, _told(content, code))]


def _file(paper: Row) -> str:
    """Name a file with the first signs of its checksum: a new content under the old name shows."""
    return f"{paper['name']} ({paper['sha256'][:8]})"


def _told(content: Content, code: str) -> str:
    """Return the value of a field in one version as people read it; empty where it is empty."""
    if code in NAMED:
        return str(content.get("words", {}).get(code) or "")
    own = content.get("proposal", {})
    if code == "labour":
        return _labour(own)
    return _plain(code, own.get(code))


NAMED = frozenset({"sector", "intervention", "nomenclature", "funding_source"})


def _plain(code: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if code == "request_to":
        return str(RequestTo(value).label)
    if code == "origin":
        return str(Origin(value).label)
    if code in {"requested_rp", "forward_rp"}:
        return rp(value)
    return num(value) if isinstance(value, int) else str(value)


def _labour(own: Row) -> str:
    told = (
        (_("needed"), own.get("labour_needed")),
        (_("available"), own.get("labour_available")),
        (_("to be trained"), own.get("labour_to_train")),
        (_("source"), own.get("labour_source")),
    )
    return "; ".join(f"{word} {value}" for word, value in told if value not in {None, ""})


def _output(row: Row, _name: str) -> str:
    return f"{row['text']}: {num(row['target'])} {row['unit']}"


def _line(row: Row, _name: str) -> str:
    figures = f"{num(row['volume'])} {row['unit']} × {rp(row['unit_cost_rp'])}"
    return f"{row['text']}: {figures} = {rp(row['total_rp'])}"


def _co_funding(row: Row, _name: str) -> str:
    return f"{row['who']}: {rp(row['amount_rp'])}"


def _need(row: Row, name: str) -> str:
    return f"{name}: {rp(row['amount_rp'])}".lstrip(": ")


def _place(row: Row, name: str) -> str:
    return ", ".join(part for part in (row.get("village"), name) if part)


def _use(row: Row, name: str) -> str:
    amount = f" {num(row['quantity'])} {row['unit']}" if row.get("quantity") else ""
    return f"{name} ({UseRole(row['role']).label}){amount}"


PARTS: dict[str, Callable[[Row, str], str]] = {
    "outputs": _output,
    "budget_lines": _line,
    "co_funding": _co_funding,
    "financing_needs": _need,
    "locations": _place,
    "commodity_uses": _use,
}
