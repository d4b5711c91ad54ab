"""The lists of a proposal as rows of a form: results, places, materials, money."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import TOTAL_FORM_COUNT
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proposals.enums import MaterialOrigin, ResultKind, UseRole
from proposals.filing.actions.parts import Row, line_total
from proposals.filing.forms.content import QuietForm
from proposals.filing.forms.values import Number, Pick, PlainText, Rupiah, Word
from proposals.rupiah import MAX_RUPIAH
from proposals.web import number_in

MAX_ROWS = 60


class RowId(forms.Field):
    """The id of a row that stands; a new row has none, or a key of the browser's own."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> int | None:
        """Return the id; nothing for a new row."""
        return number_in(str(value or ""), 18)


class RowForm(QuietForm):
    """One row; a row in which nothing is typed is no row."""

    id = RowId(required=False)
    always_set: frozenset[str] = frozenset({"id"})
    needed: tuple[str, ...] = ()

    def has_changed(self) -> bool:
        """Tell whether anything is typed in this row."""
        typed = (self[name].data for name in self.fields if name not in self.always_set)
        return any(str(value or "").strip() for value in typed)

    def clean(self) -> dict[str, Any]:
        """Ask for what a row cannot be kept without."""
        for name in self.needed:
            if name not in self.errors and self.cleaned_data.get(name) in {None, ""}:
                self.add_error(name, _("Fill this in, or empty the whole row."))
        return self.cleaned_data

    def row(self) -> Row:
        """Return the clean values of the row."""
        return dict(self.cleaned_data)


class OutputRow(RowForm):
    """A result with unit and target."""

    always_set = frozenset({"id", "kind"})
    needed = ("text", "unit", "target")
    kind = Word(words=ResultKind.choices, required=True, label=gettext_lazy("Kind"))
    text = PlainText(length=200, label=gettext_lazy("Result"))
    unit = PlainText(length=40, label=gettext_lazy("Unit"))
    target = Number(places=2, digits=15, is_above_zero=True, label=gettext_lazy("Target"))


class LineRow(RowForm):
    """A budget line; its total is computed, ``question`` asks about a slip of a thousand."""

    needed = ("text", "volume", "unit", "unit_cost_rp")
    question = ""
    text = PlainText(length=200, label=gettext_lazy("Description"))
    volume = Number(places=2, digits=12, is_above_zero=True, label=gettext_lazy("Volume"))
    unit = PlainText(length=40, label=gettext_lazy("Unit"))
    unit_cost_rp = Rupiah(label=gettext_lazy("Unit cost (Rp)"))

    @property
    def total_rp(self) -> Any:
        """Return volume x unit cost as far as both can be read; nothing otherwise."""
        volume, cost = (self.read(name) for name in ("volume", "unit_cost_rp"))
        return None if volume is None or cost is None else line_total(volume, cost)


class CoFundingRow(RowForm):
    """What somebody else adds."""

    needed = ("who", "amount_rp")
    who = PlainText(length=200, label=gettext_lazy("Who pays"))
    amount_rp = Rupiah(least=1, label=gettext_lazy("How much (Rp)"))


class FinancingRow(RowForm):
    """A scheme that the beneficiaries want."""

    needed = ("scheme", "amount_rp")
    scheme = Pick(label=gettext_lazy("Scheme"))
    amount_rp = Rupiah(least=1, label=gettext_lazy("How much (Rp)"))
    note = PlainText(length=200, label=gettext_lazy("Note"))


class DistrictRow(RowForm):
    """A district of the own region, with the village as text."""

    needed = ("district",)
    district = Pick(label=gettext_lazy("District"))
    village = PlainText(length=100, label=gettext_lazy("Village (may stay empty)"))


class RegionRow(RowForm):
    """A regency or city in which the province acts."""

    needed = ("region",)
    region = Pick(label=gettext_lazy("Regency or city"))


class MaterialRow(RowForm):
    """A commodity with its quantity a year, where it comes from, and the stage of its tree."""

    commodity = Pick(label=gettext_lazy("Commodity"))
    quantity = Number(
        places=2, digits=15, is_above_zero=True, label=gettext_lazy("Quantity a year")
    )
    unit = PlainText(length=40, label=gettext_lazy("Unit"))
    origin = Word(
        words=[("", gettext_lazy("Choose")), *MaterialOrigin.choices],
        label=gettext_lazy("Where it comes from"),
    )
    stage = Pick(label=gettext_lazy("Stage of the industry tree"))
    needed = ("commodity",)

    def row(self) -> Row:
        """Return the row; a quantity without unit takes the unit of its commodity."""
        row = super().row()
        if row["quantity"] is not None and not row["unit"]:
            row["unit"] = getattr(row["commodity"], "unit", "").partition("/")[0]
        return row


class UseRow(MaterialRow):
    """A further material or product."""

    always_set = frozenset({"id", "role"})
    role = Word(
        words=[choice for choice in UseRole.choices if choice[0] != UseRole.MAIN],
        required=True,
        label=gettext_lazy("Role"),
    )
    field_order = ("role",)


