"""The arithmetic of the scale, recomputed by hand."""

from decimal import Decimal

from proposals.priorities import scale

WEIGHTS = {"raw": 30, "help": 15, "people": 15, "value": 25, "market": 15}
POINTS = {
    1: {"raw": 95, "help": 70, "people": 78, "value": 88, "market": 82},
    2: {"raw": 80, "help": 72, "people": 84, "value": 82, "market": 74},
    3: {"raw": 92, "help": 74, "people": 80, "value": 58, "market": 76},
    4: {"raw": 50, "help": 68, "people": 76, "value": 90, "market": 96},
    5: {"raw": 86, "help": 62, "people": 72, "value": 70, "market": 62},
}


def points(rows=POINTS, **changes):
    found = {
        key: {name: None if value is None else Decimal(value) for name, value in own.items()}
        for key, own in rows.items()
    }
    for key, own in changes.items():
        found[int(key[1:])] |= own
    return found


def ranks(rows):
    return [(row.key, row.rank, row.is_tied) for row in rows]


def test_the_example_of_the_design_comes_out_to_the_last_digit():
    found = scale.placed(points(), WEIGHTS)
    assert [(row.key, row.rank, row.scored.score) for row in found] == [
        (1, 1, Decimal("85.00")),
        (2, 2, Decimal("79.00")),
        (3, 3, Decimal("76.60")),
        (4, 4, Decimal("73.50")),
        (5, 5, Decimal("72.70")),
    ]
    assert [line.product for line in found[0].scored.lines] == [2850, 1050, 1170, 2200, 1230]


def test_what_is_missing_is_left_out_and_never_zero():
    (_first, second, *_rest) = scale.measured(points(_2={"market": None}), WEIGHTS)
    assert (second.total, second.weight, second.missing) == (6790, 85, 15)
    assert (second.score, second.lowest, second.highest) == (
        Decimal("79.88"),
        Decimal("67.90"),
        Decimal("82.90"),
    )


def test_with_less_than_half_of_the_weight_there_is_no_rank():
    little = {"help": None, "value": None, "market": None}
    rows = scale.placed(points(_1=little), WEIGHTS)
    assert ranks(rows)[-1] == (1, None, False)
    assert rows[-1].scored.score == Decimal("89.33")
    assert scale.placed(points(_1={"raw": None, "help": None}), WEIGHTS)[0].rank == 1


def test_equal_scores_share_a_rank_and_the_next_is_left_out():
    rows = points(_2=points()[1])
    assert ranks(scale.placed(rows, WEIGHTS)) == [
        (1, 1, True),
        (2, 1, True),
        (3, 3, False),
        (4, 4, False),
        (5, 5, False),
    ]


def test_the_band_says_how_firm_a_rank_is():
    found = {row.key: row.bands for row in scale.placed(points(), WEIGHTS)}
    assert found[1] == {10: (1, 1), 20: (1, 1)}
    assert found[4] == {10: (4, 5), 20: (4, 5)}
    assert found[5] == {10: (4, 5), 20: (4, 5)}


def test_a_weight_of_zero_leaves_its_criterion_out():
    (row, *_rest) = scale.measured(points(), WEIGHTS | {"market": 0, "raw": 45})
    assert [line.criterion for line in row.lines] == ["raw", "help", "people", "value"]


def test_the_smallest_move_that_crosses_the_line_is_told():
    swap = scale.closest_swap(points(), WEIGHTS, 4)
    assert (swap.up, swap.down, swap.step, swap.enters, swap.leaves) == ("raw", "help", 2, 5, 4)
    assert scale.closest_swap(points(), WEIGHTS, 5) is None
