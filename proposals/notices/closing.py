"""Notices of what their readers may not read any more: somebody moved, something was taken back."""

from typing import Any

from django.utils import timezone

from proposals.models import Notice, User


def close_lost(**about: Any) -> None:
    """Count as read what nobody can open: the bell counts what its list shows.

    ``about`` names whose notices or which thing: ``recipient``, ``proposal`` or ``joint``.
    """
    unread = Notice.objects.unread().filter(**about)
    for person in User.objects.filter(pk__in=unread.values("recipient")).order_by("pk"):
        seen = Notice.objects.readable_by(person).values("pk")
        unread.filter(recipient=person).exclude(pk__in=seen).update(read_at=timezone.now())
