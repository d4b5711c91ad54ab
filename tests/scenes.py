"""Scenes: rows that a whole module looks at, made once and rolled back at its end."""

from contextlib import contextmanager

from django.db import transaction


@contextmanager
def kept_for_module(blocker):
    """Open the database for a module and forget everything after it.

    Use it in a fixture of scope "module" that asks for django_db_setup and django_db_blocker; each
    test that writes opens ``scribble`` inside it.
    """
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def scribble():
    """Let a test write into a module's scene, and rub it out again."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
