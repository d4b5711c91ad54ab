"""Old rows of the buffer of typing: swept where nothing in them is unsaved text of a draft."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.utils import timezone

from proposals.filing.forms.boxes import shown_in
from proposals.filing.forms.sheet import bound
from proposals.filing.queries.own import UNSENT
from proposals.filing.queries.reading import to_fill
from proposals.models import TypedText
from proposals.models.typed import PRESENCE

KEEP_LEFT = timedelta(days=7)
"""How long text stays at a proposal that left its office: it may still be taken back."""
KEEP_SAVED = timedelta(days=60)


def clear_old_typed() -> int:
    """Delete rows of proposals that left their office, and old ones that say what is saved.

    Text that is not saved stays as long as its draft does.
    """
    left = TypedText.objects.exclude(proposal__status__in=sorted(UNSENT))
    n_left = left.filter(proposal__status_at__lt=timezone.now() - KEEP_LEFT).delete()[0]
    old = TypedText.objects.filter(saved_at__lt=timezone.now() - KEEP_SAVED)
    n_there = old.filter(section=PRESENCE).delete()[0]
    kept = old.exclude(section=PRESENCE).select_related("user__office__region")
    same = [row.pk for row in kept.order_by("pk").iterator(500) if _says_what_is_saved(row)]
    return n_left + n_there + TypedText.objects.filter(pk__in=same).delete()[0]


def _says_what_is_saved(row: TypedText) -> bool:
    """Tell whether its boxes hold what the untouched form shows, row by row."""
    proposal = to_fill(row.user).filter(pk=row.proposal_id).first()
    if proposal is None:
        return False
    shown = shown_in(bound(proposal)).data()
    heads = {_head(name) for name in row.values}
    return _texts(row.values, heads) == _texts(dict(shown.items()), heads)


def _texts(values: Mapping[str, object], heads: Iterable[str]) -> dict[str, str]:
    """Return what stands in the boxes of these fields and lists; empty boxes are left out."""
    return {
        name: str(text).replace("\r\n", "\n")
        for name, text in values.items()
        if text and _head(name) in heads and not name.endswith("_FORMS")
    }


def _head(name: str) -> str:
    return name.partition("-")[0]
