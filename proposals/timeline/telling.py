"""Turns events into acts that people can read: words of the fields, values before and after."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Model
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from proposals.models import User
from proposals.timeline import words
from proposals.timeline.names import NAME_COLUMNS, Names, pointing

YEARS = ("fiscal_year", "data_year")


class Happened(NamedTuple):
    """One event as it stands in its table, with the values before it.

    ``own`` is the column that leads to the thing whose history is told, and is not told itself.
    """

    model: type[Model]
    own: str
    pk: int
    label: str
    at: datetime
    context_id: str
    context: Mapping[str, Any]
    now: Mapping[str, Any]
    before: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A value and how it is written: text, rp, num, day or moment; None is "no data yet"."""

    kind: str
    value: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One field: its word, and the values; ``before`` is missing where the row was made."""

    column: str
    word: str
    before: Shown | None
    after: Shown | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One row that was made, changed or removed."""

    what: str
    name: str
    label: str
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class Act:
    """All that one person wrote at one moment; without a person the system did it."""

    at: datetime
    who: str
    address: str
    reason: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of acts, the newest first."""

    acts: list[Act] = field(default_factory=list)
    page: int = 1
    has_next: bool = False

    @property
    def previous_page(self) -> int:
        """Return the number of the page before, 0 on the first."""
        return self.page - 1

    @property
    def next_page(self) -> int:
        """Return the number of the page after, 0 on the last."""
        return self.page + 1 if self.has_next else 0


def told(happened: Iterable[Happened], names: Names, hidden: Collection[str]) -> list[Act]:
    """Group events into acts; what changed nothing that is shown is left out."""
    groups = groupby(_by_act(happened), key=lambda event: (event.at, event.context_id))
    acts = (_act(list(events), names, hidden) for _key, events in groups)
    return [act for act in acts if act.entries]


def _by_act(happened: Iterable[Happened]) -> list[Happened]:
    """Put the events of one request together, the newest request first."""
    events = list(happened)
    newest: dict[tuple[datetime, str], int] = {}
    for event in events:
        act = event.at, event.context_id
        newest[act] = max(newest.get(act, 0), event.pk)
    return sorted(
        events,
        key=lambda event: (event.at, newest[event.at, event.context_id], event.context_id),
        reverse=True,
    )


def _act(events: list[Happened], names: Names, hidden: Collection[str]) -> Act:
    first = events[0]
    person = first.context.get("user")
    reasons = (str(event.context.get("reason") or "") for event in events)
    reason = next(filter(None, reasons), "")
    entries = [_entry(event, names, hidden) for event in events]
    if reason in {c.after.value for entry in entries for c in entry.changes if c.after}:
        reason = ""  # a field tells it already
    told_of = [entry for entry in entries if entry.changes or entry.label != "update"]
    return Act(
        at=first.at,
        who=names.get((User, int(person)), "") if person else "",
        address=str(first.context.get("address") or ""),
        reason=reason,
        entries=told_of or (entries if reason else []),
    )


def _entry(event: Happened, names: Names, hidden: Collection[str]) -> Entry:
    named = next((name for name in NAME_COLUMNS if event.now.get(name)), "")
    joined = {} if named else _joined(event, names)
    changes = [
        _change(event, column, names)
        for column in event.model._meta.concrete_fields
        if not _is_quiet(event, column, hidden)
        and _is_told(event, column.attname)
        and not (event.before is None and column.attname in joined)
    ]
    name = str(event.now[named]) if named else ", ".join(joined.values())
    return Entry(words.table(event.model), name, event.label, changes)


def _joined(event: Happened, names: Names) -> dict[str, str]:
    """Return the names of the rows that a row without a name of its own joins."""
    found = {
        column: names.get((model, event.now[column]), "")
        for column, model in pointing(event.model)
        if column != event.own and event.now.get(column)
        if column.removesuffix("_id") not in words.QUIET
    }
    return {column: name for column, name in found.items() if name}


def _is_quiet(event: Happened, column: models.Field[Any, Any], hidden: Collection[str]) -> bool:
    return column.name in words.QUIET or column.name in hidden or column.attname == event.own


def _is_told(event: Happened, column: str) -> bool:
    """A new row tells what it has, a changed one what differs, a removed one only its name."""
    if event.label == "delete" or column not in event.now:
        return False
    if event.before is None:
        return event.now[column] not in {None, "", False}
    return bool(event.now[column] != event.before.get(column))


def _change(event: Happened, column: models.Field[Any, Any], names: Names) -> Change:
    before = None
    if event.before is not None:
        before = _shown(column, event.before.get(column.attname), names)
    after = _shown(column, event.now[column.attname], names)
    return Change(column.name, words.column(column), before, after)


def _shown(column: models.Field[Any, Any], value: Any, names: Names) -> Shown:
    if value is None or value == "":
        return Shown("text", None)
    if column.is_relation and isinstance(column.related_model, type):
        return Shown("text", names.get((column.related_model, value), f"#{value}"))
    if column.flatchoices:
        return Shown("text", str(dict(column.flatchoices).get(value, value)))
    return _written(column, value)


def _written(column: models.Field[Any, Any], value: Any) -> Shown:
    match column:
        case models.BooleanField():
            return Shown("text", _("yes") if value else _("no"))
        case models.DateTimeField():
            return Shown("moment", parse_datetime(value))
        case models.DateField():
            return Shown("day", parse_date(value))
        case models.DecimalField() if column.name.endswith("_rp"):
            return Shown("rp", value)
        case models.DecimalField() | models.IntegerField() if column.name not in YEARS:
            return Shown("num", Decimal(str(value)))
    return Shown("text", str(value))
