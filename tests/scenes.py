"""Scenes: rows that a whole module looks at, made once and rolled back at its end."""

from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def kept_for_module(blocker):
    """Open the database for a module and forget everything after it.

    Use it in a fixture of scope "module" that asks for django_db_setup and django_db_blocker; each
    test that writes opens ``scribble`` inside it. pytest-django makes a test database only where a
    test of the run is marked django_db: such a module has one that is, and never runs without it.
    """
    name = connection.settings_dict["NAME"]
    assert name.startswith("test_"), f"{name}: run the whole module, one test asks for the database"
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def scribble():
    """Let a test write into a module's scene, and rub it out again."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
