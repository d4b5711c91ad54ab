"""The daily digest: one letter a day for what is not told at once, from 07.00 WITA on."""

from datetime import date, time

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import ngettext, override

from proposals.enums import NoticeWay
from proposals.models import Letter, Notice, User
from proposals.models.letters import NoticeQuerySet
from proposals.notices import telling

AT = time(7)


def is_morning_over() -> bool:
    """Tell whether it is seven o'clock in WITA or later."""
    return timezone.localtime().time() >= AT


def write_digests() -> int:
    """Write the digest of everybody who has unread news; nobody gets two on one day."""
    today = timezone.localdate()
    waiting = _waiting().filter(recipient=OuterRef("pk"))
    people = User.objects.filter(Exists(waiting), is_active=True).order_by("pk")
    written = sum(_write(person, today) for person in people)
    if written:
        telling.call_postman()
    return written


def _waiting() -> NoticeQuerySet:
    return Notice.objects.unread().filter(way=NoticeWay.DAILY, letter=None)


@transaction.atomic
def _write(person: User, today: date) -> bool:
    message_id = f"<digest-{today}-{person.pk}@{telling.host()}>"
    if Letter.objects.filter(message_id=message_id).exists():
        return False
    waiting = _waiting().filter(recipient=person)
    notices = list(waiting.select_for_update(of=("self",)).order_by("made_at", "pk"))
    letter = telling.new_letter(
        person, subject=_subject(person, len(notices)), message_id=message_id, is_digest=True
    )
    letter.save()
    Notice.objects.filter(pk__in=[one.pk for one in notices]).update(letter=letter)
    return True


def _subject(person: User, n: int) -> str:
    with override(person.language):
        told = ngettext("%(n)d news since yesterday", "%(n)d news since yesterday", n) % {"n": n}
    return f"Rakortek: {told}"
