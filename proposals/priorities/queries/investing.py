"""What an investor wants to know of a priority sector, on one sheet."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from proposals.enums import CommodityKind, Role
from proposals.models import (
    Commodity,
    DerivativeStage,
    FinancingScheme,
    PlanningYear,
    PriorityFlag,
    Sector,
    User,
)
from proposals.priorities.balance import SourceSum, cautious
from proposals.priorities.queries import balances, people
from proposals.priorities.queries.people import SectorLabour

INCENTIVE = "Insentif"


@dataclass(frozen=True)
class Sheet:
    """The facts of one sector; what is not known stays empty."""

    sector: Sector
    flag: PriorityFlag | None
    materials: list[tuple[Commodity, SourceSum | None]]
    auxiliaries: list[Commodity]
    labour: list[SectorLabour]
    missing: list[DerivativeStage]
    terms: list[FinancingScheme]
    incentives: list[FinancingScheme]
    head: User | None


def sheet(sector: Sector, year: PlanningYear, today: date) -> Sheet:
    """Return the sheet of a sector: nine queries."""
    goods = list(sector.commodities.filter(is_retired=False).order_by("name_id", "pk"))
    sums = balances.province_sums()
    helping = [one for one in goods if one.kind == CommodityKind.AUXILIARY]
    schemes = _schemes(sector, today)
    further = DerivativeStage.objects.in_use().filter(sector=sector)
    return Sheet(
        sector=sector,
        flag=PriorityFlag.objects.filter(year=year, sector=sector).first(),
        materials=[
            (one, cautious(sums.get(one.pk, ())))
            for one in goods
            if one.kind in {CommodityKind.RAW_MATERIAL, CommodityKind.INTERMEDIATE}
        ],
        auxiliaries=helping,
        labour=[one for one in people.labour() if one.sector.pk == sector.pk],
        missing=list(further.exclude(present_in_kalsel="yes").order_by("tree", "key", "pk")),
        terms=[one for one in schemes if one.scheme != INCENTIVE],
        incentives=[one for one in schemes if one.scheme == INCENTIVE],
        head=_head(year),
    )


def _head(year: PlanningYear) -> User | None:
    """Return who leads the office that the sheet names: no address of an office is stored."""
    heads = User.objects.filter(office=year.office, role=Role.PROVINCE_HEAD, is_active=True)
    return heads.order_by("pk").first()


def _schemes(sector: Sector, today: date) -> list[FinancingScheme]:
    """Return the schemes that are valid and open to a sector.

    A scheme that names sectors in its own words ("Peremajaan Sawit Rakyat") is for those alone.
    """
    keys = set(Sector.objects.values_list("key", flat=True).order_by("pk"))
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=today)
    not_over = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    rows = FinancingScheme.objects.in_use().filter(begun, not_over)
    found = []
    for one in rows.order_by("scheme", "name_id", "pk"):
        named = keys & set(re.findall(r"\w+", f"{one.name_id} {one.purpose}".lower()))
        if not named or sector.key in named:
            found.append(one)
    return found


def first_sectors(year: PlanningYear) -> list[PriorityFlag]:
    """List the priority sectors of a year, first to last."""
    flags = PriorityFlag.objects.filter(year=year, sector__isnull=False).select_related("sector")
    return list(flags.order_by("rank", "pk"))
