"""Joint programmes, shares and decisions that must not be."""

from django.utils import timezone

from proposals.enums import ReasonFor, RequestTo, Role, Status, YearState
from proposals.models import Decision, JointOutput, JointProgramme, Share
from tests import cast, lists
from tests.builders import current_year, make_joint, make_proposal, make_year, set_state
from tests.models.refusals import again, asleep, breaks, changed, gone

S = Status


def share(state="joined"):
    return make_joint(state=state).shares.first()


@breaks("joint_number_once")
def one_number_for_two_programmes():
    joint = make_joint()
    other = make_joint([make_proposal(status=S.UNDER_REVIEW)], state="forming")
    return [changed(other, number=joint.number)]


@breaks("joint_state_is_known")
def an_unknown_state():
    joint = make_joint()
    return [[*asleep(JointProgramme, "rk_joint_moves"), changed(joint, state="lost")]]


@breaks("joint_has_a_title")
def a_programme_without_a_title():
    return [changed(make_joint(state="forming"), title=" ")]


@breaks("joint_from_joining_on_is_whole")
def joined_without_a_number():
    return [changed(make_joint(state="forming"), state="joined", amount_rp=500_000_000)]


@breaks("joint_from_joining_on_is_whole")
def joined_without_a_code():
    return [changed(make_joint(), nomenclature_id=None)]


@breaks("joint_amount_not_negative")
def a_programme_below_zero():
    return [changed(make_joint(state="forming"), amount_rp=-1)]


@breaks("joint_decided_at_iff_decided")
def agreed_at_no_time():
    return [changed(make_joint(state="agreed"), decided_at=None)]


@breaks("joint_decided_at_iff_decided")
def joined_at_a_time_of_decision():
    return [changed(make_joint(), decided_at=timezone.now())]


@breaks("joint_output_target_above_zero")
def a_result_of_nothing():
    return [changed(JointOutput.objects.get(joint=make_joint()), target=0)]


@breaks("share_not_negative")
def a_share_below_zero():
    return [changed(share(), amount_rp=-1)]


@breaks("share_consent_by_somebody")
def consent_of_nobody():
    return [changed(share(), consent_at=timezone.now())]


@breaks("proposals_share_proposal_id_key")
def a_member_of_two_programmes():
    member = make_proposal(status=S.UNDER_REVIEW)
    first = make_joint([member], state="forming").shares.get()
    other = make_joint([make_proposal(status=S.UNDER_REVIEW)], state="forming")
    return [again(first, joint_id=other.pk)]


@breaks("joint_born_forming")
def a_programme_born_joined():
    return [again(make_joint(state="forming"), state="joined", number="PROV-09", amount_rp=0)]


@breaks("joint_born_forming")
def a_group_born_with_a_number():
    return [again(make_joint(state="forming"), number="PROV-09")]


@breaks("year_signed")
def a_group_formed_after_signing():
    joint = make_joint(state="forming")
    set_state(joint.year, YearState.SIGNED)
    return [again(joint)]


@breaks("year_signed")
def a_programme_dissolved_after_signing():
    joint = make_joint([make_proposal(status=S.UNDER_REVIEW)], state="forming")
    set_state(joint.year, YearState.SIGNED)
    return [changed(joint, state="dissolved")]


@breaks("year_signed")
def a_share_moved_after_signing():
    one = share()
    set_state(one.joint.year, YearState.SIGNED)
    return [changed(one, note="Lain")]


@breaks("joint_keeps_its_number")
def a_number_changed():
    return [changed(make_joint(), number="PROV-09")]


@breaks("joint_keeps_its_number")
def a_number_taken_away():
    return [changed(make_joint(), number=None)]


def no_way(source, target):
    def prepare():
        return [changed(make_joint(state=source), state=target)]

    prepare.__name__ = f"from_{source}_to_{target}"
    breaks("joint_state_moves")(prepare)


