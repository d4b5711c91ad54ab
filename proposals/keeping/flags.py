"""Priority flags: which sectors and commodities are first in a year, in which order, and why.

Flagged sectors are limited per year, for not all can be first (PROCESS, section 12); flagged
commodities are not counted. The year's row is locked first, so two admins never pass the limit
together; the trigger ``rk_flag_limit`` refuses whatever comes past this module.
"""

from collections.abc import Iterable
from typing import NamedTuple

import pghistory
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from proposals.keeping import database, versions
from proposals.models import (
    Commodity,
    DerivativeStage,
    FlagStage,
    PlanningYear,
    PriorityFlag,
    Sector,
)
from proposals.refused import Refused

UP, DOWN = -1, 1


class Ground(NamedTuple):
    """Why something is flagged, and the stages that are decided together with it."""

    reason: str
    legal_basis: str = ""
    stages: Iterable[DerivativeStage] = ()


@transaction.atomic
def set_flag(
    year: PlanningYear,
    thing: Sector | Commodity,
    ground: Ground,
    *,
    gives_up: PriorityFlag | None = None,
    **sourced: str,
) -> PriorityFlag:
    """Flag a sector or commodity; where the limit is full another sector gives up its flag."""
    year = _locked(year)
    target = {"sector": thing} if isinstance(thing, Sector) else {"commodity": thing}
    rank = _last_rank(year, thing) + 1
    if isinstance(thing, Sector):
        rank = _make_room(year, thing, gives_up) or rank
    with pghistory.context(reason=ground.reason), database.in_words():
        if gives_up is not None:
            _remove(gives_up)
        flag = PriorityFlag.objects.create(
            year=year,
            rank=rank,
            reason=ground.reason,
            legal_basis=ground.legal_basis,
            **target,
            **sourced,
        )
        _write_stages(flag, ground.stages)
    return flag


@transaction.atomic
def change_flag(flag: PriorityFlag, version: int, ground: Ground) -> bool:
    """Change reason, legal basis and stages; the rank is changed by :func:`move`."""
    _locked(flag.year)
    row = versions.locked(flag, version)
    with database.in_words():
        has_new_stages = _write_stages(row, ground.stages)
        return versions.save(
            row,
            is_changed=has_new_stages,
            reason=ground.reason,
            legal_basis=ground.legal_basis,
        )


@transaction.atomic
def remove_flag(flag: PriorityFlag, version: int, *, reason: str) -> None:
    """Take a flag away; why stands in the history. The ranks behind it move up."""
    year = _locked(flag.year)
    row = versions.locked(flag, version)
    with pghistory.context(reason=reason):
        _remove(row)
        _close_ranks(year, row)


@transaction.atomic
def move(flag: PriorityFlag, step: int) -> bool:
    """Move a flag one place up or down; tell whether it had a neighbour to change with."""
    year = _locked(flag.year)
    rows = list(_beside(year, flag).order_by("rank", "pk"))
    at = next((n for n, row in enumerate(rows) if row.pk == flag.pk), None)
    if at is None or not 0 <= at + step < len(rows):
        return False
    rows[at], rows[at + step] = rows[at + step], rows[at]
    _number(rows)
    return True


@transaction.atomic
def arrange(year: PlanningYear, sectors: Iterable[int]) -> None:
    """Bring the flagged sectors of a year into this order."""
    year = _locked(year)
    rows = {
        row.sector_id: row for row in PriorityFlag.objects.filter(year=year, sector__isnull=False)
    }
    _number(rows[pk] for pk in sectors if pk in rows)


def _locked(year: PlanningYear) -> PlanningYear:
    row = PlanningYear.objects.select_for_update(of=("self",)).get(pk=year.pk)
    if row.is_signed:
        raise Refused([_("The minutes of this year are signed: its flags stay as they are.")])
    return row


def _make_room(year: PlanningYear, sector: Sector, gives_up: PriorityFlag | None) -> int | None:
    """Return the rank that a given-up flag leaves, or refuse where the limit is full."""
    flags = PriorityFlag.objects.filter(year=year, sector__isnull=False)
    if flags.filter(sector=sector).exists():
        raise Refused([database.REFUSALS["flag_once_per_sector"]])
    if gives_up is not None:
        left = flags.filter(pk=gives_up.pk).first()
        if left is None:
            raise Refused([_("The flag to be given up is gone already. Look again.")])
        return left.rank
    if flags.count() >= year.max_priority_sectors:
        raise Refused(
            [
                _("The limit of %(limit)s is full. Choose which sector gives up its flag.")
                % {"limit": year.max_priority_sectors}
            ]
        )
    return None


def _last_rank(year: PlanningYear, thing: Sector | Commodity) -> int:
    is_sector = isinstance(thing, Sector)
    rows = PriorityFlag.objects.filter(year=year, sector__isnull=not is_sector)
    return rows.aggregate(last=Max("rank"))["last"] or 0


def _beside(year: PlanningYear, flag: PriorityFlag) -> QuerySet[PriorityFlag]:
    """Return the flags of the same kind: sectors among sectors, commodities among theirs."""
    return PriorityFlag.objects.filter(year=year, sector__isnull=flag.sector_id is None)


def _remove(flag: PriorityFlag) -> None:
    FlagStage.objects.filter(flag=flag).delete()
    PriorityFlag.objects.filter(pk=flag.pk).delete()


def _close_ranks(year: PlanningYear, gone: PriorityFlag) -> None:
    _number(_beside(year, gone).order_by("rank", "pk"))


def _number(rows: Iterable[PriorityFlag]) -> None:
    for rank, row in enumerate(rows, start=1):
        if row.rank != rank:
            row.rank = rank
            row.save(update_fields=["rank"])


def _write_stages(flag: PriorityFlag, stages: Iterable[DerivativeStage]) -> bool:
    """Bring the stages to these; tell whether anything differed."""
    wanted = {stage.pk for stage in stages}
    present = FlagStage.objects.filter(flag=flag)
    had = set(present.values_list("stage_id", flat=True))
    present.exclude(stage_id__in=wanted).delete()
    FlagStage.objects.bulk_create(FlagStage(flag=flag, stage_id=pk) for pk in sorted(wanted - had))
    return wanted != had
