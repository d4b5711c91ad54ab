"""Measure how well overlaps are found: each known group by weights that never saw it."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from proposals.advice import reading
from proposals.harmonisation.overlaps.features import NAMES
from proposals.harmonisation.overlaps.filed import piece_of
from proposals.harmonisation.overlaps.lists import DATA, lists, rows_of
from proposals.harmonisation.overlaps.measuring import (
    NOTHING,
    Pair,
    Result,
    examples,
    fitted,
    leave_one_out,
    truth_of,
)
from proposals.harmonisation.overlaps.pieces import Kind
from proposals.harmonisation.overlaps.signs import Signs, signs_of
from proposals.harmonisation.overlaps.weights import stored

LEAST_RECALL, LEAST_PRECISION = 0.95, 0.90


class Command(BaseCommand):
    help = "Measure the search for overlaps on known groups, leaving one group out at a time."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--weights", action="store_true", help="also show the weights that the groups give"
        )

    def handle(self, *, weights: bool, **options: Any) -> None:
        pieces, truth = signs_of_file(DATA / "proposals_example.csv"), truth_of(rows_of(TRUTH))
        with translation.override("id"):
            result = leave_one_out(pieces, truth, lists())
        self.stdout.write(f"{len(pieces)} proposals, {len(truth.members)} groups")
        self.stdout.write(
            f"recall {result.recall:.3f} ({len(result.right)} of {len(result.expected)}), "
            f"precision {result.precision:.3f} ({len(result.right)} of {len(result.found)})"
        )
        self.told(result)
        if weights:
            ordered = sorted(pieces, key=lambda one: one.number)
            self.weights(fitted(list(examples(ordered, truth, lists()))))
        if result.recall < LEAST_RECALL or result.precision < LEAST_PRECISION:
            raise CommandError(f"wanted: recall {LEAST_RECALL}, precision {LEAST_PRECISION}.")

    def told(self, result: Result) -> None:
        """Show how kinds were told apart, and each pair that was missed or wrongly raised."""
        names = [*(kind.value for kind in Kind), NOTHING]
        self.stdout.write(line("", names))
        for name in names:
            counts = [str(result.confusion[name, other]) for other in names]
            self.stdout.write(line(name, counts))
        self.listed("missed", result.missed)
        self.listed("wrongly raised", result.wrong)

    def listed(self, word: str, pairs: Iterable[Pair]) -> None:
        for a, b in pairs:
            self.stdout.write(f"{word}: {a} {b}")

    def weights(self, found: Sequence[float]) -> None:
        """Show the weights that all groups together give beside the stored ones."""
        for name, new, old in zip(("bias", *NAMES), found, stored(), strict=True):
            self.stdout.write(f"{name:<16}{new:>8.2f}{old:>8.2f}")


TRUTH = "overlaps_truth"


def line(name: str, cells: Sequence[str]) -> str:
    return f"{name:<16}" + "".join(f"{cell:>16}" for cell in cells)


def signs_of_file(path: Path) -> list[Signs]:
    """Return the signs of all proposals of a file."""
    return [signs_of(piece_of(row), lists()) for row in reading.each_of(path)]
