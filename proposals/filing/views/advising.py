"""Advice beside the fields of the form, and questions at budget lines as they are typed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from proposals import advice
from proposals.advice import Advice, Facts, Known, Line, cost, slips
from proposals.advice.slips import Priced
from proposals.enums import BalanceStatus, SupplyEffect
from proposals.filing.forms.rows import LineRow
from proposals.filing.forms.sheet import Sheet
from proposals.filing.queries.choices import Choices
from proposals.models import OfficeYear, Proposal, ReadinessDocument


def advice_on(sheet: Sheet, office_year: OfficeYear | None) -> list[Advice]:
    """Return the advice on what is saved; budget lines are asked about as they are typed."""
    facts = _facts(sheet.proposal, sheet.choices, office_year)
    _ask_at_lines(sheet, facts)
    return advice.judge(replace(facts, lines=()))


def advice_to_read(proposal: Proposal) -> list[Advice]:
    """Return the advice for the page of an own draft; missing papers stand in their own list."""
    stages = advice.near(advice.main_commodity(proposal))
    known = Known(documents=_there(proposal), stages=stages, commodities=advice.beginnings(stages))
    return advice.judge(advice.facts_of(proposal, known))


def _facts(proposal: Proposal, choices: Choices, office_year: OfficeYear | None) -> Facts:
    known = Known(
        documents=[*_later(choices.documents), *_there(proposal)],
        stages=choices.stages,
        commodities=choices.commodities,
        office_year=office_year,
        n_of_office=getattr(office_year, "n_proposals", None),
        balance=_balance(proposal, choices),
    )
    return advice.facts_of(proposal, known)


def _later(documents: Iterable[ReadinessDocument]) -> list[ReadinessDocument]:
    """Leave out the papers without which nothing is sent: those are asked for, not advised."""
    return [one for one in documents if not one.blocks_sending]


def _there(proposal: Proposal) -> list[ReadinessDocument]:
    return [one.document for one in proposal.attachments.all()]


def _balance(proposal: Proposal, choices: Choices) -> str:
    """Return the newest figures of a commodity that is short and wanted."""
    kind, commodity = proposal.intervention, advice.main_commodity(proposal)
    if kind is None or commodity is None or kind.supply_effect != SupplyEffect.ADDS_DEMAND:
        return ""
    if commodity.balance_status != BalanceStatus.DEFICIT:
        return ""
    found = advice.balance_of(commodity, proposal.year.office.region_id, choices.balances)
    return found.source if found else ""


def _ask_at_lines(sheet: Sheet, facts: Facts) -> None:
    """Put a question at each line whose unit cost looks like a slip of a thousand."""
    rows = sheet.sets.get("budget_lines")
    forms = [one for one in rows.forms if isinstance(one, LineRow)] if rows else []
    priced = [_priced(one) for one in forms]
    for slip in slips([one.priced for one in priced], facts.band):
        forms[slip.row].question = cost.question(slip)


def _priced(row: LineRow) -> Line:
    """Return a line as far as it can be read; what cannot be read costs nothing."""
    text, volume, unit, each = (
        row.read(name) for name in ("text", "volume", "unit", "unit_cost_rp")
    )
    return Line(text or "", Priced(unit or "", volume or Decimal(0), each or Decimal(0)))


def at(found: Sequence[Advice], code: str) -> tuple[Advice, ...]:
    """Return the advice on one field."""
    return tuple(one for one in found if one.field == code)
