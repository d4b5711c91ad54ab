"""The year of the demo: its window around the day of loading, ceilings and priority flags."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from proposals.catalogue.actions.ceilings import add_ceiling
from proposals.catalogue.actions.years import add_year, move_year
from proposals.catalogue.loading import rows
from proposals.demo.acting import as_person
from proposals.demo.lists import Lists
from proposals.demo.people import PROVINCE, Cast
from proposals.enums import OfficeKind, YearState
from proposals.keeping.flags import Ground, set_flag
from proposals.models import PlanningYear

FISCAL_YEAR = 2022
BEFORE, AFTER = timedelta(days=10), timedelta(days=10)
OPENS, CLOSES = time(8), time(23, 59)
RETURN_DUE_AFTER = timedelta(days=14)
MEETING_AFTER, MEETING_TAKES = timedelta(days=16), timedelta(days=1)
MOST_SECTORS = 5


def make_year(cast: Cast, lists: Lists) -> PlanningYear:
    """Let the admin prepare the year with ceilings and flags, then open it."""
    with as_person(cast.admin):
        year = _prepared(lists)
        for line in rows.read("budget_ceilings_example"):
            add_ceiling(
                year,
                region=lists.regions[line["region_code"]],
                funding_source=lists.funding[line["funding_key"]],
                amount_rp=Decimal(line["ceiling_rp"]),
                **rows.sourced(line),
            )
        _flag_sectors(year, lists)
        return move_year(year, year.row_version, YearState.OPEN)


def _prepared(lists: Lists) -> PlanningYear:
    today = timezone.localdate()
    return add_year(
        office=lists.offices[PROVINCE, OfficeKind.INDUSTRY],
        fiscal_year=FISCAL_YEAR,
        opens_at=timezone.make_aware(datetime.combine(today - BEFORE, OPENS)),
        closes_at=timezone.make_aware(datetime.combine(today + AFTER, CLOSES)),
        return_due_on=today + RETURN_DUE_AFTER,
        meets_from=today + MEETING_AFTER,
        meets_until=today + MEETING_AFTER + MEETING_TAKES,
        max_priority_sectors=MOST_SECTORS,
        is_example=True,
    )


def _flag_sectors(year: PlanningYear, lists: Lists) -> None:
    lines = rows.read("priority_flags_example")
    for line in sorted(lines, key=lambda one: int(one["rank"])):
        stages = [lists.stages[key] for key in rows.words(line["derivative_keys"])]
        ground = Ground(line["reason_id"], line["legal_basis_id"], stages)
        set_flag(year, lists.sectors[line["sector_key"]], ground, **rows.sourced(line))
