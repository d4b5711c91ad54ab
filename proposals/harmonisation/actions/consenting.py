"""The consent of a member's head: only the head gives up the purse of the own office."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from proposals import access, notices
from proposals.harmonisation.actions import locks
from proposals.models import Share, User
from proposals.refused import Refused


@transaction.atomic
def consent(*, share: Share, by: User, note: str = "", row_version: int | None = None) -> Share:
    """Consent to what the share says now; with a version, to what the person has read."""
    row = _locked(share, by, row_version)
    if row.consent_at is None:
        row.consent_at, row.consent_by = timezone.now(), by
        row.consent_note = note.strip()
        row.save()
        notices.consent_answered(row, by=by)
    return row


@transaction.atomic
def withdraw_consent(*, share: Share, by: User, note: str, row_version: int | None = None) -> Share:
    """Refuse, or take a consent back, with the reason the others read."""
    row = _locked(share, by, row_version)
    if not note.strip():
        raise Refused([_("Write the reason.")])
    if row.consent_at is None and row.consent_note == note.strip():
        return row  # pressed twice
    row.consent_at, row.consent_by = None, None
    row.consent_note = note.strip()
    row.save()
    notices.consent_answered(row, by=by)
    return row


def _locked(share: Share, by: User, row_version: int | None) -> Share:
    """Lock programme and share; refuse whose purse it is not, and where no consent is needed."""
    joint = locks.lock(share.joint_id)
    row = (
        joint.shares.select_related("proposal__funding_source", "proposal__office")
        .filter(pk=share.pk)
        .first()
    )
    if row is None:
        raise Refused([_("This proposal is out of the programme already.")])
    if not access.may_consent(by, row.proposal.office_id):
        raise Refused([_("Only the head of the member's own office consents.")])
    if reasons := locks.why_closed(joint):
        raise Refused(reasons)
    locks.refuse_stale(joint, row_version)
    if not row.needs_consent:
        raise Refused([_("No consent is needed: the member's own money is not given up.")])
    return row
