"""Migrations: none is missing, each has a spoken name and a way back."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

pytestmark = pytest.mark.django_db


def ours():
    loader = MigrationLoader(connection)
    return [
        migration for (app, _), migration in loader.disk_migrations.items() if app == "proposals"
    ]


def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_migration_has_a_spoken_name():
    names = sorted(migration.name for migration in ours())
    assert [name for name in names if not re.fullmatch(r"\d{4}_[a-z]+(_[a-z]+)*", name)] == []
    assert [name for name in names if "auto" in name] == []


def test_every_operation_has_a_way_back():
    stuck = [
        f"{migration.name}: {operation.describe()}"
        for migration in ours()
        for operation in migration.operations
        if not operation.reversible
    ]
    assert stuck == []


OBJECTS = """
select 'table', relname, '' from pg_class where relkind = 'r' and relname like 'proposals%'
union all
select 'function', proname, md5(prosrc) from pg_proc where proname like 'rk\\_%'
union all
select 'trigger', tgrelid::regclass::text, tgname from pg_trigger where not tgisinternal
order by 1, 2, 3
"""


def objects():
    """Return what the database holds of ours: tables, functions and triggers."""
    with connection.cursor() as cursor:
        cursor.execute(OBJECTS)
        return cursor.fetchall()


def test_migrations_go_to_zero_and_back():
    """Only ours: what other apps hang on our people would take ten seconds more."""
    loader = MigrationLoader(connection)
    plan = sorted(ours(), key=lambda migration: migration.name)
    before = objects()
    for migration in reversed(plan):
        state = loader.project_state(("proposals", migration.name), at_end=False)
        with connection.schema_editor() as editor:
            migration.unapply(state, editor)
    assert objects() == []
    state = loader.project_state(("proposals", plan[0].name), at_end=False)
    for migration in plan:
        with connection.schema_editor() as editor:
            state = migration.apply(state, editor)
    assert objects() == before
