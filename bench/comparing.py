"""One proposal against all others: the signs of every row, laid once, and the act to measure.

The texts are those of the overlap tests: other districts, regions and words for each row, for
copies of one text would all be alike. Whatever an act finds is rolled back.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle, islice
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from django.db import connection, transaction

from proposals.demo.acting import as_person
from proposals.enums import Role, Status
from proposals.harmonisation.actions.finding import columns_of, find_due
from proposals.harmonisation.overlaps.filed import piece_of
from proposals.harmonisation.overlaps.signs import signs_of
from proposals.harmonisation.queries.pieces import current_lists, number_of
from proposals.models import OverlapSigns, Proposal, User
from tests.overlaps import variants

BATCH = 2_000
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def lay_signs() -> int:
    """Lay the signs of every proposal that has none; return how many that were."""
    lists = current_lists()
    bare = Proposal.objects.filter(signs=None).order_by("pk").values_list("pk", "year_id")
    rows = zip(bare, variants.lines(len(bare)), strict=True)
    while batch := list(islice(rows, BATCH)):
        pieces = (
            replace(piece_of(row), number=number_of(pk), year=str(year))
            for (pk, year), row in batch
        )
        OverlapSigns.objects.bulk_create(
            OverlapSigns(proposal_id=pk, **columns_of(piece, signs_of(piece, lists)))
            for ((pk, _year), _row), piece in zip(batch, pieces, strict=True)
        )
    return len(bare)


class Comparison:
    """The act of finding what one proposal overlaps with, each time another one."""

    def __init__(self) -> None:
        ids = Proposal.objects.filter(status=Status.AT_DESK).order_by("pk").values_list("pk")
        self.ids: Iterator[int] = cycle([pk for (pk,) in ids[:1_000:7]])
        self.by = User.objects.filter(role=Role.ADMIN).order_by("pk")[0]
        self.in_database: list[float] = []

    def __call__(self) -> None:
        """Compare the next proposal and leave everything as it was."""
        spent = [0.0]

        def timed(execute: Callable[..., Any], *given: Any) -> Any:
            begun = perf_counter()
            try:
                return execute(*given)
            finally:
                spent[0] += perf_counter() - begun

        with as_person(self.by), transaction.atomic():
            Proposal.objects.filter(pk=next(self.ids)).update(overlaps_due_at=LONG_AGO)
            with connection.execute_wrapper(timed):
                done = find_due(seconds=0.001)
            transaction.set_rollback(True)
        if done != 1:
            raise SystemExit(f"{done} proposals were compared instead of one")
        self.in_database.append(spent[0] * 1000)

    def figures(self) -> dict[str, float]:
        """Return milliseconds that the database took for one comparison, reads and writes."""
        times = self.in_database
        late = quantiles(times, n=20, method="inclusive")[-1]
        return {"median": median(times), "p95": late, "max": max(times)}
