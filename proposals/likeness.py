"""Why two proposals are alike, in the reader's language, and the phrases of both titles that match.

Reasons are kept by code with the words they rest on (``OverlapPair.reasons``): names of the lists
in both languages, phrases as each title writes them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from proposals import access
from proposals.enums import OverlapVerdict, Status
from proposals.models import OverlapPair, PlanningYear, Proposal, User
from proposals.transitions import WITH_PROVINCE

Given = tuple[str | tuple[str, str], ...]
Reason = tuple[str, Given]
TITLES, TEXTS = "titles", "texts"
NAMED = frozenset({"commodity", "product"})
"""Reasons that rest on rows of the lists: their Indonesian and their English name."""
PAIR = ("id", "a_id", "b_id", "kind", "reasons", "verdict", "verdict_reason")
UNDECIDED = (Status.SENT, Status.UNDER_REVIEW, Status.AT_DESK, Status.RETURNED)
MOST = 20
"""So many pairs stand on the page of one proposal, the nearest first."""


@dataclass(frozen=True, slots=True)
class Bit:
    """A run of words: marked where another side says the same, or said by this one alone."""

    text: str
    is_marked: bool = False
    is_alone: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, as the other one's page names it."""

    id: int
    number: str
    title: str
    region: str
    requested_rp: Decimal | None


@dataclass(frozen=True, slots=True)
class Alike:
    """A pair seen from one side: the other proposal, its title in bits, the reasons in words."""

    pair: OverlapPair
    other: Side
    title: list[Bit]
    reasons: tuple[str, ...]


@cache
def _said(language: str | None) -> dict[str, str]:
    """Return the sentences in a language; many pairs are told with few of them."""
    with override(language):
        return {
            "chain": _("the one makes what the other works up further"),
            "same_way": _("same kind of activity"),
            "like_way": _("like kinds of activity"),
            "commodity": _("same commodity: %(names)s"),
            "tree": _("same industry tree"),
            "product": _("same product: %(names)s"),
            TITLES: _("both titles name %(names)s"),
            TEXTS: _("both texts name %(names)s"),
            "district": _("same district"),
            "regency": _("same regency"),
            "province": _("the province acts in the same field"),
            "neighbours": _("neighbouring regencies"),
        }


