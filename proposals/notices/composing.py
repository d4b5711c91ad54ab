"""What a letter says: text and HTML in the reader's language, written when it leaves."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext, override

from proposals.models import Letter, Notice, User
from proposals.notices import wording

CHOICES = "home:letter_choices"
MOST_STORIES = 30
"""Stories of one letter; the rest is a number, and the bell shows them all."""


def written(letter: Letter) -> bool:
    """Write text and HTML of a letter once; False where its reader may read nothing of it any more.

    What was written before, and what is sent again, is asked anew: rights may have changed.
    """
    notices = readable(letter.recipient, letter.again_of or letter)
    if not notices or letter.text:
        return bool(notices)
    with override(letter.recipient.language):
        context = _context(letter, notices)
        letter.text = render_to_string("letters/letter.txt", context)
        letter.html = render_to_string("letters/letter.html", context)
    return True


def readable(reader: User, letter: Letter) -> list[Notice]:
    """Return the notices of a letter that its reader may still read: rights may have changed."""
    about = ("recipient__office", "proposal__year", "joint__year", "year")
    told = letter.notices.readable_by(reader).select_related(*about)
    return list(told.order_by("made_at", "pk"))


def _context(letter: Letter, notices: list[Notice]) -> dict[str, Any]:
    reader = letter.recipient
    stories = [wording.story_of(notice) for notice in notices[:MOST_STORIES]]
    rest = len(notices) - len(stories)
    first = notices[0]
    about = first.proposal or first.joint
    year = about.year if about else first.year
    return {
        "subject": letter.subject.partition(": ")[2] or letter.subject,
        "language": reader.language,
        "reader": reader,
        "year": year,
        "stories": stories,
        "rest": ngettext("and %(n)d more", "and %(n)d more", rest) % {"n": rest} if rest else "",
        "is_digest": letter.is_digest,
        "site": settings.SITE_ADDRESS,
        "button_url": stories[0].url if len(stories) == 1 else reverse("home:notices"),
        "choices_url": reverse(CHOICES),
        "help_line": settings.HELP_LINE,
    }


def message_of(letter: Letter, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    """Return the letter as mail: one Message-ID for good, and the way to ask for fewer letters."""
    choices = f"{settings.SITE_ADDRESS}{reverse(CHOICES)}"
    headers = {
        "Message-ID": letter.message_id,
        "List-Unsubscribe": f"<{choices}>",
        "Auto-Submitted": "auto-generated",
    }
    message = EmailMultiAlternatives(
        letter.subject, letter.text, None, [letter.address], headers=headers, connection=connection
    )
    message.attach_alternative(letter.html, "text/html")
    return message
