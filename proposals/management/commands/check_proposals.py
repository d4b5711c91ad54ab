"""Judge proposals by the tables, of a file or of the current year, and write what was found."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone, translation

from proposals.advice import Advice, checking, filed, reading
from proposals.models import InterventionType, PlanningYear

COLUMNS = ("proposal_no", "issue_key", "reference", "explanation")
Found = tuple[str, Advice]


class Command(BaseCommand):
    help = "Judge proposals by the tables: a file with --csv, else the whole current year."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--csv", type=Path, help="a file in the form of proposals_example.csv")
        parser.add_argument("--out", type=Path, help="where the issues go; the screen without it")

    def handle(self, *, csv: Path | None, out: Path | None, **options: Any) -> None:
        with translation.override("id"):
            rows = read(csv) if csv else None
            try:
                found = judged(rows)
            except DatabaseError as error:
                raise CommandError("the lists cannot be read: run manage.py prepare.") from error
        self.write(found, out)
        proposals = len({number for number, _advice in found})
        told = f"{len(found)} issues in {proposals} proposals"
        if out:
            self.stdout.write(f"{told}: {out}")
        else:
            self.stderr.write(told)

    def write(self, found: Iterable[Found], out: Path | None) -> None:
        """Write the issues as a table."""
        if out is None:
            write_to(self.stdout, found)
            return
        try:
            with out.open("w", encoding="utf-8", newline="") as file:
                write_to(file, found)
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}") from error


def read(path: Path) -> list[reading.Row]:
    """Read a file, or end in one line that says why it cannot be read."""
    try:
        return reading.rows_of(path)
    except reading.Unreadable as error:
        raise CommandError(f"{path} cannot be read: {error}") from error


def judged(rows: list[reading.Row] | None) -> list[Found]:
    """Judge the rows of a file, else the whole current year."""
    if not InterventionType.objects.exists():
        raise CommandError("the reference lists are empty: run manage.py load_catalogue first.")
    year = PlanningYear.objects.current()
    return list(checking.of_year(year) if rows is None else of_rows(rows, year))


def of_rows(rows: list[reading.Row], year: PlanningYear | None) -> Iterator[Found]:
    """Judge every row of a file; a row without a budget year is of the current one."""
    fiscal_year = year.fiscal_year if year else timezone.localdate().year + 1
    lists = filed.Lists(rows)
    for row in rows:
        told = filed.filed(row, lists, fiscal_year)
        yield from ((told.number, advice) for advice in told.advice)


def write_to(file: IO[str] | Any, found: Iterable[Found]) -> None:
    """Write one line per issue."""
    table = csv.writer(file, lineterminator="\n")
    table.writerow(COLUMNS)
    for number, advice in found:
        table.writerow((number, advice.key, advice.reference, advice.message))
