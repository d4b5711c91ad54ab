"""What the text says: a result or an activity, a year of the past, who gains by it."""

import re
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from proposals.advice.facts import Advice, Facts, Issue, Result
from proposals.enums import ResultKind

ACTIVITY = re.compile(
    r"^(?:me(?:laksanakan|lakukan|ngadakan|nyelenggarakan)|ter(?:laksana|selenggara)(?:nya)?"
    r"|pelaksanaan|penyelenggaraan|kegiatan|pelatihan|bimbingan|bimtek|workshop|sosialisasi"
    r"|rapat|pertemuan|forum|paparan|pameran|kunjungan|penyuluhan|pengadaan|penyusunan"
    r"|koordinasi|monitoring|fasilitasi)\b",
    re.IGNORECASE,
)
FORMAL = re.compile(
    r"\b(?:lapor\w*|pelaporan|tepat waktu|kehadiran|hadir|serapan)\b", re.IGNORECASE
)
FORMAL_UNITS = frozenset({"kali", "kegiatan", "laporan", "dokumen"})
YEAR = re.compile(r"(?<![\d.])(20\d\d)(?:\s*[-\u2013/]\s*(20\d\d))?(?![\d.])")
BUDGET_YEAR = re.compile(
    r"\b(?:t\.?a\.?|tahun anggaran|apbd|dpa|renja|rkpd)\s*(20\d\d)", re.IGNORECASE
)


def activity_not_result(facts: Facts) -> Iterable[Advice]:
    """An activity written where a result belongs."""
    seen = {ResultKind.OUTPUT.value: 0, ResultKind.OUTCOME.value: 0}
    for row, result in enumerate(facts.results):
        seen[result.kind] = seen.get(result.kind, 0) + 1
        if ACTIVITY.match(result.text.strip()):
            yield Advice(
                Issue("activity_not_result", f"{result.kind}_{seen[result.kind]}"),
                "outputs",
                _(
                    "“%(text)s” is an activity: write what comes out of it, for example “25 people"
                    " can ...”."
                )
                % {"text": result.text},
                _field_rule(),
                row=row,
            )


def indicator_weak(facts: Facts) -> Iterable[Advice]:
    """An outcome that measures reporting or attendance, and not what changes."""
    for row, result in enumerate(facts.results):
        if result.kind == ResultKind.OUTCOME and _is_formal(result):
            yield Advice(
                Issue("indicator_weak"),
                "outputs",
                _("The outcome “%(text)s” measures that something was done, not what it changes.")
                % {"text": result.text},
                _field_rule(),
                row=row,
            )


def _is_formal(result: Result) -> bool:
    return bool(FORMAL.search(result.text)) or result.unit.strip().lower() in FORMAL_UNITS


def _field_rule() -> str:
    return _("Fields of a proposal: a result, not an activity")


def stale_year(facts: Facts) -> Iterable[Advice]:
    """A year of the past in title or results, or a past budget year in the background."""
    texts = [("title", facts.title), *(("outputs", one.text) for one in facts.results)]
    found = [(field, year) for field, text in texts for year in _past(text, facts.fiscal_year)]
    found += [
        ("background", int(match[1]))
        for match in BUDGET_YEAR.finditer(facts.background)
        if int(match[1]) < facts.fiscal_year - 1
    ]
    for field, year in dict.fromkeys(found):
        yield Advice(
            Issue("stale_year", str(year)),
            field,
            _("The text says %(year)s, but the proposal is for %(budget)s: copied from last year?")
            % {"year": year, "budget": facts.fiscal_year},
            _("Fields of a proposal: no year of the past"),
        )


def _past(text: str, fiscal_year: int) -> list[int]:
    """Return the years before the budget year; a span that reaches it is a plan, not a slip."""
    return [
        int(match[1])
        for match in YEAR.finditer(text)
        if int(match[2] or match[1]) < fiscal_year and int(match[1]) < fiscal_year
    ]


def no_beneficiary(facts: Facts) -> Iterable[Advice]:
    """A proposal for one sector that reaches nobody; a plan for the whole region reaches all."""
    if facts.is_cross_sector or facts.ikm is None:
        return
    if facts.ikm <= 1 and not facts.workers:
        yield Advice(
            Issue("no_beneficiary"),
            "beneficiary_ikm",
            _("Hardly anybody is reached: say which small industries gain by it."),
            _("Criterion: people reached"),
        )


RULES: tuple[Callable[[Facts], Iterable[Advice]], ...] = (
    activity_not_result,
    indicator_weak,
    stale_year,
    no_beneficiary,
)
