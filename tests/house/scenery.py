"""The rows behind the doors: one of everything that an address may name."""

from django.core.files.base import ContentFile

from proposals import notices
from proposals.enums import JointState, RequestTo, Role, Status
from proposals.filing.queries.letters import letters_of
from proposals.models import (
    DerivativeStage,
    FinancingScheme,
    IndustryCode,
    Notice,
    Office,
    PriorityFlag,
    SupplyBalance,
    Synonym,
    User,
)
from proposals.priorities.actions.scale import begin_version, freeze
from proposals.priorities.actions.scenarios import keep
from proposals.priorities.cutting import Settings
from tests import cast, lists
from tests.builders import (
    current_year,
    make_ceiling,
    make_joint,
    make_office_year,
    make_pair,
    make_proposal,
    make_year,
)
from tests.cast import OTHER_REGENCY, PROVINCE
from tests.workbook.uploads import make_upload

PEOPLE = {
    "-": None,
    "o": (Role.OFFICER, cast.REGENCY),
    "h": (Role.HEAD, cast.REGENCY),
    "O": (Role.OFFICER, OTHER_REGENCY),
    "H": (Role.HEAD, OTHER_REGENCY),
    "p": (Role.OFFICER, PROVINCE),
    "g": (Role.GATE_CHECKER, None),
    "r": (Role.REVIEWER, None),
    "c": (Role.COORDINATOR, None),
    "d": (Role.PROVINCE_HEAD, None),
    "a": (Role.ADMIN, None),
    "b": (Role.BAPPEDA, None),
    "v": (Role.OBSERVER, None),
}
"""Who stands before a door, by letter; "d" is the head of the provincial office, who decides."""


def person_of(letter):
    role, code = PEOPLE[letter]
    return cast.person(role, cast.make_office(code) if code else None)


def make_scene():
    """Return the ids of everything that stands behind the doors, by the name that DOORS uses."""
    make_year(2022)
    rows = {**proposals(), **programmes(), **reference(), **years(), **scales()}
    return {name: row.pk for name, row in rows.items()}


def proposals():
    other, province = cast.make_office(OTHER_REGENCY), cast.make_office(PROVINCE)
    sent = make_proposal(status=Status.SENT)
    paper = sent.attachments.first()
    stored(paper.file)
    return {
        "draft": make_proposal(),
        "ready": make_proposal(status=Status.AWAITING_HEAD),
        "sent": sent,
        "paper": paper,
        "kak": paper.document,
        "returned": make_proposal(status=Status.RETURNED),
        "reviewed": make_proposal(status=Status.UNDER_REVIEW),
        "desk": make_proposal(status=Status.AT_DESK),
        "agreed": make_proposal(status=Status.AGREED, score_pct=70),
        "withdrawn": make_proposal(status=Status.WITHDRAWN),
        "other_draft": make_proposal(other),
        "other_sent": make_proposal(other, Status.SENT),
        "province_draft": make_proposal(province),
        "province_sent": make_proposal(province, Status.SENT),
        "workbook": make_upload(n_rows=2, outcome="refused"),
    }


def stored(file):
    """Lay a small file where the row says it is."""
    file.storage.save(file.name, ContentFile(b"%PDF-1.4 contoh"))


def programmes():
    other = cast.make_office(OTHER_REGENCY)

    def member(office=None, **fields):
        return make_proposal(office, Status.UNDER_REVIEW, **fields)

    asked = member(request_to=RequestTo.OWN)
    group = make_joint([asked, member(other)], state=JointState.FORMING)
    group.shares.filter(proposal=asked).update(consent_at=None, consent_by=None)
    joined = make_joint([member(), member(other)])
    return {
        "group": group,
        "asked": group.shares.get(proposal=asked),
        "foreign_group": make_joint([member(other), member(other)], state=JointState.FORMING),
        "joined": joined,
        "share": joined.shares.first(),
        "foreign": make_joint([member(other), member(other)]),
        "pair": make_pair(),
    }


def reference():
    stage = lists.keyed(DerivativeStage, "tapioka_kasar", tree="CASSAVA", stage="antara")
    scheme = lists.keyed(FinancingScheme, "kur_2021", code="kur", scheme="KUR")
    code = lists.keyed(IndustryCode, "kbli_10", kind="kbli", code="10")
    return {
        "sector": lists.sector(),
        "commodity": lists.commodity(),
        "stage": stage,
        "nomenclature": lists.nomenclature(),
        "intervention": lists.intervention(),
        "funding": lists.funding(),
        "scheme": scheme,
        "document": lists.papers()[0],
        "reason": lists.reason("return"),
        "criterion": lists.criteria()[0],
        "industry_code": code,
        "synonym": lists.keyed(Synonym, "latih", role="act", words="bimtek, pelatihan"),
    }


def scales():
    """Make a frozen version of the scale, and a draft after it."""
    by, year = person_of("c"), current_year()
    SupplyBalance.objects.create(
        commodity=lists.commodity(), region=lists.region(cast.REGENCY), data_year=2020, production=9
    )
    first = begin_version(year=year, by=by, reason="Arahan gubernur")
    frozen = freeze(version=first, by=by, row_version=1)
    draft = begin_version(year=year, by=by, reason="Angka baru")
    return {
        "scale": frozen,
        "scale_draft": draft,
        "scaled": lists.sector(),
        "balanced": lists.commodity(),
        "scenario": keep(year=year, by=by, name="Merata", settings=Settings()),
        "draft_score": draft.scores.filter(sector__isnull=False).first(),
    }


def told():
    """Tell the officer of the own account: a notice, and the letter that carries it."""
    notices.invited(person_of("o"))
    notice = Notice.objects.get(recipient=person_of("o"))
    return {"notice": notice, "mail": notice.letter}


def years():
    year = make_proposal(is_bare=True).year
    own = make_office_year(cast.make_office(), year)
    stored(own.letter)
    own.letter = "letters/surat-baru.pdf"
    own.save()
    stored(own.letter)
    return {
        "old_letter": letters_of(own)[0],
        "year": year,
        "office": Office.objects.get(pk=cast.make_office().pk),
        "somebody": User.objects.get(pk=person_of("O").pk),
        "office_year": make_office_year(cast.make_office(), year),
        "letter": make_office_year(cast.make_office(), year),
        "ceiling": make_ceiling(10**12),
        **told(),
        "flagged_sector": lists.sector("padi"),
        "flagged_commodity": lists.commodity("jagung"),
        "sector_flag": PriorityFlag.objects.create(
            year=year, sector=lists.sector("padi"), rank=1, reason="Arahan gubernur"
        ),
        "commodity_flag": PriorityFlag.objects.create(
            year=year, commodity=lists.commodity("jagung"), rank=1, reason="Arahan gubernur"
        ),
    }
