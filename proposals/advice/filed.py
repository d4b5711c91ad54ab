"""The facts of a row of a file, with the lists of the database; stored rows stay untouched."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from proposals.advice import reading
from proposals.advice.facts import Advice, Facts, Issue, Result
from proposals.advice.judging import judge
from proposals.advice.reading import Row
from proposals.advice.stored import raw_of, trees_of
from proposals.enums import NomenclatureLevel, RequestTo, ResultKind
from proposals.models import (
    Commodity,
    DerivativeStage,
    DocumentIntervention,
    FundingSource,
    InterventionType,
    Nomenclature,
    OfficeYear,
    PlanningYear,
    ReadinessDocument,
    Region,
)
from proposals.models.listed import Listed

R = TypeVar("R", bound=Listed)
KINDS = {
    "kabupaten_kota": RequestTo.OWN,
    "provinsi": RequestTo.PROVINCE,
    "pusat": RequestTo.CENTRE,
}
RESULTS = (
    ("output_1", ResultKind.OUTPUT),
    ("output_2", ResultKind.OUTPUT),
    ("outcome", ResultKind.OUTCOME),
)
SEGMENT = 3
"""Place of the segment of a code that tells the level: 1 province, 2 regency."""


class Lists:
    """The reference lists by key, the limits by region, and how many proposals a file has."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self.interventions = _by_key(InterventionType)
        self.codes = _by_key(Nomenclature)
        self.by_code = {row.code: row for row in reversed(self.codes.values())}
        self.funding = _by_key(FundingSource)
        self.commodities = _by_key(Commodity)
        self.stages = tuple(DerivativeStage.objects.order_by("pk"))
        self.papers = list(ReadinessDocument.objects.in_use().order_by("pk"))
        self.asked = set(
            DocumentIntervention.objects.order_by("pk").values_list("document", "intervention")
        )
        provinces = Region.objects.filter(kind="province").values_list("code", flat=True)
        self.provinces = set(provinces.order_by("code"))
        self.limits = _limits(PlanningYear.objects.current())
        self.counts: dict[str, int] = {}
        for row in rows:
            code = row.get("region_code", "")
            self.counts[code] = self.counts.get(code, 0) + 1


def _by_key(model: type[R]) -> dict[str, R]:
    return {row.key.lower(): row for row in model._default_manager.order_by("pk")}


def _limits(year: PlanningYear | None) -> dict[str, int]:
    rows = OfficeYear.objects.filter(year=year, proposal_limit__isnull=False).order_by("pk")
    pairs = rows.values_list("office__region__code", "proposal_limit")
    return {code: limit for code, limit in pairs if limit is not None}


@dataclass(frozen=True)
class Filed:
    """A row with the facts it gives, and the advice on cells that could not be read."""

    number: str
    facts: Facts
    unread: tuple[Advice, ...]

    @property
    def advice(self) -> list[Advice]:
        """Return all advice on the row."""
        return [*judge(self.facts), *self.unread]


def filed(row: Row, lists: Lists, fiscal_year: int) -> Filed:
    """Return the facts of one row; what its columns do not say is not judged."""
    chosen = _Chosen(row, lists)
    unread = list(chosen.unread)
    money = _amount(row, unread)
    kind, commodity = chosen.intervention, chosen.commodity
    trees = trees_of(commodity, lists.stages)
    region = row.get("region_code", "")
    papers = row.get("attached_documents")
    attached = None if papers is None else frozenset(reading.words(papers))
    is_provincial = region in lists.provinces
    facts = Facts(
        **_columns(row),
        fiscal_year=reading.whole(row.get("budget_year", "")) or fiscal_year,
        is_provincial=is_provincial,
        is_cross_sector=not row.get("sector_key") and commodity is None,
        intervention=kind,
        nomenclature=chosen.code,
        funding=chosen.purse,
        commodity=commodity,
        trees=trees,
        upstream=raw_of(commodity, trees, lists.commodities.values()),
        requested_rp=money,
        lacking=tuple(_lacking(lists, kind, attached, money, is_provincial=is_provincial)),
        attached=attached,
        n_of_office=lists.counts.get(region),
        limit=lists.limits.get(region),
    )
    return Filed(row[reading.NUMBER], facts, tuple(unread))


