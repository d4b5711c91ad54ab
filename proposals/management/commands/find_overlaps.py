"""Find what overlaps among the proposals of a file, and write the pairs with their reasons."""

import csv
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from proposals.advice import reading
from proposals.harmonisation.overlaps.filed import piece_of
from proposals.harmonisation.overlaps.pieces import Told
from proposals.harmonisation.overlaps.searching import search

COLUMNS = ("a", "b", "kind", "score", "reasons")


class Command(BaseCommand):
    help = "Find what overlaps among the proposals of a file; touches no stored row."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--csv", type=Path, required=True, help="as proposals_example.csv")
        parser.add_argument("--out", type=Path, required=True, help="where the pairs go")

    def handle(self, *, csv: Path, out: Path, **options: Any) -> None:
        with translation.override("id"):
            try:
                rows = reading.each_of(csv)
                rows = chain([first] if (first := next(rows, None)) else [], rows)
                n_pairs = write(out, search(piece_of(row) for row in rows))
            except reading.Unreadable as error:
                raise CommandError(f"{csv} cannot be read: {error}") from error
        self.stdout.write(f"{n_pairs} pairs: {out}")


def write(out: Path, found: Iterable[Told]) -> int:
    """Write one line per pair and return how many there are."""
    try:
        file = out.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise CommandError(f"{out} cannot be written: {error.strerror}") from error
    n_pairs = 0
    with file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for one in found:
            n_pairs += 1
            table.writerow((one.a, one.b, one.kind, f"{one.score:.3f}", "; ".join(one.reasons)))
    return n_pairs
