"""Reference rows and figures that must not be, and retired rows that are chosen anew."""

import uuid
from datetime import date

from django.utils import timezone

from proposals.enums import ReasonFor, Role, Status, UseRole
from proposals.models import (
    CommodityUse,
    Decision,
    DerivativeStage,
    Division,
    DocumentIntervention,
    FinancingNeed,
    FinancingScheme,
    FlagStage,
    GateAnswer,
    IndustryCode,
    InterventionFunding,
    InterventionNomenclature,
    LabourPotential,
    PromisedPaper,
    ReturnPoint,
    Score,
    SectorCode,
    SupplyBalance,
)
from tests import cast, lists
from tests.builders import make_ceiling, make_joint, make_proposal
from tests.models.broken.year import commodity_flag, sector_flag
from tests.models.refusals import again, breaks, changed
from tests.moves import make_review


@breaks("sector_code_once")
def a_code_of_a_sector_twice():
    code = lists.keyed(IndustryCode, "kbli_10", kind="kbli", code="10")
    return [again(SectorCode.objects.create(sector=lists.sector(), industry_code=code))]


@breaks("nomenclature_code_once_per_edition")
def a_code_twice_in_one_edition():
    return [again(lists.nomenclature(), key="P:lain")]


@breaks("proposals_sector_key_key")
def a_key_twice():
    return [again(lists.sector())]


@breaks("intervention_cost_band_is_ordered")
def a_cost_band_upside_down():
    return [changed(lists.intervention(), unit_cost_low_rp=9_000_000)]


@breaks("intervention_nomenclature_once")
def a_usual_code_twice():
    pair = {"intervention": lists.intervention(), "nomenclature": lists.nomenclature()}
    return [again(InterventionNomenclature.objects.create(**pair))]


@breaks("intervention_funding_once")
def a_usual_source_twice():
    pair = {"intervention": lists.intervention(), "funding_source": lists.funding()}
    return [again(InterventionFunding.objects.create(**pair))]


@breaks("document_intervention_once")
def a_paper_asked_twice():
    pair = {"intervention": lists.intervention(), "document": lists.papers()[0]}
    return [again(DocumentIntervention.objects.create(**pair))]


def scheme(key="kur_2021", valid_from=date(2021, 1, 1), valid_to=date(2021, 6, 30)):
    return lists.keyed(
        FinancingScheme, key, code="kur", scheme="KUR", valid_from=valid_from, valid_to=valid_to
    )


@breaks("financing_validity_is_ordered")
def a_validity_upside_down():
    return [changed(scheme(), valid_to=date(2020, 12, 31))]


@breaks("financing_validity_does_not_overlap")
def two_terms_on_one_day():
    return [again(scheme(), key="kur_2021b", valid_from=date(2021, 6, 30), valid_to=None)]


@breaks("financing_validity_does_not_overlap")
def two_terms_without_end():
    return [again(scheme(valid_from=None, valid_to=None), key="kur_lain")]


@breaks("criterion_once_per_version")
def a_criterion_twice_in_one_version():
    return [again(lists.criteria()[0])]


@breaks("criterion_weight_fits")
def a_scored_point_without_weight():
    return [changed(lists.criteria()[0], weight=0)]


@breaks("criterion_weight_fits")
def a_gate_with_weight():
    return [changed(lists.gates("own")[0], weight=1)]


@breaks("criterion_weight_fits")
def a_weight_above_five():
    return [changed(lists.criteria()[0], weight=6)]


def balance():
    return SupplyBalance.objects.create(
        commodity=lists.commodity(),
        region=lists.region(),
        data_year=2020,
        unit="ton/year",
        production=100,
        source="BPS",
    )


@breaks("balance_once_per_source")
def two_balances_of_one_source():
    return [again(balance())]


@breaks("balance_not_negative")
def a_household_that_gives_rice():
    return [changed(balance(), household_need=-1)]


@breaks("balance_not_negative")
def a_production_below_zero():
    return [changed(balance(), production="-0.001")]


@breaks("labour_once_per_source")
def two_labour_figures_of_one_source():
    row = LabourPotential.objects.create(
        sector=lists.sector(), region=lists.region(), data_year=2020, workers=10, source="BPS"
    )
    return [again(row)]


# Retired rows -----------------------------------------------------------------------------------


def retired(row):
    """Retire a row and return its id."""
    type(row).objects.filter(pk=row.pk).update(is_retired=True)
    return row.pk


def stage(key="tapioka_kasar"):
    return lists.keyed(DerivativeStage, key, tree="CASSAVA", stage="antara")


def chosen(name, prepare):
    """Register the choice of a retired row."""
    prepare.__name__ = f"a_retired_{name}"
    breaks("retired_row_chosen")(prepare)


def in_proposal(column, row):
    return lambda: [changed(make_proposal(), **{column: retired(row())})]


chosen("sector", in_proposal("sector_id", lambda: lists.sector("padi")))
chosen("intervention", in_proposal("intervention_id", lambda: lists.intervention("pameran")))
chosen("source", in_proposal("funding_source_id", lambda: lists.funding("bkk_prov")))
chosen("code", in_proposal("nomenclature_id", lambda: lists.nomenclature("kabupaten_kota")))


