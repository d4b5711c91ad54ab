"""Scores that the tables offer, each with its source, and the papers of a proposal.

An offer is confirmed or departed from by the reviewer; nothing here is ever a score by itself.
Every offer names what it rests on, and says so where that is example data (PROCESS, section 13).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from proposals.completeness import needs_money
from proposals.enums import BalanceStatus, FieldKind, ResultKind, SupplyEffect, UseRole
from proposals.models import (
    Attachment,
    Commodity,
    DocumentIntervention,
    OfficeYear,
    PriorityFlag,
    PromisedPaper,
    Proposal,
    ReadinessDocument,
    ReviewCriterion,
    SupplyBalance,
)
from proposals.templatetags.figures import num, rp

READINESS, COST = "s_kesiapan", "s_biaya"
PRIORITY, MATERIAL = "s_prioritas", "s_bahan_baku"
SOURCE_LENGTH = 500
EDGE = Decimal("0.10")
"""How near an end of the cost band, or zero of the balance, still counts as its edge."""
OF_BALANCE = {BalanceStatus.DEFICIT: 1, BalanceStatus.BALANCED: 3, BalanceStatus.SURPLUS: 5}


@dataclass(frozen=True)
class Offer:
    """A score from the tables with the sentence that says where it comes from.

    ``value`` is nothing where the criterion does not apply; the sentence then says why.
    """

    value: int | None
    source: str


@dataclass(frozen=True)
class File:
    """A file that is there: an attachment, or the covering letter of the office and year."""

    pk: int
    name: str
    size: int


@dataclass(frozen=True)
class Paper:
    """A paper of the readiness list: there, promised for a day, or missing."""

    document: ReadinessDocument
    file: File | None
    promised_on: date | None


def criteria_for(proposal: Proposal) -> QuerySet[ReviewCriterion]:
    """Return the gates and scored points that apply to this kind of proposal."""
    kind = "applies_to_requests" if proposal.is_request else "applies_to_own"
    return ReviewCriterion.objects.in_use().filter(**{kind: True})


def total_pct(scores: Iterable[tuple[int, int | None]]) -> Decimal | None:
    """Return sum(weight x score) / sum(weight x 5) in percent with one decimal.

    ``scores`` are pairs of weight and score; a score of nothing does not apply and is left out.
    Nothing is returned where nothing applies.
    """
    counted = [(weight, value) for weight, value in scores if value is not None]
    best = sum(weight * 5 for weight, _value in counted)
    if not best:
        return None
    got = sum(weight * value for weight, value in counted)
    return (Decimal(got * 100) / best).quantize(Decimal("0.1"), ROUND_HALF_UP)


def papers_of(proposal: Proposal) -> list[Paper]:
    """Return the papers asked for this kind of activity, and what else is there: one query."""
    attached = Attachment.objects.filter(proposal=proposal, replaced_at__isnull=True)
    promised = PromisedPaper.objects.filter(proposal=proposal, document=OuterRef("pk"))
    letters = OfficeYear.objects.filter(
        year=proposal.year_id, office=proposal.office_id, letter_at__isnull=False
    )
    links = DocumentIntervention.objects.filter(intervention=proposal.intervention_id)
    for_kind = Q(is_for_all=True) | Q(pk__in=links.values("document"))
    documents = (
        ReadinessDocument.objects.filter(
            Q(for_kind, is_retired=False) | Q(pk__in=attached.values("document"))
        )
        .annotate(
            there=Subquery(_file(attached.filter(document=OuterRef("pk")), "name", "size")),
            letter=Subquery(_file(letters, "letter_name", "letter_size")),
            promised_on=Subquery(promised.values("due_on")[:1]),
        )
        .order_by("-blocks_sending", "-is_required", "name_id", "pk")
    )
    return [
        Paper(document, File(**there) if there else None, document.promised_on)
        for document in documents
        for there in [document.letter if document.is_per_office else document.there]
        if there or _is_asked(document, proposal)
    ]


def _file(rows: QuerySet[Any], name: str, size: str) -> QuerySet[Any]:
    return rows.values(told=JSONObject(pk="pk", name=name, size=size))[:1]


def _is_asked(document: ReadinessDocument, proposal: Proposal) -> bool:
    """A cost estimate is asked only where money is; the province's own needs no letter."""
    if document.is_per_office:
        return proposal.field_kind != FieldKind.P
    return document.key != "rab" or needs_money(proposal)


