"""What two pieces have in common, as figures from 0 to 1 that the weights are laid on."""

from math import sqrt

from proposals.harmonisation.overlaps.lists import Concepts, Lists
from proposals.harmonisation.overlaps.signs import HALF_MADE, Signs

NAMES = (
    "subject", "other_subject", "way", "product", "other_product",
    "title", "text", "near", "code", "place", "service", "topic", "strange", "follows", "other_way",
)  # fmt: skip
Features = tuple[float, ...]
SAME_WAY = 0.9
ALIKE = {
    ("skill", "tools"): 0.8,
    ("tools", "plant"): 0.6,
    ("supply", "plant"): 0.6,
    ("supply", "tools"): 0.5,
    ("supply", "skill"): 0.5,
    ("service", "skill"): 0.3,
    ("skill", "plant"): 0.2,
    ("shop", "tools"): 0.2,
    ("shop", "plant"): 0.2,
}
ALIKE |= {(other, one): share for (one, other), share in ALIKE.items()}
"""How far two different ways do the same; none where they are not named."""
NEAR = {0: 1.0, 1: 0.8, 2: 0.4, 3: 0.0, None: 0.4}
SAME_MATTER = 0.8
"""How sure a common subject is where no key tells it but both come back to the same words."""
FED = 0.7
"""How far two are about the same where the one makes the other's material."""
HALF_ALIKE, NEVER_ALIKE = 0.5, 0.0
ALIKE_TEXT = 0.6
"""Texts so alike are about the same, whatever their titles name beside the commodity."""
UNTOLD = 0.4
"""How alike two titles count of which one names nothing beside the commodity."""
UNTOLD_CODE = 0.6
LARGE_WAYS = frozenset({"plant", "study"})
SUPPLY = "supply"
MAKING = frozenset({"plant", "tools", SUPPLY})
"""Ways whose work can be the next one's material."""


def alike_ways(a: Signs, b: Signs) -> float:
    """Return how far two pieces act in the same way."""
    one, other = a.way, b.way
    if one.key and one.key == other.key:
        return 1.0
    if not one.way or not other.way:
        return HALF_ALIKE
    if one.way == other.way:
        return SAME_WAY if one.scope != "key" and other.scope != "key" else 0.3
    return ALIKE.get((one.way, other.way), NEVER_ALIKE)


def subject(a: Signs, b: Signs) -> float:
    """Return how far two pieces are about the same commodity."""
    if a.commodity and a.commodity == b.commodity:
        return 1.0
    if not (a.commodity and b.commodity) and is_same_matter(a, b):
        return SAME_MATTER
    if a.subjects & b.subjects:
        crosses = a.commodity in b.subjects or b.commodity in a.subjects
        is_same_sector = not (a.sector and b.sector) or a.sector == b.sector
        return (0.9 if crosses else 0.7) if is_same_sector else 0.3
    return 0.6 if a.trees & b.trees else 0.0


def is_same_matter(a: Signs, b: Signs) -> bool:
    """Tell whether what each comes back to most is among what the other comes back to."""
    return bool(a.matter and b.matter) and a.matter[0] in b.matter and b.matter[0] in a.matter


def is_one_service(a: Signs, b: Signs) -> bool:
    """Tell whether two pieces ask for the same service, whatever it is asked for.

    One that names a good must speak of the service by its name. A shop is one for all it reaches;
    what is done for one good alone (scope ``good``) is one for the same good, or where no good is
    named at all.
    """
    if not a.way.key or a.way.key != b.way.key:
        return False
    if a.way.scope == "good":
        return bool(a.subjects & b.subjects) or not (a.subjects or b.subjects)
    if a.way.scope == "key":
        return all(not one.subjects or one.way.named_by in one.text for one in (a, b))
    return a.way.scope == "near"


def products(a: Signs, b: Signs) -> float:
    """Return the share of products that two pieces name both."""
    if not a.products or not b.products:
        return 0.0
    return len(a.products & b.products) / min(len(a.products), len(b.products))


def cosine(a: Concepts, b: Concepts) -> float:
    """Return how far two sets of words are the same."""
    common = len(a & b)
    return common / sqrt(len(a) * len(b)) if common else 0.0


