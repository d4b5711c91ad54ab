"""Requests that would pass their ceiling without a written reason."""

from proposals.enums import RequestTo, Status
from tests import lists
from tests.builders import make_ceiling, make_joint, make_proposal
from tests.models.broken.joint import NOW, decision
from tests.models.refusals import again, breaks, changed, gone

S = Status
ASKED = 250_000_000


def at_desk(**fields):
    return make_proposal(status=S.AT_DESK, **fields)


def decided(row, amount=ASKED, **fields):
    """Return the step that decides; nothing follows it yet."""
    return lambda: decision(row, "agreed", agreed_rp=amount, **fields)


def follows(proposal, amount=ASKED):
    """Return the statement with which the decision takes effect."""
    return changed(proposal, status="agreed", agreed_rp=amount, decided_at=NOW)


@breaks("decision_within_ceiling")
def a_request_above_the_ceiling():
    make_ceiling(ASKED - 1)
    return [[decided(at_desk())]]


@breaks("decision_within_ceiling")
def a_request_on_top_of_what_is_agreed():
    make_ceiling(2 * ASKED - 1)
    make_proposal(status=S.AGREED)
    return [[decided(at_desk())]]


@breaks("decision_within_ceiling")
def a_request_to_the_centre_above_the_ceiling_of_its_source():
    make_ceiling(ASKED - 1, funding="dak_fisik_ikm")
    return [[decided(at_desk(request_to=RequestTo.CENTRE))]]


@breaks("decision_within_ceiling")
def a_request_above_the_ceiling_of_its_sector():
    make_ceiling(10 * ASKED)
    make_ceiling(ASKED - 1, sector=lists.sector())
    return [[decided(at_desk())]]


@breaks("decision_within_ceiling")
def a_reason_of_spaces():
    make_ceiling(ASKED - 1)
    return [[decided(at_desk(), override_reason=" \t")]]


@breaks("decision_within_ceiling")
def a_request_on_top_of_a_joint_programme():
    make_ceiling(3 * ASKED - 1)
    make_joint(state="agreed")
    return [[decided(at_desk())]]


@breaks("decision_within_ceiling")
def a_joint_programme_on_top_of_a_request():
    make_ceiling(3 * ASKED - 1)
    make_proposal(status=S.AGREED)
    joint = make_joint()
    return [[decided(joint, joint.amount_rp)]]


@breaks("decision_within_ceiling")
def two_decisions_before_either_takes_effect():
    """Each fits alone; the second no longer does once the first stands."""
    make_ceiling(2 * ASKED - 1)
    one, other = at_desk(), at_desk()
    return [[decided(one), decided(other), follows(one), follows(other)]]


@breaks("decision_within_ceiling")
def a_ceiling_lowered_between_decision_and_result():
    ceiling = make_ceiling(ASKED)
    proposal = at_desk()
    return [[decided(proposal), changed(ceiling, amount_rp=ASKED - 1), follows(proposal)]]


@breaks("decision_within_ceiling")
def a_share_moved_under_another_ceiling_after_the_decision():
    make_ceiling(1, funding="bkk_prov")
    joint = make_joint()
    moved = changed(joint.shares.first(), funding_source_id=lists.funding("bkk_prov").pk)
    effect = changed(joint, state="agreed", decided_at=NOW)
    return [[decided(joint, joint.amount_rp), moved, effect]]


@breaks("ceiling_below_agreed_has_reason")
def a_ceiling_lowered_below_what_is_agreed():
    ceiling = make_ceiling(2 * ASKED)
    make_proposal(status=S.AGREED)
    return [
        changed(ceiling, amount_rp=ASKED - 1),
        changed(ceiling, amount_rp=0, override_reason=" "),
    ]


@breaks("ceiling_below_agreed_has_reason")
def a_ceiling_of_a_sector_lowered_below_a_share_agreed():
    ceiling = make_ceiling(2 * ASKED, sector=lists.sector())
    make_joint(state="agreed")
    return [changed(ceiling, amount_rp=2 * ASKED - 1)]


@breaks("ceiling_below_agreed_has_reason")
def a_ceiling_lowered_again_without_a_reason_of_its_own():
    ceiling = make_ceiling(2 * ASKED)
    make_proposal(status=S.AGREED)
    first = changed(ceiling, amount_rp=ASKED - 1, override_reason="Refokusing anggaran")
    return [[first, changed(ceiling, amount_rp=ASKED - 2)]]


@breaks("ceiling_below_agreed_has_reason")
def a_reason_rubbed_out():
    ceiling = make_ceiling(2 * ASKED)
    make_proposal(status=S.AGREED)
    first = changed(ceiling, amount_rp=ASKED - 1, override_reason="Refokusing anggaran")
    return [[first, changed(ceiling, override_reason="")]]


@breaks("ceiling_below_agreed_has_reason")
def a_ceiling_born_below_what_is_agreed():
    sector = make_ceiling(2 * ASKED, sector=lists.sector())
    make_proposal(status=S.AGREED)
    return [again(sector, sector_id=None, amount_rp=ASKED - 1)]


@breaks("ceiling_with_agreed_stays")
def a_ceiling_taken_from_what_is_agreed():
    ceiling = make_ceiling(2 * ASKED)
    make_proposal(status=S.AGREED)
    elsewhere = lists.region("63.01").pk
    return [gone(ceiling), changed(ceiling, region_id=elsewhere)]
