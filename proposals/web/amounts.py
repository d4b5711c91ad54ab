"""The field for an amount: reads rupiah as people type it, shows it with points."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from proposals import rupiah

MAX_TEXT = 40


class RupiahField(forms.Field):
    """Whole rupiah: 2500000, 2.500.000, Rp 2,5 juta; empty is None, 0 is an amount."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Write whole rupiah, for example 2.500.000 or 2,5 juta."),
        "ambiguous": _("This may mean %(readings)s: write every digit, without a comma."),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002 - Django's signature
        """Ask phones for digits and line them up to the right."""
        return {"inputmode": "numeric", "autocomplete": "off", "class": "rk-num"}

    def to_python(self, value: Any) -> Decimal | None:
        """Read the amount; both readings are named where a sign may mean two things."""
        text = str(value or "").strip() if not isinstance(value, (int, Decimal)) else str(value)
        if not text:
            return None
        try:
            return Decimal(rupiah.parse(text[: MAX_TEXT + 1]))
        except rupiah.AmbiguousAmount as error:
            readings = " / ".join(rupiah.format_rp(one) for one in error.readings)
            raise ValidationError(
                self.error_messages["ambiguous"], "ambiguous", {"readings": readings}
            ) from error
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], "invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """Show a stored amount with points; what a person typed stays as it was typed."""
        return rupiah.grouped(int(value)) if isinstance(value, (int, Decimal)) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare amounts, not the ways to write them."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True
