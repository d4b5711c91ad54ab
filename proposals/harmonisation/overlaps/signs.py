"""The signs of a piece: what it is about, how it acts, where; small, so that many fit in memory."""

from typing import NamedTuple

from proposals.harmonisation.overlaps.lists import RANKS, UNKNOWN, Concepts, Lists, Way
from proposals.harmonisation.overlaps.pieces import Piece
from proposals.harmonisation.overlaps.words import ACT, PEOPLE, Word

HALF_MADE = "setengah_jadi"
SUPPLY = "supply"


class Signs(NamedTuple):
    """What two pieces are compared by; a tuple, for it is written to disk and read back often."""

    number: str
    year: str
    province: str
    region: str
    districts: frozenset[str]
    sector: str
    commodity: str
    subjects: frozenset[str]
    """Commodities: the main one, and those that the title and the results name."""
    trees: frozenset[str]
    """Industry trees that the commodity itself stands in."""
    products: frozenset[str]
    rank: int | None
    """How far from the raw material it reaches; nothing where neither list nor words tell."""
    way: Way
    title: Concepts
    text: Concepts
    written: dict[str, str]
    """The concepts of the title as they are written in it, for the reasons."""


def signs_of(piece: Piece, lists: Lists) -> Signs:
    """Read the signs of a piece."""
    words = read(piece.title, piece, lists)
    title, results, rest = _texts(words, piece, lists)
    named = frozenset(_named(lists, title | results))
    subjects = named | ({piece.commodity} if piece.commodity else set())
    trees = _trees(lists, piece, subjects)
    around = trees or lists.trees_in.get(piece.sector, frozenset())
    products = _products(lists, around, title | results, named)
    way = _way(piece, title, lists)
    return Signs(
        number=piece.number,
        year=piece.year,
        province=piece.region.partition(".")[0],
        region=piece.region,
        districts=frozenset(one.casefold() for one in piece.districts),
        sector=piece.sector or lists.sector_of.get(piece.commodity, ""),
        commodity=piece.commodity,
        subjects=subjects,
        trees=trees,
        products=frozenset(products),
        rank=_rank(lists, around, products, way, title | results),
        way=way,
        title=title,
        text=title | results | rest,
        written={word.concept: word.written for word in reversed(words) if word.role != PEOPLE},
    )


def _texts(words: list[Word], piece: Piece, lists: Lists) -> tuple[Concepts, Concepts, Concepts]:
    """Return what the title, the results, and the rest of a piece speak of."""
    results = frozenset[str]().union(*(_things(read(one, piece, lists)) for one in piece.results))
    rest = _things(read(piece.background, piece, lists) + read(piece.target_group, piece, lists))
    return _things(words), results, rest


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
    lists: Lists, trees: frozenset[str], things: Concepts, named: frozenset[str]
) -> set[str]:
    return {
        product.key
        for tree in trees
        for product in lists.products.get(tree, ())
        if product.commodity in named or any(name <= things for name in product.names)
    }


def _rank(
    lists: Lists, trees: frozenset[str], products: set[str], way: Way, things: Concepts
) -> int | None:
    if way.way == SUPPLY:
        return RANKS["hulu"]
    if HALF_MADE in things:
        return RANKS["antara"]
    ranks = [
        one.rank for tree in trees for one in lists.products.get(tree, ()) if one.key in products
    ]
    return max(ranks, default=None)


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
