"""Names of the rows that events point to: one query for all tables together."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Model
from django.utils.translation import get_language
from psycopg2 import sql

from proposals.models import User

NAME_COLUMNS = ("full_name", "name_id", "number", "title", "name", "fiscal_year", "text", "code")
"""The column that names a row, in this order of choice."""
Names = Mapping[tuple[type[Model], int], str]


class Pointed(NamedTuple):
    """A column that points to another table."""

    column: str
    model: type[Model]


def pointing(model: type[Model]) -> list[Pointed]:
    """Return the columns of a model that point to another table."""
    return [
        Pointed(field.attname, field.related_model)
        for field in model._meta.concrete_fields
        if field.is_relation and isinstance(field.related_model, type)
    ]


def names_of(happened: Iterable[Any], hidden: Collection[str] = ()) -> Names:
    """Return the name of every person and row that these events name."""
    wanted: dict[type[Model], set[int]] = {}
    for event in happened:
        if person := event.context.get("user"):
            wanted.setdefault(User, set()).add(int(person))
        for column, model in pointing(event.model):
            if column.removesuffix("_id") in hidden:
                continue
            keys = ((values or {}).get(column) for values in (event.now, event.before))
            wanted.setdefault(model, set()).update(key for key in keys if key is not None)
    return _asked({model: keys for model, keys in wanted.items() if keys})


def _asked(wanted: Mapping[type[Model], set[int]]) -> dict[tuple[type[Model], int], str]:
    models = list(wanted)
    if not models:
        return {}
    one = sql.SQL("select {} as at, id, ({})::text from {} where id = any(%s)")
    query = sql.SQL(" union all ").join(
        one.format(sql.Literal(at), _name(model), sql.Identifier(model._meta.db_table))
        for at, model in enumerate(models)
    )
    with connection.cursor() as cursor:
        text = query.as_string(cursor.cursor)  # history's wrapper wants text
        cursor.execute(text, [sorted(wanted[model]) for model in models])
        return {(models[at], pk): name or f"#{pk}" for at, pk, name in cursor.fetchall()}


def _name(model: type[Model]) -> sql.Composable:
    """Return the expression that names a row, in the language of the screen."""
    present = {field.column for field in model._meta.concrete_fields}
    if get_language() == "en" and "name_en" in present:
        return sql.SQL("coalesce(nullif(name_en, ''), name_id)")
    chosen = [name for name in NAME_COLUMNS if name in present]
    if not chosen:
        return sql.SQL("null")
    parts = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(c)) for c in chosen)
    return sql.SQL("coalesce({})").format(parts)
