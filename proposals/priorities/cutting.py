"""The cut-off line, pure: which requests fit into the ceilings, in the order of their value.

Value = ((100 - share) x score of the review + share x score of the sector on the scale) / 100,
rounded half up to two decimals. A sector without a score, and what belongs to none, counts with
the mean of the ranked sectors: a gap in the tables lifts nothing and sinks nothing. Where no sector
has a score it is the score of the review. Ties are broken by the regency's own rank, then
readiness, then balance between regions (PROCESS, section 13), then the number.

What is agreed already counts first, unless the line is drawn afresh. Then every regency gets its
best proposals up to the floor, as far as they fit; then the others in their order. An amount must
fit into every ceiling it counts against: that of its source, and that of its source and sector.
Strict: once something does not fit into a ceiling, that ceiling is closed to all below. Filling
(greedy): what is smaller below still fills what is left. Without a ceiling there is no limit.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from proposals.enums import CutRule

PLACES = Decimal("0.01")
LAST = 10**6


class Why(Enum):
    """Why a proposal is inside or outside."""

    AGREED = "agreed"
    FLOOR = "floor"
    FITS = "fits"
    FREE = "free"
    ABOVE = "above"
    CLOSED = "closed"
    UNSCORED = "unscored"


@dataclass(frozen=True, slots=True)
class Item:
    """A request, or the share of a merged one, as the line sees it."""

    pk: int
    number: str
    region_id: int
    sector_id: int | None
    source_id: int | None
    amount_rp: Decimal
    review: Decimal | None
    scale: Decimal | None
    own_rank: int | None = None
    readiness: int | None = None
    balance: int | None = None
    is_agreed: bool = False
    stand_in: Decimal | None = None
    """The mean of the ranked sectors; it counts where the own sector has no score."""

    @property
    def inherited(self) -> Decimal | None:
        """Return the score that counts for the sector: its own, else the mean."""
        return self.stand_in if self.scale is None else self.scale


@dataclass(frozen=True, slots=True)
class Settings:
    """How the line is drawn."""

    rule: str = CutRule.STRICT
    scale_share: int = 30
    floor: int = 0
    is_afresh: bool = False


@dataclass(slots=True)
class Limit:
    """A ceiling of the province, and what the line has put under it."""

    pk: int
    source_id: int
    sector_id: int | None
    amount_rp: Decimal
    used_rp: Decimal = Decimal(0)
    is_closed: bool = False

    @property
    def left_rp(self) -> Decimal:
        """Return what is left; below zero where agreed amounts passed the ceiling."""
        return self.amount_rp - self.used_rp

    def holds(self, item: Item) -> bool:
        """Tell whether the item counts against this ceiling."""
        return self.source_id == item.source_id and self.sector_id in {None, item.sector_id}


@dataclass(slots=True)
class Place:
    """An item with its value, its rank, and on which side of the line it is."""

    item: Item
    value: Decimal | None
    rank: int | None = None
    is_in: bool = False
    why: Why = Why.UNSCORED
    limit: Limit | None = None


@dataclass
class Cut:
    """Everything in its order, and the ceilings as the line left them."""

    settings: Settings
    places: list[Place]
    limits: list[Limit] = field(default_factory=list)


def mean_of(scores: Collection[Decimal]) -> Decimal | None:
    """Return the mean of the ranked sectors, half up to two decimals; nothing where none is."""
    if not scores:
        return None
    return (sum(scores, Decimal(0)) / len(scores)).quantize(PLACES, ROUND_HALF_UP)


def value_of(item: Item, settings: Settings) -> Decimal | None:
    """Return the value of an item, or nothing before its review."""
    if item.review is None:
        return None
    inherited, share = item.inherited, settings.scale_share
    if inherited is None or not share:
        return item.review.quantize(PLACES)
    both = (100 - share) * item.review + share * inherited
    return (both / 100).quantize(PLACES, ROUND_HALF_UP)


def _order(place: Place) -> tuple[object, ...]:
    item = place.item
    return (
        place.value is None,
        -(place.value or Decimal(0)),
        LAST if item.own_rank is None else item.own_rank,
        -(item.readiness or 0),
        -(item.balance or 0),
        item.number,
    )


def ordered(items: Iterable[Item], settings: Settings) -> list[Place]:
    """Return the items by their value, the highest first; what has none comes last."""
    return sorted((Place(one, value_of(one, settings)) for one in items), key=_order)


def cut(items: Iterable[Item], limits: Sequence[Limit], settings: Settings) -> Cut:
    """Order the items and draw the line; the limits given are not changed."""
    fresh = [Limit(one.pk, one.source_id, one.sector_id, one.amount_rp) for one in limits]
    places = ordered(items, settings)
    _number(places)
    for place in places:
        if place.item.is_agreed and not settings.is_afresh:
            _take(place, _holding(fresh, place.item), Why.AGREED)
    _give_floor(places, fresh, settings.floor)
    for place in places:
        if not place.is_in and place.value is not None:
            _judge(place, _holding(fresh, place.item), settings.rule)
    return Cut(settings, places, fresh)


def _number(places: Sequence[Place]) -> None:
    """Give ranks; equal values share one."""
    rank, before = 0, None
    for n, place in enumerate(places, start=1):
        if place.value is None:
            return
        if place.value != before:
            rank, before = n, place.value
        place.rank = rank


def _holding(limits: Iterable[Limit], item: Item) -> list[Limit]:
    return [limit for limit in limits if limit.holds(item)]


def _take(place: Place, limits: Iterable[Limit], why: Why) -> None:
    place.is_in, place.why = True, why
    for limit in limits:
        limit.used_rp += place.item.amount_rp


def _too_small(limits: Iterable[Limit], item: Item) -> list[Limit]:
    return [limit for limit in limits if item.amount_rp > limit.left_rp]


def _give_floor(places: Sequence[Place], limits: Sequence[Limit], floor: int) -> None:
    """Let each regency have its best ones up to the floor, best of all first."""
    has = Counter(place.item.region_id for place in places if place.is_in)
    for place in places:
        if place.is_in or place.value is None or has[place.item.region_id] >= floor:
            continue
        own = _holding(limits, place.item)
        if not _too_small(own, place.item):
            _take(place, own, Why.FLOOR)
            has[place.item.region_id] += 1


def _judge(place: Place, limits: Sequence[Limit], rule: str) -> None:
    if not limits:
        _take(place, limits, Why.FREE)
        return
    closed = next((limit for limit in limits if limit.is_closed), None)
    if closed is not None:
        place.why, place.limit = Why.CLOSED, closed
        return
    full = _too_small(limits, place.item)
    if not full:
        _take(place, limits, Why.FITS)
        return
    place.why, place.limit = Why.ABOVE, full[0]
    for limit in full:
        limit.is_closed = rule == CutRule.STRICT


@dataclass
class Gain:
    """What one region has inside the line in two scenarios."""

    region_id: int
    n_before: int = 0
    n_after: int = 0
    before_rp: Decimal = Decimal(0)
    after_rp: Decimal = Decimal(0)

    @property
    def n(self) -> int:
        """Return how many proposals it gains, or loses below zero."""
        return self.n_after - self.n_before

    @property
    def rp(self) -> Decimal:
        """Return how much money it gains, or loses below zero."""
        return self.after_rp - self.before_rp


def compared(before: Cut, after: Cut) -> list[Gain]:
    """Return for every region what it has in one scenario and in the other."""
    found: dict[int, Gain] = {}
    for place in (*before.places, *after.places):
        found.setdefault(place.item.region_id, Gain(place.item.region_id))
    for place in before.places:
        if place.is_in:
            found[place.item.region_id].n_before += 1
            found[place.item.region_id].before_rp += place.item.amount_rp
    for place in after.places:
        if place.is_in:
            found[place.item.region_id].n_after += 1
            found[place.item.region_id].after_rp += place.item.amount_rp
    return list(found.values())


def moved(before: Cut, after: Cut) -> tuple[set[int], set[int]]:
    """Return what comes in and what falls out from one scenario to the other."""
    was = {place.item.pk for place in before.places if place.is_in}
    now = {place.item.pk for place in after.places if place.is_in}
    return now - was, was - now
