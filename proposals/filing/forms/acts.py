"""Forms of beginning, leaving the office, ordering and searching."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from proposals.enums import RequestTo, Status
from proposals.filing.forms.values import PlainText, Word
from proposals.filing.queries.own import SORTS
from proposals.models import Office


class BeginForm(forms.Form):
    """The first question is the kind; then a title. The key makes one draft of many clicks."""

    request_to = Word(
        words=RequestTo.choices,
        required=True,
        label=_("Kind of proposal"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of proposal.")},
    )
    title = PlainText(
        length=200,
        required=True,
        label=_("Title"),
        help_text=_("Say what, for whom and where; at most 200 characters."),
        error_messages={"required": _("Write a title.")},
    )
    creation_key = forms.UUIDField(
        widget=forms.HiddenInput(attrs={"data-once": "creation_key"}), required=False
    )

    def __init__(self, data: Any = None, *, is_province: bool) -> None:
        own = {"request_to": RequestTo.OWN} if is_province else {}
        super().__init__(data, initial={"creation_key": uuid4(), **own})
        if is_province:
            self.fields["request_to"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Give a page whose key cannot be read a new one, and say so above the form."""
        if "creation_key" in self.errors:
            del self.errors["creation_key"]
            self.data = dict(self.data.items()) | {"creation_key": str(uuid4())}
            self.add_error(None, _("This page lost its key. Your text is here: press once more."))
        return super().clean() or self.cleaned_data


class KeyForm(forms.Form):
    """The key that makes one draft of many presses of a copy."""

    creation_key = forms.UUIDField(required=False)


class NoteForm(forms.Form):
    """The words that go along with an act: why it is withdrawn, what the officer changes."""

    note = PlainText(
        length=1000,
        is_line=False,
        required=True,
        label=_("Reason"),
        error_messages={"required": _("Write a few words.")},
    )

    def __init__(self, data: Any = None, *, label: Any = None, auto_id: str = "id_%s") -> None:
        super().__init__(data, auto_id=auto_id)
        if label:
            self.fields["note"].label = label


class ConfirmForm(forms.Form):
    """Nothing is asked; the form only carries what hinders the act."""


class OwnFilter(forms.Form):
    """Search, filters and order of the own list; anything else counts as not chosen."""

    q = PlainText(length=100, label=_("Search"))
    status = Word(words=[("", _("Every status")), *Status.choices], label=_("Status"))
    jenis = Word(words=[("", _("Every kind")), *RequestTo.choices], label=_("Kind"))
    urut = Word(words=[(key, word) for key, (word, _order) in SORTS.items()], label=_("Order"))

    def chosen(self) -> dict[str, str]:
        """Return what can be read of the filter; the rest is left out."""
        self.full_clean()
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields}


class SummaryFilter(forms.Form):
    """Search and filters of what all offices sent."""

    q = PlainText(length=100, label=_("Search"))
    daerah = Word(words=[], label=_("Region"))
    jenis = Word(words=[("", _("Every kind")), *RequestTo.choices], label=_("Kind"))
    status = Word(words=[], label=_("Status"))

    def __init__(self, data: Any, *, offices: list[Office], statuses: list[Status]) -> None:
        super().__init__(data)
        places = [(office.region.code, office.region.short_name) for office in offices]
        self.fields["daerah"].choices = [("", _("Every region")), *places]  # type: ignore[attr-defined]  # a Word
        words = [(status.value, status.label) for status in statuses]
        self.fields["status"].choices = [("", _("Every status")), *words]  # type: ignore[attr-defined]  # a Word

    def chosen(self) -> dict[str, str]:
        """Return what can be read of the filter; the rest is left out."""
        self.full_clean()
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields}


MOST_IDS = 500


def ids_in(texts: Iterable[str], *, most: int = MOST_IDS) -> list[int]:
    """Return the ids among the words that came with a form or an address, each once."""
    read = [int(text) for text in texts if text.isdecimal() and len(text) < 19]
    return list(dict.fromkeys(read))[:most]