def _columns(row: Row) -> dict[str, Any]:
    """Return what a row says in words and figures."""
    return {
        "request_to": KINDS.get(row.get("request_to", "").lower(), ""),
        "title": row.get("title", ""),
        "background": row.get("background", ""),
        "results": tuple(_results(row)),
        "ikm": reading.whole(row.get("beneficiary_ikm", "")),
        "workers": reading.whole(row.get("beneficiary_workers", "")),
    }


class _Chosen:
    """The reference rows that a row names; an unknown key is told and not judged."""

    def __init__(self, row: Row, lists: Lists) -> None:
        self.row, self.unread = row, list[Advice]()
        self.intervention = self._pick(lists.interventions, "intervention_key", "intervention")
        self.commodity = self._pick(lists.commodities, "commodity_key", "commodity_uses")
        self.purse = self._pick(lists.funding, "funding_key", "funding_source")
        self.code = self._code(lists)

    def _pick(self, rows: dict[str, R], column: str, field: str) -> R | None:
        key = self.row.get(column, "")
        if key and key.lower() not in rows:
            self._tell(key, field)
        return rows.get(key.lower())

    def _code(self, lists: Lists) -> Nomenclature | None:
        """Return the code by its key, else by its number; an unknown one by its segment."""
        key, number = self.row.get("nomenclature_key", ""), self.row.get("nomenclature_code", "")
        found = lists.codes.get(key.lower()) or (None if key else lists.by_code.get(number))
        if found is not None or not (key or number):
            return found
        self._tell(key or number, "nomenclature")
        code = key.partition(":")[2] or number or key
        segments = code.split(".")
        level = segments[SEGMENT] if len(segments) > SEGMENT else ""
        if key[:1].upper() == "K" or level == "2":
            return Nomenclature(key=key or number, code=code, level=NomenclatureLevel.REGENCY)
        return Nomenclature(key=key or number, code=code, level=NomenclatureLevel.PROVINCE)

    def _tell(self, key: str, field: str) -> None:
        told = _("“%(key)s” does not stand in the lists") % {"key": key[:100]}
        self.unread.append(Advice(Issue("unknown_code", key[:100]), field, told, _("Lists")))


def _amount(row: Row, unread: list[Advice]) -> Decimal | None:
    text = row.get("budget_rp", "")
    try:
        return reading.amount(text)
    except ValueError:
        told = _("“%(text)s” cannot be read as an amount") % {"text": text[:60]}
        unread.append(
            Advice(Issue("unreadable_value", "budget_rp"), "requested_rp", told, _("File"))
        )
        return None


def _results(row: Row) -> Iterable[Result]:
    for name, kind in RESULTS:
        if text := row.get(name, ""):
            target = reading.number(row.get(f"{name}_target", ""))
            yield Result(kind, text, row.get(f"{name}_unit", ""), target)


def _lacking(
    lists: Lists,
    kind: InterventionType | None,
    attached: frozenset[str] | None,
    money: Decimal | None,
    *,
    is_provincial: bool,
) -> Iterable[ReadinessDocument]:
    """Return the required papers that the row does not name; nothing without such a column."""
    if attached is None:
        return
    wants = bool(money) or (kind is not None and kind.needs_budget)
    for paper in lists.papers:
        is_asked = paper.is_for_all or (kind is not None and (paper.pk, kind.pk) in lists.asked)
        is_excused = (paper.key == "rab" and not wants) or (paper.is_per_office and is_provincial)
        if paper.is_required and is_asked and not is_excused and paper.key not in attached:
            yield paper
