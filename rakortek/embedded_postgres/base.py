"""Database engine: Django's PostgreSQL, with the bundled server started when first needed."""

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.client import DatabaseClient as PostgresClient

from rakortek.embedded_postgres import server


class DatabaseClient(PostgresClient):
    """`manage.py dbshell` with the bundled psql."""

    executable_name = str(server.binaries() / "psql")

    def runshell(self, parameters: Iterable[str]) -> None:
        server.ensure(self.connection.settings_dict["DATA"])
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    """Connect to the server in the folder ``DATA``; commands without queries start nothing."""

    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        server.ensure(self.settings_dict["DATA"])
        return super().get_connection_params()
