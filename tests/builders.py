"""Rows for tests: a year, complete proposals in any status, joint programmes, ceilings.

Everything is written by the ORM, row by row, past the forms but under every constraint and trigger.
"""

from datetime import timedelta
from decimal import Decimal
from itertools import count

from django.utils import timezone

from proposals.enums import (
    JoiningKind,
    JointState,
    NomenclatureLevel,
    RequestTo,
    ResultKind,
    Role,
    Status,
    UseRole,
    YearState,
)
from proposals.models import (
    Attachment,
    BudgetLine,
    Ceiling,
    CommodityUse,
    Location,
    OfficeYear,
    Output,
    OverlapPair,
    PlanningYear,
    Proposal,
)
from tests import cast, lists
from tests.memory import remembered
from tests.moves import PATHS, decide_joint, dissolve, form_joint, join, move

YEAR_STATES = list(YearState)
_running = count(1)


def make_year(fiscal_year=2022, state=YearState.OPEN, **fields):
    """Make a planning year whose window lies around now, moved forward to the wished state."""
    now = timezone.now()
    window = {
        "opens_at": now - timedelta(days=10),
        "closes_at": now + timedelta(days=10),
        "return_due_on": timezone.localdate() + timedelta(days=14),
        "is_example": True,
    }
    office = fields.pop("office", None) or cast.make_office(cast.PROVINCE)
    year = PlanningYear.objects.create(
        office=office,
        fiscal_year=fiscal_year,
        nomenclature_edition=lists.EDITION,
        **(window | fields),
    )
    return set_state(year, state)


def set_state(year, state):
    """Move a year forward, state by state."""
    ahead = YEAR_STATES[YEAR_STATES.index(year.state) + 1 : YEAR_STATES.index(state) + 1]
    for following in ahead:
        year.state = following
        year.save(update_fields=["state"])
    return year


def current_year():
    """Return the year everybody works in, made at the first call."""
    return PlanningYear.objects.current() or make_year()


@remembered
def make_office_year(office, year=None, **fields):
    """Return what this office has of the year, its covering letter included."""
    year = year or current_year()
    found = OfficeYear.objects.filter(year=year, office=office).first()
    if found:
        return found
    letter = {
        "letter": "letters/surat-usulan.pdf",
        "letter_name": "surat-usulan.pdf",
        "letter_type": "application/pdf",
        "letter_size": 1024,
        "letter_sha256": "0" * 64,
        "letter_at": timezone.now(),
        "letter_by": cast.person(Role.OFFICER, office),
    }
    return OfficeYear.objects.create(year=year, office=office, **(letter | fields))


def make_ceiling(amount_rp, *, year=None, region=None, funding="apbd_prov", sector=None):
    """Make a ceiling of the province's purse, for the whole source unless a sector is named."""
    return Ceiling.objects.create(
        year=year or current_year(),
        region=region or lists.region(),
        funding_source=lists.funding(funding),
        sector=sector,
        amount_rp=amount_rp,
    )


def make_proposal(
    office=None, status=Status.DRAFT, *, year=None, n_lines=0, is_bare=False, **fields
):
    """Make a complete proposal and move it along the table to the wished status.

    ``n_lines`` gives it budget lines that add up; ``is_bare`` leaves out all that may be left out
    of a draft. Amounts of later stages (recommended_rp, agreed_rp, score_pct) go where they belong.
    """
    office = office or cast.make_office()
    later = {
        name: fields.pop(name)
        for name in ("recommended_rp", "agreed_rp", "score_pct")
        if name in fields
    }
    year = year or current_year()
    kind = fields.pop("request_to", None) or _usual_kind(office)
    start = {
        "year": year,
        "office": office,
        "request_to": kind,
        "title": f"Usulan ke-{next(_running)}",
    }
    start |= {"created_by": fields.pop("created_by", None) or cast.person(Role.OFFICER, office)}
    content = {} if is_bare else content_of(kind, office)
    proposal = Proposal.objects.create(**(start | content | fields))
    if not is_bare:
        make_office_year(office, year)
        add_parts(proposal)
    add_lines(proposal, n_lines)
    return move(proposal, *PATHS[Status(status)], **later)


