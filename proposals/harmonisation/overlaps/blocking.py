"""Which pairs are worth judging: those that share a key, for many pieces make too many pairs.

The signs lie in a file and are read back as they are needed, so memory grows by a few hundred
bytes per piece. A block of many pieces is laid in the order of what they are about, and each is
compared with those next to it alone.
"""

import pickle
from array import array
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from proposals.harmonisation.overlaps.signs import Signs

MOST_WORDS = 4
"""How many words of a title are keys of their own."""
PAIRS_OF_BLOCK = 45_000
"""A block with no more pairs than this is compared whole: 300 pieces."""
LEAST_WINDOW = 10
SLICE = 2_000
"""How many pieces of a block are one piece of work."""
Pair = tuple[Signs, Signs]


@dataclass(frozen=True, slots=True)
class Work:
    """A part of a block: the pieces from one place to another, each with those before it."""

    block: int
    start: int
    end: int


def keys_of(signs: Signs) -> frozenset[str]:
    """Return the keys of a piece; pieces without a common one are never compared."""
    base = f"{signs.province}|{signs.year}|"
    longest = sorted(signs.title, key=lambda one: (-len(one), one))[:MOST_WORDS]
    keys = {*signs.kin, *(f"w|{word}" for word in (*longest, *signs.matter))}
    if signs.way.scope == "key":
        keys.add(f"s|{signs.way.key}")
    return frozenset(base + key for key in keys)


class Shelf:
    """The signs of all pieces in a file, with their keys; the file is deleted by its owner."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.offsets = array("Q")
        self.numbers: dict[str, int] = {}
        self.blocks: list[array[int]] = []
        self.keys: list[tuple[int, ...]] = []
        self._orders: list[str] = []
        self._file: BinaryIO | None = None

    def fill(self, pieces: Iterable[Signs]) -> None:
        """Write all signs down and lay out the blocks."""
        with self.path.open("wb") as file:
            for signs in pieces:
                self._lay(len(self.offsets), signs)
                self.offsets.append(file.tell())
                pickle.dump(signs, file, protocol=pickle.HIGHEST_PROTOCOL)
        order = sorted(range(len(self._orders)), key=self._orders.__getitem__)
        ranks = array("L", bytes(len(order) * array("L").itemsize))
        for rank, at in enumerate(order):
            ranks[at] = rank
        self._orders = []
        self.blocks = [array("L", sorted(block, key=ranks.__getitem__)) for block in self.blocks]
        sizes = [len(block) for block in self.blocks]
        self.keys = [tuple(sorted(own, key=lambda key: (sizes[key], key))) for own in self.keys]

    def _lay(self, at: int, signs: Signs) -> None:
        own = []
        for key in sorted(keys_of(signs)):
            block = self.numbers.setdefault(key, len(self.numbers))
            if block == len(self.blocks):
                self.blocks.append(array("L"))
            self.blocks[block].append(at)
            own.append(block)
        self.keys.append(tuple(own))
        self._orders.append(f"{' '.join(sorted(signs.title))} {signs.way.way} {signs.number}")

    def work(self) -> Iterator[Work]:
        """Yield all that is to be compared."""
        for number, block in enumerate(self.blocks):
            for start in range(0, len(block), SLICE):
                if len(block) > 1:
                    yield Work(number, start, min(start + SLICE, len(block)))

    def pairs(self, work: Work) -> Iterator[Pair]:
        """Yield the pairs of one part of a block, each in the smallest block that holds both.

        A piece's keys stand in the order of their blocks, the smallest first.
        """
        block = self.blocks[work.block]
        reach = max(LEAST_WINDOW, PAIRS_OF_BLOCK // len(block))
        before: deque[tuple[int, Signs]] = deque(maxlen=reach)
        for at in block[max(0, work.start - reach) : work.start]:
            before.append((at, self.read(at)))
        for at in block[work.start : work.end]:
            signs, keys = self.read(at), self.keys[at]
            smaller = frozenset(keys[: keys.index(work.block)])
            for other, seen in before:
                if not smaller or smaller.isdisjoint(self.keys[other]):
                    yield seen, signs
            before.append((at, signs))

    def read(self, at: int) -> Signs:
        """Read the signs of a piece back."""
        if self._file is None:
            self._file = self.path.open("rb")
        self._file.seek(self.offsets[at])
        found = pickle.load(self._file)  # noqa: S301 - our own file, written a moment ago
        assert isinstance(found, Signs)  # noqa: S101 - tells the type alone
        return found

    def reopened(self) -> None:
        """Open the file anew: another process needs a place of its own in it."""
        self._file = self.path.open("rb")

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None
