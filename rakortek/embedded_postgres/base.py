"""Database engine: Django's PostgreSQL, with the bundled server started when first needed."""

from typing import Any

from django.db.backends.postgresql import base

from rakortek.embedded_postgres import server


class DatabaseWrapper(base.DatabaseWrapper):
    """Connect to the server in the folder ``DATA``; commands without queries start nothing."""

    def get_connection_params(self) -> dict[str, Any]:
        server.ensure(self.settings_dict["DATA"])
        return super().get_connection_params()
