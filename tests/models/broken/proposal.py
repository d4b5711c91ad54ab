"""Proposals that must not be, and moves that must not happen."""

import uuid

from django.utils import timezone

from proposals.enums import Role, Status, YearState
from proposals.models import Decision, OfficeYear, Proposal, Share, Version
from proposals.transitions import MOVES
from tests import cast, lists
from tests.builders import current_year, make_joint, make_proposal, make_year, set_state
from tests.models.refusals import again, asleep, breaks, changed, gone
from tests.moves import make_review, move

S = Status


@breaks("proposal_status_is_known")
def an_unknown_status():
    proposal = make_proposal(is_bare=True)
    return [[*asleep(Proposal, "rk_proposal_moves"), changed(proposal, status="lost")]]


@breaks("proposal_kind_is_known")
def an_unknown_kind():
    return [changed(make_proposal(), request_to="village")]


@breaks("proposal_has_a_title")
def a_title_of_spaces():
    return [changed(make_proposal(), title=" \t ")]


@breaks("proposal_background_fits")
def a_background_of_a_book():
    return [changed(make_proposal(), background="a" * 4001)]


@breaks("proposal_amounts_not_negative")
def a_request_below_zero():
    return [changed(make_proposal(), requested_rp=-1)]


@breaks("proposal_amounts_not_negative")
def a_forward_estimate_below_zero():
    return [changed(make_proposal(), forward_rp=-1)]


@breaks("proposal_amounts_not_negative")
def a_recommendation_below_zero():
    return [changed(make_proposal(status=S.UNDER_REVIEW), recommended_rp=-1)]


@breaks("proposal_number_and_sent_at_together")
def a_number_without_a_time():
    return [changed(make_proposal(), number="RT22-6301-01")]


@breaks("proposal_number_and_sent_at_together")
def a_time_without_a_number():
    return [changed(make_proposal(), sent_at=timezone.now())]


@breaks("proposal_number_and_sent_at_together")
def a_number_of_another_form():
    return [changed(make_proposal(), number="USUL-1", sent_at=timezone.now())]


@breaks("proposal_past_sending_has_a_number")
def sent_without_a_number():
    draft = make_proposal()
    sender = cast.person(Role.HEAD)
    Version.objects.create(
        proposal=draft,
        version=1,
        content={},
        sha256="0" * 64,
        sent_at=timezone.now(),
        sent_by=sender,
    )
    return [changed(draft, status="sent")]


@breaks("proposals_proposal_number_key")
def one_number_for_two():
    first, second = make_proposal(status=S.SENT), make_proposal()
    return [changed(second, number=first.number, sent_at=timezone.now())]


@breaks("proposals_proposal_creation_key_key")
def one_draft_made_by_two_clicks():
    return [again(make_proposal(is_bare=True))]


@breaks("proposal_agreed_iff_agreed_rp")
def reopened_with_its_amount():
    decided = make_proposal(status=S.AGREED)
    reopen(decided)
    return [changed(decided, status="at_desk", is_changed=False, decided_at=None)]


def reopen(proposal, result="reopened", **fields):
    decider = cast.person(Role.PROVINCE_HEAD)
    basics = {"note": "Dibahas ulang", "decided_by": decider, "recorded_by": decider}
    basics |= {"decided_at": timezone.now(), "requested_rp": proposal.requested_rp}
    return Decision.objects.create(proposal=proposal, result=result, **(basics | fields))


@breaks("proposal_decided_at_iff_decided")
def decided_without_a_time():
    decided = make_proposal(status=S.AGREED)
    return [changed(decided, decided_at=None)]


@breaks("proposal_decided_at_iff_decided")
def a_time_of_no_decision():
    return [changed(make_proposal(status=S.SENT), decided_at=timezone.now())]


@breaks("proposal_score_is_a_percentage")
def a_score_above_a_hundred():
    return [changed(make_proposal(status=S.UNDER_REVIEW), score_pct="100.1")]


@breaks("proposal_own_rank_once")
def two_proposals_of_one_rank():
    make_proposal(own_rank=1)
    return [changed(make_proposal(own_rank=2), own_rank=1)]


