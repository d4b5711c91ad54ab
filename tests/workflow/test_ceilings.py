"""Ceilings: what Python shows and what the database refuses are the same sums."""

import random

import pytest
from django.db import connection

from proposals import ceilings
from proposals.enums import JointState, RequestTo, Status
from proposals.models import Ceiling, Proposal
from tests import cast, lists
from tests.builders import current_year, make_ceiling, make_joint, make_proposal, set_state
from tests.cast import OTHER_REGENCY, REGENCY
from tests.moves import decide_joint, join
from tests.scenes import kept_for_module

S = Status
SECTORS = ("singkong", "padi")
KINDS = (RequestTo.PROVINCE, RequestTo.CENTRE, RequestTo.OWN)


def agreed_in_database(ceiling, proposal=None, joint=None):
    with connection.cursor() as cursor:
        cursor.execute(
            "select rk_agreed_from(%s, %s, %s, %s, %s)",
            [ceiling.year_id, ceiling.funding_source_id, ceiling.sector_id, proposal, joint],
        )
        return cursor.fetchone()[0]


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    """Make agreed proposals and programmes of every kind, source and sector, by a fixed die."""
    die = random.Random(2022)
    with kept_for_module(django_db_blocker):
        for funding in ("apbd_prov", "dak_fisik_ikm", "bkk_prov"):
            make_ceiling(10**12, funding=funding)
            make_ceiling(10**11, funding=funding, sector=lists.sector("padi"))
        for number in range(24):
            status = S.AGREED if number % 4 else S.AT_DESK
            made(die, status, agreed_rp=die.randrange(1, 10**9))
        for state in ("joined", "agreed", "agreed"):
            members = [made(die, S.UNDER_REVIEW) for _ in range(2)]
            make_joint(members, state=JointState(state))
        yield current_year()


def made(die, status, **fields):
    office = cast.make_office(die.choice([REGENCY, OTHER_REGENCY]))
    sector = lists.sector(die.choice(SECTORS))
    return make_proposal(office, status, request_to=die.choice(KINDS), sector=sector, **fields)


def test_the_sums_of_a_year_are_those_of_the_database(scene):
    rooms = ceilings.rooms_of_year(scene)
    assert len(rooms) == 6
    assert [room.agreed_rp for room in rooms] == [agreed_in_database(r.ceiling) for r in rooms]
    assert sum(room.agreed_rp > 0 for room in rooms) >= 4


def test_a_request_is_left_out_of_what_stands_beside_it(scene):
    requests = Proposal.objects.filter(status=S.AGREED).exclude(request_to=RequestTo.OWN)
    for proposal in requests:
        for room in ceilings.rooms_for(proposal, 1):
            assert room.agreed_rp == agreed_in_database(room.ceiling, proposal=proposal.pk)
            assert room.ceiling.sector_id in {None, proposal.sector_id}
            assert room.ceiling.funding_source_id == proposal.funding_source_id


def test_a_programme_is_left_out_of_what_stands_beside_it(scene):
    for joint in scene.joint_programmes.filter(state="agreed"):
        shares = list(joint.shares.select_related("proposal"))
        rooms = ceilings.rooms_for_joint(joint, shares)
        assert [room.agreed_rp for room in rooms] == [
            agreed_in_database(room.ceiling, joint=joint.pk) for room in rooms
        ]
        for room in rooms:
            assert room.claim_rp == sum(
                share.amount_rp
                for share in shares
                if share.funding_source_id == room.ceiling.funding_source_id
                and room.ceiling.sector_id in {None, share.proposal.sector_id}
            )


@pytest.mark.django_db
class TestRooms:
    def test_what_is_left_before_and_after(self):
        ceiling = make_ceiling(100)
        room = ceilings.Room(ceiling, agreed_rp=70, claim_rp=31)
        assert (room.left_rp, room.left_after_rp, room.is_passed) == (30, -1, True)
        assert not ceilings.Room(ceiling, agreed_rp=70, claim_rp=30).is_passed

    def test_a_ceiling_that_was_lowered_is_passed_by_no_act_of_nothing(self):
        assert not ceilings.Room(make_ceiling(100), agreed_rp=170).is_passed

    def test_no_ceiling_row_is_no_limit(self):
        assert ceilings.rooms_for(make_proposal(status=S.AT_DESK), 10**15) == []

    def test_an_own_programme_counts_in_its_regency_alone(self):
        mine = make_proposal(status=S.AT_DESK, request_to=RequestTo.OWN)
        make_proposal(cast.make_office(OTHER_REGENCY), S.AGREED, request_to=RequestTo.OWN)
        make_proposal(status=S.AGREED, request_to=RequestTo.OWN)
        make_ceiling(10**9, region=mine.office.region, funding="apbd_kab")
        (room,) = ceilings.rooms_for(mine, 5)
        assert (room.agreed_rp, room.claim_rp, room.left_after_rp) == (250_000_000, 5, 749_999_995)

    def test_a_share_of_an_own_programme_counts_in_its_regency(self):
        member = make_proposal(status=S.UNDER_REVIEW, request_to=RequestTo.OWN)
        joint = make_joint([member], state=JointState.FORMING)
        joint.shares.update(funding_source=lists.funding("apbd_kab"))
        decide_joint(join(joint), "agreed")
        mine = make_proposal(status=S.AT_DESK, request_to=RequestTo.OWN)
        make_ceiling(10**9, region=mine.office.region, funding="apbd_kab")
        (room,) = ceilings.rooms_for(mine)
        assert (room.agreed_rp, room.claim_rp) == (250_000_000, 0)

    def test_a_proposal_without_a_source_counts_nowhere(self):
        make_ceiling(1)
        bare = make_proposal(is_bare=True)
        assert ceilings.rooms_for(bare, 5) == []

    def test_another_year_does_not_count(self):
        ceiling = make_ceiling(10**9)
        make_proposal(status=S.AGREED)
        set_state(ceiling.year, "closed")
        (room,) = ceilings.rooms_of_year(ceiling.year)
        assert room.agreed_rp == 250_000_000
        assert Ceiling.objects.exclude(year=ceiling.year).count() == 0
