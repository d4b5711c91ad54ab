"""A row is saved only by who has seen it as it is: nothing is overwritten unseen."""

from typing import TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from proposals.refused import DoneAlready, Refused

M = TypeVar("M", bound=Model)


class Stale(Refused):
    """Raised where a row was changed since the form was shown; the form shows both values."""

    def __init__(self) -> None:
        super().__init__(
            [_("Somebody changed this row while you were editing. Both values are shown.")]
        )


def locked(row: M, version: int) -> M:
    """Lock the row and return it fresh, or raise where it is not at the version seen."""
    fresh = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if getattr(fresh, "row_version", version) != version:
        raise Stale
    return fresh


def locked_once(row: M, version: int, **wanted: object) -> M:
    """Lock the row as :func:`locked` does, or raise where an earlier press has done it all."""
    fresh = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if all(getattr(fresh, name) == value for name, value in wanted.items()):
        raise DoneAlready
    return locked(row, version)


def save(row: Model, *, is_changed: bool = False, **values: object) -> bool:
    """Write the values that differ and count the version up; tell whether anything differed.

    ``is_changed`` says that rows hanging on this one were changed with it.
    """
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if not changed and not is_changed:
        return False
    for name in changed:
        setattr(row, name, values[name])
    row.row_version = getattr(row, "row_version", 0) + 1  # type: ignore[attr-defined]  # every edited list has it
    row.save(update_fields=[*changed, "row_version"])
    return True
