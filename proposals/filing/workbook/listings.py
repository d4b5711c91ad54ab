"""The live lists as a workbook offers them: what people read in a cell, and the row it means."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from proposals.enums import (
    MaterialOrigin,
    NomenclatureDepth,
    Origin,
    RequestTo,
    ResultKind,
    UseRole,
)
from proposals.filing.workbook.columns import plain
from proposals.models import (
    Commodity,
    DerivativeStage,
    District,
    FinancingScheme,
    FundingSource,
    InterventionType,
    Nomenclature,
    Office,
    PlanningYear,
    ReadinessDocument,
    Region,
    Sector,
)

WORDS: dict[str, Any] = {
    "request_to": RequestTo,
    "origin": Origin,
    "result": ResultKind,
    "use_role": UseRole,
    "material_origin": MaterialOrigin,
}


@dataclass
class Listing:
    """One list: the label of each value, the value of each way to write it, what is offered."""

    labels: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    offered: list[str] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)

    def add(self, value: str, label: str, key: str, others: Iterable[str], *, offer: bool) -> None:
        """Take one value up; the first to use a name keeps it."""
        self.labels[value] = label
        self.keys[value] = key
        for text in (label, key, *others):
            if text:
                self.values.setdefault(plain(text), value)
        if offer:
            self.offered.append(value)

    def find(self, text: str) -> str:
        """Return the value of a name, a label, a key or a code that leads a label; "" for none."""
        wanted = plain(text)
        code = wanted.partition(" ")[0] if wanted[:1].isdecimal() else wanted
        return self.values.get(wanted) or self.values.get(code, "")

    def near(self, text: str) -> str:
        """Return the label that a text may be meant for: the one offered that holds it."""
        wanted = plain(text)
        found = [
            self.labels[value]
            for value in self.offered
            if wanted and wanted in plain(self.labels[value])
        ]
        return found[0] if len(found) == 1 else ""


@dataclass(frozen=True)
class Listings:
    """All lists of one office and year."""

    by_code: dict[str, Listing]

    def __getitem__(self, code: str) -> Listing:
        return self.by_code[code]


def listings_for(office: Office, year: PlanningYear) -> Listings:
    """Read every list once; retired rows are understood but not offered."""
    found = {code: _words(code, choices, office) for code, choices in WORDS.items()}
    found |= {
        "sectors": _rows(Sector.objects.all(), _in_use),
        "interventions": _rows(
            InterventionType.objects.order_by("family", "name_id", "pk"), _in_use
        ),
        "sources": _rows(FundingSource.objects.order_by("level", "name_id", "pk"), _in_use),
        "commodities": _rows(Commodity.objects.all(), _in_use),
        "stages": _rows(DerivativeStage.objects.all(), _in_use),
        "schemes": _rows(FinancingScheme.objects.all(), _valid_in(year.fiscal_year)),
        "documents": _rows(ReadinessDocument.objects.all(), _is_asked_once),
        "codes": _codes(year),
        "places": _places(office),
    }
    for commodity in Commodity.objects.only("pk", "unit"):
        found["commodities"].units[str(commodity.pk)] = commodity.unit.partition("/")[0]
    return Listings(found)


def _words(code: str, choices: Any, office: Office) -> Listing:
    listing = Listing()
    only_own = code == "request_to" and office.region.is_province
    for value, label in choices.choices:
        with override("id"):
            indonesian = str(label)
        with override("en"):
            english = str(label)
        offer = not only_own or value == RequestTo.OWN
        listing.add(value, str(label), value, (indonesian, english), offer=offer)
    return listing


def _in_use(row: Any) -> bool:
    return not row.is_retired


def _is_asked_once(row: ReadinessDocument) -> bool:
    return not row.is_retired and not row.is_per_office


def _valid_in(fiscal_year: int) -> Callable[[Any], bool]:
    first, last = date(fiscal_year, 1, 1), date(fiscal_year, 12, 31)

    def valid(row: FinancingScheme) -> bool:
        begins = row.valid_from is None or row.valid_from <= last
        return not row.is_retired and begins and (row.valid_to is None or row.valid_to >= first)

    return valid


def _rows(rows: Iterable[Any], offer: Callable[[Any], bool]) -> Listing:
    listing, found = Listing(), list(rows)
    names = Counter(plain(row.name) for row in found)
    for row in found:
        label = f"{row.name} [{row.key}]" if names[plain(row.name)] > 1 else row.name
        listing.add(str(row.pk), label, row.key, (row.name_id, row.name_en), offer=offer(row))
    return listing


def _codes(year: PlanningYear) -> Listing:
    """Return the sub-activities; a code of another edition says which, and is not offered."""
    listing = Listing()
    rows = sorted(
        Nomenclature.objects.all(), key=lambda row: row.edition != year.nomenclature_edition
    )
    taken: set[str] = set()
    for row in rows:
        is_ours = row.edition == year.nomenclature_edition
        label = f"{row.code} {row.name}"
        if not is_ours or plain(label) in taken:
            label = f"{label} [{row.edition} {row.level}]"
        taken.add(plain(label))
        offer = is_ours and not row.is_retired and row.depth == NomenclatureDepth.SUB_ACTIVITY
        listing.add(str(row.pk), label, row.code, (row.key,), offer=offer)
    return listing


def _places(office: Office) -> Listing:
    """Return districts ("d7") and regions ("r3"); an office is offered its own, by their names."""
    listing = Listing()
    is_province = office.region.is_province
    regions = list(Region.objects.order_by("code"))
    own = list(District.objects.select_related("region").order_by("name", "pk"))
    own.sort(key=lambda row: row.region_id != office.region_id)
    for row in own:
        is_own = row.region_id == office.region_id
        label = row.name if is_own else f"{row.name} ({row.region.short_name})"
        offer = is_own and not is_province and not row.is_retired
        prefixed = _("District %(name)s") % {"name": row.name}
        listing.add(f"d{row.pk}", label, row.code, (prefixed,) if is_own else (), offer=offer)
    for region in regions:
        offer = is_province and region.parent_id == office.region_id
        label = region.name if is_province else f"{region.name} [{region.code}]"
        listing.add(f"r{region.pk}", label, region.code, (), offer=offer)
    return listing


def is_offered(listing: Listing, value: str) -> bool:
    """Tell whether a value may be chosen anew."""
    return value in listing.offered
