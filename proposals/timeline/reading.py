"""Reads the events of a thing and of its child rows from their tables, a page at a time."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Model
from psycopg2 import sql

from proposals.timeline.names import names_of
from proposals.timeline.telling import Happened, Timeline, told

PER_PAGE = 20
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A table of events, and the column that leads to the thing."""

    model: type[Model]
    column: str

    @property
    def table(self) -> sql.Identifier:
        """Return the name of the table of events."""
        event_model: type[Model] = self.model.pgh_event_model  # type: ignore[attr-defined]  # untyped package
        return sql.Identifier(event_model._meta.db_table)


def events_of(
    thing: Model,
    children: Iterable[type[Model] | tuple[type[Model], str]] = (),
    *,
    page: int = 1,
    per_page: int = PER_PAGE,
    hidden: Collection[str] = (),
) -> Timeline:
    """Tell one page of what was done to a thing and to its child rows, the newest first.

    A child is a model, or a model and the name of its column where it has more than one that
    leads to the thing. Columns in ``hidden`` are never shown: what a role must not read.
    """
    sources = [Source(type(thing), "pgh_obj_id"), *(_child(thing, child) for child in children)]
    page = max(1, page)
    moments = _moments(sources, thing, per_page + 1, (page - 1) * per_page)
    happened = _happened(sources, thing, moments[:per_page])
    return Timeline(
        acts=told(happened, names_of(happened, hidden), hidden),
        page=page,
        has_next=len(moments) > per_page,
    )


def _child(thing: Model, child: type[Model] | tuple[type[Model], str]) -> Source:
    if isinstance(child, tuple):
        model, name = child
        return Source(model, f"{name}_id")
    column = next(
        field.attname
        for field in child._meta.concrete_fields
        if field.is_relation and field.related_model is type(thing)
    )
    return Source(child, column)


def _moments(sources: Sequence[Source], thing: Model, limit: int, offset: int) -> list[datetime]:
    """Return the moments at which something was written; one transaction is one moment."""
    one = sql.SQL("select pgh_created_at as at from {} where {} = %s")
    every = sql.SQL(" union all ").join(
        one.format(source.table, sql.Identifier(source.column)) for source in sources
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
        " from {table} e where e.{column} = %s and e.pgh_created_at between %s and %s"
    )
    every = sql.SQL(" union all ").join(
        one.format(at=sql.Literal(at), table=source.table, column=sql.Identifier(source.column))
        for at, source in enumerate(sources)
    )
    query = sql.SQL("select * from ({}) events order by at desc, source, pgh_id").format(every)
    values = [thing.pk, moments[-1], moments[0]] * len(sources)
    return [_event(sources, row) for row in _rows(query, values)]


def _event(sources: Sequence[Source], row: Row) -> Happened:
    source, pk, label, at, context_id, context, now, before = row
    return Happened(
        model=sources[source].model,
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
        cursor.execute(query, values)
        return list(cursor.fetchall())
