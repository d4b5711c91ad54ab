"""The signs of a piece: what it is about, how it acts, where; small, so that many fit in memory."""

from collections import Counter
from collections.abc import Container, Iterable
from typing import Any, NamedTuple

from proposals.harmonisation.overlaps.lists import RANKS, UNKNOWN, Concepts, Lists, Product, Way
from proposals.harmonisation.overlaps.pieces import Piece
from proposals.harmonisation.overlaps.words import ACT, PEOPLE, Word

MOST_MATTERS = 2
HALF_MADE = "setengah_jadi"
SUPPLY = "supply"


class Signs(NamedTuple):
    """What two pieces are compared by; a tuple, for it is written to disk and read back often."""

    number: str
    year: str
    province: str
    region: str
    districts: frozenset[str]
    code: str
    """Code of the nomenclature, without the letter of its edition."""
    sector: str
    commodity: str
    subjects: frozenset[str]
    """Commodities: the main one, and those that the title and the results name."""
    trees: frozenset[str]
    """Industry trees that the commodity itself stands in."""
    products: frozenset[str]
    makes: frozenset[str]
    """Commodities that its products are."""
    kin: frozenset[str]
    """Trees and commodities, of what it is about and of what it makes: by these it is sought."""
    rank: int | None
    """How far from the raw material it reaches; nothing where neither list nor words tell."""
    way: Way
    title: Concepts
    matter: tuple[str, ...]
    """What the title speaks of and the rest comes back to most: what it is about, without a key."""
    text: Concepts
    written: dict[str, str]
    """The concepts of the title as they are written in it, for the reasons."""
    said: dict[str, str]
    """The things of the whole text as they were first written in it, for the reasons."""


def signs_of(piece: Piece, lists: Lists) -> Signs:
    """Read the signs of a piece."""
    words = read(piece.title, piece, lists)
    results, rest = _texts(piece, lists)
    title, things = _things(words), _things(words + results)
    way = _way(piece, title, lists)
    return Signs(
        number=piece.number,
        year=piece.year,
        province=piece.region.partition(".")[0],
        region=piece.region,
        districts=frozenset(one.casefold() for one in piece.districts),
        code=piece.code.rpartition(":")[2],
        sector=piece.sector or lists.sector_of.get(piece.commodity, ""),
        commodity=piece.commodity,
        way=way,
        title=title,
        matter=_matter(title - {way.named_by}, results + rest),
        text=things | _things(rest),
        written=_written(words, {PEOPLE}),
        said=_written(words + results + rest, {ACT, PEOPLE}),
        **_goods(piece, things, way, lists),
    )


def _goods(piece: Piece, things: Concepts, way: Way, lists: Lists) -> dict[str, Any]:
    """Return what is told of commodities, trees and products."""
    named = frozenset(_named(lists, things))
    subjects = named | ({piece.commodity} if piece.commodity else set())
    trees = _trees(lists, piece, subjects)
    around = trees or lists.trees_in.get(piece.sector, frozenset())
    made = _products(lists, around, things, named, piece.commodity)
    makes = frozenset(one.commodity for one in made) - {"", piece.commodity}
    return {
        "subjects": subjects,
        "trees": trees,
        "products": frozenset(one.key for one in made),
        "makes": makes,
        "kin": _kin(trees | {one.tree for one in made}, subjects | makes),
        "rank": _rank(made, way, things),
    }


def _written(words: list[Word], without: Container[str]) -> dict[str, str]:
    """Return concepts as they were first written."""
    return {word.concept: word.written for word in reversed(words) if word.role not in without}


def _texts(piece: Piece, lists: Lists) -> tuple[list[Word], list[Word]]:
    """Return the words of the results, and those of background and target group."""
    results = [word for one in piece.results for word in read(one, piece, lists)]
    return results, read(piece.background, piece, lists) + read(piece.target_group, piece, lists)


def _matter(title: Concepts, words: list[Word]) -> tuple[str, ...]:
    """Return the things of the title that are said again most often, at most two."""
    said = Counter(word.concept for word in words)
    again = sorted((one for one in title if said[one]), key=lambda one: (-said[one], one))
    return tuple(again[:MOST_MATTERS])


def read(text: str, piece: Piece, lists: Lists) -> list[Word]:
    """Return the words of a text of a piece; its own places are left out."""
    return list(lists.words.read(text, piece.districts)) if text else []


def _things(words: list[Word]) -> Concepts:
    return frozenset(word.concept for word in words if word.role not in {ACT, PEOPLE})


def _named(lists: Lists, things: Concepts) -> set[str]:
    return {
        key for key, names in lists.named.items() if any(part <= things for part in names if part)
    }


def _trees(lists: Lists, piece: Piece, subjects: frozenset[str]) -> frozenset[str]:
    """Return the trees of the main commodity, without one those of what is named."""
    if piece.commodity:
        return lists.trees_of.get(piece.commodity, frozenset())
    return frozenset[str]().union(*(lists.trees_of.get(one, frozenset()) for one in subjects))


def _products(
    lists: Lists, trees: frozenset[str], things: Concepts, named: frozenset[str], commodity: str
) -> list[Product]:
    """Return the products that are named; the commodity itself only where no other is."""
    found = [
        product
        for tree in trees
        for product in lists.products.get(tree, ())
        if product.commodity in named or any(name <= things for name in product.names)
    ]
    return [one for one in found if not commodity or one.commodity != commodity] or found


def _kin(trees: frozenset[str], commodities: frozenset[str]) -> frozenset[str]:
    return frozenset(f"t|{one}" for one in trees) | frozenset(f"c|{one}" for one in commodities)


def _rank(made: Iterable[Product], way: Way, things: Concepts) -> int | None:
    if way.way == SUPPLY:
        return RANKS["hulu"]
    if HALF_MADE in things:
        return RANKS["antara"]
    return max((one.rank for one in made), default=None)


def _way(piece: Piece, title: Concepts, lists: Lists) -> Way:
    """Return the way of the intervention, else the one that the words name: title, then results.

    A study whose title names a plan of one's own is that plan.
    """
    given = lists.ways.get(piece.intervention, UNKNOWN)
    if given.way in {"", "study"}:
        for way in lists.ways.values():
            if way.scope == "never" and way.named_by in title:
                return way
    if given.key:
        return given
    for text in (piece.title, *piece.results, piece.background):
        concepts = {word.concept for word in read(text, piece, lists)}
        for way in lists.ways.values():
            if way.named_by and way.named_by in concepts:
                return way
    return UNKNOWN
