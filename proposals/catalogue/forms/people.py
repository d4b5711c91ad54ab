"""People and offices: forms and the filters of their lists."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proposals.catalogue.actions.people import hindrance
from proposals.catalogue.forms.filters import LOOK
from proposals.catalogue.forms.versioned import VersionedForm
from proposals.catalogue.queries.lists import ALL, IN_USE, RETIRED
from proposals.enums import OfficeKind, Role
from proposals.models import Division, Office, Region, User


class PersonForm(VersionedForm):
    """Who somebody is, and as what this person works where."""

    class Meta:
        model = User
        fields = ("full_name", "email", "role", "office", "division", "language")

    def __init__(self, person: User | None, data: Any = None) -> None:
        super().__init__(data, instance=_copy(person))
        kept = person or User()
        office: Any = self.fields["office"]
        office.label = _("Office")
        office.queryset = Office.objects.filter(
            Q(is_retired=False) | Q(pk=kept.office_id)
        ).select_related("region")
        division: Any = self.fields["division"]
        division.label = _("Division")
        division.queryset = Division.objects.filter(Q(is_retired=False) | Q(pk=kept.division_id))
        self.fields["office"].help_text = str(_("Only an observer may have none."))
        self.fields["division"].help_text = str(_("Only for the provincial industry office."))

    def validate_unique(self) -> None:
        """Say nothing: ``clean_email`` says it, whatever the letters' case."""

    def clean_email(self) -> str:
        """An address belongs to one person, in small or capital letters."""
        email: str = self.cleaned_data["email"].strip().lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Somebody with this e-mail address exists already."))
        return email

    def clean(self) -> dict[str, Any]:
        """Tell at its field what does not go together."""
        clean = super().clean() or self.cleaned_data
        if "role" not in clean or "office" not in clean:
            return clean
        office, division = clean["office"], clean.get("division")
        if reason := hindrance(role=clean["role"], office=office):
            self.add_error("office", reason)
        elif reason := hindrance(role=clean["role"], office=office, division=division):
            self.add_error("division", reason)
        return clean


def _copy(person: User | None) -> User:
    """Return a person of its own for the form, so that the one on the page stays as stored."""
    return User.objects.get(pk=person.pk) if person else User()


class OfficeForm(VersionedForm):
    """The name of an office, and who may send from it."""

    class Meta:
        model = Office
        fields = ("name", "officers_may_send")
        help_texts = {
            "officers_may_send": _("Otherwise the head of office alone sends proposals."),
        }


class NewOfficeForm(forms.ModelForm[Office]):
    """An office beside the industry offices and planning agencies."""

    class Meta:
        model = Office
        fields = ("region", "name", "parent")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        region: Any = self.fields["region"]
        region.label, region.queryset = _("Region"), Region.objects.order_by("code")
        parent: Any = self.fields["parent"]
        parent.label = _("Belongs to the office")
        parent.queryset = Office.objects.filter(is_retired=False).select_related("region")


class PeopleFilter(forms.Form):
    """Search, role, office and state of the list of people."""

    STATES = ((IN_USE, _("Active")), (RETIRED, _("Closed")), (ALL, _("All")))

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("Role: all")), *Role.choices]
    )
    office = forms.ModelChoiceField(
        Office.objects.all(), label=_("Office"), required=False, empty_label=str(_("Office: all"))
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data or None)
        self.fields["office"].empty_label = _("Office: all")  # type: ignore[attr-defined]  # of rows
        for name in ("state", "role", "office"):
            self.fields[name].widget.attrs["class"] = LOOK

    def asked(self) -> dict[str, Any]:
        """Return the values that could be read."""
        self.is_valid()
        return dict(getattr(self, "cleaned_data", {}))

    def drop_downs(self) -> list[forms.BoundField]:
        """Return the filters as the page shows them."""
        return [self[name] for name in self.fields if name != "q"]


class OfficeFilter(forms.Form):
    """Search, kind and state of the list of offices."""

    STATES = ((IN_USE, _("In use")), (RETIRED, _("Retired")), (ALL, _("All")))

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("Kind: all")), *OfficeKind.choices]
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data or None)
        for name in ("state", "kind"):
            self.fields[name].widget.attrs["class"] = LOOK

    def asked(self) -> dict[str, Any]:
        """Return the values that could be read."""
        self.is_valid()
        return dict(getattr(self, "cleaned_data", {}))

    def drop_downs(self) -> list[forms.BoundField]:
        """Return the filters as the page shows them."""
        return [self[name] for name in self.fields if name != "q"]
