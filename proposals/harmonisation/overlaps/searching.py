"""The search: pieces in, verdicts out, on two processes where it pays; touches no stored row."""

import gc
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from itertools import combinations
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import translation

from proposals.harmonisation.overlaps.blocking import Shelf, Work
from proposals.harmonisation.overlaps.judging import Judge
from proposals.harmonisation.overlaps.pieces import Kind, Piece, Verdict
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
) -> Iterator[Verdict]:
    """Yield what overlaps among pieces, each pair once."""
    judged = judge or Judge()
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="rakortek-overlaps-"))
        shelf = stack.enter_context(closing(Shelf(Path(folder) / "signs")))
        shelf.fill(signs_of(piece, judged.lists) for piece in pieces)
        found = _found(shelf, judged, min(processes, os.cpu_count() or 1))
        if len(shelf.offsets) <= SORTED:
            found = iter(sorted(found, key=lambda one: (one.a, one.b)))
        yield from found


def _found(shelf: Shelf, judge: Judge, processes: int) -> Iterator[Verdict]:
    n = len(shelf.offsets)
    if n <= FEW:
        verdicts = (judge(a, b) for a, b in combinations([shelf.read(i) for i in range(n)], 2))
        yield from (one for one in verdicts if one)
    elif n <= ALONE or processes < 2:
        for work in shelf.work():
            yield from _judged(shelf, judge, work)
    else:
        yield from _in_processes(shelf, judge, processes)


def _judged(shelf: Shelf, judge: Judge, work: Work) -> list[Verdict]:
    return [verdict for a, b in shelf.pairs(work) if (verdict := judge(a, b))]


Told = tuple[str, str, str, float, tuple[str, ...]]


class _Mine:
    """What a process works with; handed over when it starts, not with each part of the work."""

    shelf: Shelf
    judge: Judge


def _start(shelf: Shelf, judge: Judge, language: str) -> None:
    translation.activate(language)
    shelf.reopened()
    _Mine.shelf, _Mine.judge = shelf, judge


def _do(work: Work) -> list[Told]:
    """Return plain values: they travel between processes at a fraction of the cost."""
    found = _judged(_Mine.shelf, _Mine.judge, work)
    return [(one.a, one.b, one.kind.value, one.score, one.reasons) for one in found]


def _in_processes(shelf: Shelf, judge: Judge, processes: int) -> Iterator[Verdict]:
    """Share the work out; a fork takes the lists and the index over without a copy."""
    given = (shelf, judge, translation.get_language())
    gc.freeze()  # what the processes share stays shared
    with get_context("fork").Pool(processes, _start, given) as pool:
        for verdicts in pool.imap(_do, shelf.work(), chunksize=8):
            for a, b, kind, score, reasons in verdicts:
                yield Verdict(a, b, Kind(kind), score, reasons)
