"""How a column of a row is told on a page: its word, its kind, its value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from proposals.catalogue.specs import ListSpec
from proposals.timeline import words

DASH = "–"
Codes = Mapping[str, Promise]
Words = Mapping[str, Codes]
FIGURES = (models.DecimalField, models.IntegerField)


@dataclass(frozen=True, slots=True)
class Cell:
    """One value; ``kind`` is what the filter ``written`` knows: text, rp, num, day."""

    name: str
    word: str
    kind: str
    value: Any

    @property
    def is_figure(self) -> bool:
        """Tell whether it stands to the right."""
        return self.kind in {"rp", "num"}


def word_of(spec: ListSpec, name: str) -> str:
    """Return the word of a column."""
    return words.column(spec.model._meta.get_field(name))  # type: ignore[arg-type]  # many-to-many too


def tell(row: Model, name: str, words_of: Words | None = None) -> Cell:
    """Tell one column of a row; asks the database only for links that were not loaded."""
    field = row._meta.get_field(name)
    kind, value = _told(row, field, (words_of or {}).get(name, {}))
    return Cell(name, words.column(field), kind, value)  # type: ignore[arg-type]  # many-to-many too


def cell(spec: ListSpec, row: Model, name: str) -> Cell:
    """Tell one column of a row of a list."""
    return tell(row, name, spec.words)


def cells(spec: ListSpec, row: Model, names: tuple[str, ...]) -> list[Cell]:
    """Tell several columns of a row."""
    return [cell(spec, row, name) for name in names]


def _told(row: Model, field: Any, codes: Codes) -> tuple[str, Any]:
    value = getattr(row, field.name)
    if field.many_to_many:
        return "text", ", ".join(map(str, value.all())) or DASH
    if isinstance(field, FIGURES):
        return ("rp" if field.name.endswith("_rp") else "num"), value
    if isinstance(field, models.DateField) and value:
        return ("moment" if isinstance(field, models.DateTimeField) else "day"), value
    return "text", _text(field, value, codes)


def _text(field: Any, value: Any, codes: Codes) -> Any:
    if isinstance(field, models.BooleanField):
        return _("yes") if value else _("no")
    if codes:
        return codes.get(value, value) or DASH
    if field.flatchoices:
        return dict(field.flatchoices).get(value, value)
    return DASH if value in {None, ""} else value


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: the row itself and its columns."""

    row: Model
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Head:
    """Heading of a column: its word, and how it sorts now ("" where it does not)."""

    word: str
    sort: str
    direction: str
    is_figure: bool = False


def lines(spec: ListSpec, rows: Iterable[Model]) -> list[Line]:
    """Tell the columns of each row of a page."""
    return [Line(row, cells(spec, row, spec.columns)) for row in rows]


def heads(spec: ListSpec, sort: str) -> list[Head]:
    """Return the headings; a click sorts, another one turns the order round."""
    return [_head(spec, name, sort) for name in spec.sorts if name != spec.code]


def _head(spec: ListSpec, name: str, sort: str) -> Head:
    direction = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
    turned = f"-{name}" if direction == "ascending" else name
    if name == "name":
        return Head(_("Name"), turned, direction)
    is_figure = isinstance(spec.model._meta.get_field(name), FIGURES)
    return Head(capfirst(word_of(spec, name)), turned, direction, is_figure)
