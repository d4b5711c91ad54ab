"""What a proposal lacks to be sent, kind by kind: the table of the field list."""

import pytest
from django.utils import translation

from proposals import completeness
from proposals.completeness import Missing, blocking_documents, missing
from proposals.enums import (
    FieldKind,
    NomenclatureDepth,
    RequestTo,
    ResultKind,
    SupplyEffect,
    UseRole,
)
from proposals.fields import FIELDS, Section
from proposals.models import Attachment, OfficeYear, Proposal
from tests import cast, lists
from tests.builders import make_proposal
from tests.scenes import kept_for_module, scribble

A, B, C, P = FieldKind
NOTHING = {kind: [] for kind in FieldKind}
KINDS = {A: RequestTo.OWN, B: RequestTo.PROVINCE, C: RequestTo.CENTRE, P: RequestTo.OWN}


@pytest.fixture(scope="module")
def complete(django_db_setup, django_db_blocker):
    """Return a complete proposal of every kind."""
    with kept_for_module(django_db_blocker):
        yield {
            kind: make_proposal(
                cast.make_office(cast.PROVINCE if kind == P else cast.REGENCY), request_to=to
            )
            for kind, to in KINDS.items()
        }


@pytest.fixture
def lacks(complete):
    """Return what the proposal of a kind lacks, after columns and rows were changed."""

    def asked(kind, change=None, **columns):
        with scribble():
            proposal = Proposal.objects.for_page().get(pk=complete[kind].pk)
            for name, value in columns.items():
                setattr(proposal, name, value)
            if change:
                change(proposal)
            own = OfficeYear.objects.filter(office=proposal.office_id).first()
            found = missing(proposal, blocking_documents(), own)
        return [(item.field, item.message) for item in found]

    return asked


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_a_proposal_that_has_everything_lacks_nothing(lacks, db):
    assert {kind: lacks(kind) for kind in FieldKind} == NOTHING


COLUMNS = {
    "title": " ",
    "intervention": None,
    "nomenclature": None,
    "origin": "",
    "background": "\n",
    "target_group": "",
    "beneficiary_ikm": None,
    "beneficiary_workers": None,
    "requested_rp": None,
}


@pytest.mark.parametrize("kind", FieldKind)
@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_of_the_field_list_is_asked_of_every_kind(lacks, column, kind):
    fields = [field for field, _ in lacks(kind, **{column: COLUMNS[column]})]
    assert fields == [column]


@pytest.mark.parametrize("kind", FieldKind)
def test_zero_people_are_an_answer(lacks, kind):
    assert lacks(kind, beneficiary_ikm=0, beneficiary_workers=0) == []


@pytest.mark.parametrize("kind", FieldKind)
def test_what_the_field_list_leaves_free_is_not_asked(lacks, kind):
    free = {"forward_rp": None, "own_rank": None, "labour_needed": None, "labour_source": ""}
    assert lacks(kind, **free) == []


def without_outcome(proposal):
    proposal.outputs.filter(kind=ResultKind.OUTCOME).delete()


def without_results(proposal):
    proposal.outputs.all().delete()


OUTPUT = ("outputs", "Name at least one output with unit and target.")
OUTCOME = ("outputs", "Name at least one outcome: what changes afterwards.")


@pytest.mark.parametrize("kind", FieldKind)
def test_results_are_one_output_and_one_outcome(lacks, kind):
    assert lacks(kind, without_outcome) == [OUTCOME]
    assert lacks(kind, without_results) == [OUTPUT, OUTCOME]


def without_places(proposal):
    proposal.locations.all().delete()


def in_another_regency(proposal):
    other = lists.district(lists.region(cast.OTHER_REGENCY))
    proposal.locations.update(district=other, region=None)


def in_a_whole_region(proposal):
    proposal.locations.update(district=None, region=proposal.office.region)


def test_places_are_districts_of_the_own_regency(lacks):
    wrong = [("locations", "Choose districts of your own regency or city.")]
    for kind in (A, B, C):
        assert lacks(kind, without_places) == [("locations", "Name at least one district.")]
        assert lacks(kind, in_another_regency) == wrong
        assert lacks(kind, in_a_whole_region) == wrong


def test_the_province_names_regencies(lacks):
    assert lacks(P, without_places) == [("locations", "Name at least one regency or city.")]
    assert lacks(P, in_another_regency) == []


def test_a_code_is_a_sub_activity_of_the_edition_in_force(lacks):
    def a_programme(proposal):
        proposal.nomenclature.depth = NomenclatureDepth.PROGRAMME

    def an_old_edition(proposal):
        proposal.nomenclature.edition = "90/2019"

    assert lacks(B, a_programme) == [
        ("nomenclature", "Choose a sub-activity, not a programme or activity.")
    ]
    assert lacks(B, an_old_edition) == [
        ("nomenclature", "Choose a code of edition 050-3708/2020, the one in force this year.")
    ]


def test_a_named_commodity_wants_its_sector(lacks):
    wanted = [("sector", "Choose the sector of the commodities you named.")]
    assert lacks(A, sector=None, sector_id=None) == wanted


def test_cross_sector_work_needs_no_commodity(lacks):
    def nothing_named(proposal):
        proposal.commodity_uses.all().delete()
        proposal.sector = None

    assert lacks(B, nothing_named) == []


def demanding(proposal):
    proposal.intervention.supply_effect = SupplyEffect.ADDS_DEMAND
    proposal.commodity_uses.filter(role=UseRole.MAIN).delete()


