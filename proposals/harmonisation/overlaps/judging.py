"""Whether two pieces overlap, how, and how surely.

First the rules of the field that no likeness outweighs, then the weights, then the kind.
"""

from proposals.harmonisation.overlaps import reasons
from proposals.harmonisation.overlaps.features import (
    MAKING,
    NAMES,
    SUPPLY,
    Features,
    cosine,
    features,
    follows,
    is_one_half_made,
)
from proposals.harmonisation.overlaps.lists import Lists, lists
from proposals.harmonisation.overlaps.pieces import RAISED_FROM, Kind, Piece, Verdict
from proposals.harmonisation.overlaps.signs import Signs, signs_of
from proposals.harmonisation.overlaps.weights import Weights, score, stored

SAME_TITLE = 0.75
"""How alike two titles of one regency are when they are the same thing sent twice."""
OWN, NEAR_BY = frozenset({"never", "place"}), "near"
"""Scopes of data/overlap_ways.csv that bind an activity to its region, or to its neighbourhood."""
REACH_KM = 75
"""How far a shared shop reaches: an hour and a half by road."""
WAY = NAMES.index("way")
TRAINING = frozenset({"skill", "tools", SUPPLY})


class Judge:
    """Judges pairs with one set of lists and weights."""

    def __init__(self, known: Lists | None = None, weights: Weights | None = None) -> None:
        self.lists = known or lists()
        self.weights = weights or stored()

    def __call__(self, a: Signs, b: Signs) -> Verdict | None:
        """Return the verdict on two pieces, nothing where they do not overlap."""
        if not may_overlap(a, b, self.lists):
            return None
        found = features(a, b, self.lists)
        how_sure = score(self.weights, found)
        if how_sure < RAISED_FROM:
            return None
        kind = kind_of(a, b, self.lists, found)
        first, second = (a, b) if a.number <= b.number else (b, a)
        why = reasons.of(first, second, kind, self.lists)
        return Verdict(first.number, second.number, kind, round(how_sure, 3), why)


def judge(a: Piece, b: Piece) -> Verdict | None:
    """Judge two pieces with the lists and weights of this process."""
    judged = Judge()
    return judged(signs_of(a, judged.lists), signs_of(b, judged.lists))


def may_overlap(a: Signs, b: Signs, known: Lists) -> bool:
    """Tell whether the rules of the field leave room for an overlap at all.

    A regency's own plan, an estate or a site is never another regency's; only the same regency may
    send it twice. A shop serves those within reach (intervention_types.csv).
    """
    if a.number == b.number or a.province != b.province or a.year != b.year:
        return False
    mine, theirs = a.way.scope, b.way.scope
    if mine in OWN or theirs in OWN:
        is_twice = bool(a.region) and a.region == b.region and a.way.key == b.way.key
        return is_twice and cosine(a.title, b.title) >= SAME_TITLE
    if NEAR_BY in (mine, theirs):
        km = known.km(a.region, b.region)
        return km is None or km <= REACH_KM
    return may_share(a, b) or follows(a, b, known) or cosine(a.title, b.title) >= SAME_TITLE


def may_share(a: Signs, b: Signs) -> bool:
    """Tell whether two pieces have a commodity, a service or a topic that could be common.

    Another commodity is another material and another market (purun and rattan).
    """
    if a.subjects & b.subjects or a.trees & b.trees or not (a.subjects and b.subjects):
        return True
    mine, theirs = a.way, b.way
    return (mine.key == theirs.key and mine.scope == "key") or mine.scope == theirs.scope == "topic"


def kind_of(a: Signs, b: Signs, known: Lists, found: Features) -> Kind:
    """Return how two overlapping pieces belong together (PROCESS, section 8)."""
    ways = {a.way.way, b.way.way}
    if a.region and a.region == b.region and cosine(a.title, b.title) >= SAME_TITLE:
        return Kind.DUPLICATE
    if is_chain(a, b, known):
        return Kind.CHAIN
    if "service" in ways or is_topic(a, b):
        return Kind.JOINT_SERVICE
    if ways <= TRAINING:
        return Kind.DUPLICATE
    return Kind.DUPLICATE if ways == {"skill", "plant"} and found[WAY] < 0.5 else Kind.CONSOLIDATE


def is_topic(a: Signs, b: Signs) -> bool:
    """Tell whether two trainings share a topic and no commodity."""
    return a.way.scope == b.way.scope == "topic" and not (
        a.subjects & b.subjects or a.trees & b.trees
    )


def is_chain(a: Signs, b: Signs, known: Lists) -> bool:
    """Tell whether the one makes what the other works up further."""
    ways = {a.way.way, b.way.way}
    if not ways <= MAKING:
        return False
    is_kin = bool(a.subjects & b.subjects or a.trees & b.trees)
    if SUPPLY in ways or not is_kin or is_one_half_made(a, b):
        return follows(a, b, known)
    if a.rank is None or b.rank is None or a.rank == b.rank or a.products & b.products:
        return False
    lower, upper = (a, b) if a.rank < b.rank else (b, a)
    return leads_to(lower, upper, known)


def leads_to(lower: Signs, upper: Signs, known: Lists) -> bool:
    """Tell whether what the first makes becomes what the second makes."""
    further = upper.products - lower.products
    if not lower.products:
        return bool(further) or not upper.products
    return any(known.is_before(one, other) for one in lower.products for other in further)
