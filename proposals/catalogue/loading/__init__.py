"""Loads the reference lists of proposals/data; repeatable: a second run writes nothing."""

from django.db import connection, transaction

from proposals.catalogue.loading import figures, goods, meanings, places, rules
from proposals.catalogue.loading.rows import Count

Counts = dict[str, Count]
LOCK = 3_310_001


@transaction.atomic
def load_catalogue() -> Counts:
    """Bring every reference list up to its file and tell what was written, list by list.

    Rows are known by their stable key, so nothing is doubled. What people edited or retired
    (a row version above 1) stays as they left it.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])  # one loader at a time
    return {**places.load(), **goods.load(), **rules.load(), **meanings.load(), **figures.load()}