# Birth, number and death ------------------------------------------------------------------------


def born(name, **columns):
    def prepare():
        return [again(make_proposal(is_bare=True), creation_key=uuid.uuid4(), **columns)]

    prepare.__name__ = name
    breaks("proposal_born_a_draft")(prepare)


NOW = "2021-03-01T00:00Z"
born("born_sent", status="sent", number="RT22-6301-09", sent_at=NOW)
born(
    "born_agreed", status="agreed", number="RT22-6301-09", sent_at=NOW, agreed_rp=1, decided_at=NOW
)
born("born_with_a_number", number="RT22-6301-09", sent_at=NOW)
born("born_with_a_recommendation", recommended_rp=1)
born("born_with_a_score", score_pct=100)
born("born_withdrawn", status="withdrawn")


@breaks("year_signed")
def born_after_signing():
    draft = make_proposal(is_bare=True)
    set_state(draft.year, YearState.SIGNED)
    return [again(draft, creation_key=uuid.uuid4())]


@breaks("proposal_keeps_its_office")
def a_draft_given_to_another_office():
    return [changed(make_proposal(), office_id=cast.make_office(cast.OTHER_REGENCY).pk)]


@breaks("proposal_keeps_its_office")
def a_proposal_carried_into_another_year():
    draft = make_proposal()
    set_state(current_year(), YearState.CLOSED)
    return [changed(draft, year_id=make_year(2023).pk)]


@breaks("proposal_keeps_its_number")
def a_number_changed():
    return [changed(make_proposal(status=S.SENT), number="RT22-6301-99")]


@breaks("proposal_keeps_its_number")
def a_number_taken_away_in_a_draft():
    back = move(make_proposal(), S.SENT, S.DRAFT)
    return [changed(back, number=None, sent_at=None)]


@breaks("proposal_keeps_its_number")
def a_first_sending_moved():
    return [changed(make_proposal(status=S.SENT), sent_at=timezone.now())]


def kept(status):
    def prepare():
        return [gone(make_proposal(status=status, is_bare=True))]

    prepare.__name__ = f"a_{status}_one_deleted"
    breaks("proposal_sent_is_kept")(prepare)


for every in Status:
    if every != S.DRAFT:
        kept(every)


@breaks("proposal_sent_is_kept")
def a_draft_deleted_that_was_sent_once():
    return [gone(move(make_proposal(is_bare=True), S.SENT, S.DRAFT))]


# From status to status --------------------------------------------------------------------------


def no_way(source):
    def prepare():
        proposal = make_proposal(status=source, is_bare=True)
        nowhere = [other for other in Status if other != source and (source, other) not in MOVES]
        return [changed(proposal, status=other, agreed_rp=None) for other in nowhere]

    prepare.__name__ = f"from_{source}_to_where_no_way_goes"
    breaks("proposal_status_moves")(prepare)


for one in Status:
    no_way(one)


@breaks("year_signed")
def a_move_after_signing():
    sent = make_proposal(status=S.SENT)
    set_state(sent.year, YearState.SIGNED)
    return [changed(sent, status="draft")]


@breaks("proposal_within_the_limit_of_its_office")
def one_more_than_the_office_may_file():
    filed = make_proposal()
    OfficeYear.objects.filter(office=filed.office).update(proposal_limit=1)
    return [again(filed, creation_key=str(uuid.uuid4()))]


@breaks("proposal_sent_has_a_version")
def sent_without_a_version():
    return [changed(make_proposal(), status="sent", number="RT22-6301-01", sent_at=timezone.now())]


@breaks("proposal_sent_has_a_version")
def sent_again_with_the_version_of_the_first_sending():
    return [changed(make_proposal(status=S.RETURNED), status="sent")]


@breaks("decision_by_a_decider")
def decided_by_an_admin():
    decided = make_proposal(status=S.AGREED)
    return [again(decided.decisions.get(), decided_by_id=cast.person(Role.ADMIN).pk)]


@breaks("decision_agreed_as_asked")
def more_agreed_than_was_asked_without_saying_so():
    decided = make_proposal(status=S.AGREED, agreed_rp=250_000_000)
    return [again(decided.decisions.get(), agreed_rp=250_000_001)]


