"""How well the weights do on known groups, each group judged by weights that never saw it.

Leave-one-group-out: the weights are learned without the pairs of a group, then judge every pair
that has a member of it. What no group tells of (two pieces of different groups) is no overlap.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from proposals.harmonisation.overlaps.features import Features, features
from proposals.harmonisation.overlaps.judging import Judge, may_overlap
from proposals.harmonisation.overlaps.lists import Lists
from proposals.harmonisation.overlaps.pieces import Verdict
from proposals.harmonisation.overlaps.signs import Signs
from proposals.harmonisation.overlaps.weights import Weights, learned, stored

NOTHING = "-"
Row = dict[str, str]
Pair = tuple[str, str]


@dataclass(frozen=True)
class Truth:
    """Known groups: their members, their kind, and the kind of every pair that overlaps."""

    members: dict[str, frozenset[str]]
    kinds: dict[str, str]
    pairs: dict[Pair, str]


@dataclass
class Result:
    """What was found of what is known."""

    expected: dict[Pair, str]
    found: dict[Pair, Verdict]
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        for pair in self.expected.keys() | self.found.keys():
            found = self.found.get(pair)
            told = found.kind.value if found else NOTHING
            self.confusion[self.expected.get(pair, NOTHING), told] += 1

    @property
    def right(self) -> list[Pair]:
        return sorted(self.expected.keys() & self.found.keys())

    @property
    def recall(self) -> float:
        return len(self.right) / len(self.expected) if self.expected else 1.0

    @property
    def precision(self) -> float:
        return len(self.right) / len(self.found) if self.found else 1.0

    @property
    def missed(self) -> list[Pair]:
        return sorted(self.expected.keys() - self.found.keys())

    @property
    def wrong(self) -> list[Pair]:
        return sorted(self.found.keys() - self.expected.keys())


def truth_of(rows: Iterable[Row]) -> Truth:
    """Read the groups of a file in the form of overlaps_truth.csv."""
    members: dict[str, set[str]] = {}
    kinds: dict[str, str] = {}
    for row in rows:
        members.setdefault(row["group_id"], set()).add(row["proposal_no"])
        kinds[row["group_id"]] = row["kind"]
    pairs = {
        pair: kinds[group]
        for group, numbers in members.items()
        if kinds[group] != "distractor"
        for pair in combinations(sorted(numbers), 2)
    }
    return Truth({key: frozenset(one) for key, one in members.items()}, kinds, pairs)


def found_in(pieces: Iterable[Signs], judge: Judge) -> dict[Pair, Verdict]:
    """Judge every pair."""
    ordered = sorted(pieces, key=lambda one: one.number)
    verdicts = (judge(a, b) for a, b in combinations(ordered, 2))
    return {(one.a, one.b): one for one in verdicts if one}


def leave_one_out(pieces: Sequence[Signs], truth: Truth, lists: Lists) -> Result:
    """Judge each pair by weights learned without the groups of its two pieces."""
    ordered = sorted(pieces, key=lambda one: one.number)
    known = list(examples(ordered, truth, lists))
    found = dict[Pair, Verdict]()
    for numbers, judge in _judges(known, truth, lists):
        for a, b in combinations(ordered, 2):
            pair = (a.number, b.number)
            is_known_elsewhere = pair in truth.pairs and not numbers.issuperset(pair)
            if numbers.isdisjoint(pair) or is_known_elsewhere:
                continue
            if verdict := judge(a, b):
                found[pair] = verdict
    return Result(truth.pairs, found)


Example = tuple[Pair, Features, bool]


def examples(pieces: Sequence[Signs], truth: Truth, lists: Lists) -> Iterator[Example]:
    """Yield what is known of every pair that the rules leave open."""
    for a, b in combinations(pieces, 2):
        if may_overlap(a, b, lists):
            pair = (a.number, b.number)
            yield pair, features(a, b, lists), pair in truth.pairs


def _judges(
    known: Sequence[Example], truth: Truth, lists: Lists
) -> Iterator[tuple[frozenset[str], Judge]]:
    """Yield the members of each group with a judge that never saw them; last, those of none."""
    for _group, numbers in sorted(truth.members.items()):
        seen = [one for one in known if numbers.isdisjoint(one[0])]
        yield numbers, Judge(lists, fitted(seen))
    grouped = frozenset[str]().union(*truth.members.values())
    rest = {number for pair, _f, _is in known for number in pair} - grouped
    yield frozenset(rest), Judge(lists, fitted(known))


def fitted(known: Sequence[Example]) -> Weights:
    """Return the weights that known pairs give."""
    return learned(
        stored("prior"), [one[1] for one in known], [is_overlap for _pair, _f, is_overlap in known]
    )
