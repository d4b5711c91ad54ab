"""What narrows the queue: search, filters, order; a value that cannot be is left out."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proposals.enums import RequestTo, Status
from proposals.review.queries import ORDERS, SEARCH_LENGTH
from proposals.transitions import OWN_ONLY

Lists = Mapping[str, list[tuple[int, str]]]
SENT = [(status.value, status.label) for status in Status if status not in OWN_ONLY]
WORDS = {
    "kantor": _("Regency or city"),
    "sektor": _("Sector"),
    "jenis": _("Kind of proposal"),
    "status": _("Status"),
    "dana": _("Source of money"),
    "penelaah": _("Reviewer"),
    "urut": _("Order"),
}


class FilterForm(forms.Form):
    """Search and filters as they stand in the address."""

    q = forms.CharField(label=_("Search"), required=False, max_length=SEARCH_LENGTH)

    def __init__(self, data: Any, *, lists: Lists) -> None:
        super().__init__(data, auto_id="f-%s")
        self.offered: dict[str, list[tuple[Any, Any]]] = {
            "kantor": [*lists["kantor"]],
            "sektor": [*lists["sektor"]],
            "jenis": list(RequestTo.choices),
            "status": SENT,
            "dana": [*lists["dana"]],
            "penelaah": [*lists["penelaah"]],
            "urut": [(key, order.word) for key, order in ORDERS.items()],
        }
        look = {"class": "form-select form-select-sm mb-2"}
        for name, rows in self.offered.items():
            self.fields[name] = forms.TypedChoiceField(
                label=WORDS[name],
                choices=[("", _("All")), *rows],
                coerce=int if name in lists else str,
                required=False,
                widget=forms.Select(attrs=look),
            )

    def wanted(self) -> dict[str, Any]:
        """Return what is asked for; an unknown value asks for nothing."""
        self.is_valid()
        return self.cleaned_data

    def word(self, name: str) -> str:
        """Return the chosen value of a filter in words."""
        chosen = self.cleaned_data.get(name)
        return next((str(word) for value, word in self.offered[name] if value == chosen), "")
