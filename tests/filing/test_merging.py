"""Three versions laid together: what only one changed holds, what both changed is asked."""

import zlib

from hypothesis import given
from hypothesis import strategies as st

from proposals.filing.merging import Collision, merge, merge_rows

ROWS = {"1": {"text": "a", "unit": "kg"}, "2": {"text": "b", "unit": "kg"}}


def with_row(key, **columns):
    return ROWS | {key: ROWS.get(key, {}) | columns}


def without_row(key):
    return {one: row for one, row in ROWS.items() if one != key}


def test_changes_of_different_fields_both_hold():
    one = merge({"a": "1", "b": "1"}, mine={"a": "2", "b": "1"}, theirs={"a": "1", "b": "3"})
    assert (one.values, one.touched, one.collisions) == ({"a": "2", "b": "3"}, {"a"}, {})


def test_the_same_field_changed_by_both_is_asked_and_stays_as_it_stands():
    one = merge({"a": "1"}, mine={"a": "2"}, theirs={"a": "3"})
    assert (one.values, one.touched) == ({"a": "3"}, frozenset())
    assert one.collisions == {"a": Collision(mine="2", theirs="3")}


def test_the_same_change_by_both_is_no_collision():
    one = merge({"a": "1"}, mine={"a": "2"}, theirs={"a": "2"})
    assert (one.values, one.touched, one.collisions) == ({"a": "2"}, frozenset(), {})


def test_what_was_never_seen_is_not_overwritten():
    one = merge({}, mine={"a": "2", "same": "x"}, theirs={"a": "1", "same": "x", "other": "y"})
    assert one.values == {"a": "1", "same": "x", "other": "y"}
    assert one.collisions == {"a": Collision(mine="2", theirs="1")}


def test_marks_may_stand_for_the_values_seen():
    def mark(text):
        return zlib.crc32(text.encode())

    one = merge({"a": mark("1")}, mine={"a": "2"}, theirs={"a": "1"}, mark=mark)
    assert one.values == {"a": "2"}


def test_columns_of_one_row_merge_one_by_one():
    one = merge_rows(ROWS, mine=with_row("1", text="A"), theirs=with_row("1", unit="ton"))
    assert one.rows == {"1": {"text": "A", "unit": "ton"}, "2": ROWS["2"]}
    assert (one.touched, one.collisions) == ({"1"}, {})


def test_one_cell_changed_by_both_is_asked():
    one = merge_rows(ROWS, mine=with_row("2", text="B"), theirs=with_row("2", text="C"))
    assert one.collisions == {("2", "text"): Collision(mine="B", theirs="C")}
    assert one.rows["2"]["text"] == "C"


def test_rows_added_by_either_stay_in_their_place():
    mine = {"new": {"text": "n", "unit": ""}} | ROWS
    one = merge_rows(ROWS, mine=mine, theirs=with_row("9", text="z", unit=""))
    assert list(one.rows) == ["new", "1", "2", "9"]
    assert one.touched == {"new"}


def test_a_row_removed_by_one_and_left_alone_by_the_other_goes():
    assert merge_rows(ROWS, mine=without_row("1"), theirs=ROWS).rows == without_row("1")
    assert merge_rows(ROWS, mine=ROWS, theirs=without_row("1")).rows == without_row("1")
    assert merge_rows(ROWS, mine=without_row("1"), theirs=without_row("1")).collisions == {}


def test_a_row_removed_by_one_and_changed_by_the_other_is_asked():
    changed = with_row("1", text="A")
    mine_gone = merge_rows(ROWS, mine=without_row("1"), theirs=changed)
    assert mine_gone.collisions == {("1", ""): Collision(mine=None, theirs="A")}
    assert mine_gone.rows == changed
    theirs_gone = merge_rows(ROWS, mine=changed, theirs=without_row("1"))
    assert theirs_gone.collisions == {("1", ""): Collision(mine="A", theirs=None)}
    assert theirs_gone.rows == without_row("1")


def test_the_order_of_who_moved_rows_holds():
    turned = dict(reversed(ROWS.items()))
    assert list(merge_rows(ROWS, mine=turned, theirs=ROWS).rows) == ["2", "1"]
    assert list(merge_rows(ROWS, mine=ROWS, theirs=turned).rows) == ["2", "1"]


CELLS = st.fixed_dictionaries({"text": st.sampled_from("ab"), "unit": st.sampled_from("ab")})
TABLES = st.dictionaries(st.sampled_from("12345"), CELLS)


@given(TABLES, TABLES, TABLES)
def test_no_change_of_either_side_is_lost_unseen(base, mine, theirs):
    one = merge_rows(base, mine, theirs)
    asked = {key for key, _column in one.collisions}
    for key in {*base, *mine, *theirs} - asked:
        kept, old = one.rows.get(key), base.get(key)
        for side in (mine.get(key), theirs.get(key)):
            if side is None or old is None or kept is None:
                assert side in (old, kept)
            else:
                assert all(side[name] in {old[name], kept[name]} for name in side)
