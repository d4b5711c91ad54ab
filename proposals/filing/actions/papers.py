"""Papers: one file per kind of document, one covering letter per office, promised dates."""

from datetime import date

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from proposals import access
from proposals.enums import ScanState
from proposals.filing import scanning
from proposals.filing.actions.rows import locked_own, open_codes_of, refuse_closed
from proposals.models import (
    Attachment,
    OfficeYear,
    PlanningYear,
    PromisedPaper,
    Proposal,
    ReadinessDocument,
    User,
)
from proposals.refused import Refused
from proposals.uploads.kinds import Judged, Upload, judged


@transaction.atomic
def attach(
    *, proposal: Proposal, by: User, document: ReadinessDocument, upload: Upload
) -> Attachment:
    """Keep a file as the paper of this kind; the one before stays readable, marked as replaced.

    The same content twice is kept once. A promise of this paper is thereby kept.
    """
    found = judged(upload)
    locked = _open_for_papers(proposal, by)
    if document.is_per_office:
        raise Refused([_("The covering letter is one per office: upload it beside your list.")])
    current = locked.attachments.filter(document=document, replaced_at__isnull=True).first()
    if current is not None and current.sha256 == found.sha256:
        if current.scan_state == ScanState.INFECTED:
            raise Refused([_("This file was refused: a virus was found in it.")])
        return current
    if current is not None:
        current.replaced_at = timezone.now()
        current.save(update_fields=["replaced_at"])
    locked.promised_papers.filter(document=document).delete()
    return _kept(locked, by, document, upload, found)


def _kept(
    proposal: Proposal, by: User, document: ReadinessDocument, upload: Upload, found: Judged
) -> Attachment:
    """Store the file under a random name, then its row; a row that fails leaves no file behind."""
    kept = Attachment(
        proposal=proposal,
        document=document,
        name=found.name,
        content_type=found.content_type,
        size=found.size,
        sha256=found.sha256,
        uploaded_by=by,
        scan_state=scanning.first_state(),
    )
    kept.file.save(found.stored_name, File(upload), save=False)
    try:
        kept.save()
    except Exception:
        kept.file.delete(save=False)
        raise
    scanning.expect("paper", kept.pk)
    return kept


@transaction.atomic
def promise(
    *, proposal: Proposal, by: User, document: ReadinessDocument, due_on: date | None
) -> None:
    """Promise a missing paper for a day, or take the promise back (no day)."""
    locked = _open_for_papers(proposal, by)
    standing = locked.promised_papers.filter(document=document).first()
    if due_on is None:
        if standing is not None:
            standing.delete()
    elif due_on < timezone.localdate() and (standing is None or standing.due_on != due_on):
        raise Refused([_("The day lies in the past: choose a later one.")])
    elif standing is None:
        PromisedPaper.objects.create(proposal=locked, document=document, due_on=due_on)
    elif standing.due_on != due_on:
        standing.due_on = due_on
        standing.save(update_fields=["due_on"])


@transaction.atomic
def set_letter(*, year: PlanningYear, by: User, upload: Upload) -> OfficeYear:
    """Keep the covering letter of the person's own office: one for all its proposals."""
    found = judged(upload)
    if by.office_id is None or not access.may_write_content(by, by.office_id):
        raise Refused([_("Your role may not upload the covering letter.")])
    if year.is_signed:
        raise Refused([_("The minutes are signed: a change now needs an addendum.")])
    OfficeYear.objects.get_or_create(year=year, office_id=by.office_id)
    own = OfficeYear.objects.select_for_update().get(year=year, office=by.office_id)
    if own.letter and own.letter_sha256 == found.sha256:
        if own.letter_scan_state == ScanState.INFECTED:
            raise Refused([_("This file was refused: a virus was found in it.")])
        return own
    _take_letter(own, by, found)
    own.letter.save(found.stored_name, File(upload), save=False)
    own.row_version += 1
    try:
        own.save()
    except Exception:
        own.letter.delete(save=False)
        raise
    scanning.expect("letter", own.pk)
    return own


def _take_letter(own: OfficeYear, by: User, found: Judged) -> None:
    own.letter_name = found.name
    own.letter_type = found.content_type
    own.letter_size = found.size
    own.letter_sha256 = found.sha256
    own.letter_at = timezone.now()
    own.letter_by = by
    own.letter_scan_state = scanning.first_state()
    own.letter_scan_at, own.letter_scan_found = None, ""


def _open_for_papers(proposal: Proposal, by: User) -> Proposal:
    locked = locked_own(proposal, by)
    if "attachments" not in open_codes_of(locked):
        refuse_closed(["attachments"])
    return locked
