"""The filter of the list of letters."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proposals.catalogue.forms.filters import LOOK
from proposals.enums import LetterState


class LetterFilter(forms.Form):
    """Search in subject and address, and the state of a letter."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("State: all")), *LetterState.choices]
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data or None)
        self.fields["state"].widget.attrs["class"] = LOOK

    def asked(self) -> dict[str, Any]:
        """Return the values that could be read."""
        self.is_valid()
        return dict(getattr(self, "cleaned_data", {}))

    def drop_downs(self) -> list[forms.BoundField]:
        """Return the filters as the page shows them."""
        return [self["state"]]
