"""Reads the events of a thing and of its child rows from their tables, a page at a time."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from django.db import connection
from django.db.models import Model
from psycopg2 import sql

from proposals.timeline.names import names_of
from proposals.timeline.telling import Happened, Timeline, told

PER_PAGE = 20
Row = tuple[Any, ...]


Child = type[Model] | tuple[type[Model], str]


@dataclass(frozen=True, slots=True)
class Source:
    """A table of events, its column that leads to the thing, and the condition on it."""

    model: type[Model]
    column: str
    condition: sql.Composable

    @property
    def table(self) -> sql.Identifier:
        """Return the name of the table of events."""
        return _events_table(self.model)


def events_of(
    thing: Model,
    children: Iterable[Child] = (),
    *,
    page: int = 1,
    per_page: int = PER_PAGE,
    hidden: Collection[str] = (),
) -> Timeline:
    """Tell one page of what was done to a thing and to its child rows, the newest first.

    A child is a model, or a model and its way to the thing where that is not plain: the name of
    a column, or of two ("review__proposal" for the scores of a proposal). Columns in ``hidden``
    are never shown: what a role must not read.
    """
    root = Source(type(thing), "", _is("pgh_obj_id"))
    sources = [root, *(_child(thing, child) for child in children)]
    page = max(1, page)
    moments = _moments(sources, thing, per_page + 1, (page - 1) * per_page)
    happened = _happened(sources, thing, moments[:per_page])
    return Timeline(
        acts=told(happened, names_of(happened, hidden), hidden),
        page=page,
        has_next=len(moments) > per_page,
    )


def _events_table(model: type[Model]) -> sql.Identifier:
    event_model: type[Model] = model.pgh_event_model  # type: ignore[attr-defined]  # untyped package
    return sql.Identifier(event_model._meta.db_table)


def _is(column: str) -> sql.Composable:
    return sql.SQL("e.{} = %s").format(sql.Identifier(column))


def _child(thing: Model, child: Child) -> Source:
    model, way = child if isinstance(child, tuple) else (child, _way(thing, child))
    name, _, rest = way.partition("__")
    if not rest:
        return Source(model, f"{name}_id", _is(f"{name}_id"))
    between = model._meta.get_field(name).related_model
    condition = sql.SQL("e.{} in (select pgh_obj_id from {} where {} = %s)").format(
        sql.Identifier(f"{name}_id"),
        _events_table(cast("type[Model]", between)),
        sql.Identifier(f"{rest}_id"),
    )
    return Source(model, f"{name}_id", condition)


def _way(thing: Model, child: type[Model]) -> str:
    """Return the column by which a child leads to the thing."""
    return next(
        field.name
        for field in child._meta.concrete_fields
        if field.is_relation and field.related_model is type(thing)
    )


def _moments(sources: Sequence[Source], thing: Model, limit: int, offset: int) -> list[datetime]:
    """Return the moments at which something was written; one transaction is one moment."""
    one = sql.SQL("select e.pgh_created_at as at from {} e where {}")
    every = sql.SQL(" union all ").join(
        one.format(source.table, source.condition) for source in sources
    )
    query = sql.SQL(
        "select at from ({}) moments group by at order by at desc limit %s offset %s"
    ).format(every)
    return [at for (at,) in _rows(query, [*[thing.pk] * len(sources), limit, offset])]


def _happened(
    sources: Sequence[Source], thing: Model, moments: Sequence[datetime]
) -> list[Happened]:
    """Return every event of these moments with the values after and before it."""
    if not moments:
        return []
    one = sql.SQL(
        "select {at} as source, e.pgh_id, e.pgh_label, e.pgh_created_at as at,"
        " e.pgh_context_id::text, e.pgh_context, to_jsonb(e),"
        " (select to_jsonb(b) from {table} b where b.pgh_obj_id = e.pgh_obj_id"
        " and b.pgh_id < e.pgh_id order by b.pgh_id desc limit 1)"
        " from {table} e where {condition} and e.pgh_created_at between %s and %s"
    )
    every = sql.SQL(" union all ").join(
        one.format(at=sql.Literal(at), table=source.table, condition=source.condition)
        for at, source in enumerate(sources)
    )
    query = sql.SQL("select * from ({}) events order by at desc, source, pgh_id").format(every)
    values = [thing.pk, moments[-1], moments[0]] * len(sources)
    return [_event(sources, row) for row in _rows(query, values)]


def _event(sources: Sequence[Source], row: Row) -> Happened:
    source, pk, label, at, context_id, context, now, before = row
    return Happened(
        model=sources[source].model,
        own=sources[source].column,
        pk=pk,
        label=label,
        at=at,
        context_id=context_id or "",
        context=_read(context) or {},
        now=_read(now) or {},
        before=_read(before) if label != "insert" else None,
    )


def _read(text: str | None) -> dict[str, Any] | None:
    """Read a JSON column; fractions stay exact."""
    return json.loads(text, parse_float=Decimal) if text else None


def _rows(query: sql.Composable, values: Sequence[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(query.as_string(cursor.cursor), values)  # history's wrapper wants text
        return list(cursor.fetchall())
