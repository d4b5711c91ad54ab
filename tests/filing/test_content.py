"""Saving content: in place, only what changed, only what is open, never over somebody else."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from proposals.enums import ResultKind, Status, UseRole
from proposals.filing.actions import Stale, save_content
from proposals.models import BudgetLine, CommodityUse, Location, Output, Proposal, ReturnPoint
from proposals.refused import Refused
from tests import lists
from tests.builders import make_proposal, set_state
from tests.moves import move

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def save(proposal, by, values=None, parts=None, row_version=None):
    saved = save_content(
        proposal=proposal,
        by=by,
        row_version=row_version or proposal.row_version,
        values=values or {},
        parts=parts or {},
    )
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
    return saved


def n_events():
    tables = (Proposal, Output, BudgetLine, Location, CommodityUse)
    return [table.pgh_event_model.objects.count() for table in tables]


def rows(queryset, *columns):
    return list(queryset.values(*columns))


def line(text, volume, cost, **more):
    return {"text": text, "volume": Decimal(volume), "unit": "unit", "unit_cost_rp": cost} | more


def test_columns_are_saved_and_the_version_counts_on(officer):
    draft = make_proposal()
    saved = save(draft, officer, {"title": "Judul baru", "sector": None, "beneficiary_ikm": 0})
    read = Proposal.objects.get(pk=draft.pk)
    assert (read.title, read.sector, read.beneficiary_ikm) == ("Judul baru", None, 0)
    assert (saved.row_version, read.row_version) == (2, 2)


def test_saving_the_same_again_writes_no_event(officer):
    draft = make_proposal(n_lines=2)
    values = {"title": draft.title, "sector": draft.sector, "requested_rp": draft.requested_rp}
    parts = {
        "outputs": rows(draft.outputs, "id", "kind", "text", "unit", "target"),
        "budget_lines": rows(draft.budget_lines, "id", "text", "volume", "unit", "unit_cost_rp"),
        "locations": [{"district": draft.locations.get().district}],
        "commodity_uses": [{"role": UseRole.MAIN, "commodity": lists.commodity()}],
    }
    first = save(draft, officer, values, parts)  # settles the positions of the rows
    before = n_events()
    second = save(first, officer, values, parts)
    assert n_events() == before
    assert second.row_version == first.row_version


def test_a_changed_row_keeps_its_id_and_a_missing_one_goes(officer):
    draft = make_proposal(n_lines=3)
    first, second, third = draft.budget_lines.all()
    wanted = [line("Sewa gedung", "2.5", 1_000_001, id=third.pk), line("Baru", "1", 500, id=None)]
    save(draft, officer, parts={"budget_lines": wanted})
    standing = rows(draft.budget_lines, "position", "text", "total_rp")
    assert standing == [
        {"position": 1, "text": "Sewa gedung", "total_rp": 2_500_003},
        {"position": 2, "text": "Baru", "total_rp": 500},
    ]
    assert BudgetLine.objects.filter(pk__in=[first.pk, second.pk]).count() == 0
    assert draft.budget_lines.get(position=1).pk == third.pk
    assert Proposal.objects.get(pk=draft.pk).requested_rp == 2_500_503


def test_with_lines_a_typed_amount_gives_way_to_their_sum(officer):
    draft = make_proposal(n_lines=2)
    save(draft, officer, {"requested_rp": 5})
    assert Proposal.objects.get(pk=draft.pk).requested_rp == 250_000_000


def test_without_lines_left_the_amount_is_typed_again(officer):
    draft = make_proposal(n_lines=2)
    save(draft, officer, {"requested_rp": 7}, {"budget_lines": []})
    assert Proposal.objects.get(pk=draft.pk).requested_rp == 7


def test_a_row_id_of_another_proposal_touches_nothing_there(officer, other_officer):
    draft, foreign = make_proposal(), make_proposal(other_officer.office)
    theirs = foreign.outputs.first()
    wanted = [
        {"id": theirs.pk, "kind": ResultKind.OUTPUT, "text": "Milik", "unit": "u", "target": 1}
    ]
    save(draft, officer, parts={"outputs": wanted})
    assert Output.objects.get(pk=theirs.pk).text == theirs.text
    assert [row.text for row in draft.outputs.all()] == ["Milik"]


def test_the_main_commodity_moves_from_one_row_to_another(officer):
    draft = make_proposal()
    wanted = [
        {"role": UseRole.RAW, "commodity": lists.commodity()},
        {"role": UseRole.MAIN, "commodity": lists.commodity("tapioka")},
    ]
    save(draft, officer, parts={"commodity_uses": wanted})
    assert [(use.role, use.commodity.key) for use in draft.commodity_uses.all()] == [
        ("raw", "ubi_kayu"),
        ("main", "tapioka"),
    ]


@pytest.mark.parametrize(
    ("part", "twice", "sentence"),
    [
        ("locations", "district", "Location: the same row stands twice."),
        ("commodity_uses", "commodity", "Commodities: the same row stands twice."),
    ],
)
def test_the_same_row_twice_is_refused_in_words(officer, part, twice, sentence):
    draft = make_proposal()
    row = {"district": draft.locations.get().district} if twice == "district" else None
    row = row or {"role": UseRole.RAW, "commodity": lists.commodity()}
    with pytest.raises(Refused) as refusal:
        save(draft, officer, parts={part: [row, dict(row)]})
    assert refusal.value.reasons == (sentence,)


def test_a_stale_form_overwrites_nothing(officer, head):
    draft = make_proposal()
    save(draft, head, {"title": "Dari kepala"})
    with pytest.raises(Stale) as refusal:
        save(draft, officer, {"title": "Dari petugas"}, row_version=1)
    assert refusal.value.current.title == "Dari kepala"
    assert Proposal.objects.get(pk=draft.pk).title == "Dari kepala"


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.DRAFT, Status.RETURNED}))
def test_nothing_changes_once_it_left_the_office(officer, status):
    proposal = make_proposal(status=status)
    proposal.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        save(proposal, officer, {"title": "Lain"}, {"outputs": []})
    assert refusal.value.reasons[0].endswith("is closed for changes now.")
    assert Proposal.objects.get(pk=proposal.pk).title == proposal.title
    assert proposal.outputs.count() == 2


def test_a_return_opens_only_the_named_field(officer):
    proposal = make_proposal(status=Status.RETURNED)
    proposal.refresh_from_db()
    saved = save(proposal, officer, {"background": "Sudah jelas", "title": proposal.title})
    assert saved.background == "Sudah jelas"
    with pytest.raises(Refused) as refusal:
        save(saved, officer, {"title": "Lain", "target_group": "Semua"})
    assert refusal.value.reasons == (
        "Title is closed for changes now.",
        "Target group is closed for changes now.",
    )


@pytest.mark.parametrize("code", ["requested_rp", "budget_lines"])
def test_a_point_on_the_amount_opens_the_lines_too(officer, gate_checker, code):
    proposal = make_proposal(status=Status.SENT, n_lines=1)
    ReturnPoint.objects.create(
        proposal=proposal,
        field=code,
        what="Turunkan",
        due_on=date(2030, 1, 1),
        made_by=gate_checker,
    )
    move(proposal, Status.RETURNED)
    proposal.refresh_from_db()
    save(proposal, officer, parts={"budget_lines": [line("Satu", "1", 900)]})
    assert Proposal.objects.get(pk=proposal.pk).requested_rp == 900


def test_a_draft_that_was_returned_keeps_its_other_fields_closed(officer):
    proposal = make_proposal(status=Status.RETURNED)
    move(proposal, Status.AWAITING_HEAD, Status.DRAFT)
    proposal.refresh_from_db()
    save(proposal, officer, {"background": "Diperjelas"})
    proposal.refresh_from_db()
    with pytest.raises(Refused):
        save(proposal, officer, {"title": "Lain"})


def test_a_stranger_sees_nothing_to_save(other_officer, gate_checker):
    draft = make_proposal()
    for stranger in (other_officer, gate_checker):
        with pytest.raises(Refused) as refusal:
            save(draft, stranger, {"title": "Lain"})
        assert refusal.value.reasons == ("You cannot see this proposal any more.",)


def test_a_reader_of_sent_proposals_writes_none(bappeda):
    sent = make_proposal(status=Status.SENT)
    with pytest.raises(Refused) as refusal:
        save(sent, bappeda, {"title": "Lain"})
    assert refusal.value.reasons == ("This proposal belongs to another office.",)


def test_after_signing_nothing_is_saved(officer):
    draft = make_proposal()
    set_state(draft.year, "signed")
    with pytest.raises(Refused) as refusal:
        save(draft, officer, {"title": "Lain"})
    assert refusal.value.reasons == ("The minutes are signed: a change now needs an addendum.",)
