"""One form for each other act of the check."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proposals.models import Division, User
from proposals.review.forms.filters import Lists


class AssignForm(forms.Form):
    """Who checks the ticked proposals; what is left empty stays as it is."""

    def __init__(self, data: Any = None, *, lists: Lists) -> None:
        super().__init__(data, auto_id="tugas-%s")
        for name, word in (("bidang", _("Division")), ("penelaah", _("Reviewer"))):
            self.fields[name] = forms.TypedChoiceField(
                label=word,
                choices=[("", word), *lists[name]],
                coerce=int,
                required=False,
                widget=forms.Select(attrs={"class": "form-select form-select-sm w-auto"}),
            )

    def given(self) -> dict[str, Any]:
        """Return the chosen division and reviewer as rows; nothing where nothing was chosen."""
        self.is_valid()
        division, reviewer = (self.cleaned_data.get(name) or 0 for name in ("bidang", "penelaah"))
        return {
            "division": Division.objects.filter(pk=division).first(),
            "reviewer": User.objects.filter(pk=reviewer).first(),
        }
