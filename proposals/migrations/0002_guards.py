"""Guards: append-only history and the rules that tables alone cannot hold."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

SQL = Path(__file__).parent / "sql"


def statements(name: str) -> str:
    """Return one frozen file of statements."""
    return (SQL / name).read_text(encoding="utf-8")


class Migration(migrations.Migration):
    """History first, then the tables of transitions and fields, then the rules that use them."""

    dependencies: ClassVar = [("proposals", "0001_initial")]

    operations: ClassVar = [
        migrations.RunSQL(statements("history.sql"), statements("history_back.sql")),
        migrations.RunSQL(statements("choices.sql"), statements("choices_back.sql")),
        migrations.RunSQL(statements("tables.sql"), migrations.RunSQL.noop),
        migrations.RunSQL(statements("guards.sql"), statements("guards_back.sql")),
    ]
