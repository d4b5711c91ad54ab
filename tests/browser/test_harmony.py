"""13 regencies, three tapioca proposals, one provincial programme, five priority sectors."""

import pytest
from django.utils import timezone

from proposals.enums import CommodityKind, JointState, RequestTo, Role, ScaleCriterion, Status
from proposals.harmonisation.actions import finding
from proposals.models import (
    Commodity,
    CommodityUse,
    JointProgramme,
    OverlapPair,
    PriorityFlag,
    Proposal,
    Sector,
    SupplyBalance,
)
from tests import builders, cast, lists
from tests.moves import PATHS, move

pytestmark = pytest.mark.django_db(transaction=True)
REGENCIES = [f"63.{number:02}" for number in (*range(1, 12), 71, 72)]
TAPIOCA = {
    "63.01": "Pelatihan pengolahan tepung tapioka bagi IKM Takisung",
    "63.02": "Bimtek tapioka untuk UKM",
    "63.03": "Pelatihan Pengolahan Tapioka di Karang Intan",
}
OTHERS = ("purun", "jagung", "karet", "kelapa", "ikan_air_tawar", "sasirangan", "rotan")
TITLES = {
    "purun": "Studi pasar anyaman purun",
    "jagung": "Pelatihan emping jagung",
    "karet": "Pelatihan barang karet",
    "kelapa": "Pelatihan minyak kelapa",
    "ikan_air_tawar": "Pelatihan abon ikan",
    "sasirangan": "Pelatihan pewarna alam sasirangan",
    "rotan": "Pelatihan mebel rotan",
}
PRODUCTION = {key: 900 - 100 * at for at, key in enumerate(("singkong", *OTHERS[:6]))}
"""Tonnes a year beside a need of 1,000: each sector is short a little more than the one before."""


def sent(code, title, key):
    """Send a proposal of a regency about the raw material of a sector, and take it into review."""
    draft = builders.make_proposal(cast.make_office(code), title=title, sector=lists.sector(key))
    CommodityUse.objects.filter(proposal=draft).update(commodity=grown(key))
    Proposal.objects.filter(pk=draft.pk).update(overlaps_due_at=timezone.now())
    return move(draft, *PATHS[Status.UNDER_REVIEW])


def grown(key):
    if key == "singkong":
        return lists.commodity()
    raw = CommodityKind.RAW_MATERIAL
    return lists.keyed(Commodity, key, sector=lists.sector(key), kind=raw, unit="ton/year")


@pytest.fixture
def world(transactional_db):
    """Thirteen regencies have sent one proposal each; of seven sectors the balance is known."""
    builders.make_year(max_priority_sectors=5)
    lists.gates(RequestTo.PROVINCE)
    lists.nomenclature()
    for key, tonnes in PRODUCTION.items():
        SupplyBalance.objects.create(
            commodity=grown(key),
            region=lists.region("63.01"),
            data_year=2020,
            unit="ton",
            production=tonnes,
            household_need=0,
            industrial_demand=1000,
            source="BPS",
        )
    for at, code in enumerate(REGENCIES):
        key = OTHERS[at % len(OTHERS)]
        own = f"{TITLES[key]} {lists.region(code).short_name}"
        sent(code, TAPIOCA.get(code, own), "singkong" if code in TAPIOCA else key)
    finding.find_due()
    return list(Proposal.objects.filter(title__in=TAPIOCA.values()).order_by("number"))


def test_thirteen_regencies_one_programme_five_sectors(world, open_desk):
    coordinator = open_desk(cast.person(Role.COORDINATOR))
    joint = coordinator_joins_what_the_search_found(coordinator, world)
    heads_decide(open_desk(cast.person(Role.PROVINCE_HEAD)), joint)
    regency_reads_where_it_went(open_desk(cast.person(Role.OFFICER)), world[0])
    coordinator_sets_the_scale(coordinator)
    flags = PriorityFlag.objects.filter(sector__isnull=False).order_by("rank")
    best = sorted(PRODUCTION, key=PRODUCTION.get, reverse=True)[:5]
    assert [flag.sector.key for flag in flags] == best


def coordinator_joins_what_the_search_found(desk, members):
    desk.open("harmonisation:board")
    desk.follow("tapioka")
    for member in members:
        assert member.number in desk.text()
    desk.follow("Make one programme of them")
    desk.fill(title="Pelatihan tapioka tiga kabupaten")
    desk.choose(lead_office=cast.make_office(cast.PROVINCE).pk)
    desk.press("Make the group")
    joint = JointProgramme.objects.get()
    desk.open("harmonisation:edit", joint.pk)
    desk.choose(nomenclature=lists.nomenclature().pk)
    desk.press("Save")
    desk.open("harmonisation:shares", joint.pk)
    desk.fill(amount_rp="300.000.000")
    for share in joint.shares.all():
        desk.fill(**{f"amount_{share.pk}": "100.000.000"})
    desk.press("Save the shares")
    assert desk.errors() == []
    desk.open("harmonisation:act", joint.pk, "gabungkan")
    desk.press("Join")
    joint.refresh_from_db()
    assert (joint.state, joint.number, joint.shares.count()) == (JointState.JOINED, "PROV-01", 3)
    assert not OverlapPair.objects.filter(a__in=members, verdict="").exists()
    return joint


def heads_decide(desk, joint):
    desk.open("meeting:decide_joint", joint.pk)
    desk.check("action", "agree")
    desk.press("Record the decision")
    joint.refresh_from_db()
    assert (joint.state, joint.decisions.get().agreed_rp) == (JointState.AGREED, 300_000_000)


def regency_reads_where_it_went(desk, proposal):
    desk.open("filing:proposal", proposal.pk)
    text = desk.text().replace("\N{NO-BREAK SPACE}", " ")
    assert "PROV-01" in text
    assert "Rp 100.000.000" in text


def coordinator_sets_the_scale(desk):
    desk.open("priorities:versions")
    desk.fill(reason="Arahan gubernur: bahan baku daerah lebih dulu.")
    desk.press("Begin a version")
    weights = dict.fromkeys(ScaleCriterion.values, 0) | {ScaleCriterion.RAW_MATERIAL: 100}
    desk.fill(**{f"w_{name}": weight for name, weight in weights.items()})
    desk.press("Save the weights")
    desk.press("Freeze the scale")
    desk.open("priorities:flags")
    assert Sector.objects.count() == 8
    for at in range(5):
        desk.page.locator("main [name^=first_]").nth(at).check()
        desk.page.locator("main [name^=reason_]").nth(at).fill("Bahan bakunya ada di daerah")
    desk.press("Set these sectors")
    assert "bertambah" in " ".join(desk.errors())
    desk.page.locator("main [name=may_grow]").check()
    desk.press("Set these sectors")
    assert "5 sektor" in desk.page.locator("[role=status], .alert").first.inner_text()
