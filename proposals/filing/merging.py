"""Three versions of one thing laid together: what it was, what one made of it, what stands now.

Pure functions over plain mappings; the form and the workbook use them alike. ``base`` is what the
person saw when the work began, ``mine`` what the person made of it, ``theirs`` what stands now::

    one = merge({"a": 1, "b": 1}, mine={"a": 2, "b": 1}, theirs={"a": 1, "b": 3})
    one.values == {"a": 2, "b": 3}; one.touched == {"a"}; one.collisions == {}

* Only one side changed a value: its change holds. Both changed it to the same: that holds.
* Both changed it differently: a :class:`Collision`. What stands stays until the person has chosen,
  so nothing is overwritten unseen; ``touched`` names only what may be written without asking.
* A name that ``mine`` does not hold is not judged: it stays as it stands (a workbook without that
  column, a section that was not sent). A name that ``base`` does not hold was not seen: it collides
  where the two differ.

``base`` may hold marks instead of values (a checksum per value, as the form carries them): give
``mark``, which makes the mark of a value. Rows are mappings by a stable key (the row's id as text;
a new row by any key of its own), see :func:`merge_rows`. Whoever refuses instead of asking, as the
workbook does, looks whether ``collisions`` is empty.
"""

import zlib
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

V = TypeVar("V")
Rows = Mapping[str, Mapping[str, V]]


def text_mark(text: str) -> str:
    """Return the mark of a text: a short checksum, small enough for a page or a cell."""
    return f"{zlib.crc32(text.encode()):08x}"


@dataclass(frozen=True)
class Collision(Generic[V]):
    """One value that both changed; ``None`` stands for a row that this side has removed."""

    mine: V | None
    theirs: V | None


@dataclass(frozen=True)
class Merged(Generic[V]):
    """What stands with the person's own changes laid over it, and what must be chosen."""

    values: dict[str, V]
    touched: frozenset[str] = frozenset()
    collisions: dict[str, Collision[V]] = field(default_factory=dict)


@dataclass(frozen=True)
class MergedRows(Generic[V]):
    """Rows in their order; collisions by row and column, column "" where one side removed it."""

    rows: dict[str, dict[str, V]]
    touched: frozenset[str] = frozenset()
    collisions: dict[tuple[str, str], Collision[V]] = field(default_factory=dict)


def itself(value: V) -> Hashable:
    """Return the value as its own mark: ``base`` holds values."""
    return value


def merge(
    base: Mapping[str, Hashable],
    mine: Mapping[str, V],
    theirs: Mapping[str, V],
    *,
    mark: Callable[[V], Hashable] = itself,
) -> Merged[V]:
    """Lay the single values together; names that do not stand now are left out."""
    values, touched, collisions = dict(theirs), set(), {}
    for name, wanted in mine.items():
        if name not in theirs or mark(wanted) in {base.get(name), mark(theirs[name])}:
            continue
        if base.get(name) == mark(theirs[name]):
            values[name] = wanted
            touched.add(name)
        else:
            collisions[name] = Collision(mine=wanted, theirs=theirs[name])
    return Merged(values, frozenset(touched), collisions)


def merge_rows(
    base: Mapping[str, Mapping[str, Hashable]],
    mine: Rows[V],
    theirs: Rows[V],
    *,
    mark: Callable[[V], Hashable] = itself,
) -> MergedRows[V]:
    """Lay two lists of rows together, row by row and column by column.

    A row that one side removed and the other left alone goes; where the other changed it, both are
    shown. Rows added by either stay. Where both moved rows, the person's own order holds.
    """
    found: dict[str, dict[str, V]] = {}
    touched: set[str] = set()
    collisions: dict[tuple[str, str], Collision[V]] = {}
    for key in _order(list(base), list(mine), list(theirs)):
        if key in mine and key in theirs:
            one = merge(base.get(key, {}), mine[key], theirs[key], mark=mark)
            found[key] = one.values
            touched |= {key} if one.touched else set()
            collisions |= {(key, column): two for column, two in one.collisions.items()}
        elif key not in base:
            found[key] = dict(mine[key] if key in mine else theirs[key])
            touched |= {key} & set(mine)
        elif _is_changed(base[key], mine.get(key, theirs.get(key, {})), mark):
            collisions |= _of_a_row(key, mine.get(key), theirs.get(key))
            found |= {key: dict(theirs[key])} if key in theirs else {}
        else:
            touched |= {key} & set(theirs)
    return MergedRows(found, frozenset(touched), collisions)


def _is_changed(
    base: Mapping[str, Hashable], row: Mapping[str, V], mark: Callable[[V], Hashable]
) -> bool:
    return any(base.get(name) != mark(value) for name, value in row.items())


def _of_a_row(
    key: str, mine: Mapping[str, V] | None, theirs: Mapping[str, V] | None
) -> dict[tuple[str, str], Collision[V]]:
    """Say that one side removed a row which the other has changed; the first value names it."""
    first = [next(iter(row.values()), None) if row else None for row in (mine, theirs)]
    return {(key, ""): Collision(mine=first[0], theirs=first[1])}


def _order(base: list[str], mine: list[str], theirs: list[str]) -> Iterable[str]:
    """Return every key once, ordered by who moved rows; the other's behind their neighbours."""
    both = [key for key in base if key in mine]
    has_moved = [key for key in mine if key in base] != both
    first, second = (mine, theirs) if has_moved else (theirs, mine)
    order = list(first)
    for at, key in enumerate(second):
        if key not in order:
            place = order.index(second[at - 1]) + 1 if at else 0
            order.insert(place, key)
    return order
