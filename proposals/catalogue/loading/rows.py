"""Reading a reference file, and writing only what differs from the table."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from django.db.models import Model

DATA = Path(__file__).resolve().parents[2] / "data"
Line = dict[str, str]
Values = dict[str, Any]


class Count(NamedTuple):
    """How many rows a list has in its file, and how many of them were written."""

    rows: int
    added: int
    changed: int


@dataclass(frozen=True)
class Links:
    """A table that links two lists: its model and the names of its two columns."""

    model: type[Model]
    owner: str
    other: str


def read(name: str) -> list[Line]:
    """Return the lines of one file."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words(cell: str) -> list[str]:
    """Return the entries of a cell that holds a list."""
    return [word for word in cell.split("|") if word]


def truth(cell: str) -> bool:
    """Return a yes or no."""
    return {"true": True, "false": False, "": False}[cell]


def number(cell: str) -> Decimal | None:
    """Return a figure, or nothing where the cell is empty."""
    return Decimal(cell) if cell else None


def whole(cell: str) -> int | None:
    """Return a whole number, or nothing where the cell is empty."""
    return int(cell) if cell else None


def day(cell: str) -> date | None:
    """Return a day, or nothing where the cell is empty."""
    return date.fromisoformat(cell) if cell else None


def sourced(line: Line) -> Values:
    """Return the columns that say what a row rests on."""
    return {"source": line["source"], "certainty": line["certainty"]}


def listed(line: Line) -> Values:
    """Return the columns that every reference list has."""
    return {
        "key": line["key"],
        "name_id": line["name_id"],
        "name_en": line["name_en"],
        **sourced(line),
    }


def ids(model: type[Model], column: str = "key") -> dict[str, int]:
    """Return the id of every row by its stable key, and nothing for an empty cell."""
    return dict(model._default_manager.order_by("pk").values_list(column, "pk"))


def write(model: type[Model], wanted: Iterable[Values], key: tuple[str, ...] = ("key",)) -> Count:
    """Add the rows that are missing and change those that differ and that nobody edited."""
    present = {_key_of(row, key): row for row in model._default_manager.order_by("pk")}
    rows = list(wanted)
    added = [model(**values) for values in rows if _key(values, key) not in present]
    changed = [
        _with(row, values)
        for values in rows
        if (row := present.get(_key(values, key))) and not is_edited(row) and _differs(row, values)
    ]
    model._default_manager.bulk_create(added)
    if changed:
        model._default_manager.bulk_update(changed, _fields(model, rows[0]))
    return Count(len(rows), len(added), len(changed))


def write_tree(
    model: type[Model], wanted: Mapping[str, tuple[str, Values]], key: tuple[str, ...] = ("key",)
) -> Count:
    """Write rows that hang on each other, parents first; ``wanted`` gives parent key and values."""
    waiting, total = dict(wanted), Count(0, 0, 0)
    while waiting:
        known = ids(model)
        ready = [name for name, (parent, _values) in waiting.items() if parent not in waiting]
        wave = []
        for name in ready:
            parent, values = waiting.pop(name)
            wave.append({**values, "parent_id": known[parent] if parent else None})
        if not wave:
            raise ValueError(f"{sorted(waiting)} hang on each other in a circle")
        total = Count(*map(sum, zip(total, write(model, wave, key), strict=True)))
    return total


def write_links(links: Links, wanted: Mapping[int, set[int]], edited: set[int]) -> Count:
    """Bring a linking table to the pairs of the file, except of owners that people edited."""
    rows = links.model._default_manager.order_by("pk").values_list(links.owner, links.other, "pk")
    present = {(owner, other): pk for owner, other, pk in rows}
    pairs = {(owner, other) for owner, others in wanted.items() for other in others}
    gone = [pk for pair, pk in present.items() if pair not in pairs and pair[0] not in edited]
    fresh = [
        links.model(**{links.owner: owner, links.other: other})
        for owner, other in sorted(pairs - present.keys())
        if owner not in edited
    ]
    if gone:
        links.model._default_manager.filter(pk__in=gone).delete()
    links.model._default_manager.bulk_create(fresh)
    return Count(len(pairs), len(fresh), len(gone))


def edited_ids(model: type[Model]) -> set[int]:
    """Return the ids of the rows that people edited."""
    return set(model._default_manager.filter(row_version__gt=1).values_list("pk", flat=True))


def is_edited(row: Model) -> bool:
    """Tell whether a person edited or retired this row."""
    return getattr(row, "row_version", 1) > 1


def _key(values: Values, key: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(values[name] for name in key)


def _key_of(row: Model, key: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in key)


def _differs(row: Model, values: Values) -> bool:
    return any(getattr(row, name) != value for name, value in values.items())


def _with(row: Model, values: Values) -> Model:
    for name, value in values.items():
        setattr(row, name, value)
    return row


def _fields(model: type[Model], values: Values) -> list[str]:
    """Return the model's fields of these columns, a foreign key by its field."""
    by_attname = {field.attname: field.name for field in model._meta.concrete_fields}
    return [by_attname[name] for name in values]
