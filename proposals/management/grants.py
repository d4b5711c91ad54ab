"""Two roles: the owner migrates, the application's role works and owns nothing."""

import pghistory.models
from django.apps import apps
from django.db import connection, transaction
from psycopg2 import sql

READ_ONLY = ("django_migrations",)


@transaction.atomic
def give(role: str) -> None:
    """Give a role what the application needs, and no more; run as the owner, repeatable.

    Rows of the history can be added and read by it, never changed or deleted.
    """
    events = [
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, pghistory.models.Event) and not model._meta.proxy
    ]
    who = sql.Identifier(role)
    with connection.cursor() as cursor:
        for line in STATEMENTS:
            cursor.execute(sql.SQL(line).format(who=who))
        for table in (*events, *READ_ONLY):
            words = "revoke update, delete on {table} from {who}"
            cursor.execute(sql.SQL(words).format(table=sql.Identifier(table), who=who))
        for table in READ_ONLY:
            words = "revoke insert on {table} from {who}"
            cursor.execute(sql.SQL(words).format(table=sql.Identifier(table), who=who))


STATEMENTS = (
    "revoke create on schema public from public",
    "revoke all on all tables in schema public from {who}",
    "grant usage on schema public to {who}",
    "grant select, insert, update, delete on all tables in schema public to {who}",
    "grant usage, select on all sequences in schema public to {who}",
    "grant execute on all functions in schema public to {who}",
)
