"""Ceilings (pagu indikatif) of a year; without a row there is no limit, and pages say so."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from proposals import ceilings
from proposals.enums import JointState, RequestTo, Status
from proposals.keeping import database, versions
from proposals.models import Ceiling, PlanningYear, Proposal, Share
from proposals.refused import Refused
from proposals.rupiah import format_rp


@transaction.atomic
def add_ceiling(year: PlanningYear, **values: Any) -> Ceiling:
    """Set a ceiling for a purse, a source, and one sector or all of them."""
    _refuse_signed(year)
    with database.in_words():
        return Ceiling.objects.create(year=year, **values)


@transaction.atomic
def change_ceiling(
    ceiling: Ceiling, version: int, *, amount_rp: Decimal, source: str, override_reason: str = ""
) -> bool:
    """Change the amount; below what is agreed only with a written reason of this change.

    What is agreed already is never undone, pages show the ceiling as passed.
    """
    row = versions.locked(ceiling, version)
    _refuse_signed(row.year)
    agreed, reason = ceilings.agreed_under(row), override_reason.strip()
    if amount_rp >= agreed:
        reason = ""
    elif amount_rp < row.amount_rp and reason in {"", row.override_reason}:
        raise Refused([_reason_wanted(agreed)])
    else:
        reason = reason or row.override_reason
    return versions.save(row, amount_rp=amount_rp, source=source, override_reason=reason)


def _reason_wanted(agreed_rp: Decimal) -> str:
    words = _("%(amount)s is agreed under this ceiling already: write why it goes below that.")
    return words % {"amount": format_rp(int(agreed_rp))}


@transaction.atomic
def remove_ceiling(ceiling: Ceiling, version: int) -> None:
    """Remove a ceiling under which nothing is agreed yet: afterwards there is no limit."""
    row = versions.locked(ceiling, version)
    _refuse_signed(row.year)
    if is_used(row):
        raise Refused([_("Something is agreed under this ceiling. Change the amount instead.")])
    row.delete()


def is_used(ceiling: Ceiling) -> bool:
    """Tell whether something is agreed under this ceiling."""
    is_own = Q(request_to=RequestTo.OWN, office__region=ceiling.region_id)
    agreed = Proposal.objects.filter(
        ~Q(request_to=RequestTo.OWN) | is_own,
        year=ceiling.year_id,
        funding_source=ceiling.funding_source_id,
        status=Status.AGREED,
    )
    shares = Share.objects.filter(
        joint__year=ceiling.year_id,
        joint__state=JointState.AGREED,
        funding_source=ceiling.funding_source_id,
    )
    if ceiling.sector_id:
        agreed = agreed.filter(sector=ceiling.sector_id)
        shares = shares.filter(proposal__sector=ceiling.sector_id)
    return agreed.exists() or shares.exists()


def _refuse_signed(year: PlanningYear) -> None:
    if year.is_signed:
        raise Refused([_("The minutes are signed: the ceilings of this year stay.")])
