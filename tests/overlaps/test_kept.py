"""Signs kept in a row judge as those of a file do, and their keys lead to every pair."""

import json
from itertools import combinations

from proposals.advice import reading
from proposals.harmonisation.overlaps.blocking import keys_of
from proposals.harmonisation.overlaps.filed import piece_of
from proposals.harmonisation.overlaps.judging import Judge
from proposals.harmonisation.overlaps.lists import DATA, lists, rows_of
from proposals.harmonisation.overlaps.packing import packed, unpacked
from proposals.harmonisation.overlaps.signs import signs_of
from proposals.harmonisation.overlaps.words import Meaning
from proposals.harmonisation.queries.pieces import parted


def example():
    return [piece_of(row) for row in reading.each_of(DATA / "proposals_example.csv")]


def as_kept(signs):
    """Send signs through JSON whose objects are sorted, as PostgreSQL keeps them."""
    return unpacked(json.loads(json.dumps(packed(signs), sort_keys=True)), lists())


def test_the_row_says_what_the_file_says():
    judge, fresh = Judge(), [signs_of(piece, lists()) for piece in example()]
    kept = [as_kept(signs) for signs in fresh]
    assert kept == fresh
    said = [[judge(a, b) for a, b in combinations(some, 2)] for some in (fresh, kept)]
    assert said[0] == said[1]
    assert sum(one is not None for one in said[1]) == 45


def test_two_proposals_that_overlap_share_a_key():
    judge, fresh = Judge(), [signs_of(piece, lists()) for piece in example()]
    apart = [
        (a.number, b.number)
        for a, b in combinations(fresh, 2)
        if judge(a, b) and keys_of(a).isdisjoint(keys_of(b))
    ]
    assert apart == []


def test_synonyms_typed_by_an_admin_read_as_those_of_the_file():
    typed = tuple(
        Meaning(row["concept"], row["role"], parted(row["words"].replace("|", ",\n")))
        for row in rows_of("synonyms")
    )
    mine = lists(typed)
    assert mine is not lists()
    for piece in example():
        assert signs_of(piece, mine) == signs_of(piece, lists())
