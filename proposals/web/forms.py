"""Forms of the person's own pages."""

from typing import Any

from allauth.account import forms as account
from django import forms
from django.utils.translation import gettext_lazy as _

from proposals.models import User


class _WithoutPlaceholders:
    """Leave out the placeholders, which say the label twice, and the link below a password."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        for name in ("password", "oldpassword"):
            if name in self.fields:
                self.fields[name].help_text = ""


class LogInForm(_WithoutPlaceholders, account.LoginForm):  # type: ignore[misc]  # untyped package
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("login", _("E-mail address")), ("password", _("Password"))):
            self.fields[name].label = label
            self.fields[name].widget.attrs["class"] = "form-control-lg"
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autofocus": True}


class ChangePasswordForm(_WithoutPlaceholders, account.ChangePasswordForm):  # type: ignore[misc]  # untyped package
    """The present password and a new one, twice."""


class SetPasswordForm(_WithoutPlaceholders, account.SetPasswordForm):  # type: ignore[misc]  # untyped package
    """The first password, twice."""


class AskForPasswordForm(_WithoutPlaceholders, account.ResetPasswordForm):  # type: ignore[misc]  # untyped package
    """Where the letter with the link goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")


class NewPasswordForm(_WithoutPlaceholders, account.ResetPasswordKeyForm):  # type: ignore[misc]  # untyped package
    """A new password after following the link, twice."""


class ConfirmForm(_WithoutPlaceholders, account.ReauthenticateForm):  # type: ignore[misc]  # untyped package
    """The present password, once more."""


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
