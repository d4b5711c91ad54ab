"""Why two pieces overlap: by code with the words of both; proposals.likeness tells it."""

from collections.abc import Iterable, Iterator

from proposals.harmonisation.overlaps.lists import Lists
from proposals.harmonisation.overlaps.pieces import Kind
from proposals.harmonisation.overlaps.signs import Signs
from proposals.likeness import TEXTS, TITLES, Given, Reason

MOST_PHRASES = 6
MOST_NAMES = 3


def of(a: Signs, b: Signs, kind: Kind, lists: Lists) -> tuple[Reason, ...]:
    """Return the reasons of a verdict, the strongest first."""
    parts = (_way(a, b, kind), _about(a, b, kind, lists), _words(a, b, lists), _place(a, b, lists))
    return tuple(reason for part in parts for reason in part)


def _way(a: Signs, b: Signs, kind: Kind) -> Iterator[Reason]:
    if kind == Kind.CHAIN:
        yield "chain", ()
    elif a.way.key and a.way.key == b.way.key:
        yield "same_way", ()
    elif a.way.way == b.way.way:
        yield "like_way", ()


def _about(a: Signs, b: Signs, kind: Kind, lists: Lists) -> Iterator[Reason]:
    if a.commodity and a.commodity == b.commodity:
        yield "commodity", _named([a.commodity], lists)
    elif a.trees & b.trees and kind != Kind.JOINT_SERVICE:
        yield "tree", ()
    if common := a.products & b.products:
        yield "product", _named(common, lists)


def _named(keys: Iterable[str], lists: Lists) -> Given:
    return tuple(lists.names_of(key) for key in sorted(keys)[:MOST_NAMES])


def _words(a: Signs, b: Signs, lists: Lists) -> Iterator[Reason]:
    if phrases := matching(a, b):
        yield TITLES, phrases
    common = (a.text & b.text) - (a.title & b.title)
    told = sorted(common, key=lambda one: (one not in lists.words.known, -len(one), one))
    if told:
        yield TEXTS, tuple((a.said[one], b.said[one]) for one in told[:MOST_NAMES])


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
