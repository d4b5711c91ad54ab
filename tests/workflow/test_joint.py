"""The life of a joint programme: join, agree, defer, reopen, dissolve; members go with it."""

import pytest

from proposals.enums import (
    DecisionResult,
    Delivery,
    JointAction,
    JointState,
    RegencyWord,
    RequestTo,
    Role,
    Status,
    YearState,
)
from proposals.models import Decision, JointProgramme, Share
from proposals.refused import Refused
from proposals.workflow import Given, joint_hindrances, take_joint
from tests import cast, lists
from tests.builders import make_ceiling, make_joint, make_proposal, set_state
from tests.house.test_transitions import JOINT_HOUSE
from tests.scenes import scribble

pytestmark = pytest.mark.django_db

J, S = JointAction, Status
NOTE = Given(note="Sesuai rapat")


def chief():
    return cast.person(Role.PROVINCE_HEAD)


def why(action, joint, given=None, role=Role.PROVINCE_HEAD):
    fresh = JointProgramme.objects.get(pk=joint.pk)
    return joint_hindrances(action, joint=fresh, user=cast.person(role), given=given)


def group(*members, amount=None, **fields):
    """Make a group with an amount of its own; by default what the shares add up to."""
    joint = make_joint(list(members) or None, state=JointState.FORMING, **fields)
    total = sum(share.amount_rp for share in joint.shares.all())
    joint.amount_rp = total if amount is None else amount
    joint.save(update_fields=["amount_rp"])
    return joint


def member(office=cast.REGENCY, status=S.UNDER_REVIEW, **fields):
    return make_proposal(cast.make_office(office), status, **fields)


def statuses(joint):
    return {share.proposal.status for share in Share.objects.filter(joint=joint)}


# Who and from where -----------------------------------------------------------------------------


@pytest.mark.parametrize("action", JointAction)
@pytest.mark.parametrize("state", JointState)
def test_the_table_of_joint_programmes(action, state):
    joint = group() if state == JointState.FORMING else make_joint(state=state)
    sources, target = JOINT_HOUSE[action]
    people = [cast.person(role) for role in Role]
    for by in people:
        right = state in sources.split() and by.role in {"coordinator", "province_head"}
        with scribble():
            try:
                came = take_joint(action, joint=joint, by=by, given=NOTE).state
            except Refused:
                came = None
        assert came == (target if right else None), by.role


def test_a_wrong_role_and_a_wrong_state_are_said():
    joint = make_joint(state=JointState.FORMING)
    assert why(J.JOIN, joint, role=Role.REVIEWER) == ["Your role may not do this."]
    assert why(J.AGREE, joint) == ["Not possible while the programme is: Being compared."]


def test_nothing_moves_once_the_minutes_are_signed():
    joint = make_joint()
    set_state(joint.year, YearState.SIGNED)
    assert why(J.AGREE, joint) == ["The minutes are signed: a change now needs an addendum."]


# Joining ----------------------------------------------------------------------------------------


def test_a_joint_programme_has_at_least_two_members():
    assert why(J.JOIN, group(member())) == ["A joint programme has at least two members."]


def test_an_amount_and_a_code_are_needed():
    joint = make_joint(state=JointState.FORMING, nomenclature=None)
    assert why(J.JOIN, joint) == [
        "Enter the amount of the programme.",
        "Choose the sub-activity code of the programme.",
    ]


def test_shares_that_do_not_add_up_are_told_by_their_difference():
    joint = group(member(), member(), amount=500_000_001)
    assert why(J.JOIN, joint) == [
        "The shares do not add up: Rp\N{NO-BREAK SPACE}1 is left to share."
    ]
    joint = group(member(), member(), amount=499_000_000)
    assert why(J.JOIN, joint) == [
        "The shares do not add up: they are Rp\N{NO-BREAK SPACE}1.000.000 above the programme."
    ]


def test_a_member_that_cannot_be_merged_is_named():
    ready, waiting = member(), member(status=S.SENT)
    joint = group(ready, waiting)
    assert why(J.JOIN, joint) == [f"{waiting.number}: Not possible while the proposal is: Sent."]


def test_joining_gives_a_number_and_merges_the_members():
    joint = take_joint(J.JOIN, joint=group(), by=chief())
    assert (joint.state, joint.number, joint.decided_at) == (JointState.JOINED, "PROV-01", None)
    assert statuses(joint) == {S.MERGED}


def test_a_regency_that_leads_gives_the_other_number():
    own = cast.make_office()
    lead = take_joint(J.JOIN, joint=group(member(), member(), lead_office=own), by=chief())
    numbers = [take_joint(J.JOIN, joint=group(member(), member()), by=chief()).number]
    numbers.append(take_joint(J.JOIN, joint=group(member(), member()), by=chief()).number)
    assert (lead.number, numbers) == ("BERSAMA-01", ["PROV-01", "PROV-02"])


def test_numbers_go_on_after_ninety_nine():
    other = make_joint([member()], state=JointState.FORMING)
    JointProgramme.objects.filter(pk=other.pk).update(number="PROV-100")
    assert take_joint(J.JOIN, joint=group(), by=chief()).number == "PROV-101"


def test_a_group_that_has_a_number_keeps_it():
    joint = group()
    JointProgramme.objects.filter(pk=joint.pk).update(number="PROV-07")
    assert take_joint(J.JOIN, joint=joint, by=chief()).number == "PROV-07"


