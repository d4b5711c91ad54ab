"""Why two pieces overlap: by code with the words that stand in them, and told in a language."""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from proposals.harmonisation.overlaps.lists import Lists
from proposals.harmonisation.overlaps.pieces import Given, Kind, Reason
from proposals.harmonisation.overlaps.signs import Signs

MOST_PHRASES = 6
MOST_NAMES = 3
TITLES = "titles"
LISTED = frozenset({"commodity", "product"})
"""Reasons whose names are keys of the lists."""


@cache
def _said(language: str | None) -> dict[str, str]:
    """Return the sentences in a language; many pairs are written with few of them."""
    with override(language):
        return {
            "chain": _("the one makes what the other works up further"),
            "same_way": _("same kind of activity"),
            "like_way": _("like kinds of activity"),
            "commodity": _("same commodity: %(names)s"),
            "tree": _("same industry tree"),
            "product": _("same product: %(names)s"),
            TITLES: _("both titles name %(names)s"),
            "texts": _("both texts name %(names)s"),
            "district": _("same district"),
            "regency": _("same regency"),
            "province": _("the province acts in the same field"),
            "neighbours": _("neighbouring regencies"),
        }


def of(a: Signs, b: Signs, kind: Kind, lists: Lists) -> tuple[Reason, ...]:
    """Return the reasons of a verdict, the strongest first."""
    parts = (_way(a, b, kind), _about(a, b, kind), _words(a, b, lists), _place(a, b, lists))
    return tuple(reason for part in parts for reason in part)


def told(reasons: Iterable[Reason], lists: Lists) -> tuple[str, ...]:
    """Return reasons in the language of the reader."""
    language = get_language()
    return tuple(_sentence(language, code, given, lists) for code, given in reasons)


@lru_cache(maxsize=50_000)
def _sentence(language: str | None, code: str, given: Given, lists: Lists) -> str:
    return _said(language)[code] % {"names": ", ".join(_names(code, given, lists))}


def _names(code: str, given: Given, lists: Lists) -> Iterator[str]:
    for one in given:
        if isinstance(one, tuple):
            mine, theirs = one
            yield f"“{mine}”" if mine == theirs else f"“{mine}” = “{theirs}”"
        else:
            yield lists.name_of(one) if code in LISTED else one


def _way(a: Signs, b: Signs, kind: Kind) -> Iterator[Reason]:
    if kind == Kind.CHAIN:
        yield "chain", ()
    elif a.way.key and a.way.key == b.way.key:
        yield "same_way", ()
    elif a.way.way == b.way.way:
        yield "like_way", ()


def _about(a: Signs, b: Signs, kind: Kind) -> Iterator[Reason]:
    if common := a.subjects & b.subjects:
        yield "commodity", tuple(sorted(common)[:MOST_NAMES])
    elif a.trees & b.trees and kind != Kind.JOINT_SERVICE:
        yield "tree", ()
    if common := a.products & b.products:
        yield "product", tuple(sorted(common)[:MOST_NAMES])


def _words(a: Signs, b: Signs, lists: Lists) -> Iterator[Reason]:
    if phrases := matching(a, b):
        yield TITLES, phrases
    common = (a.text & b.text) - (a.title & b.title)
    longest = sorted(sorted(common), key=len, reverse=True)[:MOST_NAMES]
    if longest:
        yield "texts", tuple(lists.words.shown.get(one, one) for one in longest)


def _place(a: Signs, b: Signs, lists: Lists) -> Iterator[Reason]:
    if a.region and a.region == b.region:
        yield ("district" if a.districts & b.districts else "regency"), ()
    elif lists.provinces & {a.region, b.region}:
        yield "province", ()
    elif lists.hops(a.region, b.region) == 1:
        yield "neighbours", ()


def matching(a: Signs, b: Signs) -> tuple[tuple[str, str], ...]:
    """Return the phrases of both titles that mean the same: “bimtek” = “pelatihan”."""
    common = [one for one in reversed(a.written) if one in b.written][:MOST_PHRASES]
    return tuple((a.written[one], b.written[one]) for one in common)
