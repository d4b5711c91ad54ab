"""Planning years, what offices have of them, and ceilings."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from proposals import web
from proposals.catalogue.forms.versioned import VersionedForm, day_input, moment_input
from proposals.models import (
    Ceiling,
    FundingSource,
    Nomenclature,
    OfficeYear,
    PlanningYear,
    PriorityFlag,
    Region,
    Sector,
)
from proposals.rupiah import format_rp

ZERO = Decimal(0)


class YearForm(VersionedForm):
    """The window, the days and the limit of a planning year; times are WITA."""

    confirms_growth = forms.BooleanField(label=_("Yes, let the list grow"), required=False)

    class Meta:
        model = PlanningYear
        fields = (
            *("fiscal_year", "opens_at", "closes_at", "return_due_on", "meets_from"),
            *("meets_until", "max_priority_sectors", "nomenclature_edition"),
        )
        widgets = {
            "opens_at": moment_input(),
            "closes_at": moment_input(),
            "return_due_on": day_input(),
            "meets_from": day_input(),
            "meets_until": day_input(),
        }
        help_texts = {
            "opens_at": _("WITA. Sending is possible from here on, once the year is open."),
            "closes_at": _("WITA. Sending is possible until here; drafts may be saved afterwards."),
            "max_priority_sectors": _("Not all can be first: fewer sectors keep raw material."),
            "nomenclature_edition": _("New proposals take their codes from this edition."),
        }

    def __init__(self, year: PlanningYear | None, data: Any = None) -> None:
        super().__init__(data, instance=_fresh(year) if year else PlanningYear())
        self.stored_limit = year.max_priority_sectors if year else None
        editions = Nomenclature.objects.order_by("edition").values_list("edition", flat=True)
        self.fields["nomenclature_edition"] = forms.ChoiceField(
            label=_("Nomenclature edition"),
            choices=[(one, one) for one in editions.distinct()],
            help_text=str(self.fields["nomenclature_edition"].help_text),
        )
        if "confirms_growth" not in self.data:
            self.fields["confirms_growth"].widget = forms.HiddenInput()
        if year:
            del self.fields["fiscal_year"]

    def clean_max_priority_sectors(self) -> int:
        """A limit below what is flagged already would take flags away unseen."""
        limit: int = self.cleaned_data["max_priority_sectors"]
        if self.instance.pk and limit < (self.stored_limit or 0):
            flags = PriorityFlag.objects.filter(year=self.instance, sector__isnull=False).count()
            if flags > limit:
                said = ngettext(
                    "%(flags)s sector is flagged already. Take its flag away first.",
                    "%(flags)s sectors are flagged already. Take flags away first.",
                    flags,
                )
                raise ValidationError(said % {"flags": flags})
        return limit

    def clean(self) -> dict[str, Any]:
        """Windows end after they begin; a longer list of priorities is confirmed."""
        clean = super().clean() or self.cleaned_data
        if _is_wrong(clean.get("opens_at"), clean.get("closes_at"), or_equal=True):
            self.add_error("closes_at", _("The window must close after it opens."))
        if _is_wrong(clean.get("meets_from"), clean.get("meets_until")):
            self.add_error("meets_until", _("The meeting must not end before it begins."))
        if bool(clean.get("meets_from")) != bool(clean.get("meets_until")):
            self.add_error("meets_until", _("Name both meeting days, or none."))
        self._ask_before_growth(clean)
        return clean

    def _ask_before_growth(self, clean: dict[str, Any]) -> None:
        limit = clean.get("max_priority_sectors")
        if self.stored_limit is None or limit is None or limit <= self.stored_limit:
            return
        self.fields["confirms_growth"].widget = forms.CheckboxInput()
        if not clean.get("confirms_growth"):
            said = _("The list of priorities grows from %(old)s to %(new)s. Tick to let it grow.")
            self.add_error("confirms_growth", said % {"old": self.stored_limit, "new": limit})


def _fresh(year: PlanningYear) -> PlanningYear:
    return PlanningYear.objects.select_related("office").get(pk=year.pk)


def _is_wrong(begins: Any, ends: Any, *, or_equal: bool = False) -> bool:
    if begins is None or ends is None:
        return False
    return bool(ends < begins or (or_equal and ends == begins))


def first_values() -> dict[str, Any]:
    """Return what a new year is offered with: next year, a window of a month from tomorrow."""
    opens = timezone.localtime().replace(hour=8, minute=0, second=0, microsecond=0)
    opens += timedelta(days=1)
    closes = (opens + timedelta(days=30)).replace(hour=23, minute=59)
    return {"fiscal_year": opens.year + 1, "opens_at": opens, "closes_at": closes}


class StateForm(forms.Form):
    """Why a closed year is opened again."""

    reason = forms.CharField(
        label=_("Why sending is opened again"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, needs_reason: bool = False) -> None:
        super().__init__(data)
        if not needs_reason:
            del self.fields["reason"]


class OfficeYearForm(VersionedForm):
    """A later closing time for one office, with the reason, and its limit of proposals."""

    class Meta:
        model = OfficeYear
        fields = ("extended_until", "extension_reason", "proposal_limit")
        widgets = {
            "extended_until": moment_input(),
            "extension_reason": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "extended_until": _("WITA. Empty: the window of the year holds."),
            "proposal_limit": _("Empty: no limit."),
        }

    def clean(self) -> dict[str, Any]:
        """An extension has a reason and goes beyond the window."""
        clean = super().clean() or self.cleaned_data
        until = clean.get("extended_until")
        if until and not clean.get("extension_reason"):
            self.add_error("extension_reason", _("Write why this office gets more time."))
        if until and until <= self.instance.year.closes_at:
            self.add_error("extended_until", _("An extension ends after the window closes."))
        return clean


class CeilingForm(VersionedForm):
    """A ceiling in whole rupiah; purse, source and sector are chosen once."""

    amount_rp = web.RupiahField(label=_("Ceiling (Rp)"))

    class Meta:
        model = Ceiling
        fields = ("region", "funding_source", "sector", "amount_rp", "override_reason", "source")
        labels = {"override_reason": _("Why below what is agreed already")}

    def __init__(self, ceiling: Ceiling, data: Any = None, *, agreed_rp: Decimal = ZERO) -> None:
        super().__init__(data, instance=ceiling)
        self.initial["override_reason"] = ""
        self.fields["override_reason"].help_text = (
            _("Needed below %(amount)s, which is agreed already. It is kept in the history.")
            % {"amount": format_rp(int(agreed_rp))}
            if agreed_rp
            else _("Needed only where more is agreed from this source already.")
        )
        if not (agreed_rp or data):
            del self.fields["override_reason"]
        if ceiling.pk:
            for name in ("region", "funding_source", "sector"):
                del self.fields[name]
            return
        offered: dict[str, tuple[Any, Any]] = {
            "region": (_("Purse of"), Region.objects.order_by("code")),
            "funding_source": (_("Source of money"), FundingSource.objects.in_use()),
            "sector": (_("Sector"), Sector.objects.in_use()),
        }
        for name, (label, rows) in offered.items():
            field: Any = self.fields[name]
            field.label, field.queryset = label, rows
        sector: Any = self.fields["sector"]
        sector.empty_label = _("All sectors")
        self.fields["region"].help_text = str(
            _("The province for its own and central sources, a regency for its own budget.")
        )

    def validate_unique(self) -> None:
        """Say nothing: the action tells that such a ceiling exists."""