def computed_scores(proposal: Proposal, papers: Iterable[Paper] | None = None) -> dict[str, Offer]:
    """Return what the tables offer, by the key of the criterion; absent what they cannot tell."""
    papers = papers_of(proposal) if papers is None else papers
    found = {
        READINESS: _readiness(papers),
        COST: _cost(proposal),
        PRIORITY: _priority(proposal),
        MATERIAL: _material(proposal),
    }
    return {key: offer for key, offer in found.items() if offer is not None}


def main_commodity(proposal: Proposal) -> Commodity | None:
    """Return the main commodity of a proposal, if it names one."""
    uses = proposal.commodity_uses.all()
    return next((use.commodity for use in uses if use.role == UseRole.MAIN), None)


def _offer(value: int | None, sentence: str, *, is_example: bool = False) -> Offer:
    if is_example:
        sentence = f"{sentence} ({_('example data')})"
    return Offer(value, Truncator(sentence).chars(SOURCE_LENGTH))


def _readiness(papers: Iterable[Paper]) -> Offer | None:
    """All required papers 5, at least half of them 3, fewer 1."""
    required = [p for p in papers if p.document.is_required and not p.document.is_per_office]
    missing = [paper.document.name for paper in required if paper.file is None]
    if not required:
        return None
    words = {"there": len(required) - len(missing), "asked": len(required)}
    if not missing:
        return _offer(5, _("Readiness list: all %(asked)s required papers are there.") % words)
    sentence = _(
        "Readiness list: %(there)s of %(asked)s required papers are there; missing: %(names)s."
    )
    value = 3 if 2 * len(missing) <= len(required) else 1
    return _offer(value, sentence % (words | {"names": ", ".join(missing)}))


def _cost(proposal: Proposal) -> Offer | None:
    """Unit cost against the band of the intervention: inside 4, within 10 % of an end 3, else 1."""
    kind = proposal.intervention
    if kind is None or kind.unit_cost_low_rp is None or kind.unit_cost_high_rp is None:
        return None
    units = {unit.strip().lower() for unit in re.split(r"[|,]", kind.typical_units)} - {""}
    target = next(
        (
            output
            for output in proposal.outputs.all()
            if output.kind == ResultKind.OUTPUT and output.unit.strip().lower() in units
        ),
        None,
    )
    if target is None or not proposal.requested_rp:
        return None
    unit_cost = proposal.requested_rp / target.target
    low, high = kind.unit_cost_low_rp, kind.unit_cost_high_rp
    sentence = _(
        "%(cost)s per %(unit)s against the band %(low)s to %(high)s (%(basis)s) of %(kind)s."
    )
    words = {"cost": rp(unit_cost), "unit": target.unit, "low": rp(low), "high": rp(high)}
    words |= {"basis": kind.cost_basis, "kind": kind.name}
    return _offer(_in_band(unit_cost, low, high), sentence % words, is_example=kind.is_example)


def _in_band(cost: Decimal, low: Decimal, high: Decimal) -> int:
    if any(end > 0 and abs(cost - end) <= end * EDGE for end in (low, high)):
        return 3
    return 4 if low <= cost <= high else 1


def _priority(proposal: Proposal) -> Offer | None:
    """Sector or main commodity flagged in the year 4, otherwise 1; nothing across sectors."""
    if proposal.sector is None:
        return None
    commodity = main_commodity(proposal)
    flags = PriorityFlag.objects.filter(year=proposal.year_id).select_related("sector", "commodity")
    flags_of_year = list(flags.order_by("rank", "pk"))
    if not flags_of_year:
        return None
    for flag in flags_of_year:
        if flag.sector_id == proposal.sector_id or (
            commodity is not None and flag.commodity_id == commodity.pk
        ):
            sentence = _("%(name)s is flagged as priority %(rank)s of %(year)s: %(reason)s")
            words: dict[str, object] = {"name": flag.sector or flag.commodity, "rank": flag.rank}
            words |= {"year": proposal.year.fiscal_year, "reason": flag.reason}
            return _offer(4, sentence % words, is_example=flag.is_example)
    sentence = _("%(name)s is not among the priorities flagged for %(year)s.")
    name = f"{proposal.sector} / {commodity}" if commodity else proposal.sector
    return _offer(1, sentence % {"name": name, "year": proposal.year.fiscal_year})


