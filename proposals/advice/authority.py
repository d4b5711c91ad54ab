"""Whose work it is: code segment against who executes, other affairs, higher levels.

Rules: Law 23/2014, annex (division of affairs); Permendagri 90/2019 and Kepmendagri
050-3708/2020 (fourth segment of a code: 1 province, 2 regency).
"""

import re
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from proposals.advice.facts import Advice, Facts, Issue
from proposals.enums import FundingLevel, NomenclatureLevel, RequestTo

CODES = "Permendagri 90/2019, Kepmendagri 050-3708/2020"
LAW = "UU 23/2014"
FINANCIAL_AID = "bkk_prov"
AFFAIRS = {"3.25": "kelautan dan perikanan", "3.27": "pertanian", "3.30": "perdagangan"}
OTHER_WORK = (
    (
        re.compile(
            r"\b(?:pameran|expo|ekspo|bazar|bazaar|pasar murah|operasi pasar|temu dagang)\b"
        ),
        "3.30",
        "K:3.30.07.2.01.01",
    ),
    (re.compile(r"\bmisi dagang\b|\bpameran dagang\b.*\bekspor\b"), "3.30", "K:3.30.05.2.01.03"),
    (
        re.compile(
            r"\b(?:pembenihan|benih ikan|bibit ikan|budidaya (?:ikan|rumput laut|udang|tambak)"
            r"|alat tangkap|kapal nelayan|perahu nelayan|tambak|karamba|keramba|kolam ikan)\b"
        ),
        "3.25",
        "K:3.25.06.2.02.01",
    ),
    (
        re.compile(
            r"\b(?:bibit|benih|pupuk|pestisida|alsintan|traktor|cetak sawah|perluasan tanam"
            r"|perluasan lahan|peremajaan|replanting|penanaman|irigasi|budidaya tanaman)\b"
        ),
        "3.27",
        "K:3.27.02.2.01.02",
    ),
)
"""Words of other affairs' work, the affair, and a sub-activity of it."""
HIGHER = re.compile(
    r"\b(?:smelter|kilang|refinery|pabrik baja|(?:peleburan|pemurnian) (?:bijih|mineral|logam))\b"
)
SHARED = re.compile(r"\b(?:beberapa|lintas|antar|antara|dua|tiga|empat) (?:kabupaten|daerah|kab)\b")
LICENCES = frozenset({"misi_investasi", "fasilitasi_perizinan"})


def level_vs_funding(facts: Facts) -> Iterable[Advice]:
    """A regency's code asked from the provincial budget; financial aid keeps a regency's code."""
    code, purse = facts.nomenclature, facts.funding
    if code is None or purse is None or code.level != NomenclatureLevel.REGENCY:
        return
    if purse.level == FundingLevel.PROVINCE and purse.key != FINANCIAL_AID:
        yield Advice(
            Issue("level_vs_funding", code.key),
            "nomenclature",
            _(
                "A regency's code (segment 2) is asked from the provincial budget: take the"
                " province's code (segment 1) where the province carries it out, or ask for"
                " financial aid."
            ),
            CODES,
        )


def segment_vs_kind(facts: Facts) -> Iterable[Advice]:
    """A province's code on what a regency carries out itself."""
    code, purse = facts.nomenclature, facts.funding
    if code is None or code.level != NomenclatureLevel.PROVINCE or facts.is_provincial:
        return
    is_aid = purse is not None and purse.key == FINANCIAL_AID
    if facts.request_to == RequestTo.OWN or is_aid:
        yield Advice(
            Issue("code_segment", code.key),
            "nomenclature",
            _(
                "The province's code (segment 1) stands on what your own office carries out: take"
                " the regency's code (segment 2)."
            ),
            CODES,
        )


def other_affairs(facts: Facts) -> Iterable[Advice]:
    """Trade, fisheries and agriculture: by the code, else by the words of title and results."""
    code = facts.nomenclature
    if code is not None and not code.is_industry and code.code.count(".") > 0:
        yield _other_affair(".".join(code.code.split(".")[:2]), code.key, "nomenclature")
        return
    for words, affair, reference in OTHER_WORK:
        if words.search(facts.title.lower()):
            yield _other_affair(affair, reference, "title")
            return


def _other_affair(affair: str, reference: str, field: str) -> Advice:
    name = AFFAIRS.get(affair, affair)
    sentence = _(
        "This is usually work of another affair (%(code)s %(name)s): agree who leads, or say what"
        " in it is industry."
    )
    words = {"code": affair, "name": name}
    return Advice(Issue("urusan_mismatch", reference), field, sentence % words, f"{LAW}; {CODES}")


def higher_level(facts: Facts) -> Iterable[Advice]:
    """Large industry belongs to the province or the centre; so do areas that cross borders."""
    if facts.is_provincial:
        return
    if HIGHER.search(facts.said):
        yield Advice(
            Issue("authority_mismatch"),
            "title",
            _(
                "Large industry such as smelters and refineries is licensed by the province or the"
                " centre: the proposal will probably be redirected."
            ),
            LAW,
        )
    kind = facts.intervention
    is_area = kind is not None and kind.key == "kawasan_industri"
    if is_area and SHARED.search(f"{facts.title} {facts.background}".lower()):
        yield Advice(
            Issue("authority_shared"),
            "title",
            _("The area serves several regencies: write down the part of the province in it."),
            LAW,
        )


def coordination(facts: Facts) -> Iterable[Advice]:
    """Investment and licences are led by the one-stop office (DPMPTSP)."""
    if facts.intervention is not None and facts.intervention.key in LICENCES:
        yield Advice(
            Issue("needs_coordination"),
            "intervention",
            _("The one-stop office (DPMPTSP) usually leads this: say who does what."),
            str(facts.intervention.name),
            is_example=facts.intervention.is_example,
        )


RULES: tuple[Callable[[Facts], Iterable[Advice]], ...] = (
    level_vs_funding,
    segment_vs_kind,
    other_affairs,
    higher_level,
    coordination,
)