def test_a_programme_reopened_keeps_its_number():
    joint = make_joint()
    deferred = take_joint(J.DEFER, joint=joint, by=chief(), given=NOTE)
    again = take_joint(J.REOPEN, joint=deferred, by=chief(), given=NOTE)
    assert (again.number, again.decided_at) == (joint.number, None)


def test_a_refused_joining_leaves_everything_as_it_was():
    joint = group(member(), member(status=S.SENT))
    with pytest.raises(Refused):
        take_joint(J.JOIN, joint=joint, by=chief())
    joint.refresh_from_db()
    assert (joint.state, joint.number, statuses(joint)) == (
        JointState.FORMING,
        None,
        {S.UNDER_REVIEW, S.SENT},
    )


# Deciding ---------------------------------------------------------------------------------------


def test_agreeing_writes_one_decision_for_all():
    joint = make_joint()
    given = Given(note="Sepakat", regency_word=RegencyWord.AGREES, regency_note="Siap")
    agreed = take_joint(J.AGREE, joint=joint, by=chief(), given=given)
    decision = Decision.objects.get(joint=joint)
    assert (decision.result, decision.requested_rp, decision.agreed_rp) == (
        DecisionResult.AGREED,
        500_000_000,
        500_000_000,
    )
    assert (decision.regency_word, decision.regency_note) == ("agrees", "Siap")
    assert (decision.decided_by, decision.recorded_by) == (chief(), chief())
    assert (agreed.decided_at is not None, agreed.result_note) == (True, "Sepakat")
    assert statuses(joint) == {S.MERGED}


def asked_purse():
    """Return a joined programme in which a regency gives up money of its own, unasked yet."""
    own = member(request_to=RequestTo.OWN)
    joint = make_joint([own, member(cast.OTHER_REGENCY)])
    Share.objects.filter(proposal=own).update(consent_at=None, consent_by=None)
    return joint, own


def test_a_purse_that_has_not_consented_holds_the_programme():
    joint, own = asked_purse()
    assert why(J.AGREE, joint) == [
        f"{own.office.name} has not consented yet to give up its own money."
    ]


def test_a_share_from_the_own_purse_needs_no_consent():
    joint, own = asked_purse()
    shares = Share.objects.filter(proposal=own)
    shares.update(funding_source=lists.funding("apbd_kab"), delivery=Delivery.OWN_MONEY)
    assert why(J.AGREE, joint) == []


def test_the_own_budget_of_another_regency_is_another_purse():
    joint, own = asked_purse()
    Share.objects.filter(proposal=own).update(funding_source=lists.funding("apbd_kab"))
    other = joint.shares.exclude(proposal=own).get().proposal.office
    JointProgramme.objects.filter(pk=joint.pk).update(lead_office=other)
    joint.refresh_from_db()
    assert why(J.AGREE, joint) == [
        f"{own.office.name} has not consented yet to give up its own money."
    ]
    JointProgramme.objects.filter(pk=joint.pk).update(lead_office=own.office)
    joint.refresh_from_db()
    assert why(J.AGREE, joint) == []


PASSED = ["The ceiling of Apbd prov would be passed: lower the amount or write why."]


def test_a_ceiling_holds_a_programme_unless_overridden():
    joint = make_joint()
    make_ceiling(499_999_999)
    assert why(J.AGREE, joint) == []  # what depends on the words of the act waits for them
    assert why(J.AGREE, joint, Given()) == PASSED
    assert why(J.AGREE, joint, Given(override_reason="Arahan gubernur")) == []


def test_a_share_counts_against_the_ceiling_of_its_own_source_and_sector():
    joint = make_joint()
    make_ceiling(1, funding="bkk_prov")
    make_ceiling(1, sector=lists.sector("padi"))
    assert why(J.AGREE, joint, Given()) == []
    make_ceiling(1, sector=lists.sector())
    assert why(J.AGREE, joint, Given()) == PASSED


@pytest.mark.parametrize("action", [J.DEFER, J.DISSOLVE])
def test_deferring_and_dissolving_want_a_word(action):
    joint = make_joint()
    assert why(action, joint, Given(note=" ")) == ["Write the reason."]
    assert why(action, joint) == []


def test_deferring_keeps_the_members_merged():
    joint = take_joint(J.DEFER, joint=make_joint(), by=chief(), given=NOTE)
    decision = Decision.objects.get(joint=joint)
    assert (decision.result, decision.agreed_rp) == (DecisionResult.DEFERRED, None)
    assert statuses(joint) == {S.MERGED}


# Dissolving -------------------------------------------------------------------------------------


def test_dissolving_a_joined_programme_releases_its_members():
    one, other = member(), member()
    joint = make_joint([one, other])
    gone = take_joint(J.DISSOLVE, joint=joint, by=chief(), given=NOTE)
    for released in (one, other):
        released.refresh_from_db()
    assert (gone.state, gone.shares.count()) == (JointState.DISSOLVED, 0)
    assert (one.status, other.status) == (S.UNDER_REVIEW, S.UNDER_REVIEW)


def test_dissolving_a_group_leaves_its_members_where_they_stand():
    one, other = member(status=S.AT_DESK), member()
    joint = make_joint([one, other], state=JointState.FORMING)
    take_joint(J.DISSOLVE, joint=joint, by=chief(), given=NOTE)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.status, other.status) == (S.AT_DESK, S.UNDER_REVIEW)
