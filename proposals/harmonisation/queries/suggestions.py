"""What the search suggests: proposals that hang together by open pairs, the nearest first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from proposals import likeness
from proposals.enums import JoiningKind, JointState, Status
from proposals.likeness import Bit
from proposals.models import JointProgramme, OverlapPair, PlanningYear, Proposal, Sector, User
from proposals.purses import Asked, asked_by_kind

MOST_PAIRS = 2_000
"""The nearest open pairs of a year; with more the board says that it shows these."""
JOINABLE = frozenset({Status.SENT, Status.UNDER_REVIEW, Status.AT_DESK})


@dataclass(frozen=True, slots=True)
class Told:
    """A pair with both titles in bits and its reasons in words."""

    pair: OverlapPair
    a: list[Bit]
    b: list[Bit]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Proposals that hang together: the pairs between them, the nearest first."""

    members: list[Proposal]
    pairs: list[OverlapPair]

    @property
    def pk(self) -> int:
        """Return the id of the nearest pair, which names the suggestion."""
        return self.pairs[0].pk

    @property
    def kind(self) -> JoiningKind:
        """Return the kind that most of the likeness speaks for."""
        weights = Counter[str]()
        for pair in self.pairs:
            weights[pair.kind] += int(pair.score * 1000)
        return JoiningKind(weights.most_common(1)[0][0])

    @property
    def title(self) -> str:
        """Return what they have in common, else the title of the first."""
        for pair in self.pairs:
            for code in ("product", "commodity"):
                if name := likeness.first_name(pair, code):
                    return name[:1].upper() + name[1:]
        return self.members[0].title

    @property
    def asked(self) -> list[Asked]:
        """Return what the members of each kind ask for."""
        return asked_by_kind(self.members)

    @property
    def free(self) -> list[Proposal]:
        """Return the members that a new group may take."""
        return list(filter(_is_free, self.members))

    @property
    def groups(self) -> list[JointProgramme]:
        """Return the groups that some of the members stand in."""
        found = (_group(one) for one in self.members)
        return list({group.pk: group for group in found if group}.values())

    @property
    def open_groups(self) -> list[JointProgramme]:
        """Return the groups that may still take a member in."""
        return [one for one in self.groups if one.state in {JointState.FORMING, JointState.JOINED}]

    def told(self) -> list[Told]:
        """Return the pairs as a page tells them."""
        return list(map(tell, self.pairs))


def tell(pair: OverlapPair) -> Told:
    """Return a pair as a page tells it; both sides are loaded."""
    return Told(
        pair,
        likeness.marked(pair.a.title, likeness.phrases_of(pair, pair.a_id)),
        likeness.marked(pair.b.title, likeness.phrases_of(pair, pair.b_id)),
        likeness.told(likeness.reasons_of(pair)),
    )


def is_free(pair: OverlapPair) -> bool:
    """Tell whether a new group may take both sides of a pair."""
    return _is_free(pair.a) and _is_free(pair.b)


def _is_free(proposal: Proposal) -> bool:
    return not _group(proposal) and proposal.status in JOINABLE


def _group(proposal: Proposal) -> JointProgramme | None:
    share = getattr(proposal, "share", None)
    return share.joint if share else None


def open_pairs(
    user: User,
    year: PlanningYear | None,
    *,
    is_decided: bool = False,
    sector: Sector | None = None,
) -> QuerySet[OverlapPair]:
    """Return the pairs of a year that wait for a word, the nearest first.

    With ``is_decided`` those whose sides were both decided without a word on the pair.
    """
    if year is None:
        return OverlapPair.objects.none()
    wanted = likeness.decided() if is_decided else likeness.waiting()
    if sector is not None:
        wanted &= Q(a__sector=sector) | Q(b__sector=sector)
    return likeness.pairs_for(user).filter(wanted, year=year).order_by("-score", "pk")


def beside(pair: OverlapPair, user: User) -> OverlapPair | None:
    """Return the nearest other pair of the same proposals that waits for a word."""
    sides = (pair.a_id, pair.b_id)
    mine = Q(a__in=sides) | Q(b__in=sides)
    return open_pairs(user, pair.year).filter(mine).exclude(pk=pair.pk).first()


def is_decided(pair: OverlapPair) -> bool:
    """Tell whether both sides of a pair are decided."""
    return not {pair.a.status, pair.b.status} & set(likeness.UNDECIDED)


def suggestions(pairs: Iterable[OverlapPair]) -> list[Suggestion]:
    """Return what hangs together by pairs that come the nearest first, in the same order."""
    heads: dict[int, int] = {}
    rows = list(pairs)
    for pair in rows:
        a, b = _head(heads, pair.a_id), _head(heads, pair.b_id)
        heads[max(a, b)] = min(a, b)
    together: dict[int, list[OverlapPair]] = {}
    for pair in rows:
        together.setdefault(_head(heads, pair.a_id), []).append(pair)
    return [Suggestion(_members(some), some) for some in together.values()]


def _head(heads: dict[int, int], pk: int) -> int:
    """Return the smallest id of what a proposal hangs together with, and shorten the way to it."""
    way = [pk]
    while heads.setdefault(way[-1], way[-1]) != way[-1]:
        way.append(heads[way[-1]])
    heads |= dict.fromkeys(way, way[-1])
    return way[-1]


def _members(pairs: list[OverlapPair]) -> list[Proposal]:
    found = {side.pk: side for pair in pairs for side in (pair.a, pair.b)}
    return sorted(found.values(), key=lambda one: (one.number or "", one.pk))
