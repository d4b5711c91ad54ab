"""Fields that read what people type: text without hidden characters, rupiah, numbers, choices."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proposals import rupiah
from proposals.templatetags.figures import num

HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
MAX_WHOLE = 2_147_483_647
Words = str | Promise


class PlainText(forms.CharField):
    """Text that can be kept and printed: no hidden control characters, not longer than its box."""

    def __init__(self, *, length: int, is_line: bool = True, rows: int = 4, **kwargs: Any) -> None:
        self.length, self.is_line = length, is_line
        widget = forms.TextInput() if is_line else forms.Textarea(attrs={"rows": rows})
        super().__init__(**({"required": False, "widget": widget} | kwargs))

    def to_python(self, value: Any) -> str:
        """Refuse hidden characters and too long a text; keep everything else as typed."""
        text = "" if value is None else str(value).replace("\r\n", "\n")
        if HIDDEN.search(text):
            raise ValidationError(
                _(
                    "This text holds hidden characters that cannot be kept; they often come along"
                    " when copying from another file. Delete them, or type the text anew."
                )
            )
        text = (" ".join(text.split()) if self.is_line else text).strip()
        if len(text) > self.length:
            raise ValidationError(
                _("Write at most %(limit)s characters; now there are %(length)s.")
                % {"limit": num(self.length), "length": num(len(text))}
            )
        return text


@dataclass(frozen=True)
class Reading:
    """One way to read an amount: the figures for the field, and the amount in full and in words."""

    figures: str
    text: str
    words: str


class AmountBox(BoundField):
    """An amount on the page: its value in words, and the readings of what is ambiguous."""

    @property
    def readings(self) -> list[Reading]:
        """Return the readings to choose from; none where the amount is clear."""
        wrong = self.form.errors.as_data().get(self.name, []) if self.form.is_bound else []
        found = [error.params for error in wrong if error.code == "ambiguous" and error.params]
        return [
            Reading(rupiah.grouped(amount), rupiah.format_rp(amount), rupiah.terbilang(amount))
            for params in found
            for amount in params["readings"]
        ]

    @property
    def in_words(self) -> str:
        """Return the amount in Indonesian words; nothing where it is empty or cannot be read."""
        text = str(self.value() or "").strip()
        try:
            return f"{rupiah.terbilang(rupiah.parse(text))} rupiah" if text else ""
        except ValueError:
            return ""


class Rupiah(forms.Field):
    """An amount as people type it: 2.500.000, Rp 2,5 juta, 1,5 miliar; empty is not zero.

    What can be read in two ways is an error that carries both readings.
    """

    widget = forms.TextInput

    def __init__(self, *, least: int = 0, **kwargs: Any) -> None:
        self.least = least
        super().__init__(**({"required": False} | kwargs))

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> AmountBox:
        """Return the amount as the page shows it."""
        return AmountBox(form, self, field_name)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002 - Django's
        """Set figures right and keep the browser from guessing."""
        return {
            "class": "rk-num",
            "autocomplete": "off",
            "spellcheck": "false",
            "data-rupiah": gettext_lazy("or"),
        }

    def prepare_value(self, value: Any) -> Any:
        """Show an amount with its points; what was typed stays as typed."""
        return rupiah.grouped(int(value)) if isinstance(value, int | Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        """Read whole rupiah, or say what is wrong with an example of what is right."""
        text = str(value or "").strip()
        if not text:
            return None
        amount = Decimal(_read_rupiah(text))
        if amount < self.least:
            raise ValidationError(_("Write more than Rp 0."))
        return amount


def _ways(readings: Iterable[int]) -> str:
    """Name each reading and how it is written so that it cannot be mistaken."""
    return _(" or ").join(
        _("%(amount)s (write %(figures)s)")
        % {"amount": rupiah.format_rp(one), "figures": rupiah.grouped(one)}
        for one in readings
    )


def _read_rupiah(text: str) -> int:
    try:
        return rupiah.parse(text)
    except rupiah.AmbiguousAmount as error:
        raise ValidationError(
            _("This may mean %(ways)s: write it with all its zeros.")
            % {"ways": _ways(error.readings)},
            code="ambiguous",
            params={"readings": error.readings},
        ) from error
    except ValueError as error:
        if re.match(r"^\s*(rp)?\s*[-\u2212]", text, re.IGNORECASE):
            raise ValidationError(_("An amount cannot be below zero.")) from error
        if len(re.sub(r"\D", "", text)) > 18 or "too large" in str(error):
            raise ValidationError(_("This is more than the portal can hold.")) from error
        raise ValidationError(
            _("Write an amount in whole rupiah, for example 2.500.000 or 2,5 juta.")
        ) from error


class Number(forms.Field):
    """A figure in Indonesian form: 1.250 or 2,5; ``places`` decimals at most."""

    widget = forms.TextInput

    def __init__(
        self, *, places: int = 0, digits: int = 10, is_above_zero: bool = False, **kwargs: Any
    ) -> None:
        self.places, self.digits, self.is_above_zero = places, digits, is_above_zero
        super().__init__(**({"required": False} | kwargs))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002 - Django's
        """Set figures right and offer the digits on a phone."""
        mode = "decimal" if self.places else "numeric"
        return {"class": "rk-num", "autocomplete": "off", "inputmode": mode}

    def prepare_value(self, value: Any) -> Any:
        """Show a figure in Indonesian form; what was typed stays as typed."""
        return num(value) if isinstance(value, int | Decimal | float) else value

    def to_python(self, value: Any) -> Decimal | int | None:
        """Read the figure, or say what is wrong with an example of what is right."""
        text = str(value or "").strip().replace("\N{NO-BREAK SPACE}", "")
        if not text:
            return None
        number = _read_number(text)
        if self.is_above_zero and number == 0:
            raise ValidationError(_("Write a number above zero."))
        most = MAX_WHOLE if not self.places else 10 ** (self.digits - self.places) - 1
        if number > most:
            raise ValidationError(_("This is more than the portal can hold."))
        if number != round(number, self.places):
            raise ValidationError(self._too_fine())
        return number if self.places else int(number)

    def _too_fine(self) -> str:
        if not self.places:
            return _("Write a whole number, for example 25.")
        return _("Write at most %(places)s figures after the comma.") % {"places": self.places}


def _read_number(text: str) -> Decimal:
    """Read 1.250, 1250, 2,5, 2.5 and 1.250,75; a minus and words are refused in words."""
    if re.match(r"^[-\u2212]", text):
        raise ValidationError(_("A number cannot be below zero."))
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?", text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if re.fullmatch(r"[0-9]{1,40}([.,][0-9]{1,10})?", text):
        return Decimal(text.replace(",", "."))
    raise ValidationError(_("Write a number, for example 25 or 1.250."))


class Pick(forms.Field):
    """A choice of reference rows that were read once; gives the row itself, or nothing.

    An unknown code is refused; what was chosen before stays possible though it be retired.
    """

    widget = forms.Select
    empty_word: Words = gettext_lazy("Choose")

    def __init__(self, *, empty_word: Words | None = None, **kwargs: Any) -> None:
        self.rows: dict[str, Model] = {}
        if empty_word is not None:
            self.empty_word = empty_word
        super().__init__(**({"required": False} | kwargs))

    def offer(self, rows: Iterable[Any], group: Callable[[Any], Words] | None = None) -> None:
        """Offer these rows, under headings where a group is given."""
        found = list(rows)
        self.rows = {str(row.pk): row for row in found}
        self.choices = [("", self.empty_word), *_grouped(found, group)]

    @property
    def choices(self) -> Sequence[Any]:
        """Return what the list of choices shows."""
        return list(getattr(self.widget, "choices", ()))

    @choices.setter
    def choices(self, value: Sequence[Any]) -> None:
        self.widget.choices = value

    def prepare_value(self, value: Any) -> Any:
        """Show a row by its id."""
        return value.pk if isinstance(value, Model) else value

    def to_python(self, value: Any) -> Model | None:
        """Return the chosen row."""
        if value in {None, ""}:
            return None
        if str(value) not in self.rows:
            raise ValidationError(_("This choice is not in the list any more: choose again."))
        return self.rows[str(value)]


def _grouped(rows: Sequence[Any], group: Callable[[Any], Words] | None) -> list[tuple[Any, Any]]:
    if group is None:
        return [(row.pk, row.name) for row in rows]
    found: dict[str, list[tuple[int, str]]] = {}
    for row in rows:
        found.setdefault(str(group(row)), []).append((row.pk, row.name))
    return list(found.items())


class Word(forms.ChoiceField):
    """A choice of a closed list of words; "" where nothing is chosen."""

    default_error_messages = {
        "invalid_choice": gettext_lazy("This choice is not in the list any more: choose again.")
    }

    def __init__(self, *, words: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(choices=list(words), **kwargs)
