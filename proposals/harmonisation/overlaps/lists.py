"""The lists that pieces are read with: places, commodities and their trees, ways of acting.

They come from the files of proposals/data, so that a file can be searched without a database.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, radians
from pathlib import Path
from re import split
from typing import NamedTuple

from proposals.harmonisation.overlaps.words import ACT, PEOPLE, Lexicon, Meaning

DATA = Path(__file__).parents[2] / "data"
Concepts = frozenset[str]
Row = dict[str, str]
RANKS = {"hulu": 0, "antara": 1, "hilir": 2}
"""How far a product is from the raw material."""


class Way(NamedTuple):
    """How an intervention acts, and how far it reaches (data/overlap_ways.csv)."""

    key: str
    way: str
    scope: str
    named_by: str


@dataclass(frozen=True, slots=True)
class Product:
    """A product of an industry tree and the words that name it; any of them will do."""

    key: str
    tree: str
    rank: int
    names: tuple[Concepts, ...]
    commodity: str


LARGE = frozenset({"large", "medium-large"})
"""Scales of products that take more raw material than one region has."""
KM_PER_DEGREE = 111.2
UNKNOWN = Way("", "", "topic", "")


def rows_of(name: str) -> list[Row]:
    """Return the rows of one of the project's own files."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Lists:
    """All that the signs of a piece are read with; built once per process."""

    def __init__(self, meanings: Iterable[Meaning]) -> None:
        regions, districts = rows_of("regions"), rows_of("districts")
        self.neighbours = {row["code"]: frozenset(row["neighbours"].split("|")) for row in regions}
        self.provinces = {row["code"] for row in regions if row["type"] == "provinsi"}
        self.at = {
            row["code"]: (float(row["lat"]), float(row["lon"])) for row in regions if row["lat"]
        }
        self.nearness: dict[tuple[str, str], float] = {}
        self.words = Lexicon(meanings, _places(regions, districts))
        self.ways = {row["intervention_key"]: _way(row) for row in rows_of("overlap_ways")}
        goods, stages = rows_of("commodities"), rows_of("derivatives")
        self._add_names(goods, stages)
        self._names = {row["key"]: (row["name_id"], row["name_en"]) for row in goods}
        self.sector_of = {row["key"]: row["sector_key"] for row in goods}
        self.named = _unshared({row["key"]: self.names(row["name_id"]) for row in goods})
        self.finished = _finished(goods, self.names)
        self._concepts_of: dict[str, Concepts] = {}
        self.trees_of = _trees(stages)
        self.trees_in = _trees_in(stages)
        self.products = self._products(stages)
        self.large = {row["key"] for row in stages if row["scale"] in LARGE}
        self.parents = {row["key"]: row["parent_key"] for row in stages}
        self._names |= {row["key"]: (row["product_id"], row["product_en"]) for row in stages}

    def _add_names(self, goods: list[Row], stages: list[Row]) -> None:
        """Take the names of the lists for words where each is a single one of its own."""
        for name in [row["local_name"] for row in goods]:
            if name and len(name.split()) == 1:
                self.words.add(name, name.casefold())
        for name in [part for row in stages for part in _parts(row["product_id"])]:
            if len(name.split()) == 1:
                self.words.add(name, self.words.stem(name.casefold()))

    def names(self, text: str) -> tuple[Concepts, ...]:
        """Return what a name of the lists means, part by part."""
        found = [self.concepts(part) for part in _parts(text)]
        return tuple(dict.fromkeys(one for one in found if one))

    def concepts(self, text: str) -> Concepts:
        """Return the things that a text names."""
        return frozenset(
            word.concept for word in self.words.read(text) if word.role not in {ACT, PEOPLE}
        )

    def concepts_of(self, commodity: str) -> Concepts:
        """Return all words that name a commodity, of one that the lists do not know its key."""
        if commodity not in self._concepts_of:
            parts = self.named.get(commodity) or self.names(commodity.replace("_", " "))
            self._concepts_of[commodity] = frozenset[str]().union(*parts)
        return self._concepts_of[commodity]

    def _products(self, stages: list[Row]) -> dict[str, list[Product]]:
        """Return the products of each tree; a part that only repeats the raw material is none."""
        found: dict[str, list[Product]] = {}
        raw = {row["tree"]: self.names(row["product_id"]) for row in reversed(stages)}
        raw |= {row["tree"]: self.names(row["product_id"]) for row in stages if _is_raw(row)}
        for row in stages:
            basis = frozenset[str]().union(*raw[row["tree"]])
            names = tuple(one for one in self.names(row["product_id"]) if not one <= basis)
            made = row["product_commodity"]
            if (names or made) and not _is_raw(row):
                product = Product(row["key"], row["tree"], RANKS[row["stage"]], names, made)
                found.setdefault(row["tree"], []).append(product)
        return found

    def names_of(self, key: str) -> tuple[str, str]:
        """Return the Indonesian and the English name of a commodity or product."""
        return self._names.get(key) or (key.replace("_", " "), "")

    def hops(self, a: str, b: str) -> int | None:
        """Return how many borders lie between two regions: 0, 1, 2, or 3 for more."""
        if a == b:
            return 0 if a else None
        if a not in self.neighbours or b not in self.neighbours:
            return None
        if self.provinces & {a, b}:
            return 1  # the province is next to each of its regencies
        if b in self.neighbours[a] or a in self.neighbours[b]:
            return 1
        return 2 if self.neighbours[a] & self.neighbours[b] else 3

    def km(self, a: str, b: str) -> float | None:
        """Return how far two regions lie apart, from middle to middle; nothing if unknown."""
        if a not in self.at or b not in self.at:
            return None
        (lat_a, lon_a), (lat_b, lon_b) = self.at[a], self.at[b]
        east = (lon_a - lon_b) * cos(radians((lat_a + lat_b) / 2))
        return hypot(lat_a - lat_b, east) * KM_PER_DEGREE

    def is_before(self, a: str, b: str) -> bool:
        """Tell whether a product of a tree is made into another."""
        while b := self.parents.get(b, ""):
            if a == b:
                return True
        return False


