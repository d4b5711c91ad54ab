"""What is equal is said once; what differs stands side by side, its own words marked."""

from decimal import Decimal

import pytest
from django.urls import reverse

from proposals.enums import ResultKind, Status
from proposals.harmonisation import comparison
from proposals.harmonisation.comparison import UnitTotal
from proposals.harmonisation.queries.members import Result, compared
from proposals.likeness import Bit
from proposals.models import Output, Proposal
from tests import cast
from tests.builders import make_pair, make_proposal
from tests.moves import PATHS, move

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
    assert first.lines == [[Bit("1 unit, Mesin "), Bit("parut", is_alone=True)]]
    assert second.lines == [[Bit("1 unit, Mesin "), Bit("pres", is_alone=True)]]


def test_neighbouring_words_are_one_mark_and_a_long_equal_text_is_only_named(office):
    long = {"background": "Panjang sekali " * 30}
    one = make(office, [("Gudang kering baru dan mesin", "unit", 1)], **long)
    two = make(office, [("Mesin", "unit", 1)], **long)
    found = comparison.compare(read(one, two), in_full=True)
    assert found.same == ["kebutuhan", "jenis usulan Permintaan ke provinsi"]
    (line,) = found.rows[0].cells[0].lines
    assert line == [
        Bit("1 unit, "),
        Bit("Gudang kering baru dan", is_alone=True),
        Bit(" mesin"),
    ]


def test_words_that_match_are_marked_and_not_set_apart(office, other_office, client, reviewer):
    one = make(office, [("Alat tenun baru", "unit", 1)], background="Perajin tenun kurang alat.")
    two = make(other_office, [("Sarung", "unit", 1)], background="Sarung tenunan dicari pembeli.")
    move(one, *PATHS[Status.SENT])
    move(two, *PATHS[Status.SENT])
    pair = make_pair(one, two, reasons=[["texts", [["tenun", "tenunan"]]]])
    client.force_login(reviewer)
    for address in (
        reverse("harmonisation:pair", args=[pair.pk]),
        f"{reverse('harmonisation:compare')}?usulan={one.pk}&usulan={two.pk}",
    ):
        page = client.get(address)
        need, outputs = (
            next(row for row in page.context["comparison"].rows if row.word == word)
            for word in ("Kebutuhan", "Keluaran")
        )
        assert [cell.lines[0][1] for cell in need.cells] == [
            Bit("tenun", is_marked=True),
            Bit("tenunan", is_marked=True),
        ]
        assert outputs.cells[0].lines[0] == [
            Bit("1 unit, "),
            Bit("Alat", is_alone=True),
            Bit(" "),
            Bit("tenun", is_marked=True),
            Bit(" "),
            Bit("baru", is_alone=True),
        ]
        assert "teks lain menyebut yang sama" in page.text
        assert '<em class="rk-lain">Alat</em>' in page.text


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
