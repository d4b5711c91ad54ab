"""A proposal as people read it: each field by its code, with its word and what stands in it.

The page, the print, the closed fields of a returned form and the conflict card all show these.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from proposals.enums import FieldKind, Origin, ResultKind
from proposals.fields import FIELDS, Section
from proposals.models import BudgetLine, CommodityUse, Location, Output, Proposal
from proposals.templatetags.figures import num, rp, terbilang

Rows: TypeAlias = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class Fact:
    """One field in words: a text, or one line per row; nothing where it is empty."""

    code: str
    text: str = ""
    lines: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """Return the word of the field on screen."""
        return str(FIELDS[self.code].word)

    @property
    def is_empty(self) -> bool:
        """Tell whether the field holds nothing: shown as "no data yet"."""
        return not self.text and not self.lines


def facts_of(proposal: Proposal, rows: Rows | None = None) -> dict[str, Fact]:
    """Return every field of a proposal that was loaded by ``to_read``, or with other rows."""
    lists = rows_of(proposal) if rows is None else rows
    columns = {code: told(proposal) for code, told in COLUMNS.items()}
    listed = {code: told(lists[code]) for code, told in LISTS.items()}
    return {code: (columns | listed)[code] for code in FIELDS if code in columns or code in listed}


def rows_of(proposal: Proposal) -> dict[str, Sequence[Any]]:
    """Return the rows of a proposal by the code of their field."""
    return {
        "locations": list(proposal.locations.all()),
        "commodity_uses": list(proposal.commodity_uses.all()),
        "outputs": list(proposal.outputs.all()),
        "budget_lines": list(proposal.budget_lines.all()),
        "co_funding": getattr(proposal, "co_funding_rows", ()),
        "financing_needs": getattr(proposal, "financing_rows", ()),
    }


def by_section(
    facts: dict[str, Fact], leaving_out: Iterable[str] = ()
) -> dict[Section, list[Fact]]:
    """Return the facts by the section of the form they stand in."""
    hidden = frozenset(leaving_out)
    found: dict[Section, list[Fact]] = {section: [] for section in Section}
    for code, fact in facts.items():
        if code not in hidden:
            found[FIELDS[code].section].append(fact)
    return found


def name_of(row: Mapping[str, Any], prefix: str = "") -> str:
    """Return the name, in the person's language, of a reference row read as plain values."""
    english = row.get(f"{prefix}name_en")
    return str(english if get_language() == "en" and english else row[f"{prefix}name_id"])


def _text(code: str, value: object) -> Fact:
    return Fact(code, "" if value is None else str(value))


def _number(code: str, value: object) -> Fact:
    return Fact(code, "" if value is None else num(value))


def _money(code: str, value: object) -> Fact:
    return Fact(code, "" if value is None else f"{rp(value)} ({terbilang(value)})")


def _name(code: str) -> Callable[[Proposal], Fact]:
    def told(proposal: Proposal) -> Fact:
        chosen = getattr(proposal, code)
        return Fact(code, chosen.name if chosen else "")

    return told


def _kind(proposal: Proposal) -> Fact:
    return Fact("request_to", str(FieldKind(proposal.field_kind).label))


def _nomenclature(proposal: Proposal) -> Fact:
    code = proposal.nomenclature
    return Fact("nomenclature", f"{code.code} {code.name}" if code else "")


def _sector(proposal: Proposal) -> Fact:
    return Fact("sector", proposal.sector.name if proposal.sector else _("Cross-sector"))


def _origin(proposal: Proposal) -> Fact:
    return Fact("origin", str(Origin(proposal.origin).label) if proposal.origin else "")


def place_in_words(place: Location) -> str:
    """Return a place: its district and village, or its region."""
    if place.district is None:
        return str(place.region)
    village = f", {place.village}" if place.village else ""
    return _("District %(name)s") % {"name": place.district.name} + village


def use_in_words(use: CommodityUse) -> str:
    """Return what a commodity is to the proposal, how much of it, from where, up to which stage."""
    parts = [f"{use.get_role_display()}: {use.commodity.name}"]
    if use.quantity is not None:
        amount = f"{num(use.quantity)} {use.unit}".strip()
        is_yearly = "/" in use.unit  # as in ton/tahun
        parts.append(amount if is_yearly else _("%(amount)s a year") % {"amount": amount})
    if use.origin:
        parts.append(str(use.get_origin_display()))
    if use.stage is not None:
        parts.append(_("stage: %(stage)s") % {"stage": use.stage.name})
    return ", ".join(parts)


def results_in_order(rows: Iterable[Output]) -> list[Output]:
    """Return the outputs, then the outcomes, each in the order the office put them."""
    return sorted(rows, key=lambda row: (row.kind != ResultKind.OUTPUT, row.position))


def output_in_words(output: Output) -> str:
    """Return a result with its target."""
    return f"{output.get_kind_display()}: {output.text}, {num(output.target)} {output.unit}"


def line_in_words(line: BudgetLine) -> str:
    """Return a budget line as the sum it is."""
    return (
        f"{line.text}: {num(line.volume)} {line.unit} × {rp(line.unit_cost_rp)}"
        f" = {rp(line.total_rp)}"
    )


def _labour(proposal: Proposal) -> Fact:
    figures = (
        (_("needed"), proposal.labour_needed),
        (_("available"), proposal.labour_available),
        (_("to be trained"), proposal.labour_to_train),
    )
    lines = [f"{word}: {num(value)}" for word, value in figures if value is not None]
    if proposal.labour_source:
        lines.append(_("source: %(source)s") % {"source": proposal.labour_source})
    return Fact("labour", lines=tuple(lines))


def _co_funder(row: Mapping[str, Any]) -> str:
    return f"{row['who']}: {rp(row['amount_rp'])}"


def _scheme(row: Mapping[str, Any]) -> str:
    note = f" ({row['note']})" if row["note"] else ""
    return f"{name_of(row, 'scheme_')}: {rp(Decimal(row['amount_rp']))}{note}"


def _each(code: str, in_words: Callable[[Any], str]) -> Callable[[Iterable[Any]], Fact]:
    return lambda rows: Fact(code, lines=tuple(in_words(row) for row in rows))


COLUMNS: dict[str, Callable[[Proposal], Fact]] = {
    "request_to": _kind,
    "title": lambda proposal: _text("title", proposal.title),
    "intervention": _name("intervention"),
    "nomenclature": _nomenclature,
    "origin": _origin,
    "sector": _sector,
    "background": lambda proposal: _text("background", proposal.background),
    "target_group": lambda proposal: _text("target_group", proposal.target_group),
    "beneficiary_ikm": lambda proposal: _number("beneficiary_ikm", proposal.beneficiary_ikm),
    "beneficiary_workers": lambda proposal: _number(
        "beneficiary_workers", proposal.beneficiary_workers
    ),
    "labour": _labour,
    "requested_rp": lambda proposal: _money("requested_rp", proposal.requested_rp),
    "forward_rp": lambda proposal: _money("forward_rp", proposal.forward_rp),
    "funding_source": _name("funding_source"),
}
LISTS: dict[str, Callable[[Sequence[Any]], Fact]] = {
    "locations": _each("locations", place_in_words),
    "commodity_uses": _each("commodity_uses", use_in_words),
    "outputs": lambda rows: _each("outputs", output_in_words)(results_in_order(rows)),
    "budget_lines": _each("budget_lines", line_in_words),
    "co_funding": _each("co_funding", _co_funder),
    "financing_needs": _each("financing_needs", _scheme),
}