def test_what_adds_demand_names_its_main_commodity(lacks):
    wanted = [
        (
            "commodity_uses",
            "Name the main commodity: this kind of activity adds demand for raw material.",
        )
    ]
    assert {kind: lacks(kind, demanding) for kind in FieldKind} == {
        A: [],
        B: wanted,
        C: wanted,
        P: wanted,
    }


def needs_no_money(proposal):
    proposal.intervention.needs_budget = False
    proposal.requested_rp = 0
    proposal.funding_source = None
    proposal.attachments.filter(document__key="rab").delete()


def test_what_needs_no_money_needs_no_source_and_no_estimate(lacks):
    assert {kind: lacks(kind, needs_no_money) for kind in FieldKind} == NOTHING


def test_what_needs_money_asks_for_more_than_nothing(lacks):
    assert lacks(B, requested_rp=0) == [
        ("requested_rp", "This kind of activity needs money: enter more than Rp 0.")
    ]


def test_money_asked_without_need_still_wants_its_source(lacks):
    def asks_anyway(proposal):
        proposal.intervention.needs_budget = False
        proposal.funding_source = None

    assert lacks(B, asks_anyway) == [("funding_source", "Choose the one source of money.")]


OWN_BUDGET = "An own programme is paid by your own budget: choose it, or another kind."
OTHER_SOURCE = "This source does not fit the kind of proposal: choose another."


def paid_by(key, **columns):
    def change(proposal):
        proposal.funding_source = lists.funding(key)
        for name, value in columns.items():
            setattr(proposal.funding_source, name, value)

    return change


@pytest.mark.parametrize(
    ("kind", "source", "said"),
    [
        (A, paid_by("apbd_kab"), None),
        (A, paid_by("apbd_prov"), OWN_BUDGET),
        (A, paid_by("dak_fisik_ikm", planning_system="KRISNA-DAK"), OWN_BUDGET),
        (A, paid_by("dana_desa", level="pusat", planning_system="SIPD"), None),
        (B, paid_by("bkk_prov"), None),
        (B, paid_by("apbd_kab"), OTHER_SOURCE),
        (B, paid_by("dak_fisik_ikm"), OTHER_SOURCE),
        (C, paid_by("dak_fisik_ikm"), None),
        (C, paid_by("apbd_prov"), OTHER_SOURCE),
        (P, paid_by("apbd_prov"), None),
        (P, paid_by("dak_fisik_ikm"), OTHER_SOURCE),
    ],
)
def test_the_source_fits_the_kind(lacks, kind, source, said):
    assert lacks(kind, source) == ([("funding_source", said)] if said else [])


LETTER = ("attachments", "Upload the covering letter of your office: one for all proposals.")


def without(*keys):
    return lambda proposal: proposal.attachments.filter(document__key__in=keys).delete()


@pytest.mark.parametrize("kind", FieldKind)
def test_papers_that_block_are_named(lacks, kind):
    assert lacks(kind, without("kak", "rab")) == [
        ("attachments", "Upload: Kak."),
        ("attachments", "Upload: Rab."),
    ]


def test_a_replaced_file_is_no_paper(lacks):
    def replaced(proposal):
        Attachment.objects.filter(proposal=proposal, document__key="kak").update(
            replaced_at="2021-03-01T00:00Z"
        )

    assert lacks(B, replaced) == [("attachments", "Upload: Kak.")]


def test_a_retired_paper_is_asked_no_more(lacks):
    def retired(proposal):
        proposal.attachments.filter(document__key="kak").delete()
        document = lists.document("kak")
        type(document).objects.filter(pk=document.pk).update(is_retired=True)

    assert lacks(B, retired) == []


def test_the_letter_is_asked_of_regencies_alone(lacks):
    def letterless(proposal):
        OfficeYear.objects.update(letter="", letter_at=None)

    def nothing_of_the_year(proposal):
        OfficeYear.objects.all().delete()

    for change in (letterless, nothing_of_the_year):
        assert {kind: lacks(kind, change) for kind in FieldKind} == {
            A: [LETTER],
            B: [LETTER],
            C: [LETTER],
            P: [],
        }


def test_what_is_missing_comes_in_the_order_of_the_form(lacks):
    found = lacks(B, without_results, background="", title="", requested_rp=None)
    order = list(FIELDS)
    positions = [order.index(field) for field, _ in found]
    assert positions == sorted(positions)
    assert len(found) == 5


def test_a_missing_thing_knows_its_section():
    assert Missing("outputs", "x").section == Section.NEED


def test_a_list_judges_every_row_in_its_own_query(complete, django_assert_num_queries):
    rows = completeness.with_facts(Proposal.objects.order_by("pk"))
    documents = blocking_documents()
    own = {one.office_id: one for one in OfficeYear.objects.all()}
    with django_assert_num_queries(1):
        found = [missing(row, documents, own.get(row.office_id)) for row in rows]
    assert found == [[]] * 4


def test_a_list_and_a_page_say_the_same(complete):
    with scribble():
        for proposal in complete.values():
            without_results(proposal)
            in_another_regency(proposal)
            demanding(Proposal.objects.get(pk=proposal.pk))
            without("rab")(proposal)
        documents = blocking_documents()
        listed = completeness.with_facts(Proposal.objects.order_by("pk"))
        paged = Proposal.objects.for_page().order_by("pk")
        assert [missing(row, documents, None) for row in listed] == [
            missing(row, documents, None) for row in paged
        ]
