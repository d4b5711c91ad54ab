"""One cell: what a person wrote in it, read by the rules of the form, or said what is wrong."""

from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from proposals.filing.forms.values import Number, PlainText, Rupiah
from proposals.filing.workbook.columns import LINE_BREAKS, Column, Kind
from proposals.filing.workbook.listings import Listing, Listings
from proposals.templatetags.figures import day, num, rp
from proposals.uploads.xlsx import Cell, text_of

FIRST_DAY, FIRST_DAY_1904 = date(1899, 12, 30), date(1904, 1, 1)
SHORTEST = 80
NEVER_ZERO = frozenset({"target", "volume", "quantity"})


class Unreadable(ValueError):
    """A cell that cannot be taken; ``readings`` are the amounts it may mean."""

    def __init__(self, message: str, readings: tuple[int, ...] = ()) -> None:
        self.readings = readings
        super().__init__(message)


def read(column: Column, cell: Cell, lists: Listings, *, since_1904: bool = False) -> str:
    """Return the plain text of a cell (see :mod:`standing`); raises :class:`Unreadable`."""
    if isinstance(cell, dict) and "e" in cell:
        raise Unreadable(
            _("A formula in this cell fails (%(error)s): write the value instead.")
            % {"error": cell["e"][:20]}
        )
    text = text_of(cell)
    if not text.strip():
        return ""
    match column.kind:
        case Kind.WORD | Kind.PICK:
            return _chosen(lists[column.listing], text)
        case Kind.DAY:
            return _day(cell, text, since_1904=since_1904)
    return _typed(column, text)


def _chosen(listing: Listing, text: str) -> str:
    value = listing.find(text)
    if value:
        return value
    near = listing.near(text)
    if near:
        raise Unreadable(
            _("“%(text)s” is not in the list. Perhaps “%(near)s” is meant.")
            % {"text": _short(text), "near": near}
        )
    raise Unreadable(
        _("“%(text)s” is not in the list: choose from the drop-down of this cell.")
        % {"text": _short(text)}
    )


def _day(cell: Cell, text: str, *, since_1904: bool) -> str:
    """Read a day: as spreadsheets count them, or written 2022-03-31 or 31/03/2022."""
    try:
        if isinstance(cell, dict):
            first = FIRST_DAY_1904 if since_1904 else FIRST_DAY
            return (first + timedelta(days=int(Decimal(cell["n"])))).isoformat()
        parts = text.strip().replace("-", "/").replace(".", "/").split("/")
        found = parse_date(text.strip()[:10]) or date(*(int(part) for part in reversed(parts)))
    except (ValueError, TypeError, OverflowError):
        raise Unreadable(_("Write a day, for example 31/03/2022.")) from None
    return found.isoformat()


def _typed(column: Column, text: str) -> str:
    try:
        value = _field(column).clean(text)
    except ValidationError as error:
        params: dict[str, Any] = getattr(error.error_list[0], "params", None) or {}
        readings = tuple(params.get("readings", ()))
        message = " ".join(error.messages)
        if readings:
            meant = _(" or ").join(rp(one) for one in readings)
            message = _("This may mean %(readings)s: write every digit.") % {"readings": meant}
        raise Unreadable(message, readings) from None
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


@lru_cache(maxsize=64)
def _field(column: Column) -> forms.Field:
    match column.kind:
        case Kind.COUNT:
            return Number()
        case Kind.NUMBER:
            is_above_zero = column.name in NEVER_ZERO
            return Number(places=2, digits=column.length, is_above_zero=is_above_zero)
        case Kind.RUPIAH:
            return Rupiah(least=1 if column.name == "amount_rp" else 0)
    return PlainText(length=column.length, is_line=column.name not in LINE_BREAKS)


def shown(column: Column, text: str, lists: Listings) -> str:
    """Return a plain text as people read it."""
    if not text:
        return ""
    match column.kind:
        case Kind.WORD | Kind.PICK:
            return lists[column.listing].labels.get(text, text)
        case Kind.RUPIAH:
            return rp(text)
        case Kind.COUNT | Kind.NUMBER:
            return num(text)
        case Kind.DAY:
            return day(date.fromisoformat(text))
    return text


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHORTEST else f"{text[: SHORTEST - 1]}…"
