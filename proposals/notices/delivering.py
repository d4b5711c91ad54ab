"""The postman: takes the letters that are due, hands each over once, and says how it went.

A letter is claimed, and the claim committed, before it is handed over; it is sent in a second
transaction that holds its row. From the claim on the worker's session holds a lock of the letter,
so a crash leaves it ``sending`` with nobody holding it, and nothing else looks like that. Whether
it had left is then known only to the post: where the post takes a Message-ID once (files), it is
handed over again; else it is *uncertain*, is never sent twice by itself, and waits for a person
(docs/adr/0008).
"""

import logging
import smtplib
import uuid
from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils import timezone
from django_tasks import task

from proposals.enums import LetterState
from proposals.models import Letter
from proposals.notices import composing

logger = logging.getLogger(__name__)

LOCK = 818
"""Names the locks of letters among the advisory locks of the database."""
ROUND = 200
"""Letters of one round; what is left is the next round's."""
PATIENCE = 3
"""Letters put back in one round before it ends."""
MINUTE = timedelta(minutes=1)
PAUSES = (MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE, 180 * MINUTE, 720 * MINUTE, 1440 * MINUTE)
"""How long a letter waits after each failed attempt; after the last it has failed."""
UNWRITTEN = timedelta(hours=1)
"""How long a letter waits that could not be written: no attempt, as nothing was to be sent."""
REFUSALS = (
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
)
"""The post has said no: nothing has left."""
LOST = "The worker died while this letter was being sent: it may have arrived."
CLOSED = "The account is closed, or nothing in this letter may be read any more."


@task()
def deliver() -> dict[str, int]:
    """Deliver what is due; repeating it sends nothing twice."""
    if not settings.LETTERS_LEAVE:
        return {}
    post = get_connection()
    counts = Counter(settle_lost(post))
    try:
        for _ in range(ROUND):
            state = deliver_one(post)
            if state is None:
                return dict(counts)
            counts[state] += 1
            if state != LetterState.SENT:
                post.close()  # a broken connection is not used again
            if counts[LetterState.WAITING] >= PATIENCE:
                return dict(counts)  # the post is closed: the clock calls again
    finally:
        post.close()
    deliver.enqueue()
    return dict(counts)


def deliver_one(post: BaseEmailBackend) -> str | None:
    """Claim the oldest letter that is due and hand it over; return its state, None without one."""
    letter = claim()
    if letter is None:
        return None
    if letter.state == LetterState.SENDING:
        try:
            letter = hand_over(letter, post)
        finally:
            _asked("select pg_advisory_unlock(%s, %s)", letter)
    return letter.state


@transaction.atomic
def claim() -> Letter | None:
    """Take the oldest letter that is due, write it, and put the claim on it."""
    due = Letter.objects.due().select_for_update(skip_locked=True, of=("self",))
    letter = due.select_related("recipient__office", "again_of").first()
    if letter is None:
        return None
    try:
        with transaction.atomic():
            may_leave = letter.recipient.is_active and composing.written(letter)
    except Exception as error:  # noqa: BLE001 - one that cannot be written holds up no other
        letter.due_at = timezone.now() + UNWRITTEN
        return _end(letter, LetterState.WAITING, error)
    if not may_leave:
        letter.state, letter.last_error = LetterState.HELD, CLOSED
        letter.save(update_fields=["state", "last_error"])
        return letter
    letter.state, letter.claim = LetterState.SENDING, uuid.uuid4()
    letter.attempts += 1
    letter.save(update_fields=["state", "claim", "attempts", "text", "html"])
    _asked("select pg_advisory_lock(%s, %s)", letter)
    return letter


def _asked(sql: str, letter: Letter) -> bool:
    """Lock a letter for this session, or ask about its lock: a session ends with its worker."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [LOCK, letter.pk & 0x7FFFFFFF])
        return cursor.fetchone()[0] is True


@transaction.atomic
def hand_over(letter: Letter, post: BaseEmailBackend) -> Letter:
    """Hand a claimed letter over while its row is held; a claim that was settled is none."""
    held = Letter.objects.select_for_update(of=("self",)).select_related("again_of")
    row = held.filter(pk=letter.pk, state=LetterState.SENDING, claim=letter.claim).first()
    if row is None:
        letter.refresh_from_db()
        return letter
    try:
        post.open()
    except Exception as error:  # noqa: BLE001 - whatever it is, nothing has left
        return _put_back(row, error)
    try:
        post.send_messages([composing.message_of(row, post)])
    except smtplib.SMTPServerDisconnected as error:
        return _end(row, LetterState.UNCERTAIN, error)
    except REFUSALS as error:
        return _refused(row, error)
    except Exception as error:  # noqa: BLE001 - it may have left: nobody sends it again unasked
        return _end(row, LetterState.UNCERTAIN, error)
    return _end(row, LetterState.SENT)


def _refused(letter: Letter, error: Exception) -> Letter:
    """Try again where the post says "later" (4xx), give up where it says "never" (5xx)."""
    codes = [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
    if codes and all(code >= 500 for code in codes):
        return _end(letter, LetterState.FAILED, error)
    return _put_back(letter, error)


def _put_back(letter: Letter, error: Exception) -> Letter:
    """Let it wait longer after each attempt; after the last one it has failed."""
    if letter.attempts > len(PAUSES):
        return _end(letter, LetterState.FAILED, error)
    letter.due_at = timezone.now() + PAUSES[letter.attempts - 1]
    return _end(letter, LetterState.WAITING, error)


def _end(letter: Letter, state: LetterState, error: Exception | str = "") -> Letter:
    """Write how it went; the claim is over."""
    if error:
        logger.warning("Letter %s: %s (%s)", letter.pk, state, error)
    letter.state, letter.claim = state, None
    letter.last_error = f"{type(error).__name__}: {error}"[:500] if error else ""
    letter.sent_at = timezone.now() if state == LetterState.SENT else None
    letter.save(update_fields=["state", "claim", "last_error", "sent_at", "due_at"])
    return letter


@transaction.atomic
def settle_lost(post: BaseEmailBackend) -> dict[str, int]:
    """Settle the letters whose worker died: a live one holds the lock of its letter."""
    rows = Letter.objects.filter(state=LetterState.SENDING).select_for_update(skip_locked=True)
    may_repeat = getattr(post, "is_repeatable", False)
    state = LetterState.WAITING if may_repeat else LetterState.UNCERTAIN
    freed = "select pg_try_advisory_xact_lock(%s, %s)"
    lost = [letter for letter in rows.order_by("pk") if _asked(freed, letter)]
    for letter in lost:
        letter.state, letter.claim, letter.last_error = state, None, "" if may_repeat else LOST
        letter.save(update_fields=["state", "claim", "last_error"])
    return {f"lost, now {state}": len(lost)} if lost else {}
