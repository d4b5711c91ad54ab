"""Scales and scenarios that must not be."""

from django.utils import timezone

from proposals.enums import Role, ScaleCriterion, YearState
from proposals.models import CutScenario, ScaleScore, ScaleVersion, ScaleWeight
from tests import cast, lists
from tests.builders import current_year, set_state
from tests.models.refusals import again, breaks, changed, gone


def version(weights=(60, 40), **fields):
    by = cast.person(Role.COORDINATOR)
    made = ScaleVersion.objects.create(
        **(
            {"year": current_year(), "number": 1, "reason": "Arahan gubernur", "created_by": by}
            | fields
        )
    )
    for criterion, weight in zip(ScaleCriterion, weights, strict=False):
        ScaleWeight.objects.create(version=made, criterion=criterion, weight=weight)
    return made


def frozen():
    made = version()
    score(made)
    made.frozen_at, made.frozen_by = timezone.now(), made.created_by
    made.save(update_fields=["frozen_at", "frozen_by"])
    return made


def score(of=None, **fields):
    values = {"points": 50, "computed": 50, "basis": "Neraca 2020", "source": "BPS"}
    values |= {"sector": lists.sector(), "criterion": ScaleCriterion.RAW_MATERIAL}
    return ScaleScore.objects.create(version=of or version(), **(values | fields))


def freezing(row):
    return changed(row, frozen_at=timezone.now(), frozen_by_id=row.created_by_id)


@breaks("scale_number_once")
def a_version_number_twice():
    return [again(frozen(), frozen_at=None, frozen_by_id=None)]


@breaks("scale_one_draft_per_year")
def two_drafts_of_one_year():
    return [again(version(), number=2)]


@breaks("scale_has_a_reason")
def a_version_without_a_reason():
    return [changed(version(), reason="  ")]


@breaks("scale_frozen_by_somebody")
def a_version_frozen_by_nobody():
    return [changed(version(), frozen_at=timezone.now())]


@breaks("scale_weight_once")
def a_criterion_weighed_twice():
    return [again(version().weights.first())]


@breaks("scale_weight_of_a_hundred")
def a_weight_above_a_hundred():
    return [changed(version().weights.first(), weight=101)]


@breaks("scale_score_once")
def a_sector_scored_twice_by_one_criterion():
    return [again(score())]


@breaks("scale_score_of_a_sector_or_a_commodity")
def a_score_of_nothing_or_of_both():
    row = score()
    return [
        changed(row, sector_id=None),
        changed(row, commodity_id=lists.commodity().pk),
    ]


@breaks("scale_points_to_a_hundred")
def points_out_of_range():
    return [changed(score(), points=-1, computed=-1), changed(score_of_market(), points=101)]


def score_of_market():
    of = ScaleVersion.objects.get()
    return score(of, criterion=ScaleCriterion.MARKET, computed=None, is_by_hand=True)


@breaks("scale_points_rest_on_something")
def points_without_basis_or_source():
    row = score()
    return [changed(row, basis=" "), changed(row, source="")]


@breaks("scale_points_as_computed_or_by_hand")
def points_other_than_computed_that_nobody_gave():
    row = score()
    return [changed(row, points=51), changed(row, points=None), changed(row, computed=None)]


@breaks("scale_born_as_draft")
def a_version_born_frozen():
    made = frozen()
    return [again(made, number=2)]


@breaks("scale_frozen")
def a_frozen_version_changed():
    made = frozen()
    return [
        changed(made, reason="Lain"),
        changed(made, frozen_at=None, frozen_by_id=None),
        gone(made),
        changed(made.weights.first(), weight=61),
        gone(made.weights.first()),
        again(made.weights.first(), criterion="market"),
        changed(made.scores.first(), basis="Lain"),
        gone(made.scores.first()),
        again(made.scores.first(), criterion="market"),
    ]


@breaks("scale_weights_make_a_hundred")
def a_version_frozen_with_weights_of_99():
    return [freezing(version((60, 39)))]


@breaks("scale_of_a_signed_year")
def a_version_frozen_after_signing():
    made = version()
    set_state(made.year, YearState.SIGNED)
    return [freezing(made)]


def scenario(**fields):
    return CutScenario.objects.create(
        year=current_year(),
        name="Ketat",
        rule="strict",
        scale_share=30,
        floor=0,
        created_by=cast.person(Role.COORDINATOR),
        **fields,
    )


@breaks("scenario_name_once")
def a_scenario_name_twice():
    return [again(scenario())]


@breaks("scenario_has_a_name")
def a_scenario_without_a_name():
    return [changed(scenario(), name=" ")]


@breaks("scenario_figures_fit")
def a_scenario_out_of_range():
    row = scenario()
    return [changed(row, scale_share=101), changed(row, floor=21)]
