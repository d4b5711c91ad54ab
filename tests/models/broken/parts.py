"""Rows of a proposal that must not be, and content that must not change once it is sent."""

from datetime import date

from django.utils import timezone

from proposals.enums import ResultKind, Role, Status, UseRole
from proposals.models import (
    BudgetLine,
    CoFunding,
    CommodityUse,
    FinancingNeed,
    Location,
    Output,
    PromisedPaper,
    ReturnPoint,
)
from tests import cast, lists
from tests.builders import make_proposal
from tests.models.broken.catalogue import scheme
from tests.models.refusals import again, breaks, changed, gone
from tests.moves import move

S = Status


def output(draft=None):
    return Output.objects.filter(proposal=draft or make_proposal(), kind=ResultKind.OUTPUT).get()


def line(status=S.DRAFT):
    return BudgetLine.objects.filter(proposal=make_proposal(status=status, n_lines=2)).first()


def use():
    return CommodityUse.objects.get(proposal=make_proposal(), role=UseRole.MAIN)


def need(draft=None):
    return FinancingNeed.objects.create(
        proposal=draft or make_proposal(), scheme=scheme(), amount_rp=1
    )


def co_funding(draft=None):
    return CoFunding.objects.create(proposal=draft or make_proposal(), who="BRI", amount_rp=1)


def promise(draft=None):
    return PromisedPaper.objects.create(
        proposal=draft or make_proposal(), document=lists.document("ded"), due_on=date(2021, 6, 1)
    )


@breaks("output_target_above_zero")
def a_result_of_nothing():
    return [changed(output(), target=0)]


@breaks("output_has_a_text")
def a_result_without_words():
    return [changed(output(), text="  ")]


@breaks("line_volume_above_zero")
def a_line_without_volume():
    return [changed(line(), volume=0, total_rp=0)]


@breaks("line_amounts_not_negative")
def a_unit_cost_below_zero():
    return [changed(line(), unit_cost_rp=-1, total_rp=-1)]


@breaks("line_amounts_not_negative")
def a_recommended_line_below_zero():
    return [changed(line(), recommended_rp=-1)]


@breaks("line_total_is_volume_times_unit_cost")
def a_total_of_a_slip():
    return [changed(line(), volume=2)]


@breaks("line_total_is_volume_times_unit_cost")
def a_total_rounded_down():
    return [changed(line(), volume="0.50", unit_cost_rp=3, total_rp=1)]


@breaks("proposal_requests_the_sum_of_its_lines")
def an_amount_beside_its_lines():
    return [changed(make_proposal(n_lines=2), requested_rp=1)]


@breaks("proposal_requests_the_sum_of_its_lines")
def no_amount_beside_its_lines():
    return [changed(make_proposal(n_lines=2), requested_rp=None)]


@breaks("proposal_requests_the_sum_of_its_lines")
def a_line_more():
    return [again(line())]


@breaks("proposal_requests_the_sum_of_its_lines")
def a_line_less():
    return [gone(line())]


@breaks("proposal_requests_the_sum_of_its_lines")
def a_line_dearer():
    one = line()
    return [changed(one, unit_cost_rp=one.unit_cost_rp + 1, total_rp=one.total_rp + 1)]


@breaks("cofunding_above_zero")
def co_funding_of_nothing():
    return [changed(co_funding(), amount_rp=0)]


@breaks("financing_need_above_zero")
def a_need_of_nothing():
    return [changed(need(), amount_rp=0)]


@breaks("location_district_or_region")
def a_place_of_both():
    place = make_proposal().locations.get()
    return [changed(place, region_id=lists.region().pk)]


@breaks("location_district_or_region")
def a_place_of_nowhere():
    return [changed(make_proposal().locations.get(), district_id=None)]


@breaks("location_once")
def a_place_twice():
    return [again(make_proposal().locations.get())]


@breaks("location_once")
def a_whole_regency_twice():
    own = make_proposal(cast.make_office(cast.PROVINCE))
    return [again(Location.objects.get(proposal=own))]


@breaks("commodity_use_one_main")
def two_main_commodities():
    return [again(use(), commodity_id=lists.commodity("jagung").pk)]


@breaks("commodity_use_once_per_role")
def a_raw_material_twice():
    raw = use()
    CommodityUse.objects.filter(pk=raw.pk).update(role=UseRole.RAW)
    return [again(raw, role="raw")]


