"""Guards: append-only history and the rules that tables alone cannot hold."""

from pathlib import Path

from django.db.migrations import RunSQL

SQL = Path(__file__).parent / "sql"


def guards() -> list[RunSQL]:
    """Return the statements: history, closed lists, the tables of transitions and fields, rules.

    Each uses what stands before it; each has its way back.
    """
    return [
        RunSQL(_frozen("history.sql"), _frozen("history_back.sql")),
        RunSQL(_frozen("choices.sql"), _frozen("choices_back.sql")),
        RunSQL(_frozen("tables.sql"), RunSQL.noop),
        RunSQL(_frozen("guards.sql"), _frozen("guards_back.sql")),
    ]


def _frozen(name: str) -> str:
    return (SQL / name).read_text(encoding="utf-8")
