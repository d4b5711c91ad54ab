"""Forms of the cut-off line: how it is drawn, and the name it is kept under."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proposals.enums import CutRule
from proposals.priorities.cutting import Settings

USUAL = Settings()


class SettingsForm(forms.Form):
    """How the line is drawn; what is not given is as usual."""

    aturan = forms.ChoiceField(label=_("Rule"), choices=CutRule.choices, required=False)
    skala = forms.IntegerField(
        label=_("Share of the scale (%)"), min_value=0, max_value=100, required=False
    )
    jatah = forms.IntegerField(
        label=_("Floor per regency"),
        min_value=0,
        max_value=20,
        required=False,
        help_text=_("So many proposals of each regency come first, as far as they fit."),
    )

    ulang = forms.ChoiceField(
        label=_("What is agreed already"),
        choices=(("", _("Counts first")), ("1", _("As if nothing were agreed yet"))),
        required=False,
    )

    def __init__(self, data: Any, *, start: Settings = USUAL) -> None:
        shown = {"aturan": start.rule, "skala": start.scale_share, "jatah": start.floor}
        shown["ulang"] = "1" if start.is_afresh else ""
        given = {name: data[name] for name in ("aturan", "skala", "jatah") if data.get(name)}
        given |= {"ulang": data["ulang"]} if "ulang" in data else {}
        super().__init__(shown | given)
        self.start = start

    @property
    def settings(self) -> Settings:
        """Return what was chosen; where something cannot be read, the usual."""
        if not self.is_valid():
            return self.start
        clean = self.cleaned_data
        return Settings(clean["aturan"], clean["skala"], clean["jatah"], clean["ulang"] == "1")


class NameForm(forms.Form):
    """The name under which a way to draw the line is kept."""

    name = forms.CharField(label=_("Name of the scenario"), max_length=100)
