"""A form that knows the version of the row it was made from, so that nothing is lost unseen."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _

from proposals.catalogue.queries.cells import DASH, Cell, Words, tell


@dataclass(frozen=True, slots=True)
class Difference:
    """A column that two people see differently."""

    stored: Cell
    mine: Cell


class VersionedForm(forms.ModelForm[Any]):
    """Reads columns of one row; it never writes, and leaves constraints to the database."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    links: tuple[str, ...] = ()
    words: Words = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["row_version"].initial = getattr(self.instance, "row_version", 1)
        for field in self.fields.values():
            _name_the_empty_choice(field)

    def validate_constraints(self) -> None:
        """Say nothing: an action tells what the database refuses, in words."""

    @property
    def seen_version(self) -> int:
        """Return the version of the row that the person saw."""
        return self.cleaned_data.get("row_version") or 0

    @property
    def values(self) -> dict[str, Any]:
        """Return the clean values of the row's own columns."""
        own = {field.name for field in self.instance._meta.concrete_fields} - {"row_version"}
        return {name: value for name, value in self.cleaned_data.items() if name in own}

    @property
    def linked(self) -> dict[str, list[Model]]:
        """Return the rows chosen in many-to-many columns."""
        return {name: list(self.cleaned_data[name]) for name in self.links}

    def seen(self, stored: Model) -> None:
        """Take note that the page shows this state of the row beside what was typed."""
        data: Any = self.data
        data = data.copy()
        data[self.add_prefix("row_version")] = str(getattr(stored, "row_version", 0))
        self.data = data

    def differences(self, stored: Model) -> list[Difference]:
        """List what the person typed otherwise than it is stored now."""
        pairs = [
            Difference(tell(stored, name, self.words), tell(self.instance, name, self.words))
            for name in self.values
        ]
        pairs += [self._links_differ(stored, name) for name in self.links]
        return [pair for pair in pairs if str(pair.stored.value) != str(pair.mine.value)]

    def _links_differ(self, stored: Model, name: str) -> Difference:
        before = tell(stored, name)
        chosen = ", ".join(map(str, self.cleaned_data[name])) or DASH
        return Difference(before, Cell(name, before.word, "text", chosen))


def day_input() -> forms.DateInput:
    """Return the browser's own calendar for a day."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def moment_input() -> forms.DateTimeInput:
    """Return the browser's own calendar for a moment, read as WITA."""
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def _name_the_empty_choice(field: Any) -> None:
    """Say "Choose" where Django draws a row of dashes."""
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label is not None:
            field.empty_label = _("Choose")
    elif isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        field.choices = [(value, word if value else _("Choose")) for value, word in choices]
