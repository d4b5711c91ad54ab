"""The search: pieces in, verdicts out, on two processes where it pays; touches no stored row."""

import gc
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from itertools import combinations
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils import translation

from proposals import likeness
from proposals.harmonisation.overlaps.blocking import Pair, Shelf, Work
from proposals.harmonisation.overlaps.judging import Judge
from proposals.harmonisation.overlaps.pieces import Piece, Told
from proposals.harmonisation.overlaps.signs import signs_of

FEW = 400
"""So few pieces are compared each with each."""
ALONE = 1_000
"""So many pieces one process compares sooner than two have started."""
MOST_PROCESSES = 2
SORTED = 5_000
"""Of so many pieces the verdicts come in the order of their numbers."""


def search(
    pieces: Iterable[Piece], judge: Judge | None = None, processes: int = MOST_PROCESSES
) -> Iterator[Told]:
    """Yield what overlaps among pieces, each pair once, told in the language of the reader."""
    judged = judge or Judge()
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="rakortek-overlaps-"))
        shelf = stack.enter_context(closing(Shelf(Path(folder) / "signs")))
        shelf.fill(signs_of(piece, judged.lists) for piece in pieces)
        found = _found(shelf, judged, min(processes, os.cpu_count() or 1))
        if len(shelf.offsets) <= SORTED:
            found = iter(sorted(found, key=lambda one: (one.a, one.b)))
        yield from found


def _found(shelf: Shelf, judge: Judge, processes: int) -> Iterator[Told]:
    n = len(shelf.offsets)
    if n <= FEW:
        yield from _judged(combinations([shelf.read(i) for i in range(n)], 2), judge)
    elif n <= ALONE or processes < 2:
        for work in shelf.work():
            yield from _judged(shelf.pairs(work), judge)
    else:
        yield from _in_processes(shelf, judge, processes)


def _judged(pairs: Iterable[Pair], judge: Judge) -> list[Told]:
    return [
        Told(one.a, one.b, one.kind.value, one.score, likeness.told(one.reasons))
        for a, b in pairs
        if (one := judge(a, b))
    ]


class _Mine:
    """What a process works with; handed over when it starts, not with each part of the work."""

    shelf: Shelf
    judge: Judge


def _start(shelf: Shelf, judge: Judge, language: str) -> None:
    translation.activate(language)
    shelf.reopened()
    _Mine.shelf, _Mine.judge = shelf, judge


def _do(work: Work) -> list[tuple[Any, ...]]:
    """Return plain values: they travel between processes at a fraction of the cost."""
    return list(map(tuple, _judged(_Mine.shelf.pairs(work), _Mine.judge)))


def _in_processes(shelf: Shelf, judge: Judge, processes: int) -> Iterator[Told]:
    """Share the work out; a fork takes the lists and the index over without a copy."""
    given = (shelf, judge, translation.get_language())
    gc.freeze()  # what the processes share stays shared
    with get_context("fork").Pool(processes, _start, given) as pool:
        for found in pool.imap(_do, shelf.work(), chunksize=8):
            yield from (Told(*one) for one in found)
