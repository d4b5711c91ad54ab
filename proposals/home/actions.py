"""What a person does with notices: read them, and choose how to be told."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from proposals.models import LetterChoice, Notice, User
from proposals.notices.news import usual_way


def read(notice: Notice) -> Notice:
    """Mark a notice as read; the first time counts."""
    if notice.read_at is None:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
    return notice


@transaction.atomic
def read_all(*, by: User) -> int:
    """Mark every notice of this person as read."""
    unread = Notice.objects.unread().filter(recipient=by).select_for_update(of=("self",))
    ids = list(unread.order_by("pk").values_list("pk", flat=True))
    return Notice.objects.filter(pk__in=ids).update(read_at=timezone.now())


@transaction.atomic
def choose_ways(*, by: User, ways: Mapping[str, str]) -> None:
    """Keep how this person wants to be told of each kind; the usual way needs no row."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    before = {one.kind: one for one in LetterChoice.objects.filter(person=by).order_by("pk")}
    for kind, way in ways.items():
        choice = before.get(kind)
        if choice is None and way != usual_way(kind):
            LetterChoice.objects.create(person=by, kind=kind, way=way)
        elif choice is not None and choice.way != way:
            choice.way = way
            choice.save(update_fields=["way"])
