"""Gates, reviews, scores, return points and comments that must not be."""

from django.utils import timezone

from proposals.enums import ReasonFor, Role, Status
from proposals.models import Comment, GateAnswer, ReturnPoint, Score
from tests import cast, lists
from tests.builders import make_proposal
from tests.models.refusals import again, breaks, changed, gone
from tests.moves import make_review

S = Status


def gate():
    return GateAnswer.objects.filter(proposal=make_proposal(status=S.UNDER_REVIEW)).first()


def review(**fields):
    return make_review(make_proposal(status=S.UNDER_REVIEW), **fields)


def score():
    return Score.objects.filter(review=review()).first()


def point():
    return ReturnPoint.objects.get(proposal=make_proposal(status=S.RETURNED))


@breaks("gate_answered_once")
def a_gate_answered_twice():
    return [again(gate())]


@breaks("gate_result_is_known")
def a_gate_answered_with_perhaps():
    return [changed(gate(), result="perhaps", reason="Entah")]


@breaks("gate_not_plainly_passed_has_a_reason")
def a_gate_failed_without_a_reason():
    return [changed(gate(), result="failed")]


@breaks("gate_not_plainly_passed_has_a_reason")
def a_gate_passed_on_condition_without_a_reason():
    return [changed(gate(), result="conditional", reason=" ")]


@breaks("review_one_per_reviewer")
def a_second_review_of_one_reviewer():
    return [again(review())]


@breaks("review_final_is_whole")
def a_final_review_without_a_recommendation():
    reason = lists.reason(ReasonFor.CHANGE)
    return [changed(review(), recommendation="", reason_id=reason.pk)]


@breaks("review_final_is_whole")
def a_final_review_without_a_score():
    return [changed(review(), score_pct=None)]


@breaks("review_final_is_whole")
def a_draft_review_with_a_final_time():
    return [changed(review(state="draft"), final_at=timezone.now())]


@breaks("review_final_is_whole")
def a_review_of_an_unknown_state():
    return [changed(review(), state="half")]


@breaks("review_change_has_a_reason")
def a_change_recommended_without_a_reason():
    return [changed(review(), recommendation="agree_changed")]


@breaks("review_amount_not_negative")
def an_amount_proposed_below_zero():
    return [changed(review(), recommended_rp=-1)]


@breaks("score_once_per_criterion")
def a_criterion_scored_twice():
    return [again(score())]


@breaks("score_from_1_to_5")
def a_score_of_six():
    return [changed(score(), value=6, sentence="Luar biasa sekali")]


@breaks("score_from_1_to_5")
def a_score_of_zero():
    return [changed(score(), value=0, sentence="Sangat kurang sekali")]


@breaks("score_computed_from_1_to_5")
def a_computed_score_of_six():
    return [changed(score(), computed=6, sentence="Menurut neraca 2020")]


def unexplained(name, **columns):
    def prepare():
        return [changed(score(), **columns)]

    prepare.__name__ = name
    breaks("score_has_its_sentence")(prepare)


for value in (1, 2, 5):
    unexplained(f"a_{value}_without_a_sentence", value=value)
    unexplained(f"a_computed_{value}_without_a_sentence", value=value, computed=value)
unexplained("a_departure_without_a_sentence", value=3, computed=4)
unexplained("a_criterion_left_out_without_a_sentence", value=None)
unexplained("a_computed_one_left_out_without_a_sentence", value=None, computed=3)
unexplained("a_sentence_of_spaces", value=5, sentence="  . ")


@breaks("return_point_says_what")
def a_point_without_words():
    return [again(point(), what=" ")]


@breaks("return_point_names_a_field")
def a_point_to_an_unknown_field():
    return [again(point(), field="weather")]


@breaks("return_point_answer_is_whole")
def an_answer_of_nobody():
    return [changed(point(), answer="Sudah diperbaiki")]


@breaks("return_point_answer_is_whole")
def a_time_without_an_answer():
    return [changed(point(), answered_at=timezone.now())]


@breaks("return_point_settled_by_somebody")
def settled_by_nobody():
    return [changed(point(), settled_at=timezone.now())]


@breaks("return_point_settled_by_somebody")
def settled_at_no_time():
    return [changed(point(), settled_by_id=cast.person(Role.GATE_CHECKER).pk)]


@breaks("return_point_stays")
def a_point_reworded():
    return [changed(point(), what="Lain")]


@breaks("return_point_stays")
def a_point_that_opens_another_field():
    return [changed(point(), field="title")]


@breaks("return_point_stays")
def a_point_lost():
    return [gone(point())]


@breaks("comment_is_not_empty")
def a_comment_of_nothing():
    proposal = make_proposal(status=S.SENT)
    said = Comment.objects.create(
        proposal=proposal, author=cast.person(Role.REVIEWER), text="Perlu data"
    )
    return [again(said, text="\n")]
