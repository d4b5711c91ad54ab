"""The stories of joint programmes, told through the actions that the pages call."""

from decimal import Decimal

import pytest

from proposals import workflow
from proposals.enums import Delivery, JoiningKind, JointAction, JointState, RequestTo, Status
from proposals.harmonisation import actions
from proposals.harmonisation.actions import ShareGiven
from proposals.models import JointProgramme, Share
from proposals.refused import Refused
from tests import cast, lists
from tests.builders import make_proposal, set_state
from tests.harmonisation.story import (
    MILLION,
    amounts,
    check_now,
    form,
    fresh,
    give,
    given,
    joined,
    ready,
    statuses,
    take,
)

pytestmark = pytest.mark.django_db
THIRD_REGENCY = "63.03"


@pytest.fixture
def request_of(office, other_office):
    """Make a request to the province, of 63.02 unless told otherwise."""

    def made(where=None, status=Status.UNDER_REVIEW, rp=900, **fields):
        return make_proposal(where or other_office, status, requested_rp=rp * MILLION, **fields)

    return made


@pytest.fixture
def own_programme(office):
    return make_proposal(
        office, Status.AT_DESK, request_to=RequestTo.OWN, requested_rp=600 * MILLION
    )


def terms(joint):
    rows = joint.shares.select_related("funding_source").order_by("proposal__number")
    return [(int(one.amount_rp), one.funding_source.key, one.delivery) for one in rows]


def test_one_programme_with_a_consent_from_group_to_dissolving(
    request_of, own_programme, reviewer, coordinator, province_head, head, other_head
):
    request = request_of()
    joint = form(reviewer, [request, own_programme])
    assert terms(joint) == [(0, "apbd_prov", Delivery.ACTIVITY)] * 2
    assert (joint.state, joint.number) == (JointState.FORMING, None)
    assert statuses(own_programme, request) == [Status.AT_DESK, Status.UNDER_REVIEW]

    give(joint, 600 * MILLION, 300 * MILLION, by=reviewer, total=1_000 * MILLION)
    hindered = workflow.joint_hindrances(JointAction.JOIN, joint=fresh(joint), user=coordinator)
    assert hindered == [
        "Jumlah bagian belum sama: masih tersisa Rp\xa0100.000.000 untuk dibagi.",
        "Pilih kode sub kegiatan program.",
    ]
    actions.save_programme(
        joint=joint,
        by=reviewer,
        row_version=fresh(joint).row_version,
        values={"nomenclature": lists.nomenclature()},
        outputs=[{"kind": "output", "text": "Unit tapioka", "unit": "unit", "target": Decimal(1)}],
    )
    give(joint, 600 * MILLION, 400 * MILLION, by=reviewer)
    with pytest.raises(Refused):
        take(JointAction.JOIN, joint, reviewer)
    joint = take(JointAction.JOIN, joint, coordinator)
    check_now()
    assert (joint.number, joint.state) == ("PROV-01", JointState.JOINED)
    assert statuses(own_programme, request) == [Status.MERGED] * 2

    with pytest.raises(Refused) as refusal:
        take(JointAction.AGREE, joint, province_head)
    name = own_programme.office.name
    assert refusal.value.reasons == (f"{name} belum menyetujui pelepasan dananya sendiri.",)
    share = Share.objects.get(proposal=own_programme)
    with pytest.raises(Refused):
        actions.consent(share=share, by=other_head)
    actions.consent(share=share, by=head, note="Sudah dengan Bupati")
    joint = take(JointAction.AGREE, joint, province_head)
    check_now()
    assert (joint.state, joint.decisions.get().agreed_rp) == (JointState.AGREED, 1_000 * MILLION)
    with pytest.raises(Refused):
        give(joint, 500 * MILLION, 500 * MILLION, by=coordinator)

    take(JointAction.REOPEN, joint, province_head)
    joint = take(JointAction.DISSOLVE, joint, coordinator)
    check_now()
    assert (joint.state, joint.number, joint.shares.count()) == (JointState.DISSOLVED, "PROV-01", 0)
    assert statuses(own_programme, request) == [Status.UNDER_REVIEW] * 2
    assert [own_programme.requested_rp, request.requested_rp] == [600 * MILLION, 900 * MILLION]


def test_a_member_leaves_a_joined_programme_and_comes_in_again(request_of, office, coordinator):
    members = [request_of(office), request_of(), request_of(cast.make_office(THIRD_REGENCY))]
    joint = joined(coordinator, members, 100 * MILLION, 200 * MILLION, 300 * MILLION)
    leaving = members[2]

    actions.remove_member(share=leaving.share, by=coordinator, reason="Diusulkan lagi ke pusat")
    check_now()
    assert fresh(joint).amount_rp == 300 * MILLION
    assert amounts(joint) == [("RT22-6301-01", 100 * MILLION), ("RT22-6302-01", 200 * MILLION)]
    assert statuses(*members) == [Status.MERGED, Status.MERGED, Status.UNDER_REVIEW]

    actions.add_members(joint=joint, by=coordinator, proposals=[leaving])
    check_now()
    assert amounts(joint)[2] == ("RT22-6303-01", 0)
    assert statuses(leaving) == [Status.MERGED]
    give(joint, 100 * MILLION, 200 * MILLION, 50 * MILLION, by=coordinator, total=350 * MILLION)
    check_now()
    assert (fresh(joint).amount_rp, fresh(joint).number) == (350 * MILLION, "PROV-01")