@breaks("proposal_returned_has_a_point")
def returned_without_a_point():
    return [changed(make_proposal(status=S.SENT), status="returned")]


@breaks("proposal_returned_has_a_point")
def returned_with_a_settled_point_only():
    back = move(make_proposal(status=S.RETURNED), S.SENT)
    back.return_points.update(settled_at=timezone.now(), settled_by=cast.person(Role.GATE_CHECKER))
    return [changed(back, status="returned")]


@breaks("proposal_gates_passed")
def under_review_with_no_gate_answered():
    lists.gates("province")
    return [changed(make_proposal(status=S.SENT), status="under_review")]


@breaks("proposal_gates_passed")
def under_review_with_one_gate_left():
    proposal = make_proposal(status=S.UNDER_REVIEW)
    move(proposal, S.RETURNED, S.SENT)
    proposal.gate_answers.first().delete()
    return [changed(proposal, status="under_review")]


@breaks("proposal_gates_passed")
def under_review_with_a_failed_gate():
    proposal = move(make_proposal(status=S.UNDER_REVIEW), S.RETURNED, S.SENT)
    proposal.gate_answers.filter(pk=proposal.gate_answers.first().pk).update(
        result="failed", reason="Bukan kewenangan"
    )
    return [changed(proposal, status="under_review")]


@breaks("proposal_released_has_no_share")
def released_with_its_share():
    return [changed(make_proposal(status=S.MERGED), status="under_review")]


@breaks("proposal_at_desk_is_reviewed")
def at_the_desk_unscored():
    return [changed(make_proposal(status=S.UNDER_REVIEW), status="at_desk")]


@breaks("proposal_at_desk_is_reviewed")
def at_the_desk_with_a_draft_review():
    proposal = make_proposal(status=S.UNDER_REVIEW)
    make_review(proposal, state="draft")
    return [changed(proposal, status="at_desk", unscored_reason=" ")]


def follows(name, prepare):
    prepare.__name__ = name
    breaks("proposal_follows_its_decision")(prepare)


AGREED = {"status": "agreed", "agreed_rp": 250_000_000, "decided_at": NOW}


def at_desk():
    return make_proposal(status=S.AT_DESK)


def deciding(result, amount, **columns):
    """Return the steps that decide, and then do something else."""
    proposal = at_desk()
    return [lambda: reopen(proposal, result, agreed_rp=amount), changed(proposal, **columns)]


follows("agreed_without_a_decision", lambda: [changed(at_desk(), **AGREED)])
follows(
    "agreed_with_another_amount",
    lambda: [deciding("agreed", 250_000_000, **(AGREED | {"agreed_rp": 1}))],
)
follows(
    "agreed_as_changed_where_the_decision_is_not",
    lambda: [deciding("agreed", 250_000_000, **AGREED, is_changed=True)],
)
follows(
    "another_amount_without_another_decision",
    lambda: [changed(make_proposal(status=S.AGREED), agreed_rp=1)],
)
for result in ("redirected", "deferred", "rejected"):
    follows(
        f"{result}_without_a_decision",
        lambda result=result: [changed(at_desk(), status=result, decided_at=NOW)],
    )
for result in (S.AGREED, S.REDIRECTED, S.DEFERRED, S.REJECTED):
    follows(
        f"reopened_from_{result}_without_a_decision",
        lambda result=result: [
            changed(make_proposal(status=result), status="at_desk", decided_at=None, agreed_rp=None)
        ],
    )


@breaks("proposal_merged_has_a_share")
def merged_into_nothing():
    return [changed(make_proposal(status=S.UNDER_REVIEW), status="merged")]


@breaks("proposal_merged_has_a_share")
def a_merged_one_loses_its_share():
    joint = make_joint(amounts=[0, 1])
    return [gone(Share.objects.get(joint=joint, amount_rp=0))]


@breaks("proposal_is_changed_only_when_agreed")
def changed_before_it_is_agreed():
    # No status but agreed lets the column move at all, so the row is made with it.
    return [again(make_proposal(is_bare=True), creation_key=uuid.uuid4(), is_changed=True)]
