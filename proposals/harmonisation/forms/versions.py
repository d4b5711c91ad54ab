"""Forms that carry the version they were read at, and say what somebody stored meanwhile."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class VersionedForm(forms.Form):
    """A form of one programme; ``sent`` is what the person sent, to be filled and sent again."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, sent: QueryDict | None = None, **kwargs: Any) -> None:
        self.sent = None if sent is None else sent.copy()
        super().__init__(self.sent, **kwargs)

    @property
    def version(self) -> int:
        """Return the version the person has read; without one nothing was read."""
        return self.cleaned_data.get("row_version") or 0

    def mark_conflict(self) -> None:
        """Say beside every field that differs what somebody stored meanwhile.

        The form carries the new version from now on: saving again is then a choice.
        """
        self.full_clean()
        for name, field in self.fields.items():
            stored = self.get_initial_for_field(field, name)
            if name != "row_version" and field.has_changed(stored, self.data.get(name)):
                shown = _in_words(field, stored)
                self.add_error(name, _("Stored meanwhile: %(value)s.") % {"value": shown})
        if self.sent is not None:
            self.sent["row_version"] = str(self.initial["row_version"])


def _in_words(field: forms.Field, stored: Any) -> str:
    """Write a stored value as the field shows it."""
    if isinstance(field, forms.ChoiceField):
        choices = cast("Iterable[tuple[Any, Any]]", field.choices)
        return str({str(value): label for value, label in choices}.get(str(stored), "–"))
    value = field.prepare_value(stored)
    return "–" if value in {None, ""} else str(value)


class NoteForm(VersionedForm):
    """A note on an act."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReasonForm(VersionedForm):
    """The reason for an act: it stands in the history of every member."""

    note = forms.CharField(
        label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class NotAlikeForm(VersionedForm):
    """Why two proposals do not overlap: the next who looks reads it."""

    note = forms.CharField(
        label=gettext_lazy("Why it is not an overlap"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def again(self, row_version: int) -> "NotAlikeForm":
        """Return the form as it was sent, for the version that stands now."""
        form = NotAlikeForm(self.sent, initial={"row_version": row_version})
        if form.sent is not None:
            form.sent["row_version"] = str(row_version)
        form.add_error(None, _("This pair changed meanwhile: look at it again, then decide."))
        return form
