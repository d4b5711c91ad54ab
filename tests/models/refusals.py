"""Raw statements that must be refused, each under the name of the rule it breaks."""

from collections.abc import Callable
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import GeneratedField

BROKEN = []


@dataclass(frozen=True)
class Breach:
    """A rule, and the function that prepares rows and returns what breaks it.

    Each statement of the list breaks it alone; a list in the list does so together.
    """

    rule: str
    prepare: Callable

    def __str__(self):
        return f"{self.rule}-{self.prepare.__name__}"


def breaks(rule):
    """Say which rule the statements of a function break."""

    def kept(prepare):
        BROKEN.append(Breach(rule, prepare))
        return prepare

    return kept


def columns_of(row):
    return [
        field.column
        for field in row._meta.concrete_fields
        if not field.primary_key and not isinstance(field, GeneratedField)
    ]


def again(row, **changes):
    """Return the statement that inserts a row once more, with these columns changed."""
    names = columns_of(row)
    assert set(changes) <= set(names), set(changes) - set(names)
    quoted = ", ".join(f'"{name}"' for name in names)
    taken = ", ".join("%s" if name in changes else f'"{name}"' for name in names)
    table = row._meta.db_table
    sql = f"insert into {table} ({quoted}) select {taken} from {table} where id = %s"
    return sql, [*(changes[name] for name in names if name in changes), row.pk]


def changed(row, **changes):
    """Return the statement that changes columns of a row."""
    assert set(changes) <= set(columns_of(row)), set(changes) - set(columns_of(row))
    wanted = ", ".join(f"{name} = %s" for name in changes)
    return f"update {row._meta.db_table} set {wanted} where id = %s", [*changes.values(), row.pk]


def gone(row):
    """Return the statement that deletes a row."""
    return f"delete from {row._meta.db_table} where id = %s", [row.pk]


def asleep(model, trigger):
    """Return the steps that send a trigger to sleep, to reach the constraint behind it."""
    return [
        ("set constraints all immediate", None),
        (f"alter table {model._meta.db_table} disable trigger {trigger}", None),
    ]


def run(*steps):
    """Execute statements as they stand, and what they deferred to the commit."""
    with connection.cursor() as cursor:
        for step in steps:
            if callable(step):
                step()
            else:
                cursor.execute(*step)
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


@contextmanager
def refused(rule, standing_aside=nullcontext):
    """Expect that the database refuses what follows, by the name of its rule."""
    with pytest.raises(DatabaseError) as caught, standing_aside(), transaction.atomic():
        yield
    assert caught.value.__cause__.diag.constraint_name == rule, caught.value
