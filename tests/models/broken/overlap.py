"""Pairs of overlapping proposals, and synonyms, that must not be."""

from django.utils import timezone

from proposals.enums import Role, Status, SynonymRole, YearState
from proposals.models import OverlapSigns, Synonym
from tests import cast
from tests.builders import current_year, make_pair, make_proposal, make_year, set_state
from tests.models.refusals import again, breaks, changed, gone


def dismissed():
    judge = cast.person(Role.COORDINATOR)
    said = {"verdict_reason": "Pasar lain", "judged_by": judge, "judged_at": timezone.now()}
    return make_pair(verdict="dismissed", **said)


@breaks("overlap_pair_once")
def a_pair_twice():
    return [again(make_pair())]


@breaks("overlap_pair_in_order")
def the_later_first():
    row = make_pair()
    return [again(row, a_id=row.b_id, b_id=row.a_id), again(row, b_id=row.a_id)]


@breaks("overlap_score_from_0_to_1")
def a_score_that_is_no_share():
    row = make_pair()
    return [changed(row, score="1.001"), changed(row, score="-0.001")]


@breaks("overlap_verdict_has_reason_and_person")
def a_verdict_without_all_that_belongs_to_it():
    row, judged = make_pair(), dismissed()
    return [
        changed(row, verdict="dismissed"),
        changed(row, verdict="confirmed", verdict_reason="Digabung"),
        changed(judged, verdict_reason=" "),
        changed(judged, judged_by_id=None),
        changed(judged, judged_at=None),
        changed(judged, verdict="open"),
    ]


@breaks("overlap_of_one_year")
def a_pair_of_two_years():
    row, other = make_pair(), make_year(current_year().fiscal_year + 1, state=YearState.PREPARED)
    stranger = make_proposal(year=other)
    return [again(row, b_id=stranger.pk), again(row, year_id=other.pk)]


@breaks("overlap_keeps_its_sides")
def another_pair_in_the_same_row():
    return [changed(make_pair(), b_id=make_proposal(status=Status.SENT).pk)]


@breaks("overlap_judged_is_kept")
def a_verdict_thrown_away():
    return [gone(dismissed())]


@breaks("year_signed")
def a_pair_after_the_minutes():
    row = make_pair()
    set_state(row.year, YearState.SIGNED)
    return [changed(row, score="0.8"), gone(row)]


@breaks("proposals_overlapsigns_proposal_id_key")
def signs_twice():
    proposal = make_proposal(status=Status.SENT)
    return [again(OverlapSigns.objects.create(proposal=proposal, keys=[], signs={}))]


@breaks("synonym_has_words")
def a_meaning_without_words():
    row = Synonym.objects.create(
        key="tenun", name_id="tenun", role=SynonymRole.THING, words="tenun"
    )
    return [changed(row, words=" ")]
