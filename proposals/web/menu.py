"""The main menu: one table says which pages each role sees in the bar, at most five."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proposals.enums import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the menu: its word, its icon, and the page it leads to."""

    word: str | Promise
    icon: str
    page: str


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as this request sees it."""

    word: str | Promise
    icon: str
    href: str
    is_here: bool


HOME = Entry(_("Home"), "home", "home:home")
OWN_PROPOSALS = Entry(_("Proposals"), "list-bullet", "filing:own_list")
ALL_PROPOSALS = Entry(_("Whole province"), "map", "filing:summary")
PROGRAMMES = Entry(_("Joint programmes"), "merge", "harmonisation:programmes")
QUEUE = Entry(_("Queue"), "list-bullet", "review:queue")
HARMONISATION = Entry(_("Harmonisation"), "merge", "harmonisation:board")
PRIORITIES = Entry(_("Priorities"), "scale", "priorities:scale")
MEETING = Entry(_("Meeting"), "computer-desktop", "meeting:agenda")
REPORTS = Entry(_("Reports"), "chart-bar", "reports:dashboard")
LISTS = Entry(_("Lists"), "book-open", "catalogue:index")
PEOPLE = Entry(_("People"), "users", "catalogue:people")
YEARS = Entry(_("Years"), "calendar", "catalogue:years")
RESULT = Entry(_("Result"), "document", "home:public")

REGIONAL = (HOME, OWN_PROPOSALS, ALL_PROPOSALS, PROGRAMMES, REPORTS)
PROVINCIAL = (QUEUE, HARMONISATION, PRIORITIES, REPORTS, MEETING)

MENU: dict[str, tuple[Entry, ...]] = {
    Role.OFFICER: REGIONAL,
    Role.HEAD: REGIONAL,
    Role.GATE_CHECKER: PROVINCIAL,
    Role.REVIEWER: PROVINCIAL,
    Role.COORDINATOR: PROVINCIAL,
    Role.PROVINCE_HEAD: PROVINCIAL,
    Role.ADMIN: (HOME, LISTS, PEOPLE, YEARS, REPORTS),
    Role.BAPPEDA: (HOME, QUEUE, PRIORITIES, REPORTS),
    Role.OBSERVER: (RESULT,),
}

MORE: dict[str, tuple[Entry, ...]] = {
    Role.OFFICER: (PRIORITIES,),
    Role.HEAD: (PRIORITIES,),
    Role.ADMIN: (PRIORITIES,),
}
"""What finds no room in the bar stands in the menu of the account."""


def menu_for(request: HttpRequest) -> list[Link]:
    """Return the links of this person; the one that holds the present page is marked."""
    role = request.user.role if request.user.is_authenticated else ""
    return _links(MENU.get(role, ()), request)


def more_for(request: HttpRequest) -> list[Link]:
    """Return the links of this person that stand in the menu of the account."""
    role = request.user.role if request.user.is_authenticated else ""
    return _links(MORE.get(role, ()), request)


def _links(entries: tuple[Entry, ...], request: HttpRequest) -> list[Link]:
    found = [(entry, reverse(entry.page)) for entry in entries]
    holding = (href for _entry, href in found if _holds(href, request.path))
    here = max(holding, key=len, default="")
    return [Link(entry.word, entry.icon, href, href == here) for entry, href in found]


def _holds(href: str, path: str) -> bool:
    """Tell whether the page at ``path`` belongs under this link; the home page holds itself."""
    return path == href or (href != "/" and path.startswith(href))
