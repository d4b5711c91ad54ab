"""The form of a file of statistics, and what is carried from its preview to its saving."""

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from proposals.models import User
from proposals.priorities.statistics import KINDS, Cells, Kind

SALT = "rakortek.statistics"
A_DAY = 24 * 60 * 60


class FileForm(forms.Form):
    """A CSV or XLSX file and what it holds."""

    kind = forms.ChoiceField(
        label=_("What the file holds"),
        choices=(("neraca", _("Supply and need")), ("tenaga-kerja", _("Labour"))),
    )
    file = forms.FileField(label=_("CSV or XLSX file"))


def sealed(kind: Kind, lines: list[tuple[int, Cells]], user: User) -> str:
    """Seal the rows of a preview for the person who saw it: nothing is kept on the server."""
    rows = [[number, dict(cells)] for number, cells in lines]
    return signing.dumps([kind.name, user.pk, rows], salt=SALT, compress=True)


def opened(text: str, user: User) -> tuple[Kind, list[tuple[int, Cells]]] | None:
    """Open what was sealed for this person within a day; nothing where it is another's or old."""
    try:
        found: Any = signing.loads(text, salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        return None
    name, owner, rows = found
    if owner != user.pk:
        return None
    return KINDS[name], [(number, cells) for number, cells in rows]
