"""What people say of a pair: that it is no overlap, and why; or both are taken into one group."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from proposals import access
from proposals.enums import OverlapVerdict
from proposals.models import JointProgramme, OverlapPair, Share, User
from proposals.refused import Refused


class StalePair(Refused):
    """Somebody judged the pair meanwhile, or one side changed."""

    def __init__(self) -> None:
        super().__init__([_("This pair changed meanwhile: look at it again, then decide.")])


@transaction.atomic
def dismiss(*, pair: OverlapPair, by: User, reason: str, row_version: int) -> OverlapPair:
    """Say that two proposals do not overlap; they come back only when one of them changes."""
    row = _locked(pair, by)
    is_said = row.verdict == OverlapVerdict.DISMISSED and row.verdict_reason == reason.strip()
    if is_said and row.judged_by_id == by.pk:
        return row
    if not reason.strip():
        raise Refused([_("Write the reason.")])
    if row.row_version != row_version:
        raise StalePair
    if row.verdict != OverlapVerdict.OPEN:
        raise Refused([_("This pair is judged already.")])
    row.verdict, row.verdict_reason = OverlapVerdict.DISMISSED, reason.strip()
    row.judged_by, row.judged_at = by, timezone.now()
    return _saved(row)


@transaction.atomic
def open_again(*, pair: OverlapPair, by: User, row_version: int) -> OverlapPair:
    """Take a dismissal back: the pair waits for a word again."""
    row = _locked(pair, by)
    if row.verdict == OverlapVerdict.OPEN:
        return row
    if row.row_version != row_version:
        raise StalePair
    if row.verdict != OverlapVerdict.DISMISSED:
        raise Refused([_("Both stand in one group: take one out of it first.")])
    row.open_again()
    return _saved(row)


def settle(joint: JointProgramme, by: User) -> None:
    """Confirm the open pairs between the members of a group; the reason is its title."""
    members = list(joint.shares.values_list("proposal_id", flat=True))
    pairs = OverlapPair.objects.filter(verdict=OverlapVerdict.OPEN, a__in=members, b__in=members)
    for row in pairs.select_for_update(of=("self",)).order_by("pk"):
        row.settle(joint.title, by)
        _saved(row)


def unsettle(proposals: Iterable[int]) -> None:
    """Open the pairs again whose sides are in no common group any more."""
    members = list(proposals)
    pairs = OverlapPair.objects.filter(
        Q(a__in=members) | Q(b__in=members), verdict=OverlapVerdict.CONFIRMED
    )
    rows = list(pairs.select_for_update(of=("self",)).order_by("pk"))
    sides = {pk for row in rows for pk in (row.a_id, row.b_id)}
    groups = dict(Share.objects.filter(proposal__in=sides).values_list("proposal_id", "joint_id"))
    for row in rows:
        group = groups.get(row.a_id)
        if group is None or group != groups.get(row.b_id):
            row.open_again()
            _saved(row)


def _locked(pair: OverlapPair, by: User) -> OverlapPair:
    if not access.may_join(by):
        raise Refused([_("Your role may not do this.")])
    row = (
        OverlapPair.objects.filter(access.overlap_rows_for(by), pk=pair.pk)
        .select_for_update(of=("self",))
        .select_related("year")
        .first()
    )
    if row is None:
        raise Refused([_("This pair is no longer there: one of the proposals changed.")])
    if row.year.is_signed:
        raise Refused([_("The minutes are signed: a change now needs an addendum.")])
    return row


def _saved(row: OverlapPair) -> OverlapPair:
    row.row_version += 1
    row.save()
    return row
