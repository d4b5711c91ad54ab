"""Sending a letter once more: the same words, a new letter, to the address of today."""

from django.db import transaction
from django.utils.translation import gettext as _

from proposals.models import Letter
from proposals.notices import telling
from proposals.refused import Refused


@transaction.atomic
def send_again(letter: Letter) -> Letter:
    """Send a letter again; of several repeats all point to the first, and one waits at a time."""
    row = (
        Letter.objects.select_for_update(of=("self",)).select_related("recipient").get(pk=letter.pk)
    )
    first = row.again_of or row
    if not row.may_be_sent_again:
        raise Refused([_("This letter is still on its way.")])
    if not row.recipient.is_active:
        raise Refused([_("This account is closed. Open it before sending a letter.")])
    others = Letter.objects.filter(again_of=first).order_by("pk")
    if any(not one.may_be_sent_again for one in others):
        raise Refused([_("This letter is being sent again already.")])
    again = telling.new_letter(
        row.recipient,
        subject=row.subject,
        is_digest=row.is_digest,
        text=row.text,
        html=row.html,
        again_of=first,
    )
    again.save()
    telling.call_postman()
    return again
