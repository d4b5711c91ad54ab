"""Choosing a workbook to upload, and a cell to mend."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WorkbookForm(forms.Form):
    """The file that an office has filled in."""

    file = forms.FileField(
        label=_("Filled workbook or CSV"),
        help_text=_("Excel workbook (.xlsx) or CSV, at most 10 MB."),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file first.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class MendForm(forms.Form):
    """One reading of an amount that can be read in several ways: row, column and figures."""

    pakai = forms.RegexField(r"^[0-9]{1,18}:[a-z_]{1,30}:[0-9]{1,18}$")

    def cell(self) -> tuple[int, str, str]:
        """Return the id of the row, the name of the column and the figures."""
        row, column, figures = self.cleaned_data["pakai"].split(":")
        return int(row), column, figures
