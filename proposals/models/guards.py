"""The database's own copy of the tables of transitions and fields, rendered as SQL.

The functions made here are frozen in a migration; a test compares what is installed with what is
rendered, so a change of the tables without a migration fails.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import CharField, Model

from proposals.fields import CHILD_FIELDS, CONTENT_COLUMNS, FIELDS
from proposals.transitions import JOINT_MOVES, MOVES

AMOUNT_CODES = frozenset({"requested_rp", "budget_lines"})
"""With budget lines the amount is their sum: opening either opens both."""


def _pairs(moves: "frozenset[tuple[str, str]]") -> str:
    rows = sorted((str(source), str(target)) for source, target in moves)
    return ",\n    ".join(f"('{source}', '{target}')" for source, target in rows)


def _codes_of_column(column: str) -> list[str]:
    codes = {code for code, field in FIELDS.items() if column in field.columns}
    return sorted(codes | AMOUNT_CODES if codes & AMOUNT_CODES else codes)


def _codes_of_child(child: str) -> list[str]:
    code = CHILD_FIELDS[child]
    return sorted(AMOUNT_CODES) if code in AMOUNT_CODES else [code]


def _cases(rows: list[tuple[str, list[str]]]) -> str:
    return "\n".join(
        f"    when '{name}' then array[{', '.join(repr(code) for code in codes)}]"
        for name, codes in rows
    )


def rendered() -> dict[str, str]:
    """Return the body of each rendered function by its name."""
    columns = [(column, _codes_of_column(column)) for column in CONTENT_COLUMNS]
    children = [(f"proposals_{child}", _codes_of_child(child)) for child in sorted(CHILD_FIELDS)]
    children.append(("proposals_promisedpaper", ["attachments"]))
    return {
        "rk_proposal_may_move": (f"\n  select (source, target) in (\n    {_pairs(MOVES)}\n  );\n"),
        "rk_joint_may_move": (
            f"\n  select (source, target) in (\n    {_pairs(JOINT_MOVES)}\n  );\n"
        ),
        "rk_fields_opening": f"\n  select case name\n{_cases(columns + children)}\n  end;\n",
    }


ARGUMENTS = {
    "rk_proposal_may_move": ("source text, target text", "boolean"),
    "rk_joint_may_move": ("source text, target text", "boolean"),
    "rk_fields_opening": ("name text", "text[]"),
}


def choices() -> Iterator[tuple[str, str, list[str]]]:
    """Yield table, column and words of every column that holds one word of a closed list.

    Columns whose model states it as ``<...>_is_known`` itself are left to the model.
    """
    for model in apps.get_app_config("proposals").get_models():
        if hasattr(model, "pgh_tracked_model"):
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, CharField) and field.choices and not _is_stated(model, field.name):
                words = [str(word) for word, _ in field.flatchoices]
                yield model._meta.db_table, str(field.column), words + [""] * field.blank


def _is_stated(model: type[Model], column: str) -> bool:
    return any(
        one.name.endswith("_is_known") and f"{column}__in" in str(one.deconstruct())
        for one in model._meta.constraints
    )


def choices_sql() -> str:
    """Return the statements that hold each such column to its words."""
    return "\n".join(
        f"alter table {table} add constraint {table.removeprefix('proposals_')}_{column}_is_known\n"
        f"  check ({column} in ({', '.join(repr(word) for word in words)}));"
        for table, column, words in choices()
    )


def choices_back_sql() -> str:
    """Return the statements that let those columns go again."""
    return "\n".join(
        f"alter table {table} drop constraint {table.removeprefix('proposals_')}_{column}_is_known;"
        for table, column, _ in choices()
    )


def functions_sql() -> str:
    """Return the statements that make the rendered functions, as they stand in a migration."""
    return "\n".join(
        f"create or replace function {name}({ARGUMENTS[name][0]}) returns {ARGUMENTS[name][1]}\n"
        f"language sql immutable as $rk${body}$rk$;\n"
        for name, body in rendered().items()
    )