def test_who_leaves_changes_the_others_only_in_the_same_act(request_of, office, coordinator):
    members = [request_of(office), request_of(), request_of(cast.make_office(THIRD_REGENCY))]
    joint = joined(coordinator, members, 100, 200, 300)
    leaving, rest = members[2].share, [members[0].share.pk, members[1].share.pk]
    with pytest.raises(Refused) as refusal:
        actions.remove_member(
            share=leaving, by=coordinator, reason="Keluar", amount_rp=Decimal(600)
        )
    assert refusal.value.reasons == (
        "Jumlah bagian belum sama: masih tersisa Rp\xa0300 untuk dibagi.",
    )
    assert len(amounts(joint)) == 3
    wanted = {pk: one for pk, one in given(joint, 250, 350, 0).items() if pk in rest}
    actions.remove_member(
        share=leaving, by=coordinator, reason="Keluar", amount_rp=Decimal(600), shares=wanted
    )
    check_now()
    assert (fresh(joint).amount_rp, [rp for _, rp in amounts(joint)]) == (600, [250, 350])


def test_a_joined_programme_is_not_left_with_one_member(request_of, office, coordinator):
    members = [request_of(office), request_of()]
    joint = joined(coordinator, members, 100, 200)
    with pytest.raises(Refused):
        actions.remove_member(share=members[0].share, by=coordinator, reason="Keluar")
    with pytest.raises(Refused):
        actions.remove_member(share=members[0].share, by=coordinator, reason=" ")
    assert amounts(joint) == [("RT22-6301-01", 100), ("RT22-6302-01", 200)]


def test_a_share_of_nothing_is_absorbed_and_still_merged(request_of, office, coordinator):
    members = [request_of(office), request_of()]
    joint = joined(coordinator, members, 500 * MILLION, 0)
    assert amounts(joint) == [("RT22-6301-01", 500 * MILLION), ("RT22-6302-01", 0)]
    assert statuses(*members) == [Status.MERGED] * 2


def test_a_regency_leads_with_its_own_proposal_and_each_keeps_its_money(
    office, other_office, coordinator, province_head
):
    members = [
        make_proposal(where, Status.UNDER_REVIEW, request_to=RequestTo.OWN)
        for where in (office, other_office)
    ]
    joint = joined(coordinator, members, 250, 180, lead=office, kind=JoiningKind.JOINT_SERVICE)
    assert joint.number == "BERSAMA-01"
    assert terms(joint) == [
        (250, "apbd_kab", Delivery.OWN_MONEY),
        (180, "apbd_kab", Delivery.OWN_MONEY),
    ]
    assert [share.needs_consent for share in joint.shares.all()] == [False, False]
    newcomer = make_proposal(other_office, Status.UNDER_REVIEW)
    actions.add_members(joint=joint, by=coordinator, proposals=[newcomer])
    with pytest.raises(Refused) as refusal:
        actions.remove_member(share=members[0].share, by=coordinator, reason="Keluar")
    assert refusal.value.reasons == (
        f"{office.name} hanya dapat memimpin bila usulannya sendiri ikut menjadi anggota.",
    )
    assert take(JointAction.AGREE, joint, province_head).state == JointState.AGREED


def test_own_money_stays_the_members_own(office, other_office, coordinator):
    own = make_proposal(office, Status.UNDER_REVIEW, request_to=RequestTo.OWN)
    joint = form(coordinator, [own, make_proposal(other_office, Status.UNDER_REVIEW)])
    wanted = ShareGiven(Decimal(5), lists.funding("apbd_prov"), Delivery.OWN_MONEY)
    with pytest.raises(Refused) as refusal:
        actions.set_shares(
            joint=joint, by=coordinator, row_version=1, shares={own.share.pk: wanted}
        )
    assert refusal.value.reasons == (
        f"{own.number} memakai uang sendiri, jadi sumber dananya tetap: Apbd kab.",
    )


def test_a_lead_is_the_province_or_a_member(request_of, office, coordinator):
    members = [request_of(), request_of()]
    with pytest.raises(Refused):
        form(coordinator, members, lead=office)
    joint = joined(coordinator, members, 100, 200)
    with pytest.raises(Refused) as refusal:
        actions.save_programme(
            joint=joint,
            by=coordinator,
            row_version=joint.row_version,
            values={"lead_office": members[0].office},
        )
    assert refusal.value.reasons == (
        "Nomor PROV-01 tetap: urai program ini, lalu gabungkan lagi dengan pemimpin yang lain.",
    )


@pytest.mark.parametrize("status", [Status.RETURNED, Status.AGREED, Status.DEFERRED, Status.MERGED])
def test_a_group_takes_only_what_is_undecided(request_of, coordinator, status):
    with pytest.raises(Refused):
        form(coordinator, [request_of(), request_of(status=status)])


def test_a_group_wants_two_proposals_a_title_and_a_person_who_may(request_of, coordinator, head):
    one, other = request_of(), request_of()
    for by, members, title in (
        (coordinator, [one], "Tapioka"),
        (coordinator, [one, one], "Tapioka"),
        (coordinator, [one, other], "  "),
        (head, [one, other], "Tapioka"),
    ):
        with pytest.raises(Refused):
            form(by, members, title=title)
    assert JointProgramme.objects.count() == 0


def test_a_proposal_stands_in_one_group_only(request_of, coordinator):
    one, other, third = request_of(), request_of(), request_of()
    form(coordinator, [one, other], title="Pertama")
    with pytest.raises(Refused) as refusal:
        form(coordinator, [other, third], title="Kedua")
    assert refusal.value.reasons == (f"{other.number} sudah ada di grup lain: Pertama.",)


def test_nothing_moves_after_the_minutes_are_signed(request_of, coordinator, office):
    joint = ready(coordinator, [request_of(office), request_of()], 100, 200)
    set_state(joint.year, "signed")
    with pytest.raises(Refused):
        give(joint, 200, 100, by=coordinator)
    with pytest.raises(Refused):
        take(JointAction.JOIN, joint, coordinator)