def told(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """Return reasons in the language of the reader."""
    language = get_language()
    return tuple(_sentence(language, code, given) for code, given in reasons)


@lru_cache(maxsize=50_000)
def _sentence(language: str | None, code: str, given: Given) -> str:
    names = ", ".join(_name(code, one, language) for one in given)
    return _said(language)[code] % {"names": names}


def _name(code: str, one: str | tuple[str, str], language: str | None) -> str:
    if isinstance(one, str):
        return one
    mine, theirs = one
    if code in NAMED:
        return theirs if theirs and language == "en" else mine
    return f"“{mine}”" if mine == theirs else f"“{mine}” = “{theirs}”"


def reasons_of(pair: OverlapPair) -> list[Reason]:
    """Return the reasons of a pair as they were kept."""
    return [(code, tuple(map(_given, given))) for code, given in pair.reasons]


def _given(one: Any) -> str | tuple[str, str]:
    return one if isinstance(one, str) else (one[0], one[1])


def first_name(pair: OverlapPair, code: str) -> str:
    """Return the first name that a reason of this code rests on, in the reader's language."""
    names = (given[0] for found, given in reasons_of(pair) if found == code and given)
    return next((_name(code, one, get_language()) for one in names), "")


def phrases_of(pair: OverlapPair, proposal_id: int) -> list[str]:
    """Return the phrases of one side's title that the other title says too."""
    at = 0 if proposal_id == pair.a_id else 1
    return [one[at] for code, given in reasons_of(pair) if code == TITLES for one in given]


def said_of(reasons: Iterable[Any], at: int) -> tuple[str, ...]:
    """Return the words that both texts name, as the side ``at`` (0 is a, 1 is b) writes them."""
    return tuple(
        one if isinstance(one, str) else one[at]
        for code, given in reasons
        if code == TEXTS
        for one in given
    )


def said_by_side(pair: OverlapPair) -> dict[int, tuple[str, ...]]:
    """Return for both proposals of a pair the words that the other text names too."""
    return {pk: said_of(pair.reasons, at) for at, pk in enumerate((pair.a_id, pair.b_id))}


def marked(title: str, phrases: Iterable[str]) -> list[Bit]:
    """Cut a title into bits, with the phrases marked; longer phrases first."""
    wanted = sorted(set(phrases), key=len, reverse=True)
    if not wanted:
        return [Bit(title)]
    words = (r"\W+".join(map(re.escape, phrase.split())) for phrase in wanted)
    parts = re.split(rf"(?<!\w)({'|'.join(words)})(?!\w)", title, flags=re.IGNORECASE)
    return [Bit(text, is_marked=bool(at % 2)) for at, text in enumerate(parts) if text]


def pairs_for(user: User) -> QuerySet[OverlapPair]:
    """Return the pairs that this person may read, with both sides as a list shows them."""
    sides = [f"{side}__{one}" for side in "ab" for one in ("office__region", "share__joint")]
    return OverlapPair.objects.filter(access.overlap_rows_for(user)).select_related(*sides)


def waiting() -> Q:
    """Return the filter of the open pairs that something can still be done about.

    One side at least is undecided; what was decided already tells what to do with the other.
    """
    return _undecided() & _with_province() & Q(verdict=OverlapVerdict.OPEN)


def decided() -> Q:
    """Return the filter of the open pairs that nobody judged before both sides were decided."""
    return ~_undecided() & _with_province() & Q(verdict=OverlapVerdict.OPEN)


def _undecided() -> Q:
    return Q(a__status__in=UNDECIDED) | Q(b__status__in=UNDECIDED)


def _with_province() -> Q:
    with_province = sorted(WITH_PROVINCE)
    return Q(a__status__in=with_province, b__status__in=with_province)


def waiting_beside(proposal: Proposal, user: User) -> list[tuple[OverlapPair, Proposal]]:
    """Return what still waits for a word beside a proposal, with the other side: one query."""
    mine = Q(a=proposal.pk) | Q(b=proposal.pk)
    rows = pairs_for(user).filter(waiting(), mine).order_by("-score", "pk")[:MOST]
    return [(row, row.b if row.a_id == proposal.pk else row.a) for row in rows]


def waiting_in(year: PlanningYear) -> QuerySet[Any]:
    """Return the proposals of a year that stand in pairs that wait for a word: from the pairs."""
    rows = OverlapPair.objects.filter(waiting(), year=year).order_by()
    return rows.values("a").union(rows.values("b"))


def nearest() -> QuerySet[Any]:
    """Return, for the row of a list, how many pairs wait for a word and the nearest of them."""
    mine = Q(a=OuterRef("pk")) | Q(b=OuterRef("pk"))
    rows = OverlapPair.objects.filter(mine, waiting()).order_by()
    told = JSONObject(
        n=Count("pk"), score=Max("score"), pair=ArrayAgg("pk", order_by=("-score", "pk"))
    )
    return rows.annotate(one=Value(1)).values("one").annotate(told=told).values("told")


def rows_for(user: User) -> QuerySet[Any]:
    """Return what is alike to the proposal of a page: not yet judged first, then the nearest."""
    rows = OverlapPair.objects.filter(
        access.overlap_rows_for(user), Q(a=OuterRef("pk")) | Q(b=OuterRef("pk"))
    )
    columns = {name: name for name in PAIR}
    pair = JSONObject(**columns, score=Cast("score", TextField()))
    told = JSONObject(pair=pair, a=_side("a"), b=_side("b"))
    ordered = rows.order_by(F("judged_at").desc(nulls_first=True), "-score", "pk")
    return ordered.values(told=told)[:MOST]


def _side(name: str) -> JSONObject:
    return JSONObject(
        id=f"{name}_id",
        number=f"{name}__number",
        title=f"{name}__title",
        region=f"{name}__office__region__short_name",
        requested_rp=Cast(f"{name}__requested_rp", TextField()),
    )


def alike_to(proposal: Proposal) -> list[Alike]:
    """Return what is alike to a proposal that was loaded with :func:`rows_for`."""
    return [_alike(told, proposal.pk) for told in getattr(proposal, "alike_told", [])]


def _alike(told_by_row: dict[str, Any], mine: int) -> Alike:
    kept = told_by_row["pair"]
    pair = OverlapPair(**kept | {"score": Decimal(kept["score"])})
    side = told_by_row["b" if pair.a_id == mine else "a"]
    amount = side["requested_rp"]
    other = Side(**side | {"requested_rp": Decimal(amount) if amount else None})
    title = marked(other.title, phrases_of(pair, other.id))
    return Alike(pair, other, title, told(reasons_of(pair)))
