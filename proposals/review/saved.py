"""The saved views of the queue: one table of names, words and filters."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proposals import access, likeness
from proposals.enums import Role, Status
from proposals.models import PlanningYear, PriorityFlag, User

LARGE_RP = 1_000_000_000


@dataclass(frozen=True)
class SavedView:
    """One tab of the queue: its name in the address, its word, its filter."""

    key: str
    word: str | Promise
    rows: Callable[[PlanningYear, User], Q]
    icon: str = ""


def mine(_year: PlanningYear, user: User) -> Q:
    """Keep what waits for this person's own hand."""
    match access.role_of(user):
        case Role.GATE_CHECKER:
            return Q(status=Status.SENT)
        case Role.REVIEWER:
            return Q(status=Status.UNDER_REVIEW, lead_reviewer=user)
        case Role.COORDINATOR:
            return Q(status=Status.UNDER_REVIEW, lead_reviewer__isnull=True)
        case Role.PROVINCE_HEAD:
            return Q(status=Status.AT_DESK)
    return Q(pk__in=[])


def _priority(year: PlanningYear, _user: User) -> Q:
    flagged = PriorityFlag.objects.filter(year=year, sector__isnull=False)
    return Q(sector__in=flagged.values("sector"))


def _alike(year: PlanningYear, _user: User) -> Q:
    """Keep what is alike to something, where nobody has said yet whether it overlaps."""
    return Q(pk__in=likeness.waiting_in(year))


def _in(status: Status) -> Callable[[PlanningYear, User], Q]:
    return lambda _year, _user: Q(status=status)


VIEWS: dict[str, SavedView] = {
    view.key: view
    for view in (
        SavedView("tugas", _("My tasks"), mine),
        SavedView("belum", _("Not checked yet"), _in(Status.SENT)),
        SavedView("ditelaah", _("Under review"), _in(Status.UNDER_REVIEW)),
        SavedView("meja", _("At the desk"), _in(Status.AT_DESK)),
        SavedView("dikembalikan", _("Returned"), _in(Status.RETURNED)),
        SavedView("mirip", _("Alike"), _alike, "square-2-stack"),
        SavedView("prioritas", _("Priority sectors"), _priority, "diamond"),
        SavedView("besar", _("Above Rp 1 M"), lambda _y, _u: Q(requested_rp__gt=LARGE_RP)),
        SavedView("semua", _("All"), lambda _y, _u: Q()),
    )
}


OF_REVIEW = frozenset({"tugas", "mirip"})


def views_of(user: User) -> dict[str, SavedView]:
    """Return the tabs of this person: only who has a hand in it has tasks and sees pairs."""
    has_hand = access.role_of(user) in access.REVIEW_ROLES
    return {key: view for key, view in VIEWS.items() if has_hand or key not in OF_REVIEW}


def chosen_view(key: str, user: User) -> SavedView:
    """Return the tab of this name, else the first one of the person."""
    views = views_of(user)
    return views.get(key) or views.get("tugas") or views["semua"]
