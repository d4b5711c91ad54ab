"""The form of one row, made from the list's table; it never writes."""

from copy import copy
from functools import partial
from typing import Any

from django import forms
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from proposals import web
from proposals.catalogue.forms.versioned import VersionedForm, day_input
from proposals.catalogue.queries.cells import word_of
from proposals.catalogue.specs import ListSpec
from proposals.enums import NomenclatureDepth
from proposals.models import DerivativeStage, Nomenclature
from proposals.models.listed import Listed

LONG, VERY_LONG = 200, 2000


ORDERED = (
    ("unit_cost_low_rp", "unit_cost_high_rp"),
    ("ceiling_min_rp", "ceiling_max_rp"),
    ("valid_from", "valid_to"),
)


class RowForm(VersionedForm):
    """Names and columns of a row of a reference list."""

    def __init__(self, spec: ListSpec, row: Listed | None, data: Any = None) -> None:
        self.spec = spec
        self.links = spec.links
        self.words = spec.words
        super().__init__(data, instance=copy(row) if row else spec.model())
        for name, field in self.fields.items():
            field.help_text = str(spec.helps.get(name, ""))
            if isinstance(field, forms.ModelChoiceField):
                self._offer(name, field)

    def _offer(self, name: str, field: "forms.ModelChoiceField[Any]") -> None:
        """Offer rows in use, and what the row has chosen already."""
        rows = field.queryset
        if rows is None or not issubclass(rows.model, Listed):
            return
        offered = Q(is_retired=False)
        if self.instance.pk and name in self.spec.links:
            offered |= Q(pk__in=getattr(self.instance, name).values("pk"))
        elif kept := getattr(self.instance, f"{name}_id", None):
            offered |= Q(pk=kept)
        rows = rows.filter(offered)
        if rows.model is Nomenclature:
            rows = rows.filter(depth=NomenclatureDepth.SUB_ACTIVITY)
        field.queryset = rows

    def clean_parent(self) -> Listed | None:
        """A stage is not made from itself, nor from what is made from it."""
        parent: DerivativeStage | None = self.cleaned_data["parent"]
        above = parent
        while above is not None and self.instance.pk:
            if above.pk == self.instance.pk:
                raise forms.ValidationError(_("A stage cannot be made from itself."))
            above = above.parent
        return parent

    def clean(self) -> dict[str, Any]:
        """The upper end of a band is not below its lower end."""
        clean = super().clean() or self.cleaned_data
        for low, high in ORDERED:
            begins, ends = clean.get(low), clean.get(high)
            if begins is not None and ends is not None and ends < begins:
                self.add_error(high, _("This must not be less than where it begins."))
        return clean


def row_form(spec: ListSpec, row: Listed | None, data: Any = None) -> RowForm:
    """Return the form of a row, or of a new one."""
    names = [name for name in spec.fields if row is None or name not in spec.new_only]
    form_class: Any = forms.modelform_factory(
        spec.model, RowForm, names, formfield_callback=partial(form_field, spec)
    )
    form: RowForm = form_class(spec, row, data)
    return form


def form_field(spec: ListSpec, column: Any, **options: Any) -> forms.Field | None:
    """Return the field of one column."""
    options |= {"label": capfirst(word_of(spec, column.name))}
    required = not column.blank
    if column.name in spec.words:
        choices = [("", "–"), *spec.words[column.name].items()]
        return forms.ChoiceField(choices=choices, label=options["label"], required=required)
    if isinstance(column, models.DecimalField) and column.name.endswith("_rp"):
        return web.RupiahField(label=options["label"], required=required)
    if isinstance(column, models.DateField):
        options["widget"] = day_input()
    elif column.many_to_many:
        options |= {"widget": forms.CheckboxSelectMultiple, "required": False}
    elif (column.max_length or 0) >= LONG and not column.name.startswith("name_"):
        rows = 6 if (column.max_length or 0) >= VERY_LONG else 2
        options["widget"] = forms.Textarea(attrs={"rows": rows})
    field: forms.Field | None = column.formfield(**options)
    return field