def _material(proposal: Proposal) -> Offer | None:
    """Balance of the main commodity in the province, where the activity adds demand for it."""
    kind = proposal.intervention
    if kind is None:
        return None
    if kind.supply_effect != SupplyEffect.ADDS_DEMAND:
        sentence = _("Does not apply: %(kind)s does not add demand for raw material (%(effect)s).")
        effect = SupplyEffect(kind.supply_effect).label
        return _offer(None, sentence % {"kind": kind.name, "effect": effect})
    commodity = main_commodity(proposal)
    if commodity is None:
        return None
    return balance_of(commodity, proposal.year.office.region_id) or _from_status(commodity)


def _from_status(commodity: Commodity) -> Offer | None:
    value = OF_BALANCE.get(BalanceStatus(commodity.balance_status))
    if value is None:
        return None
    sentence = _("List of commodities: %(name)s, %(balance)s. Source: %(source)s.")
    words = {"name": commodity.name, "balance": BalanceStatus(commodity.balance_status).label}
    words |= {"source": commodity.source.rstrip(".") or _("not named")}
    return _offer(value, sentence % words, is_example=commodity.is_example)


def balance_rows(commodity_id: int | None, province_id: int) -> QuerySet[SupplyBalance]:
    """Return the figures of a commodity in the province and its regions, the newest first.

    What is not known is not nothing: rows that leave out production or a need tell no balance.
    """
    return SupplyBalance.objects.filter(
        Q(region=province_id) | Q(region__parent=province_id),
        commodity=commodity_id,
        production__isnull=False,
        household_need__isnull=False,
        industrial_demand__isnull=False,
    ).order_by(F("data_year").desc(), "source", "region__code", "pk")


def balance_of(
    commodity: Commodity, province_id: int, rows: Iterable[SupplyBalance] | None = None
) -> Offer | None:
    """Read the newest year: the province's figure, else the sum of its regions by one source."""
    newest = list(balance_rows(commodity.pk, province_id) if rows is None else rows)
    newest = [row for row in newest if row.data_year == newest[0].data_year]
    own = [row for row in newest if row.region_id == province_id]
    chosen = own or newest
    chosen = [row for row in chosen if (row.source, row.unit) == (chosen[0].source, chosen[0].unit)]
    return _of_rows(commodity, chosen) if chosen else None


def _of_rows(commodity: Commodity, rows: list[SupplyBalance]) -> Offer:
    """Weigh supply against need; within 10 % of the need they are in balance."""
    supply = sum(((row.production or 0) + (row.inflow or 0) for row in rows), Decimal(0))
    needs = ("household_need", "industrial_demand", "outflow")
    need = sum((getattr(row, name) or 0 for row in rows for name in needs), Decimal(0))
    status = BalanceStatus.BALANCED
    if abs(supply - need) > need * EDGE:
        status = BalanceStatus.SURPLUS if supply > need else BalanceStatus.DEFICIT
    sentence = _(
        "Balance of %(name)s in the province, %(year)s: supply %(supply)s, need %(need)s %(unit)s:"
        " %(balance)s. Source: %(source)s."
    )
    words = {"name": commodity.name, "year": rows[0].data_year, "unit": rows[0].unit}
    words |= {"supply": num(supply), "need": num(need), "balance": status.label.lower()}
    words |= {"source": Truncator(rows[0].source).chars(200).rstrip(".") or _("not named")}
    is_example = any(row.is_example for row in rows)
    return _offer(OF_BALANCE[status], sentence % words, is_example=is_example)
