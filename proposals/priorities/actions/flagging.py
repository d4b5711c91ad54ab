"""Setting the year's priority flags from the frozen scale: sector and stages decided together."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from proposals.keeping import database, flags
from proposals.keeping.flags import Ground
from proposals.models import (
    DerivativeStage,
    PlanningYear,
    PriorityFlag,
    ScaleVersion,
    Sector,
    User,
)
from proposals.priorities.actions.scale import refuse_others
from proposals.refused import Refused


class Chosen(NamedTuple):
    """A sector that is to be first, why, and the stages decided with it."""

    sector: Sector
    reason: str
    stages: Sequence[DerivativeStage]


@transaction.atomic
def set_from_scale(
    *, version: ScaleVersion, by: User, chosen: Sequence[Chosen], may_grow: bool, seen: str
) -> int:
    """Bring the flags of the year to the chosen sectors, in their order; tell how many changed.

    Where the list grows it must be said so: every further sector shares raw material and ceiling
    with the others. The limit of the year is refused as ever. ``seen`` is the state of the flags
    that the page showed (:func:`state_of`): nothing is overwritten unseen, and the same choice
    pressed twice is made once.
    """
    refuse_others(by)
    if not version.is_frozen:
        raise Refused([_("Freeze the scale first: flags are set from a frozen version.")])
    PlanningYear.objects.select_for_update(of=("self",)).get(pk=version.year_id)
    standing = {flag.sector_id: flag for flag in _flags(version)}
    if seen != state_of(version) and not _is_as_chosen(standing.values(), chosen):
        raise Refused([database.REFUSALS["flag_sector_rank_once"]])
    if len(chosen) > len(standing) and not may_grow:
        raise Refused([_growth(len(standing), len(chosen))])
    changed = _take_away(version, standing, {one.sector.pk for one in chosen})
    changed += sum(_set(version, standing, one) for one in chosen)
    flags.arrange(version.year, [one.sector.pk for one in chosen])
    return changed


def state_of(version: ScaleVersion) -> str:
    """Return a mark of the version and of the flags as they stand; another change, another mark."""
    said = [f"{flag.pk}.{flag.row_version}.{flag.rank}" for flag in _flags(version)]
    return "-".join([str(version.number), *said])


def _flags(version: ScaleVersion) -> QuerySet[PriorityFlag]:
    rows = PriorityFlag.objects.filter(year=version.year, sector__isnull=False)
    rows = rows.select_related("year").prefetch_related("stages")
    return rows.order_by("rank", "pk")


def _is_as_chosen(standing: Iterable[PriorityFlag], chosen: Sequence[Chosen]) -> bool:
    """Tell whether an earlier press did all of this."""
    wanted = [(one.sector.pk, one.reason, {row.pk for row in one.stages}) for one in chosen]
    return wanted == [
        (flag.sector_id, flag.reason, {row.pk for row in flag.stages.all()}) for flag in standing
    ]


def _growth(before: int, after: int) -> str:
    said = {"before": before, "after": after}
    return _("The list grows from %(before)s to %(after)s sectors: confirm it below.") % said


def _take_away(
    version: ScaleVersion, standing: Mapping[int | None, PriorityFlag], kept: Iterable[int]
) -> int:
    wanted, gone = set(kept), 0
    reason = _("Not chosen from version %(number)s of the scale.") % {"number": version.number}
    for sector_id, flag in standing.items():
        if sector_id not in wanted:
            fresh = PriorityFlag.objects.select_related("year").get(pk=flag.pk)
            flags.remove_flag(fresh, fresh.row_version, reason=reason)
            gone += 1
    return gone


def _set(version: ScaleVersion, standing: Mapping[int | None, PriorityFlag], one: Chosen) -> bool:
    flag = standing.get(one.sector.pk)
    if flag is None:
        flags.set_flag(version.year, one.sector, Ground(one.reason, "", one.stages))
        return True
    fresh = PriorityFlag.objects.select_related("year").get(pk=flag.pk)
    ground = Ground(one.reason, flag.legal_basis, one.stages)
    return flags.change_flag(fresh, fresh.row_version, ground)