class MainRow(MaterialRow):
    """The main commodity, chosen from cards; at most one."""

    commodity = Pick(label=gettext_lazy("Main commodity"), widget=forms.RadioSelect)

    def row(self) -> Row:
        """Return the row of the main commodity."""
        return super().row() | {"role": UseRole.MAIN}


class RowSet(forms.BaseFormSet[RowForm]):
    """The rows of one list; blank rows are left out, the order is the order of the page."""

    once: tuple[str, ...] = ()
    choices: dict[str, tuple[Iterable[Any], Any]]

    def __init__(self, *args: Any, choices: Any = None, **kwargs: Any) -> None:
        self.choices = choices or {}
        super().__init__(*args, **kwargs)

    def initial_form_count(self) -> int:
        """Treat every posted row alike: whether it stood before is told by its id."""
        return 0 if self.is_bound else super().initial_form_count()

    def add_fields(self, form: RowForm, index: int | None) -> None:
        """Offer the lists that were read once, and name each box for those who cannot see it."""
        super().add_fields(form, index)
        for name, (rows, group) in self.choices.items():
            field = form.fields.get(name)
            if isinstance(field, Pick):
                field.offer(rows, group)
        for field in form.fields.values():
            place = {"field": str(field.label), "row": (index or 0) + 1}
            field.widget.attrs["aria-label"] = _("%(field)s, row %(row)s") % place

    def clean(self) -> None:
        """Refuse the same row twice, at the second one, and a sum too large to be kept."""
        seen: Counter[tuple[Any, ...]] = Counter()
        for form in self.filled():
            key = tuple(form.cleaned_data.get(name) for name in self.once)
            seen[key] += 1
            if self.once and seen[key] > 1:
                form.add_error(self.once[0], _("This stands in the list already."))
        total = sum(form.total_rp or 0 for form in self.filled() if isinstance(form, LineRow))
        if total > MAX_RUPIAH:
            raise ValidationError(_("The budget lines add up to more than the portal can hold."))

    def filled(self) -> list[RowForm]:
        """Return the rows in which something is typed."""
        return [form for form in self.forms if form.has_changed()]

    def rows(self) -> list[Row]:
        """Return the clean rows."""
        return [form.row() for form in self.filled()]

    @property
    def total_rp(self) -> Any:
        """Return the sum of the budget lines as far as they can be read; nothing without any."""
        totals = [form.total_rp for form in self.forms if isinstance(form, LineRow)]
        known = [total for total in totals if total is not None]
        return sum(known) if known else None

    def hush(self) -> None:
        """Say nothing about errors: the person has only asked for another row or a search."""
        self._errors: list[Any] = []
        self._non_form_errors = self.error_class()
        for form in self.forms:
            form.hush()


ROWS: dict[str, tuple[type[RowForm], tuple[str, ...]]] = {
    "outputs": (OutputRow, ()),
    "budget_lines": (LineRow, ()),
    "co_funding": (CoFundingRow, ()),
    "financing_needs": (FinancingRow, ()),
    "locations": (DistrictRow, ("district", "village")),
    "regions": (RegionRow, ("region",)),
    "commodity_uses": (UseRow, ("role", "commodity")),
}
"""List to the form of its rows and what may stand in it once."""


def make_set(
    name: str, *, data: Any, prefix: str, initial: list[Row], choices: dict[str, Any]
) -> RowSet:
    """Make the rows of one list; where it is empty one blank row waits."""
    row, once = ROWS[name]
    made: Any = forms.formset_factory(
        row,
        formset=type("NamedRowSet", (RowSet,), {"once": once}),
        extra=0 if initial else 1,
        max_num=MAX_ROWS,
        absolute_max=MAX_ROWS * 2,
        validate_max=True,
    )
    rows: RowSet = made(data, prefix=prefix, initial=initial or None, choices=choices)
    return rows


def rearranged(data: Any, prefix: str, step: str, at: int) -> Any:
    """Return posted data with a row more, one less, or two changed places; nothing is judged."""
    fresh = data.copy()
    total = _count(fresh.get(f"{prefix}-{TOTAL_FORM_COUNT}"))
    rows = [_taken(fresh, f"{prefix}-{index}-") for index in range(total)]
    other = at - 1 if step == "naik" else at + 1
    if step == "tambah" and total < MAX_ROWS:
        rows.append({})
    elif step == "hapus" and 0 <= at < total:
        rows.pop(at)
    elif step in {"naik", "turun"} and 0 <= at < total and 0 <= other < total:
        rows[at], rows[other] = rows[other], rows[at]
    for index, row in enumerate(rows):
        for name, values in row.items():
            fresh.setlist(f"{prefix}-{index}-{name}", values)
    fresh[f"{prefix}-{TOTAL_FORM_COUNT}"] = str(len(rows))
    return fresh


def _count(text: str | None) -> int:
    return min(int(text), MAX_ROWS * 2) if text and text.isdecimal() and len(text) < 5 else 0


def _taken(data: Any, start: str) -> dict[str, list[str]]:
    """Take the boxes of one row out of the data."""
    names = [name for name in data if name.startswith(start)]
    return {name.removeprefix(start): data.pop(name) for name in names}
