"""How the queue shows itself: tabs with counts, chips, rows with days of waiting."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from proposals.enums import Status
from proposals.models import JointProgramme, PlanningYear, Proposal, User
from proposals.models.overlap import percent_of
from proposals.models.proposal import ProposalQuerySet
from proposals.review.forms.filters import FilterForm
from proposals.review.queries import COLUMNS, COUNT_LIMIT, order_of, queue
from proposals.review.saved import SavedView, chosen_view, views_of
from proposals.templatetags.figures import num

PLACE = ("before", "after", "page")
"""Parts of the address that name a page of the list, not the list."""


@dataclass(frozen=True)
class Tab:
    """A saved view as a link, with its count."""

    view: SavedView
    count: str
    href: str
    is_here: bool


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the address without it."""

    word: str | Promise
    value: str
    href: str


@dataclass(frozen=True)
class Near:
    """How many proposals are alike to one, how near the nearest is, and its pair."""

    n: int
    percent: int
    pair: int


@dataclass(frozen=True)
class Row:
    """A proposal of the list, the days since it was sent, its group, and what is alike to it."""

    proposal: Proposal
    days: int
    group: JointProgramme | None
    near: Near | None


@dataclass(frozen=True)
class Trail:
    """The saved view from which a proposal was opened: the way back, and to its neighbours."""

    view: SavedView
    wanted: dict[str, Any]
    address: str

    @property
    def order(self) -> tuple[str, ...]:
        """Return the columns of its order."""
        return order_of(self.wanted).columns

    def rows(self, user: User, year: PlanningYear | None) -> ProposalQuerySet:
        """Return the rows of the view."""
        return queue(user, year, self.view, self.wanted)


def trail_of(query: QueryDict, user: User) -> Trail | None:
    """Read the saved view in an address; nothing where the page was opened by itself."""
    if not query.get("tampilan"):
        return None
    named = {name: query.get(name, "") for name in ("kantor", "sektor", "dana", "penelaah")}
    lists = {name: [(int(pk), "")] if _is_key(pk) else [] for name, pk in named.items()}
    wanted = FilterForm(query, lists=lists).wanted()
    return Trail(chosen_view(query.get("tampilan", ""), user), wanted, without(query, "versi"))


def _is_key(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) < 18


def tabs(user: User, here: SavedView, counted: dict[str, int]) -> list[Tab]:
    """Return the saved views of this person; a count stops at "1.000+"."""
    return [
        Tab(view, capped(counted.get(key, 0)), f"?tampilan={key}", view.key == here.key)
        for key, view in views_of(user).items()
    ]


def capped(count: int) -> str:
    """Write a count, "1.000+" where counting stopped."""
    return f"{num(COUNT_LIMIT)}+" if count > COUNT_LIMIT else num(count)


def chips(form: FilterForm, query: QueryDict) -> list[Chip]:
    """Return the filters in force, each with the address that leaves it out."""
    wanted = form.cleaned_data
    found = [
        Chip(form.fields[name].label or name, form.word(name), without(query, name))
        for name in COLUMNS
        if wanted.get(name)
    ]
    if wanted.get("q"):
        found.insert(0, Chip(_("Search"), wanted["q"], without(query, "q")))
    if order_of(wanted).keeps and wanted.get("urut") == "skor":
        found.append(Chip(_("Order"), _("scored ones only"), without(query, "urut")))
    return found


def without(query: QueryDict, *names: str) -> str:
    """Return the address of the list without these parts, from its beginning."""
    left = query.copy()
    for name in (*PLACE, *names):
        left.pop(name, None)
    return f"?{left.urlencode()}"


def rows(page: Iterable[Proposal]) -> list[Row]:
    """Return the rows with their days of waiting, counted by the calendar in WITA."""
    today = timezone.localdate()
    return [
        Row(
            proposal,
            (today - timezone.localdate(proposal.sent_at)).days,
            _group(proposal),
            _near(proposal),
        )
        for proposal in page
    ]


def _group(proposal: Proposal) -> JointProgramme | None:
    """Return the group that a proposal is compared in; a merged one tells it by its status."""
    share = getattr(proposal, "share", None)
    return share.joint if share and proposal.status != Status.MERGED else None


def _near(proposal: Proposal) -> Near | None:
    told: dict[str, Any] = getattr(proposal, "alike_told", None) or {"n": 0}
    if not told["n"]:
        return None
    return Near(told["n"], percent_of(Decimal(str(told["score"]))), told["pair"][0])
