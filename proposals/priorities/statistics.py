"""Yearly statistics from a file: what each column is called, and what is wrong with a row.

Numbers of a spreadsheet keep their digits. In text a comma is the decimal sign and points part
thousands, as Indonesian writes them; an empty cell or "-" means that there are no data.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from proposals.enums import Certainty
from proposals.models import Commodity, LabourPotential, Region, Sector, SupplyBalance

Cells = Mapping[str, str]
Values = dict[str, Any]

GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
PLAIN = re.compile(r"-?[0-9]{1,20}(?:[.,][0-9]{1,20})?(?:[eE][-+]?[0-9]{1,2})?")
"""Digits, and the powers of ten in which a spreadsheet keeps large and small numbers."""
EMPTY = frozenset({"", "-", "–"})
UNIT_WORDS = {
    "t": "ton",
    "tons": "ton",
    "piece": "buah",
    "sheet": "lembar",
    "carat": "karat",
    "l": "liter",
}
"""Units that are written in several ways; a year is what is told anyway."""
A_YEAR = frozenset({"", "year", "tahun", "thn", "th"})
YEARS = range(1990, 2101)
MOST = Decimal(10) ** 15
WHOLE = Decimal(2_147_483_647)

ALWAYS = {
    "region_code": ("kode_daerah", "daerah", "region"),
    "year": ("tahun", "data_year"),
    "method": ("metode", "note", "catatan"),
    "source": ("sumber",),
    "certainty": ("kepastian",),
}
FIGURES = {
    "production": ("produksi",),
    "inflow": ("masuk", "arus_masuk"),
    "outflow": ("keluar", "arus_keluar"),
    "household_need": ("non_industrial_need", "kebutuhan_rumah_tangga", "rumah_tangga"),
    "industrial_demand": ("kebutuhan_industri", "industri"),
}
LABOUR = {"workers": ("tenaga_kerja",), "trained": ("terlatih",)}


@dataclass(frozen=True)
class Kind:
    """A kind of statistics: its model, its columns with their other names, and its key."""

    name: str
    model: type[Model]
    columns: Mapping[str, tuple[str, ...]]
    figures: tuple[str, ...]
    thing: str
    is_whole: bool = False

    @property
    def headings(self) -> dict[str, str]:
        """Return the column of every heading that may stand in a file."""
        return {
            word: column for column, others in self.columns.items() for word in (column, *others)
        }

    @property
    def key(self) -> tuple[str, ...]:
        """Return the columns that make a row the same row."""
        return (f"{self.thing}_id", "region_id", "data_year", "source")


KINDS = {
    "neraca": Kind(
        "neraca",
        SupplyBalance,
        {"commodity_key": ("komoditas",), "unit": ("satuan",), **FIGURES, **ALWAYS},
        tuple(FIGURES),
        "commodity",
    ),
    "tenaga-kerja": Kind(
        "tenaga-kerja",
        LabourPotential,
        {"sector_key": ("sektor",), **LABOUR, **ALWAYS},
        tuple(LABOUR),
        "sector",
        is_whole=True,
    ),
}


@dataclass
class Judged:
    """One row of the file: what it would write, what is wrong, and what stands there now."""

    number: int
    cells: Cells
    values: Values = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    present: Any = None
    changes: list[tuple[str, Any, Any]] = field(default_factory=list)

    @property
    def word(self) -> str:
        """Return what saving would do: wrong, new, changed, same."""
        if self.errors:
            return "wrong"
        if self.present is None:
            return "new"
        return "changed" if self.changes else "same"


@dataclass
class Preview:
    """All rows of a file, judged; it can be saved only where nothing is wrong."""

    kind: Kind
    rows: list[Judged]

    def count(self, word: str) -> int:
        """Return how many rows are of this word."""
        return sum(row.word == word for row in self.rows)

    @property
    def n_wrong(self) -> int:
        """Return how many rows cannot be saved."""
        return self.count("wrong")

    @property
    def n_writing(self) -> int:
        """Return how many rows would be written."""
        return self.count("new") + self.count("changed")


def judge(kind: Kind, lines: Iterable[tuple[int, Cells]]) -> Preview:
    """Judge every row against the lists and against what stands there: three queries."""
    model: type[Commodity] | type[Sector] = Commodity if kind.thing == "commodity" else Sector
    listed = list(model.objects.in_use().order_by("pk"))
    things = {one.key: one.pk for one in listed}
    units = {one.pk: str(getattr(one, "unit", "")) for one in listed}
    regions = dict(Region.objects.order_by("code").values_list("code", "pk"))
    rows = [_read(kind, number, cells, things, regions) for number, cells in lines]
    for row in rows:
        _check_unit(row, units)
    _find_twins(kind, rows)
    standing = {
        tuple(getattr(row, name) for name in kind.key): row
        for row in kind.model._default_manager.order_by("pk")
    }
    for row in rows:
        if not row.errors:
            row.present = standing.get(tuple(row.values[name] for name in kind.key))
            row.changes = _changes(row)
    return Preview(kind, rows)


def _changes(row: Judged) -> list[tuple[str, Any, Any]]:
    if row.present is None:
        return []
    return [
        (name, getattr(row.present, name), value)
        for name, value in row.values.items()
        if getattr(row.present, name) != value
    ]


def _read(
    kind: Kind, number: int, cells: Cells, things: Mapping[str, int], regions: Mapping[str, int]
) -> Judged:
    row = Judged(number, cells)
    named = cells.get(f"{kind.thing}_key", "").strip()
    row.values[f"{kind.thing}_id"] = _listed(
        row, things, named, _("no row of the list has the key")
    )
    code = cells.get("region_code", "").strip()
    row.values["region_id"] = _listed(row, regions, code, _("no region has the code"))
    row.values["data_year"] = _year(row, cells.get("year", ""))
    for name in kind.figures:
        row.values[name] = _figure(row, name, cells.get(name, ""), is_whole=kind.is_whole)
    if "unit" in kind.columns:
        row.values["unit"] = _text(row, "unit", cells, 30, needed=True)
    row.values["method"] = _text(row, "method", cells, 300)
    row.values["source"] = _text(row, "source", cells, 300, needed=True)
    row.values["certainty"] = _certainty(row, cells.get("certainty", "").strip())
    workers, trained = row.values.get("workers"), row.values.get("trained")
    if workers is not None and trained is not None and trained > workers:
        row.errors.append(_("trained: there are more than workers."))
    if all(row.values[name] is None for name in kind.figures) and not row.errors:
        row.errors.append(_("The row has no figure at all."))
    return row


def _listed(row: Judged, known: Mapping[str, int], text: str, wrong: str) -> int | None:
    if text not in known:
        row.errors.append(f"{wrong} “{text}”." if text else _("The key or code is missing."))
    return known.get(text)


def _year(row: Judged, text: str) -> int | None:
    plain = text.strip()
    if plain.isdecimal() and len(plain) == 4 and int(plain) in YEARS:
        return int(plain)
    row.errors.append(_("“%(text)s” is no year: write it as 2021.") % {"text": plain})
    return None


def number(text: str) -> Decimal | None:
    """Read a number as a spreadsheet or an Indonesian writes it; raises where it is none."""
    plain = text.strip().replace("\u00a0", "").replace(" ", "")
    if plain in EMPTY:
        return None
    if GROUPED.fullmatch(plain):
        plain = plain.replace(".", "")
    elif not PLAIN.fullmatch(plain):
        raise InvalidOperation
    return Decimal(plain.replace(",", "."))


def _figure(row: Judged, name: str, text: str, *, is_whole: bool) -> Decimal | int | None:
    try:
        found = number(text)
    except InvalidOperation:
        said = {"name": name, "text": text.strip()}
        row.errors.append(_("%(name)s: “%(text)s” is no number: write it as 1250,5.") % said)
        return None
    if found is None:
        return None
    if found < 0 or found >= (WHOLE if is_whole else MOST):
        row.errors.append(_("%(name)s: the figure is below zero or too large.") % {"name": name})
        return None
    if is_whole and found != found.to_integral_value():
        row.errors.append(_("%(name)s: people are counted in whole numbers.") % {"name": name})
    return int(found) if is_whole else found.quantize(Decimal("0.001"))


def _text(row: Judged, name: str, cells: Cells, most: int, *, needed: bool = False) -> str:
    text = " ".join(cells.get(name, "").replace("\x00", "").split())
    if needed and not text:
        row.errors.append(_("%(name)s is missing.") % {"name": name})
    if len(text) > most:
        said = {"name": name, "most": most}
        row.errors.append(_("%(name)s is longer than %(most)s signs.") % said)
    return text


def _check_unit(row: Judged, units: Mapping[int, str]) -> None:
    """Refuse a unit other than the commodity's: kilograms would be read as tons."""
    told = row.values.get("unit", "")
    listed = units.get(row.values.get("commodity_id") or 0, "")
    if told and listed and plain_unit(told) != plain_unit(listed):
        said = {"text": told, "unit": plain_unit(listed)}
        row.errors.append(
            _("unit: “%(text)s” is not the unit of this commodity: write %(unit)s a year.") % said
        )


def plain_unit(text: str) -> str:
    """Return a unit in one way of writing, without the year; any other span of time stays."""
    unit, _slash, span = text.strip().lower().replace(" per ", "/").partition("/")
    unit, span = unit.strip(), span.strip()
    return UNIT_WORDS.get(unit, unit) + ("" if span in A_YEAR else f"/{span}")


def _certainty(row: Judged, text: str) -> str:
    """Read how sure a row is, by key or word; a row that does not say is taken for likely."""
    by_word = {str(word).casefold(): key for key, word in Certainty.choices}
    word = text.casefold() or Certainty.LIKELY.value
    found = by_word.get(word, word)
    if found not in Certainty.values:
        said = {"text": text, "words": ", ".join(str(one) for one in Certainty.labels)}
        row.errors.append(_("Certainty “%(text)s” is not known: write %(words)s.") % said)
    return found


def _find_twins(kind: Kind, rows: Iterable[Judged]) -> None:
    seen: dict[tuple[Any, ...], int] = {}
    for row in rows:
        key = tuple(row.values.get(name) for name in kind.key)
        if not row.errors and key in seen:
            said = {"number": seen[key]}
            row.errors.append(_("The same place, year and source as in row %(number)s.") % said)
        seen.setdefault(key, row.number)
