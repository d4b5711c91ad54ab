"""Bringing yearly statistics in: all rows or none, and the same file twice changes nothing."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from proposals import access
from proposals.models import User
from proposals.priorities.statistics import Cells, Kind, Preview, judge
from proposals.refused import Refused


@transaction.atomic
def bring_in(*, kind: Kind, by: User, lines: Iterable[tuple[int, Cells]]) -> Preview:
    """Write what is new or differs; one wrong row refuses the whole file."""
    if not access.may_keep_statistics(by):
        raise Refused([_("The admin of the province brings statistics in.")])
    preview = judge(kind, lines)
    if preview.n_wrong:
        raise Refused([_("Some rows are wrong: nothing was saved.")])
    for row in preview.rows:
        if row.present is None:
            kind.model._default_manager.create(**row.values)
        elif row.changes:
            for name, _before, value in row.changes:
                setattr(row.present, name, value)
            row.present.save(update_fields=[name for name, _before, _value in row.changes])
    return preview
