"""What the form page shows around the boxes: rail, words, cards, ceilings, points."""

import copy
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.forms.boundfield import BoundField

from proposals import completeness, workflow
from proposals.advice import Advice
from proposals.ceilings import rooms_for
from proposals.completeness import Missing
from proposals.fields import FIELDS
from proposals.filing.forms.boxes import shown_in
from proposals.filing.forms.papers import AnswerForm
from proposals.filing.forms.sheet import Sheet
from proposals.filing.queries.acts import offers_for
from proposals.filing.queries.codes import find_codes
from proposals.filing.queries.facts import Fact, by_section, facts_of
from proposals.filing.queries.own import office_year_for
from proposals.filing.queries.rail import n_asked, steps
from proposals.filing.queries.window import window_of
from proposals.filing.views import advising
from proposals.models import Ceiling, Commodity
from proposals.web import PersonRequest, number_in


@dataclass(frozen=True)
class Slot:
    """One field on the page: open or not, what it lacks, what was asked to mend, advice."""

    code: str
    fact: Fact | None
    is_open: bool
    lacks: tuple[str, ...]
    answers: tuple[AnswerForm, ...]
    field: BoundField | None
    advice: tuple[Advice, ...] = ()


@dataclass(frozen=True)
class Card:
    """A commodity to choose as the main one, with what is known of its balance."""

    commodity: Commodity
    is_chosen: bool


def context_of(request: PersonRequest, sheet: Sheet) -> dict[str, Any]:
    """Return everything the form page and its parts show."""
    proposal = sheet.proposal
    office_year = office_year_for(request.user, proposal.year)
    blocking = [one for one in sheet.choices.documents if one.blocks_sending]
    workflow.knowing(proposal, blocking, office_year)
    missing = completeness.missing(proposal, blocking, office_year)
    facts, asked = facts_of(proposal), n_asked(proposal, blocking)
    found: dict[str, Any] = {
        "proposal": proposal,
        "sheet": sheet,
        "form": sheet.content,
        "main": sheet.main,
        "sets": list(sheet.sets.values()),
        "slots": _slots(sheet, facts, missing, advising.advice_on(sheet, office_year)),
        "closed": by_section(facts, leaving_out=sheet.codes),
        "missing": missing,
        "n_asked": max(asked, len(missing)),
        "n_done": max(asked - len(missing), 0),
        "steps": steps(missing, sheet.n_wrong()),
        "is_province": proposal.office.region.is_province,
        "base": request.POST.get("dasar") or json.dumps(shown_in(sheet.again()).marks()),
        "window": window_of(proposal.year, office_year),
        "office_year": office_year,
        "offers": offers_for(proposal, request.user),
        "lost_files": [str(file) for _name, file in request.FILES.items()],
    }
    return found | parts_of(request, sheet)


def parts_of(request: PersonRequest, sheet: Sheet) -> dict[str, Any]:
    """Return what the lists and choices of the page show."""
    found: dict[str, Any] = {name: sheet.sets.get(name) for name in SET_NAMES}
    found["lines"] = sheet.sets.get("budget_lines")
    found["cards"], found["other_cards"] = _cards(sheet)
    found["paper_boxes"] = sheet.papers.boxes()
    found["ceilings"] = _ceilings(sheet)
    return found | code_search(request, sheet)


SET_NAMES = (
    "outputs",
    "budget_lines",
    "co_funding",
    "financing_needs",
    "locations",
    "commodity_uses",
)


def code_search(request: PersonRequest, sheet: Sheet) -> dict[str, Any]:
    """Return the codes that match what is searched, the chosen one first."""
    if "nomenclature" not in sheet.codes:
        return {"code_text": "", "codes": [], "chosen_code": None}
    asked = request.POST if request.method == "POST" else request.GET
    text = asked.get("kode_cari", "")[:100].replace("\x00", "")
    chosen = _key(sheet.content["nomenclature"].value())
    intervention = _key(sheet.content["intervention"].value()) if _has(sheet) else None
    found = find_codes(sheet.proposal, text, chosen=chosen, intervention=intervention)
    return {"code_text": text, "codes": found, "chosen_code": chosen}


def _has(sheet: Sheet) -> bool:
    return "intervention" in sheet.content.fields


def _key(value: Any) -> int | None:
    return number_in(str(getattr(value, "pk", value) or ""), 18)


def _slots(
    sheet: Sheet, facts: dict[str, Fact], missing: Sequence[Missing], advice: Sequence[Advice]
) -> dict[str, Slot]:
    return {
        code: Slot(
            code,
            facts.get(code),
            code in sheet.codes,
            tuple(item.message for item in missing if item.field == code),
            tuple(form for form in sheet.answers if form.point.field == code),
            sheet.content[code] if code in sheet.content.fields else None,
            advising.at(advice, code),
        )
        for code in FIELDS
    }


def _cards(sheet: Sheet) -> tuple[list[Card], list[Card]]:
    """Return the commodities of the chosen sector as cards, and all others behind them."""
    if sheet.main is None:
        return [], []
    sector = sheet.proposal.sector_id
    if "sector" in sheet.content.fields:
        sector = _key(sheet.content["sector"].value())
    chosen = _key(sheet.main["commodity"].value())
    first: list[Card] = []
    rest: list[Card] = []
    for commodity in sheet.choices.commodities:
        card = Card(commodity, commodity.pk == chosen)
        near = commodity.sector_id == sector if sector else commodity.kind == "raw_material"
        (first if near or card.is_chosen else rest).append(card)
    return first, rest


def _ceilings(sheet: Sheet) -> list[Ceiling] | None:
    """Return the ceilings of the chosen source; an empty list means that there is no limit."""
    shown = copy.copy(sheet.proposal)
    if "funding_source" in sheet.content.fields:
        pk = _key(sheet.content["funding_source"].value())
        shown.funding_source = next((one for one in sheet.choices.sources if one.pk == pk), None)
    if shown.funding_source is None:
        return None
    return [room.ceiling for room in rooms_for(shown)]
