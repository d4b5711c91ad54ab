"""The signs of a piece: what it is about, how it acts, where; small, so that many fit in memory."""

from collections import Counter
from typing import NamedTuple

from proposals.harmonisation.overlaps.lists import RANKS, UNKNOWN, Concepts, Lists, Way
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
    matter: tuple[str, ...]
    """What the title speaks of and the rest comes back to most: what it is about, without a key."""
    text: Concepts
    written: dict[str, str]
    """The concepts of the title as they are written in it, for the reasons."""


def signs_of(piece: Piece, lists: Lists) -> Signs:
    """Read the signs of a piece."""
    words = read(piece.title, piece, lists)
    title, results, rest, said = _texts(words, piece, lists)
    named = frozenset(_named(lists, title | results))
    subjects = named | ({piece.commodity} if piece.commodity else set())
    trees = _trees(lists, piece, subjects)
    around = trees or lists.trees_in.get(piece.sector, frozenset())
    products = _products(lists, around, title | results, named, piece.commodity)
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
        matter=_matter(title - {way.named_by}, said),
        text=title | results | rest,
        written={word.concept: word.written for word in reversed(words) if word.role != PEOPLE},
    )


def _texts(
    words: list[Word], piece: Piece, lists: Lists
) -> tuple[Concepts, Concepts, Concepts, Counter[str]]:
    """Return what the title, the results, and the rest speak of, and how often beside the title."""
    results = [word for one in piece.results for word in read(one, piece, lists)]
    rest = read(piece.background, piece, lists) + read(piece.target_group, piece, lists)
    said = Counter(word.concept for word in results + rest)
    return _things(words), _things(results), _things(rest), said


def _matter(title: Concepts, said: Counter[str]) -> tuple[str, ...]:
    """Return the things of the title that are said again most often, at most two."""
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
) -> set[str]:
    """Return the products that are named; the commodity itself only where no other is."""
    found = [
        product
        for tree in trees
        for product in lists.products.get(tree, ())
        if product.commodity in named or any(name <= things for name in product.names)
    ]
    made = {one.key for one in found if not commodity or one.commodity != commodity}
    return made or {one.key for one in found}


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