for pair in (
    *(("forming", "agreed"), ("forming", "deferred"), ("joined", "forming")),
    *(("agreed", "deferred"), ("agreed", "dissolved"), ("agreed", "forming")),
    *(("deferred", "agreed"), ("deferred", "dissolved"), ("deferred", "forming")),
    *(("dissolved", "forming"), ("dissolved", "joined"), ("dissolved", "agreed")),
    ("dissolved", "deferred"),
):
    no_way(*pair)


def decision(row, result, **fields):
    """Write a decision that nothing follows."""
    decider = cast.person(Role.PROVINCE_HEAD)
    of = {"joint": row} if isinstance(row, JointProgramme) else {"proposal": row}
    basics = {"decided_by": decider, "recorded_by": decider, "decided_at": timezone.now()}
    basics["requested_rp"] = getattr(row, "requested_rp", None)
    return Decision.objects.create(result=result, **(of | basics | fields))


NOW = "2021-03-17T02:00Z"


def follows(name, prepare):
    prepare.__name__ = name
    breaks("joint_follows_its_decision")(prepare)


follows(
    "agreed_without_a_decision",
    lambda: [changed(make_joint(), state="agreed", decided_at=NOW)],
)
follows(
    "deferred_without_a_decision",
    lambda: [changed(make_joint(), state="deferred", decided_at=NOW)],
)
for decided in ("agreed", "deferred"):
    follows(
        f"reopened_from_{decided}_without_a_decision",
        lambda decided=decided: [
            changed(make_joint(state=decided), state="joined", decided_at=None)
        ],
    )


@breaks("joint_follows_its_decision")
def agreed_with_another_amount():
    joint = make_joint()
    effect = changed(joint, state="agreed", decided_at=NOW)
    return [[lambda: decision(joint, "agreed", agreed_rp=1), effect]]


@breaks("joint_has_consent")
def agreed_without_the_consent_of_a_purse():
    own = make_proposal(status=S.UNDER_REVIEW, request_to=RequestTo.OWN)
    joint = make_joint([own, make_proposal(status=S.UNDER_REVIEW)])
    Share.objects.filter(proposal=own).update(consent_at=None, consent_by=None)
    effect = changed(joint, state="agreed", decided_at=NOW)
    return [[lambda: decision(joint, "agreed", agreed_rp=joint.amount_rp), effect]]


def changed_while(state):
    def prepare():
        joint = make_joint(state=state)
        other = {
            "amount_rp": 1,
            "title": "Lain",
            "nomenclature_id": lists.nomenclature("kabupaten_kota").pk,
            "lead_office_id": cast.make_office().pk,
        }
        return [changed(joint, **{column: value}) for column, value in other.items()]

    prepare.__name__ = f"changed_while_{state}"
    breaks("joint_decided_is_closed")(prepare)


for state in ("agreed", "deferred", "dissolved"):
    changed_while(state)


@breaks("joint_decided_is_closed")
def a_share_changed_while_agreed():
    return [changed(share("agreed"), amount_rp=1)]


@breaks("joint_decided_is_closed")
def a_member_added_while_deferred():
    late = make_proposal(status=S.UNDER_REVIEW)
    return [again(share("deferred"), proposal_id=late.pk)]


@breaks("joint_decided_is_closed")
def a_member_taken_out_while_agreed():
    return [gone(share("agreed"))]


@breaks("joint_numbered_is_kept")
def a_dissolved_programme_deleted():
    return [gone(make_joint(state="dissolved"))]


@breaks("joint_numbered_is_kept")
def a_joined_programme_deleted():
    return [gone(make_joint())]


@breaks("share_of_the_same_year")
def a_member_of_another_year():
    last = make_proposal(status=S.UNDER_REVIEW)
    set_state(current_year(), YearState.CLOSED)
    make_year(2023)
    one = share("forming")
    return [again(one, proposal_id=last.pk)]


@breaks("share_of_an_open_proposal")
def a_member_that_is_not_under_review():
    one = share("forming")
    others = set(Status) - {S.SENT, S.UNDER_REVIEW, S.AT_DESK, S.MERGED}
    return [again(one, proposal_id=make_proposal(status=other).pk) for other in sorted(others)]


