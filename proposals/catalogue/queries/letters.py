"""The list of letters as its address asks for it, and what the admin may read of them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from proposals.enums import LetterState, NoticeKind
from proposals.models import Letter, Notice

TROUBLED = (LetterState.FAILED, LetterState.UNCERTAIN)
OPEN_KINDS = (NoticeKind.INVITED, NoticeKind.DEADLINE)
"""News whose words the admin may read. The others quote drafts, notes inside an office, comments
inside the province or decisions, none of which are the admin's to read (house.md, section 5)."""


def to_read() -> QuerySet[Letter]:
    """Return the letters, each with the first kind of news in it that is closed to the admin."""
    told = Notice.objects.filter(letter=Coalesce(OuterRef("again_of"), OuterRef("pk")))
    closed = told.exclude(kind__in=OPEN_KINDS).order_by("pk").values("kind")[:1]
    return Letter.objects.select_related("recipient").annotate(closed_kind=Subquery(closed))


def named(letter: Letter) -> Letter:
    """Keep on a letter what the admin reads as its subject: of what is closed, only the kind."""
    kind = vars(letter)["closed_kind"]
    is_open = kind is None or letter.is_digest
    vars(letter)["told"] = letter.subject if is_open else NoticeKind(kind).label
    return letter


def letters(asked: Mapping[str, Any]) -> QuerySet[Letter]:
    """Return the letters that the clean values of the address ask for, the newest first."""
    rows = to_read().defer("text", "html")
    if words := asked.get("q"):
        in_subject = Q(subject__icontains=words, closed_kind__isnull=True)
        rows = rows.filter(in_subject | Q(address__icontains=words))
    if state := asked.get("state"):
        rows = rows.filter(state=state)
    return rows.order_by("-made_at", "-pk")


def troubled() -> int:
    """Count the letters that a person should look at, those sent again left out."""
    return Letter.objects.filter(state__in=TROUBLED, sent_again=None).count()
