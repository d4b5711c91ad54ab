"""What is equal is said once; what differs stands side by side, its own words marked."""

from decimal import Decimal

import pytest

from proposals.enums import ResultKind, Status
from proposals.harmonisation import comparison
from proposals.harmonisation.comparison import UnitTotal
from proposals.harmonisation.queries.members import Result, compared
from proposals.likeness import Bit
from proposals.models import Output, Proposal
from tests import cast
from tests.builders import make_proposal

pytestmark = pytest.mark.django_db


def make(office, outputs, **fields):
    """Make a proposal with these outputs: text, unit and target."""
    proposal = make_proposal(office, is_bare=True, **fields)
    for text, unit, target in outputs:
        Output.objects.create(
            proposal=proposal, kind=ResultKind.OUTPUT, text=text, unit=unit, target=target
        )
    return proposal


def read(*proposals):
    rows = Proposal.objects.filter(pk__in=[proposal.pk for proposal in proposals])
    return sorted(compared(rows), key=lambda one: one.proposal.pk)


def test_equal_facts_are_one_sentence_and_the_rest_a_table(office, other_office):
    one = make(office, [("Mesin parut", "unit", 1)], requested_rp=100, target_group="Perajin")
    two = make(other_office, [("Mesin pres", "unit", 1)], requested_rp=200, target_group="Perajin")
    found = comparison.compare(read(one, two))
    assert found.same == ["jenis usulan Permintaan ke provinsi", "kelompok sasaran Perajin"]
    assert [row.word for row in found.rows] == ["Keluaran", "Diminta"]
    first, second = found.rows[0].cells
    assert first.lines == [[Bit("1 unit, Mesin "), Bit("parut", is_marked=True)]]
    assert second.lines == [[Bit("1 unit, Mesin "), Bit("pres", is_marked=True)]]


def test_neighbouring_words_are_one_mark_and_a_long_equal_text_is_only_named(office):
    long = {"background": "Panjang sekali " * 30}
    one = make(office, [("Gudang kering baru dan mesin", "unit", 1)], **long)
    two = make(office, [("Mesin", "unit", 1)], **long)
    found = comparison.compare(read(one, two), in_full=True)
    assert found.same == ["kebutuhan", "jenis usulan Permintaan ke provinsi"]
    (line,) = found.rows[0].cells[0].lines
    assert line == [
        Bit("1 unit, "),
        Bit("Gudang kering baru dan", is_marked=True),
        Bit(" mesin"),
    ]


def test_what_one_does_not_say_is_empty_and_what_nobody_says_is_left_out(office):
    one, two = make(office, [], requested_rp=0), make(office, [], requested_rp=None)
    found = comparison.compare(read(one, two))
    assert [(row.word, [len(cell.lines) for cell in row.cells]) for row in found.rows] == [
        ("Diminta", [1, 0])
    ]


def test_targets_are_added_by_unit_beside_the_programmes_own(office):
    one = make(office, [("Pelatihan", "orang", 20), ("Mesin", "unit", Decimal("1.5"))])
    two = make(office, [("Kursus", "Orang ", 30)])
    own = [Result(kind="output", text="Pelaku", unit="orang", target=Decimal(45))]
    assert comparison.by_unit(own, read(one, two)) == [
        UnitTotal("Keluaran", "unit", None, Decimal("1.50"), 1),
        UnitTotal("Keluaran", "orang", Decimal(45), Decimal("50.00"), 2),
    ]


def test_thirty_proposals_are_one_query(django_assert_num_queries):
    made = [make_proposal(cast.make_office(), Status.DRAFT) for _ in range(30)]
    with django_assert_num_queries(1):
        members = read(*made)
        comparison.compare(members, in_full=True)
        comparison.by_unit([], members)
    assert [member.commodity for member in members] == ["Ubi kayu"] * 30
