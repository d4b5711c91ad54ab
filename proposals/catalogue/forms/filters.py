"""Search, filters and order of a list, read from its address; what is wrong there is ignored."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from proposals.catalogue.queries.cells import word_of
from proposals.catalogue.queries.lists import ALL, IN_USE, RETIRED
from proposals.catalogue.specs import ListSpec

STATES = ((IN_USE, _("In use")), (RETIRED, _("Retired")), (ALL, _("All")))
YES_NO = (("1", _("yes")), ("0", _("no")))
LOOK = "form-select form-select-sm w-auto"


class FilterForm(forms.Form):
    """Search box, state, and one drop-down for each filter of the list."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    sort = forms.CharField(required=False, max_length=60)

    def __init__(self, spec: ListSpec, data: Mapping[str, Any]) -> None:
        super().__init__(data or None, initial={"state": IN_USE})
        for name in spec.filters:
            self.fields[name] = filter_field(spec, name)
        for name in ("state", *spec.filters):
            self.fields[name].widget.attrs["class"] = LOOK

    def asked(self) -> dict[str, Any]:
        """Return the values that could be read."""
        self.is_valid()
        return dict(getattr(self, "cleaned_data", {}))

    @property
    def order(self) -> str:
        """Return the order that was asked for."""
        return str(self.asked().get("sort", ""))

    def drop_downs(self) -> list[forms.BoundField]:
        """Return the filters as the page shows them."""
        return [self[name] for name in self.fields if name not in {"q", "sort"}]

    def is_narrowed(self) -> bool:
        """Tell whether anything is searched or filtered."""
        asked = {name: value for name, value in self.asked().items() if name != "sort"}
        return any(value not in {None, "", IN_USE} for value in asked.values())


def filter_field(spec: ListSpec, name: str) -> forms.Field:
    """Return the drop-down of one column."""
    column: Any = spec.model._meta.get_field(name)
    label = capfirst(word_of(spec, name))
    empty = _("%(label)s: all") % {"label": label}
    if column.is_relation:
        rows = column.related_model._default_manager.filter(is_retired=False)
        return forms.ModelChoiceField(rows, label=label, required=False, empty_label=str(empty))
    if isinstance(column, models.BooleanField):
        choices = [(code, f"{label}: {word}") for code, word in YES_NO]
        return forms.TypedChoiceField(
            choices=[("", empty), *choices],
            coerce=_is_one,
            empty_value="",
            label=label,
            required=False,
        )
    return forms.ChoiceField(
        choices=[("", empty), *_choices(spec, column)], label=label, required=False
    )


def _is_one(text: str) -> bool:
    return text == "1"


def _choices(spec: ListSpec, column: Any) -> list[tuple[Any, Any]]:
    if column.flatchoices:
        return list(column.flatchoices)
    if column.name in spec.words:
        return list(spec.words[column.name].items())
    values = spec.model._default_manager.order_by(column.name).values_list(column.name, flat=True)
    return [(value, value) for value in values.distinct()]
