"""Beginning a proposal; the same key twice makes one draft."""

from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from proposals import access
from proposals.enums import RequestTo
from proposals.filing.queries.limit import limit_of
from proposals.models import PlanningYear, Proposal, User
from proposals.refused import Refused


@transaction.atomic
def begin_proposal(
    *,
    by: User,
    year: PlanningYear,
    request_to: str,
    title: str,
    creation_key: UUID | None = None,
) -> Proposal:
    """Make a draft of the person's own office; a key used before returns the draft it made.

    So a double click, a reload and "back" make one draft. Raises :class:`Refused` where the
    person may not begin one, the year is signed, or the office has reached its limit.
    """
    return made_draft(by, year, creation_key, {"request_to": request_to, "title": title.strip()})


def made_draft(by: User, year: PlanningYear, key: UUID | None, values: dict[str, Any]) -> Proposal:
    """Make a draft of the person's own office, or return the one this key made before."""
    if by.office is None or not access.may_file(by):
        raise Refused([_("Your role may not begin a proposal.")])
    key = key or uuid4()
    if found := _made_before(key, by):
        return found
    _refuse_beginning(by, year, str(values["request_to"]), str(values["title"]))
    try:
        with transaction.atomic():
            return Proposal.objects.create(
                year=year, office=by.office, created_by=by, creation_key=key, **values
            )
    except IntegrityError:  # the same form came twice at one moment
        if found := _made_before(key, by):
            return found
        raise


def _made_before(key: UUID, by: User) -> Proposal | None:
    """Return the draft that this key made; nothing where it was another office's."""
    return Proposal.objects.filter(creation_key=key, office=by.office_id).first()


def _refuse_beginning(by: User, year: PlanningYear, request_to: str, title: str) -> None:
    reasons = []
    if by.office and by.office.is_retired:
        reasons.append(_("Your office is no longer in use: nothing new begins in it."))
    if year.is_signed:
        reasons.append(_("The minutes of this year are signed: nothing new begins in it."))
    if request_to not in RequestTo.values:
        reasons.append(_("Choose the kind of proposal."))
    elif by.office and by.office.region.is_province and request_to != RequestTo.OWN:
        reasons.append(_("The provincial office files its own programmes only."))
    if not title:
        reasons.append(_("Write a title."))
    limit = limit_of(year.pk, by.office_id or 0, locks=True)
    if limit is not None and limit.left <= 0:
        reasons.append(
            _("Your office may file at most %(limit)s proposals this year.") % {"limit": limit.most}
        )
    if reasons:
        raise Refused(reasons)
