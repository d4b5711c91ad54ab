"""Emptying the database after a test whose transactions were real.

Django empties by TRUNCATE of every table, which makes six hundred files anew each time; most tests
leave rows in a dozen tables. Here the tables that hold rows are asked for, and only those are
emptied: history by TRUNCATE, which a test database may (see tests/settings.py) and DELETE never
may, the others by DELETE with their triggers resting.

A browser that is closed leaves its last request to the server; the two may wait for each other's
tables. PostgreSQL then ends one of them: where it is the emptying, it is done once more.
"""

import time
from functools import cache

from django.db import OperationalError, connection, connections, transaction
from django.test import TransactionTestCase

TIMES = 5
KEPT = {"django_content_type", "auth_permission", "django_migrations"}
"""What migrating has filled and no test changes."""
APPEND_ONLY = {"proposals_decision", "proposals_version", "proposals_comment"}
"""Rows that other tables point at, so no TRUNCATE, and whose own guard never rests."""


@cache
def _tables():
    every = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(set(every) - KEPT)


def _with_rows(cursor):
    asked = " union all ".join(
        f"select '{table}' where exists (select from {table})" for table in _tables()
    )
    cursor.execute(asked)
    return [name for (name,) in cursor.fetchall()]


def _empty_once():
    with transaction.atomic(), connection.cursor() as cursor:
        filled = _with_rows(cursor)
        if events := [table for table in filled if table.endswith("event")]:
            cursor.execute(f"truncate {', '.join(events)}")
        cursor.execute("set local session_replication_role = replica")
        for table in set(filled) - set(events):
            refusing = table in APPEND_ONLY
            if refusing:
                cursor.execute(f"alter table {table} disable trigger rk_refuse_row")
            cursor.execute(f"delete from {table}")
            if refusing:
                cursor.execute(f"alter table {table} enable always trigger rk_refuse_row")


def _emptied_in_the_end(case):
    for left in reversed(range(TIMES)):
        try:
            _empty_once()
        except OperationalError:
            if not left:
                raise
            connections.close_all()
            time.sleep(1)  # the request that was waited for ends meanwhile
        else:
            return


TransactionTestCase._fixture_teardown = _emptied_in_the_end
