"""Points of the scale from the tables: each with what it rests on and whose figure that is.

docs/scale.md says the rules in words. What no table tells (the market) is given by people. Nothing
known gives no points: never zero.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from proposals.enums import (
    BalanceStatus,
    Certainty,
    CommodityKind,
    RegionKind,
    ScaleCriterion,
    TreeStage,
)
from proposals.models import Commodity, DerivativeStage, LabourPotential, Region, Sector
from proposals.priorities.balance import SourceSum, cautious
from proposals.priorities.queries import balances, people

TENTH = Decimal("0.1")
HUNDRED = Decimal(100)
LONGEST_BASIS, LONGEST_SOURCE = 500, 300
PROCESSED = frozenset({CommodityKind.RAW_MATERIAL, CommodityKind.INTERMEDIATE})
BY_WORD = {
    BalanceStatus.SURPLUS: Decimal(75),
    BalanceStatus.BALANCED: Decimal(50),
    BalanceStatus.DEFICIT: Decimal(25),
}
"""Points where only a word is known: surplus, balanced, deficit."""
TO_GAIN = {"yes": Decimal(0), "partial": Decimal(50), "planned": Decimal(75), "no": HUNDRED}
"""How much of a stage can still be gained; what is not known is left out."""
FURTHER = frozenset({TreeStage.INTERMEDIATE, TreeStage.DOWNSTREAM})


@dataclass(frozen=True)
class Found:
    """Points with what they rest on; without points the basis says what is missing."""

    points: Decimal | None
    basis: str = ""
    source: str = ""
    certainty: str = Certainty.CERTAIN.value


NOTHING = Found(None)


class Tables:
    """The rows that points are computed from, read once: six queries."""

    def __init__(self) -> None:
        self.sectors = list(Sector.objects.in_use().order_by("name_id", "pk"))
        self.commodities = list(Commodity.objects.in_use().order_by("name_id", "pk"))
        self.stages = list(DerivativeStage.objects.in_use().order_by("tree", "key", "pk"))
        self.sums = balances.province_sums()
        self.producers = balances.producers()
        self.labour = _labour()
        self.n_regions = Region.objects.exclude(kind=RegionKind.PROVINCE).count()

    @property
    def scaled(self) -> list[Commodity]:
        """Return the commodities that have a scale of their own: what can be processed."""
        return [one for one in self.commodities if one.kind in PROCESSED]

    def of_sector(self, sector: Sector) -> dict[str, Found]:
        """Return the points of a sector by criterion."""
        own = [one for one in self.commodities if one.sector_id == sector.pk]
        worked = [one for one in own if one.kind in PROCESSED]
        raw = [one for one in own if one.kind == CommodityKind.RAW_MATERIAL]
        helping = [one for one in own if one.kind == CommodityKind.AUXILIARY]
        stages = [one for one in self.stages if one.sector_id == sector.pk]
        return {
            ScaleCriterion.RAW_MATERIAL: self._material(worked),
            ScaleCriterion.AUXILIARY: self._material(helping),
            ScaleCriterion.LABOUR: self.labour.get(sector.pk, NOTHING),
            ScaleCriterion.ADDED_VALUE: _to_gain(stages),
            ScaleCriterion.MARKET: NOTHING,
            ScaleCriterion.RAW_EXPORT: _kept(raw),
            ScaleCriterion.SPREAD: self._spread(worked),
        }

    def of_commodity(self, commodity: Commodity) -> dict[str, Found]:
        """Return the points of a commodity by criterion; labour is counted by sector alone."""
        stages = [one for one in self.stages if one.upstream_commodity_id == commodity.pk]
        return {
            ScaleCriterion.RAW_MATERIAL: self._material([commodity]),
            ScaleCriterion.AUXILIARY: NOTHING,
            ScaleCriterion.LABOUR: NOTHING,
            ScaleCriterion.ADDED_VALUE: _to_gain(stages),
            ScaleCriterion.MARKET: NOTHING,
            ScaleCriterion.RAW_EXPORT: _kept([commodity]),
            ScaleCriterion.SPREAD: self._spread([commodity]),
        }

    def _material(self, commodities: Sequence[Commodity]) -> Found:
        """Return the mean of what is known of each material."""
        return _mean([self._one_material(one) for one in commodities])

    def _one_material(self, commodity: Commodity) -> Found:
        """Half of the coverage: 200 % and more is 100 points; else the word of the list."""
        known = cautious(self.sums.get(commodity.pk, ()))
        if known is not None and known.figures.coverage is not None:
            points = min(known.figures.coverage / 2, HUNDRED)
            return _found(points, _covered(commodity, known), known, is_whole=known.is_whole)
        word = BY_WORD.get(BalanceStatus(commodity.balance_status))
        if word is None:
            return NOTHING
        said = {"name": commodity.name_id, "word": commodity.get_balance_status_display()}
        basis = _("%(name)s: %(word)s in the list of commodities") % said
        return _found(word, basis, commodity)

    def _spread(self, commodities: Sequence[Commodity]) -> Found:
        """In how many of the regions the material is produced."""
        known = [(one, self.producers[one.pk]) for one in commodities if one.pk in self.producers]
        known = [(one, counts) for one, counts in known if counts[1]]
        if not known or not self.n_regions:
            return NOTHING
        commodity, (making, telling) = max(known, key=lambda pair: pair[1][0])
        used = cautious(self.sums.get(commodity.pk, ()))
        said = {"name": commodity.name_id, "making": making, "all": self.n_regions}
        basis = _("%(name)s is produced in %(making)s of %(all)s regions") % said
        if telling < self.n_regions:  # of the others nobody knows: they are no zero
            return Found(None, basis + _told_by(telling, self.n_regions))
        return _found(HUNDRED * making / self.n_regions, basis, used or commodity)


def _found(
    points: Decimal, basis: str, rests_on: SourceSum | Commodity, *, is_whole: bool = True
) -> Found:
    """Return points with the source and certainty of what they rest on.

    What some regions do not tell is at most likely.
    """
    named = rests_on.source or _("list of this portal, source not named")
    certainty = rests_on.certainty
    if not is_whole and certainty == Certainty.CERTAIN:
        certainty = Certainty.LIKELY.value
    return Found(_tenth(points), basis, named, certainty)


def _told_by(telling: int, all_regions: int) -> str:
    """Say that some regions alone tell it; ``Row.partly`` of a scale finds these words again."""
    if telling >= all_regions:
        return ""
    return " " + _("(figures of %(told)s of %(all)s regions)") % {
        "told": telling,
        "all": all_regions,
    }


def _covered(commodity: Commodity, known: SourceSum) -> str:
    figures = known.figures
    said = {
        "name": commodity.name_id,
        "supply": f"{figures.supply:,.0f}".replace(",", "."),
        "need": f"{figures.need:,.0f}".replace(",", "."),
        "unit": known.unit,
        "year": known.data_year,
        "pct": f"{figures.coverage}".replace(".", ","),
    }
    basis = _("%(name)s %(year)s: %(supply)s of %(need)s %(unit)s, covered %(pct)s%%") % said
    if known.flows_untold:
        basis += ", " + _("flows not known")
    return basis if known.is_province else basis + _told_by(known.n_counted, known.n_all)


def _labour() -> dict[int, Found]:
    """Return for each sector how many of its workers are trained; of two sources the lower one."""
    found: dict[int, Found] = {}
    for told in sorted(people.labour(), key=lambda one: (one.trained_pct or 0, one.source)):
        if not told.is_whole or told.trained_pct is None:
            continue
        said = {
            "trained": sum(row.trained or 0 for row in told.counted),
            "workers": sum(row.workers or 0 for row in told.counted),
            "year": told.data_year,
        }
        basis = _("%(trained)s of %(workers)s workers are trained (%(year)s)") % said
        named = told.source or _("list of this portal, source not named")
        one = Found(_tenth(told.trained_pct), basis, named, _certainty(told.counted))
        found.setdefault(told.sector.pk, one)
    return found


def _to_gain(stages: Sequence[DerivativeStage]) -> Found:
    """Return how much of the further stages can still be gained."""
    further = [one for one in stages if one.stage in FURTHER]
    known = [one for one in further if one.present_in_kalsel in TO_GAIN]
    if not known:
        return NOTHING
    gains = [TO_GAIN[one.present_in_kalsel] for one in known]
    said = {
        "known": len(known),
        "all": len(further),
        "here": gains.count(TO_GAIN["yes"]),
        "partly": gains.count(TO_GAIN["partial"]),
        "rest": len([gain for gain in gains if gain > TO_GAIN["partial"]]),
    }
    basis = _(
        "%(known)s of %(all)s further stages are known: %(here)s made here, %(partly)s in part,"
        " %(rest)s not yet"
    )
    points = _tenth(sum(gains, Decimal(0)) / len(gains))
    return Found(points, basis % said, _sources(known), _certainty(known))


def _kept(raw: Sequence[Commodity]) -> Found:
    """Return how many of the raw materials should not leave unprocessed."""
    if not raw:
        return NOTHING
    flagged = [one for one in raw if one.is_raw_export_discouraged]
    said = {"flagged": len(flagged), "all": len(raw)}
    return Found(
        _tenth(HUNDRED * len(flagged) / len(raw)),
        _("%(flagged)s of %(all)s raw materials should not leave unprocessed") % said,
        _sources(raw),
        _certainty(raw),
    )


def _mean(parts: Iterable[Found]) -> Found:
    """Return the mean of the points that are known, with every part in the basis."""
    known = [one for one in parts if one.points is not None]
    if not known:
        return NOTHING
    points = sum((one.points or Decimal(0) for one in known), Decimal(0)) / len(known)
    basis = "; ".join(f"{one.basis} = {str(one.points).replace('.', ',')}" for one in known)
    return Found(_tenth(points), basis[:LONGEST_BASIS], _sources(known), _certainty(known))


def _sources(rows: Iterable[Found] | Iterable[Commodity] | Iterable[DerivativeStage]) -> str:
    named = dict.fromkeys(one.source for one in rows if one.source)
    return "; ".join(named)[:LONGEST_SOURCE] or _("list of this portal, source not named")


def _certainty(
    rows: Iterable[Found]
    | Iterable[Commodity]
    | Iterable[DerivativeStage]
    | Iterable[LabourPotential],
) -> str:
    """Return the weakest certainty among the rows."""
    words = {str(one.certainty) for one in rows}
    weakest_first = (Certainty.ILLUSTRATIVE, Certainty.LIKELY, Certainty.CERTAIN)
    return next(word.value for word in weakest_first if word.value in words)


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(TENTH, ROUND_HALF_UP)
