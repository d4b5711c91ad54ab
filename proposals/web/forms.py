"""Forms of the person's own pages."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

from proposals.models import User


class LogInForm(LoginForm):  # type: ignore[misc]  # untyped package
    """E-mail address and password, in plain words and without placeholders."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("login", _("E-mail address")), ("password", _("Password"))):
            field = self.fields[name]
            field.label, field.help_text = label, ""
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["class"] = "form-control-lg"
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autofocus": True}


class ProfileForm(forms.ModelForm[User]):
    """How the portal looks and answers for one person."""

    class Meta:
        model = User
        fields = ("language", "theme", "uses_shortcuts")
        widgets = {"language": forms.RadioSelect, "theme": forms.RadioSelect}
        help_texts = {
            "uses_shortcuts": _(
                "Single keys such as / and j work outside fields. Turn them off if they get in"
                " the way of your screen reader or voice control."
            )
        }
