"""Copies of the example proposals for measurements: sets of rows moved along the table.

Every trigger stays on. Each batch is born as drafts with all their rows and then takes the same
ways as people's proposals, statement by statement; what the guards want to see first (versions,
gate answers, reviews, decisions) is copied from the example it repeats.
"""

from collections.abc import Callable

from django.db import connection, transaction

from proposals.demo import copying
from proposals.demo.acting import as_person
from proposals.demo.people import Cast
from proposals.models import PlanningYear

BATCH = 5000
Say = Callable[[str], None]


def add(count: int, say: Say) -> None:
    """Add this many copies, batch by batch; each batch is one transaction."""
    year = PlanningYear.objects.filter(is_example=True).newest_first()[0]
    by = Cast().admin
    for begin in range(0, count, BATCH):
        size = min(BATCH, count - begin)
        with as_person(by), transaction.atomic():
            _add_batch(year.pk, size)
        say(f"{begin + size:>9,} / {count:,}")
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def _add_batch(year_id: int, size: int) -> None:
    with connection.cursor() as cursor:
        for statement in copying.plan():
            text = statement.as_string(cursor.cursor)  # history reads the text of a statement
            cursor.execute(text, {"year": year_id, "size": size, "word": copying.WORD})