@breaks("share_keeps_its_member")
def a_share_handed_to_another_member():
    one = share("forming")
    return [changed(one, proposal_id=make_proposal(status=S.UNDER_REVIEW).pk)]


@breaks("share_keeps_its_member")
def a_share_carried_to_another_programme():
    one = share("forming")
    other = make_joint([make_proposal(status=S.UNDER_REVIEW)], state="forming")
    return [changed(one, joint_id=other.pk)]


@breaks("shares_add_up")
def a_share_raised_alone():
    one = share()
    return [changed(one, amount_rp=one.amount_rp + 1)]


@breaks("shares_add_up")
def a_programme_raised_alone():
    return [changed(make_joint(), amount_rp=1)]


@breaks("shares_add_up")
def joined_with_shares_that_do_not_add_up():
    joint = make_joint(state="forming")
    return [
        [
            changed(joint, state="joined", number="PROV-01", amount_rp=1),
            *(changed(one.proposal, status="merged") for one in joint.shares.all()),
        ]
    ]


@breaks("shares_add_up")
def joined_of_nobody():
    joint = make_joint(state="forming")
    joint.shares.all().delete()
    return [changed(joint, state="joined", number="PROV-01", amount_rp=0)]


@breaks("members_are_merged")
def joined_with_a_member_that_is_not_merged():
    joint = make_joint(state="forming")
    total = sum(one.amount_rp for one in joint.shares.all())
    return [changed(joint, state="joined", number="PROV-01", amount_rp=total)]


@breaks("members_are_merged")
def a_member_added_and_not_merged():
    one = share()
    late = make_proposal(status=S.UNDER_REVIEW)
    return [again(one, proposal_id=late.pk, amount_rp=0)]


@breaks("members_are_released")
def dissolved_with_its_members():
    return [changed(make_joint(), state="dissolved")]


# Decisions --------------------------------------------------------------------------------------


def made(status=S.AGREED):
    return Decision.objects.get(proposal=make_proposal(status=status))


@breaks("decision_of_a_proposal_or_a_joint_programme")
def a_decision_on_both():
    return [again(made(), joint_id=make_joint(state="forming").pk)]


@breaks("decision_of_a_proposal_or_a_joint_programme")
def a_decision_on_nothing():
    return [again(made(), proposal_id=None)]


@breaks("decision_agreed_iff_agreed_rp")
def agreed_below_zero():
    why = lists.reason(ReasonFor.CHANGE).pk
    return [again(made(), result="agreed_changed", reason_id=why, agreed_rp=-1)]


@breaks("decision_agreed_iff_agreed_rp")
def agreed_to_nothing_said():
    return [again(made(), agreed_rp=None)]


@breaks("decision_agreed_iff_agreed_rp")
def deferred_with_an_amount():
    return [again(made(S.DEFERRED), agreed_rp=1)]


@breaks("decision_other_than_agreed_has_a_reason")
def rejected_without_a_reason():
    return [again(made(S.REJECTED), reason_id=None)]


@breaks("decision_other_than_agreed_has_a_reason")
def reopened_without_a_word():
    return [again(made(), result="reopened", agreed_rp=None, reason_id=None, note=" ")]


@breaks("year_signed")
def a_decision_after_signing():
    one = made()
    set_state(one.proposal.year, YearState.SIGNED)
    return [again(one)]


@breaks("decision_is_followed")
def decided_and_left_at_the_desk():
    proposal = make_proposal(status=S.AT_DESK)
    return [[lambda: decision(proposal, "agreed", agreed_rp=proposal.requested_rp)]]


@breaks("decision_is_followed")
def a_programme_decided_and_left_joined():
    joint = make_joint()
    return [[lambda: decision(joint, "agreed", agreed_rp=joint.amount_rp)]]


@breaks("decision_is_followed")
def a_programme_rejected_which_it_cannot_be():
    joint = make_joint()
    return [[lambda: decision(joint, "rejected", reason=lists.reason(ReasonFor.REFUSAL))]]