@breaks("commodity_use_quantity_above_zero")
def a_quantity_of_zero():
    return [changed(use(), quantity=0)]


@breaks("attachment_one_current_per_document")
def two_current_files_of_one_paper():
    return [again(make_proposal().attachments.first())]


@breaks("promised_paper_once")
def a_paper_promised_twice():
    return [again(promise())]


@breaks("version_once")
def a_version_twice():
    return [again(make_proposal(status=S.SENT).versions.get())]


@breaks("part_keeps_its_proposal")
def a_result_given_to_another_proposal():
    return [changed(output(), proposal_id=make_proposal().pk)]


@breaks("part_keeps_its_proposal")
def a_file_given_to_another_proposal():
    paper = make_proposal().attachments.first()
    return [changed(paper, proposal_id=make_proposal(is_bare=True).pk)]


# What is sent stays as it was sent --------------------------------------------------------------

CLOSED = sorted(set(Status) - {S.DRAFT, S.RETURNED})
OTHER = {
    "request_to": "centre",
    "title": "Judul lain",
    "background": "Lain",
    "origin": "pokir",
    "target_group": "Lain",
    "sector_id": None,
    "intervention_id": None,
    "nomenclature_id": None,
    "beneficiary_ikm": 1,
    "beneficiary_workers": 1,
    "requested_rp": 1,
    "forward_rp": 1,
    "funding_source_id": None,
    "labour_needed": 1,
    "labour_available": 1,
    "labour_to_train": 1,
    "labour_source": "Lain",
}


def closed(name, prepare):
    prepare.__name__ = name
    breaks("proposal_content_is_closed")(prepare)


@breaks("proposal_content_is_closed")
def any_column_once_sent():
    sent = make_proposal(status=S.SENT)
    return [changed(sent, **{column: value}) for column, value in OTHER.items()]


@breaks("proposal_content_is_closed")
def any_column_that_no_point_names():
    """The point of the builder's return names the background."""
    returned = make_proposal(status=S.RETURNED)
    return [
        changed(returned, **{column: value})
        for column, value in OTHER.items()
        if column != "background"
    ]


for status in CLOSED:
    closed(
        f"a_title_while_{status}",
        lambda status=status: [changed(make_proposal(status=status), title="Lain")],
    )
    if status != S.AWAITING_HEAD:
        closed(
            f"the_order_while_{status}",
            lambda status=status: [changed(make_proposal(status=status), own_rank=7)],
        )

PARTS = {
    "output": output,
    "budgetline": lambda draft: BudgetLine.objects.filter(proposal=draft).first(),
    "cofunding": co_funding,
    "financingneed": need,
    "location": lambda draft: draft.locations.get(),
    "commodityuse": lambda draft: draft.commodity_uses.get(),
    "attachment": lambda draft: draft.attachments.first(),
    "promisedpaper": promise,
}
TOUCH = {
    "output": {"text": "Lain"},
    "budgetline": {"text": "Lain"},
    "cofunding": {"who": "Lain"},
    "financingneed": {"note": "Lain"},
    "location": {"village": "Lain"},
    "commodityuse": {"unit": "kg"},
    "attachment": {"name": "lain.pdf"},
    "promisedpaper": {"due_on": "2021-07-01"},
}


def after(name, *statuses):
    """Return a row of this part, of a proposal that went on since."""
    draft = make_proposal(n_lines=2)
    row = PARTS[name](draft)
    move(draft, *statuses)
    return row


def touched(name, way):
    def prepare():
        row = after(name, *way)
        return [again(row), changed(row, **TOUCH[name]), gone(row)]

    closed(f"any_{name}_of_a_{way[-1]}_one", prepare)


for part in PARTS:
    for way in ((S.SENT,), (S.SENT, S.RETURNED), (S.AWAITING_HEAD,)):
        touched(part, way)


@breaks("proposal_content_is_closed")
def a_taken_back_return_opens_no_more_than_its_points():
    back = move(make_proposal(status=S.RETURNED), S.AWAITING_HEAD, S.DRAFT)
    return [changed(back, title="Lain")]


@breaks("proposal_content_is_closed")
def a_settled_point_opens_nothing():
    returned = make_proposal(status=S.RETURNED)
    ReturnPoint.objects.filter(proposal=returned).update(
        settled_at=timezone.now(), settled_by=cast.person(Role.GATE_CHECKER)
    )
    return [changed(returned, background="Lain")]
