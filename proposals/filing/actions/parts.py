"""The rows of a proposal: which columns each list has, and how a wanted list is written."""

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeAlias

from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _

from proposals.fields import FIELDS
from proposals.models import (
    BudgetLine,
    CoFunding,
    CommodityUse,
    FinancingNeed,
    Location,
    Output,
    PromisedPaper,
    Proposal,
)
from proposals.refused import Refused
from proposals.rupiah import MAX_RUPIAH

Row: TypeAlias = dict[str, object]


@dataclass(frozen=True)
class Part:
    """One list of a proposal.

    Rows with a ``key`` of their own are matched by it, as the database allows each key once; the
    others by the id they were read with.
    """

    model: type[Model]
    code: str
    columns: tuple[str, ...]
    key: tuple[str, ...] = ()
    has_order: bool = True

    @property
    def attnames(self) -> tuple[str, ...]:
        """Return the column names as the row keeps them (``district_id``)."""
        return tuple(str(self._field(name).attname) for name in self.columns)

    def _field(self, name: str) -> Any:
        return self.model._meta.get_field(name)

    def rows_of(self, proposal: Proposal) -> list[Any]:
        """Return the rows as they stand, in their order."""
        return list(self.model._default_manager.filter(proposal=proposal).order_by("pk"))

    def stands(self, proposal: Proposal) -> list[tuple[object, ...]]:
        """Return the content of the list as it stands."""
        rows = self.rows_of(proposal)
        if self.has_order:
            rows.sort(key=lambda row: row.position)
        return [tuple(getattr(row, name) for name in self.attnames) for row in rows]

    def wanted(self, rows: list[Row]) -> list[tuple[object, ...]]:
        """Return the content of a wanted list, to be compared with what stands."""
        return [tuple(self.plain(row).values()) for row in rows]

    def plain(self, row: Row) -> dict[str, object]:
        """Return a wanted row by its column names: keys instead of instances, "" for no text."""
        found: dict[str, object] = {}
        for name in self.columns:
            field, value = self._field(name), row.get(name)
            if isinstance(field, ForeignKey):
                value = value.pk if isinstance(value, Model) else value
            elif value is None and not field.null:
                value = ""
            found[str(field.attname)] = value
        if self.model is BudgetLine:
            found["total_rp"] = line_total(row["volume"], row["unit_cost_rp"])
        return found


def line_total(volume: Any, unit_cost_rp: Any) -> Decimal:
    """Return volume x unit cost, rounded half up to the rupiah."""
    product = Decimal(volume) * Decimal(unit_cost_rp)
    return product.quantize(Decimal(1), ROUND_HALF_UP)


PARTS: dict[str, Part] = {
    "outputs": Part(Output, "outputs", ("kind", "text", "unit", "target")),
    "budget_lines": Part(
        BudgetLine, "budget_lines", ("text", "volume", "unit", "unit_cost_rp", "total_rp")
    ),
    "co_funding": Part(CoFunding, "co_funding", ("who", "amount_rp")),
    "financing_needs": Part(FinancingNeed, "financing_needs", ("scheme", "amount_rp", "note")),
    "locations": Part(
        Location,
        "locations",
        ("district", "region", "village"),
        key=("district_id", "region_id", "village"),
    ),
    "commodity_uses": Part(
        CommodityUse,
        "commodity_uses",
        ("role", "commodity", "quantity", "unit", "origin", "stage"),
        key=("role", "commodity_id"),
    ),
    "promised_papers": Part(
        PromisedPaper,
        "attachments",
        ("document", "due_on"),
        key=("document_id",),
        has_order=False,
    ),
}


def write_part(proposal: Proposal, name: str, rows: list[Row]) -> bool:
    """Make the list equal to the wanted one; tell whether anything was written."""
    part = PARTS[name]
    wanted = [part.plain(row) for row in rows]
    _refuse_wrong(part, wanted)
    standing = part.rows_of(proposal)
    matched = _by_key(part, standing, wanted) if part.key else _by_id(standing, rows)
    kept = {row.pk for row in matched if row is not None}
    gone = [row for row in standing if row.pk not in kept]
    for row in gone:  # first: a key that moves to another row must be free
        row.delete()
    wrote = bool(gone)
    for position, (row, content) in enumerate(zip(matched, wanted, strict=True), start=1):
        placed = content | ({"position": position} if part.has_order else {})
        wrote |= _write(part, proposal, row, placed)
    return wrote


def _by_id(standing: list[Any], rows: list[Row]) -> list[Any]:
    by_id = {row.pk: row for row in standing}
    return [by_id.pop(row.get("id"), None) for row in rows]


def _by_key(part: Part, standing: list[Any], wanted: list[dict[str, object]]) -> list[Any]:
    by_key = {tuple(getattr(row, name) for name in part.key): row for row in standing}
    return [by_key.get(tuple(content[name] for name in part.key)) for content in wanted]


def _write(part: Part, proposal: Proposal, row: Any, content: dict[str, object]) -> bool:
    if row is None:
        part.model._default_manager.create(proposal=proposal, **content)
        return True
    changed = [name for name, value in content.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, content[name])
    if changed:
        row.save(update_fields=changed)
    return bool(changed)


def _refuse_wrong(part: Part, wanted: list[dict[str, object]]) -> None:
    """Refuse what the database would: a key twice, a second main commodity, too large a total."""
    if part.key:
        keys = Counter(tuple(content[name] for name in part.key) for content in wanted)
        if max(keys.values(), default=0) > 1:
            raise Refused(
                [_("%(field)s: the same row stands twice.") % {"field": FIELDS[part.code].word}]
            )
    if sum(content.get("role") == "main" for content in wanted) > 1:
        raise Refused([_("Only one commodity can be the main one.")])
    if any(Decimal(str(content.get("total_rp", 0))) > MAX_RUPIAH for content in wanted):
        raise Refused([_("A budget line is larger than the portal can hold.")])