def follows(a: Signs, b: Signs, lists: Lists) -> bool:
    """Tell whether the one makes what the other makes something else of."""
    if not (a.way.way in MAKING and b.way.way in MAKING):
        return False
    if feeds(a, b, lists) or feeds(b, a, lists):
        return True
    is_one_material = bool(a.commodity) and a.commodity == b.commodity
    if is_one_material and is_one_half_made(a, b):
        return True
    if SUPPLY in {a.way.way, b.way.way}:
        return bool({"plant", "tools"} & {a.way.way, b.way.way}) and bool(
            (a.subjects & b.subjects) - lists.finished.keys()
        )
    return any(
        lists.parents[one] == other or lists.parents[other] == one
        for one in a.products - b.products
        for other in b.products - a.products
    )


def is_one_half_made(a: Signs, b: Signs) -> bool:
    """Tell whether the title of one alone speaks of goods half made: sorted, dried, washed."""
    return (HALF_MADE in a.title) != (HALF_MADE in b.title)


def feeds(a: Signs, b: Signs, lists: Lists) -> bool:
    """Tell whether the one makes a commodity that the other names and does not make itself."""
    return bool((a.makes - b.makes - lists.finished.keys()) & b.subjects)


def is_greedy(a: Signs, b: Signs, lists: Lists) -> bool:
    """Tell whether both want to make so much of one material that one region has not enough."""
    ways = {a.way.way, b.way.way}
    return ways <= LARGE_WAYS and bool(a.products & lists.large and b.products & lists.large)


def beside(a: Signs, b: Signs, lists: Lists) -> tuple[float | None, float]:
    """Return how far titles and texts name the same beside the commodity they share.

    What both ask for, an exhibition, says nothing of whether they show the same.
    Nothing is returned for titles of which one names nothing else: coconut oil and coconut
    charcoal differ, a training "on coconut" may be the same as either.
    """
    asked = {a.way.named_by} if a.way.key == b.way.key else set[str]()
    shared = a.subjects & b.subjects
    named = frozenset[str]().union(*(lists.concepts_of(one) for one in shared))
    mine, theirs = a.title - named - asked, b.title - named - asked
    alike = _without(a.text, b.text, named)
    if mine and theirs:
        return cosine(mine, theirs), alike
    return (1.0 if mine == theirs and a.title else None), alike


def _without(a: Concepts, b: Concepts, named: Concepts) -> float:
    """Return how far two texts are the same beside what is named.

    No set of a whole text is made anew: this is asked for every pair.
    """
    n_a, n_b = len(a) - len(a & named), len(b) - len(b & named)
    if not (n_a and n_b):
        return float(bool(a) and a == b)
    common = len((a & b) - named)
    return common / sqrt(n_a * n_b) if common else 0.0


def is_finished(a: Signs, b: Signs, lists: Lists) -> bool:
    """Tell whether both titles name a finished product, which leaves no other to be made."""
    return any(
        name <= a.title and name <= b.title
        for one in a.subjects & b.subjects
        for name in lists.finished.get(one, ())
    )


def nearness(a: str, b: str, lists: Lists) -> float:
    """Return how near two regions are; there are few, and each pair is asked for often."""
    found = lists.nearness.get((a, b))
    if found is None:
        found = lists.nearness[a, b] = NEAR[lists.hops(a, b)]
    return found


def same_code(a: str, b: str) -> float:
    """Return 1 for one code of the nomenclature, 0 for two; between them where one is not told."""
    return float(a == b) if a and b else UNTOLD_CODE


def features(a: Signs, b: Signs, lists: Lists) -> Features:
    """Return what two pieces have in common, in the order of ``NAMES``."""
    way, about, made = alike_ways(a, b), subject(a, b), products(a, b)
    is_service = is_one_service(a, b)
    is_topic = a.way.scope == b.way.scope == "topic" and way >= SAME_WAY
    is_next = not made and follows(a, b, lists)
    is_other = bool(a.subjects and b.subjects) and not (about or is_service or is_next)
    is_one_need = bool(about) and is_greedy(a, b, lists)
    is_apart = bool(a.products and b.products) and not (made or is_service or is_one_need)
    titles, text = beside(a, b, lists)
    is_told = bool(made) or is_service or is_next or is_one_need or text >= ALIKE_TEXT
    is_strange = titles == 0 and not is_told and not is_finished(a, b, lists)
    return (
        0.0 if is_service else about or FED * is_next,
        float(is_other),
        way,
        made,
        float(is_apart and not is_next),
        UNTOLD if titles is None else titles,
        text,
        nearness(a.region, b.region, lists),
        same_code(a.code, b.code),
        float(bool(a.districts & b.districts)),
        float(is_service),
        cosine(a.title, b.title) if is_topic and not about else 0.0,
        float(is_strange),
        float(is_next),
        max(0.0, 1.0 - way / HALF_ALIKE),
    )
