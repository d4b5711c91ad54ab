"""The list of letters as its address asks for it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from proposals.enums import LetterState
from proposals.models import Letter

TROUBLED = (LetterState.FAILED, LetterState.UNCERTAIN)


def letters(asked: Mapping[str, Any]) -> QuerySet[Letter]:
    """Return the letters that the clean values of the address ask for, the newest first."""
    rows = Letter.objects.select_related("recipient").defer("text", "html")
    if words := asked.get("q"):
        rows = rows.filter(Q(subject__icontains=words) | Q(address__icontains=words))
    if state := asked.get("state"):
        rows = rows.filter(state=state)
    return rows.order_by("-made_at", "-pk")


def troubled() -> int:
    """Count the letters that a person should look at, those sent again left out."""
    return Letter.objects.filter(state__in=TROUBLED, sent_again=None).count()
