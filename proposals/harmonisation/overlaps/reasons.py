"""Why two pieces overlap, in the words that stand in them."""

from collections.abc import Iterable, Iterator
from functools import cache

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from proposals.harmonisation.overlaps.lists import Lists
from proposals.harmonisation.overlaps.pieces import Kind
from proposals.harmonisation.overlaps.signs import Signs

MOST_PHRASES = 6
MOST_NAMES = 3


@cache
def _said(language: str | None) -> dict[str, str]:
    """Return the sentences in a language; many pairs are written with few of them."""
    with override(language):
        return {
            "chain": _("the one makes what the other works up further"),
            "same_way": _("same kind of activity"),
            "like_way": _("like kinds of activity"),
            "commodity": _("same commodity: %(names)s"),
            "tree": _("same industry tree"),
            "product": _("same product: %(names)s"),
            "titles": _("both titles name %(names)s"),
            "texts": _("both texts name %(names)s"),
            "district": _("same district"),
            "regency": _("same regency"),
            "province": _("the province acts in the same field"),
            "neighbours": _("neighbouring regencies"),
        }


def of(a: Signs, b: Signs, kind: Kind, lists: Lists) -> tuple[str, ...]:
    """Return the reasons of a verdict, the strongest first."""
    said = _said(get_language())
    parts = (
        _way(a, b, kind, said),
        _about(a, b, kind, lists, said),
        _words(a, b, lists, said),
        _place(a, b, lists, said),
    )
    return tuple(reason for part in parts for reason in part)


def _way(a: Signs, b: Signs, kind: Kind, said: dict[str, str]) -> Iterator[str]:
    if kind == Kind.CHAIN:
        yield said["chain"]
    elif a.way.key and a.way.key == b.way.key:
        yield said["same_way"]
    elif a.way.way == b.way.way:
        yield said["like_way"]


def _about(a: Signs, b: Signs, kind: Kind, lists: Lists, said: dict[str, str]) -> Iterator[str]:
    if common := a.subjects & b.subjects:
        names = (lists.commodities.get(one, one) for one in sorted(common))
        yield said["commodity"] % {"names": _listed(names)}
    elif a.trees & b.trees and kind != Kind.JOINT_SERVICE:
        yield said["tree"]
    if common := a.products & b.products:
        names = (lists.product_names[one] for one in sorted(common))
        yield said["product"] % {"names": _listed(names)}


def _words(a: Signs, b: Signs, lists: Lists, said: dict[str, str]) -> Iterator[str]:
    if phrases := matching(a, b):
        yield said["titles"] % {"names": ", ".join(phrases)}
    common = (a.text & b.text) - (a.title & b.title)
    longest = sorted(sorted(common), key=len, reverse=True)[:MOST_NAMES]
    if longest:
        names = (lists.words.shown.get(one, one) for one in longest)
        yield said["texts"] % {"names": _listed(names)}


def _place(a: Signs, b: Signs, lists: Lists, said: dict[str, str]) -> Iterator[str]:
    if a.region and a.region == b.region:
        yield said["district" if a.districts & b.districts else "regency"]
    elif lists.provinces & {a.region, b.region}:
        yield said["province"]
    elif lists.hops(a.region, b.region) == 1:
        yield said["neighbours"]


def matching(a: Signs, b: Signs) -> list[str]:
    """Return the phrases of both titles that mean the same: “bimtek” = “pelatihan”."""
    common = [one for one in reversed(a.written) if one in b.written][:MOST_PHRASES]
    return [
        f"“{a.written[one]}”"
        if a.written[one] == b.written[one]
        else f"“{a.written[one]}” = “{b.written[one]}”"
        for one in common
    ]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(list(names)[:MOST_NAMES])