chosen("reason", in_proposal("result_reason_id", lambda: lists.reason(ReasonFor.DEFER)))


@breaks("retired_row_chosen")
def a_draft_of_a_retired_office():
    draft = make_proposal(is_bare=True)
    retired(draft.office)
    return [again(draft, creation_key=uuid.uuid4())]


def draft_with_use():
    draft = make_proposal()
    return CommodityUse.objects.get(proposal=draft, role=UseRole.MAIN)


chosen(
    "commodity",
    lambda: [changed(draft_with_use(), commodity_id=retired(lists.commodity("jagung")))],
)
chosen("stage", lambda: [changed(draft_with_use(), stage_id=retired(stage()))])


@breaks("retired_row_chosen")
def a_retired_scheme():
    need = FinancingNeed.objects.create(proposal=make_proposal(), scheme=scheme(), amount_rp=1)
    other = scheme("kur_2020", date(2020, 1, 1), date(2020, 12, 31))
    return [changed(need, scheme_id=retired(other))]


@breaks("retired_row_chosen")
def a_retired_district():
    draft = make_proposal()
    place = draft.locations.get()
    return [again(place, village="Bati-Bati", district_id=retired(place.district))]


@breaks("retired_row_chosen")
def a_retired_paper():
    paper = make_proposal().attachments.first()
    return [changed(paper, document_id=retired(lists.document("siteplan")))]


@breaks("retired_row_chosen")
def a_retired_paper_promised():
    promise = PromisedPaper.objects.create(
        proposal=make_proposal(), document=lists.document("siteplan"), due_on=date(2021, 6, 1)
    )
    return [changed(promise, document_id=retired(lists.document("ded")))]


chosen("sector_flagged", lambda: [changed(sector_flag(), sector_id=retired(lists.sector("padi")))])
chosen(
    "commodity_flagged",
    lambda: [changed(commodity_flag(), commodity_id=retired(lists.commodity("jagung")))],
)


@breaks("retired_row_chosen")
def a_retired_stage_decided():
    kept = FlagStage.objects.create(flag=sector_flag(), stage=stage())
    return [changed(kept, stage_id=retired(stage("mocaf")))]


@breaks("retired_row_chosen")
def a_retired_source_of_a_share():
    share = make_joint(state="forming").shares.first()
    return [changed(share, funding_source_id=retired(lists.funding("bkk_prov")))]


@breaks("retired_row_chosen")
def a_retired_source_of_a_ceiling():
    return [again(make_ceiling(1), funding_source_id=retired(lists.funding("bkk_prov")))]


@breaks("retired_row_chosen")
def a_retired_sector_of_a_ceiling():
    return [changed(make_ceiling(1), sector_id=retired(lists.sector("padi")))]


@breaks("retired_row_chosen")
def a_retired_office():
    officer = cast.person(Role.OFFICER)
    return [changed(officer, office_id=retired(cast.make_office(cast.OTHER_REGENCY)))]


@breaks("retired_row_chosen")
def a_retired_division_of_a_person():
    sarana = lists.keyed(Division, "sarana")
    return [changed(cast.person(Role.REVIEWER), division_id=retired(sarana))]


def in_programme(column, row):
    return lambda: [changed(make_joint(state="forming"), **{column: retired(row())})]


chosen("joint_code", in_programme("nomenclature_id", lambda: lists.nomenclature("kabupaten_kota")))
chosen("joint_commodity", in_programme("commodity_id", lambda: lists.commodity("jagung")))
chosen("joint_lead", in_programme("lead_office_id", lambda: cast.make_office("63.03")))
chosen("joint_kind", in_programme("intervention_id", lambda: lists.intervention("pameran")))


@breaks("retired_row_chosen")
def a_retired_gate_answered():
    answer = GateAnswer.objects.filter(proposal=make_proposal(status=Status.UNDER_REVIEW)).first()
    return [changed(answer, criterion_id=retired(lists.criteria()[0]))]


@breaks("retired_row_chosen")
def a_retired_criterion_scored():
    review = make_review(make_proposal(status=Status.UNDER_REVIEW))
    score = Score.objects.filter(review=review).first()
    return [changed(score, criterion_id=retired(lists.gates("province")[0]))]


@breaks("retired_row_chosen")
def a_retired_reason_recommended():
    review = make_review(make_proposal(status=Status.UNDER_REVIEW))
    return [changed(review, reason_id=retired(lists.reason(ReasonFor.CHANGE)))]


@breaks("retired_row_chosen")
def a_retired_reason_of_a_return():
    point = ReturnPoint.objects.get(proposal=make_proposal(status=Status.RETURNED))
    return [changed(point, reason_id=retired(lists.reason(ReasonFor.RETURN)))]


@breaks("retired_row_chosen")
def a_retired_reason_of_a_decision():
    decision = Decision.objects.get(proposal=make_proposal(status=Status.DEFERRED))
    return [again(decision, reason_id=retired(decision.reason), decided_at=timezone.now())]
