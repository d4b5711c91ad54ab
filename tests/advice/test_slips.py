"""Slips of a thousand: every one on the example lines is asked about, and no correct line."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proposals.advice.slips import THOUSAND, Band, Priced, range_of, slips, whole_slip
from proposals.catalogue.loading import rows
from proposals.demo.lines import lines_of

FILES = ("proposals_example", "province_programmes_example", "further_proposals_example")
KINDS = {line["key"]: line for line in rows.read("intervention_types")}


def budget(line):
    """Return the lines and the band of one example, as the demo gives them."""
    kind = KINDS[line["intervention_key"]]
    reached = int(Decimal(line["output_1_target"] or 1))
    made = lines_of(kind["key"], kind["family"], int(line["budget_rp"]), reached)
    usual = kind["typical_units"].lower().split("|")
    counts = [
        Decimal(line[f"{name}_target"])
        for name in ("output_1", "output_2")
        if line[f"{name}_unit"].lower() in usual
    ]
    ends = (Decimal(kind["unit_cost_low_rp"]), Decimal(kind["unit_cost_high_rp"]))
    priced = [Priced(one["unit"], one["volume"], one["unit_cost_rp"]) for one in made]
    return priced, Band(*ends, counts[0]) if counts else None


BUDGETS = [
    budget(line)
    for name in FILES
    for line in rows.read(name)
    if line["budget_rp"] not in ("", "0") and line["intervention_key"]
]
PLACES = [(which, row) for which, (lines, _) in enumerate(BUDGETS) for row in range(len(lines))]


def slipped(which, row, factor):
    """Return the rows asked about after one unit cost slipped."""
    lines, band = BUDGETS[which]
    line = lines[row]
    wrong = [*lines]
    wrong[row] = Priced(line.unit, line.volume, line.unit_cost_rp * factor)
    return [slip.row for slip in slips(wrong, band)]


def test_no_correct_line_is_asked_about():
    assert len(PLACES) == 342
    assert [slips(lines, band) for lines, band in BUDGETS if slips(lines, band)] == []


@pytest.mark.parametrize("factor", [Decimal(THOUSAND), 1 / Decimal(THOUSAND)])
def test_every_slip_is_asked_about_at_its_line_alone(factor):
    asked = Counter(slipped(which, row, factor) == [row] for which, row in PLACES)
    assert asked == {True: 342}


@settings(deadline=None)  # the machine may be busy
@given(st.sampled_from(PLACES), st.sampled_from([THOUSAND, Decimal("0.001")]))
def test_what_was_meant_is_offered(place, factor):
    which, row = place
    lines, band = BUDGETS[which]
    line = lines[row]
    wrong = [*lines]
    wrong[row] = Priced(line.unit, line.volume, line.unit_cost_rp * factor)
    assert [slip.meant_rp for slip in slips(wrong, band)] == [line.unit_cost_rp]


@settings(deadline=None)
@given(st.sampled_from(BUDGETS), st.randoms())
def test_the_order_of_the_lines_does_not_matter(one, chance):
    lines, band = one
    mixed = chance.sample(lines, len(lines))
    assert slips(mixed, band) == []


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        ([], []),
        ([("orang", 25, 0)], []),
        ([("OJ", 20, 900), ("orang", 30, 150_000)], [0]),
        ([("OH", 10, 450_000_000)], [0]),
        ([("orang", 25, 150), ("paket", 1, 2_500)], [0, 1]),
        ([("paket", 1, 500_000), ("unit", 1, 45_000_000)], []),
        ([("paket", 1, 45_000_000_000), ("orang", 30, 150_000)], [0]),
        ([("unit", 4, 60_000), ("paket", 1, 30_000_000), ("orang", 10, 500_000)], []),
        ([("botol", 100, 20), ("botol", 10, 25_000)], [0]),
    ],
)
def test_lines_of_a_careful_hand(lines, asked):
    band = Band(Decimal(3_500_000), Decimal(7_500_000), Decimal(25))
    priced = [Priced(unit, Decimal(volume), Decimal(cost)) for unit, volume, cost in lines]
    assert [slip.row for slip in slips(priced, band)] == asked


@pytest.mark.parametrize(
    ("whole", "meant"),
    [
        (145_000_000, None),
        (145_000, 145_000_000),
        (145_000_000_000, 145_000_000),
        (145, 145_000_000),
        (600_000_000, None),
        (0, None),
    ],
)
def test_a_sum_far_off_the_band_is_asked_about(whole, meant):
    band = Band(Decimal(3_500_000), Decimal(7_500_000), Decimal(25))
    assert whole_slip(Decimal(whole), band) == meant


def test_units_are_known_in_any_writing():
    assert range_of("Orang/Jam") == range_of("orang-jam") == range_of(" orang  jam ")