@lru_cache(maxsize=2)
def lists(synonyms: tuple[Meaning, ...] = ()) -> Lists:
    """Return the lists of this process with these synonyms; without any, with those of the file."""
    return Lists(synonyms or tuple(map(_meaning, rows_of("synonyms"))))


def _meaning(row: Row) -> Meaning:
    return Meaning(row["concept"], row["role"], tuple(row["words"].split("|")))


def _parts(name: str) -> list[str]:
    """Return the parts of a name; what something is for names another thing."""
    named = name.partition(" untuk ")[0]
    return [part.strip() for part in split(r"[,/()]| dan ", named) if part.strip()]


def _is_raw(row: Row) -> bool:
    return not row["parent_key"]


def _way(row: Row) -> Way:
    return Way(row["intervention_key"], row["way"], row["scope"], row["named_by"])


def _places(regions: Iterable[Row], districts: Iterable[Row]) -> Iterator[str]:
    for row in regions:
        yield from (row["name"], row["short_name"], row["abbr"], row["capital"])
    for row in districts:
        yield row["name"]


def _unshared(named: dict[str, tuple[Concepts, ...]]) -> dict[str, tuple[Concepts, ...]]:
    """Leave out further parts of a name that several commodities share: the fish of fish feed."""
    everywhere = [one for names in named.values() for part in names for one in part]
    shared = {one for one in everywhere if everywhere.count(one) > 1}
    return {
        key: names[:1] + tuple(part for part in names[1:] if not part <= shared)
        for key, names in named.items()
    }


def _finished(
    goods: list[Row], names: Callable[[str], tuple[Concepts, ...]]
) -> dict[str, tuple[Concepts, ...]]:
    """Return the names of finished products, without those of a material: furniture, not wood."""
    made = [row for row in goods if row["kind"] == "derived_product"]
    used = {one for row in goods if row not in made for one in names(row["name_id"])}
    materials = frozenset[str]().union(*used)
    return {
        row["key"]: tuple(one for one in names(row["name_id"]) if not one & materials)
        for row in made
    }


def _trees(stages: Iterable[Row]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in stages:
        for key in {row["upstream_commodity"], row["product_commodity"]} - {""}:
            found.setdefault(key, set()).add(row["tree"])
    return {key: frozenset(trees) for key, trees in found.items()}


def _trees_in(stages: Iterable[Row]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in stages:
        found.setdefault(row["sector_key"], set()).add(row["tree"])
    return {key: frozenset(trees) for key, trees in found.items()}