def _usual_kind(office):
    return RequestTo.OWN if office.region.is_province else RequestTo.PROVINCE


def content_of(kind, office):
    """Return the columns that a proposal of this kind fills to be sent."""
    purse = {RequestTo.PROVINCE: "apbd_prov", RequestTo.CENTRE: "dak_fisik_ikm"}
    own_purse = "apbd_prov" if office.region.is_province else "apbd_kab"
    pays = office.region.is_province or kind == RequestTo.PROVINCE
    level = NomenclatureLevel.PROVINCE if pays else NomenclatureLevel.REGENCY
    return {
        "background": "Perajin belum menguasai cara olah yang bersih; mutu tepung naik turun.",
        "origin": "renja",
        "target_group": "Perajin olahan ubi kayu",
        "sector": lists.sector(),
        "intervention": lists.intervention(),
        "nomenclature": lists.nomenclature(level),
        "beneficiary_ikm": 20,
        "beneficiary_workers": 50,
        "requested_rp": 250_000_000,
        "funding_source": lists.funding(purse.get(kind, own_purse)),
    }


def add_parts(proposal):
    """Add the rows that a complete proposal has: results, place, commodity, papers."""
    where = proposal.office.region
    Output.objects.bulk_create(
        [
            Output(proposal=proposal, kind=kind, text=text, unit=unit, target=target)
            for kind, text, unit, target in (
                (ResultKind.OUTPUT, "Pelaku IKM terlatih", "orang", 50),
                (ResultKind.OUTCOME, "Pelaku IKM yang memakai cara olah baru", "orang", 40),
            )
        ]
    )
    place = {"region": where} if where.is_province else {"district": lists.district(where)}
    Location.objects.create(proposal=proposal, **place)
    CommodityUse.objects.create(proposal=proposal, role=UseRole.MAIN, commodity=lists.commodity())
    Attachment.objects.bulk_create(
        [
            Attachment(
                proposal=proposal,
                document=paper,
                file=f"attachments/{paper.key}.pdf",
                name=f"{paper.key}.pdf",
                content_type="application/pdf",
                size=1024,
                sha256="0" * 64,
                uploaded_by=proposal.created_by,
            )
            for paper in lists.papers()
        ]
    )


def add_lines(proposal, n_lines):
    """Split the requested amount into this many budget lines."""
    if not n_lines:
        return
    part, rest = divmod(int(proposal.requested_rp), n_lines)
    amounts = [part] * (n_lines - 1) + [part + rest]
    BudgetLine.objects.bulk_create(
        [
            BudgetLine(
                proposal=proposal,
                position=position,
                text=f"Belanja {position}",
                volume=1,
                unit="paket",
                unit_cost_rp=amount,
                total_rp=amount,
            )
            for position, amount in enumerate(amounts, start=1)
        ]
    )


def make_pair(*sides, **fields):
    """Make two sent proposals, or take these, and the pair that the search would find of them."""
    a, b = sides or (make_proposal(status=Status.SENT), make_proposal(status=Status.SENT))
    given = {
        "kind": JoiningKind.DUPLICATE,
        "score": Decimal("0.9"),
        "reasons": [["same_way", []], ["titles", [["usulan", "usulan"]]]],
        "fingerprint_a": "0" * 64,
        "fingerprint_b": "0" * 64,
    }
    return OverlapPair.objects.create(year=a.year, a=a, b=b, **(given | fields))


def make_joint(members=None, state=JointState.JOINED, **fields):
    """Make a joint programme in this state; of two regencies' requests unless members are given."""
    if members is None:
        offices = (cast.make_office(cast.REGENCY), cast.make_office(cast.OTHER_REGENCY))
        members = [make_proposal(office, Status.UNDER_REVIEW) for office in offices]
    joint = form_joint(members, **fields)
    match state:
        case JointState.FORMING:
            return joint
        case JointState.DISSOLVED:
            return dissolve(join(joint))
        case JointState.JOINED:
            return join(joint)
    return decide_joint(join(joint), JointState(state).value)
