"""Amounts of a programme and of its members: one form for page, count and conflict."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proposals.enums import Delivery, JointState
from proposals.harmonisation.actions import ShareGiven
from proposals.harmonisation.balance import in_proportion
from proposals.harmonisation.forms.versions import VersionedForm
from proposals.harmonisation.queries.members import Compared
from proposals.models import FundingSource, JointProgramme, Office, Share
from proposals.rupiah import format_rp, grouped
from proposals.web import RupiahField

ZERO = Decimal(0)


class AmountsForm(VersionedForm):
    """The programme's amount and one amount for each member; what was not sent stays."""

    amount_rp = RupiahField(label=gettext_lazy("Budget (Rp)"), required=False)

    def __init__(
        self,
        joint: JointProgramme,
        members: Sequence[Compared],
        sent: QueryDict | None = None,
        **around: Any,
    ) -> None:
        self.around = around
        self.joint = joint
        self.members = members
        self.shares = [member.proposal.share for member in members]
        super().__init__(sent, initial=self.stored())
        for share in self.shares:
            self.add_share_fields(share)
        if self.sent is not None:
            self._keep_unsent(self.sent)

    def stored(self) -> dict[str, Any]:
        """Return what the rows hold, by the names of the fields."""
        amounts = {f"amount_{share.pk}": share.amount_rp for share in self.shares}
        return {
            "row_version": self.joint.row_version,
            "amount_rp": self.joint.amount_rp,
        } | amounts

    def add_share_fields(self, share: Share) -> None:
        """Add the fields of one member."""
        region = share.proposal.office.region.short_name
        label = _("Share (Rp): %(region)s") % {"region": region}
        self.fields[f"amount_{share.pk}"] = RupiahField(label=label)
        self._fit(f"amount_{share.pk}", "form-control form-control-sm rk-num")

    def _fit(self, name: str, look: str) -> None:
        """Make a field fit a cell of the table, where its label is read but not seen."""
        field = self.fields[name]
        field.widget.attrs |= {"class": look, "aria-label": str(field.label)}

    def _keep_unsent(self, sent: QueryDict) -> None:
        """Let a field that the page did not send keep what stands in the row."""
        for name, field in self.fields.items():
            if name != "row_version" and name not in sent:
                value = field.prepare_value(self.get_initial_for_field(field, name))
                sent[name] = "" if value is None else str(value)

    def unplaced(self) -> list[str]:
        """Return what was typed for members that left meanwhile: it is shown, not lost."""
        kinds = ("amount_", "note_")
        typed = () if self.sent is None else self.sent.items()
        return [
            str(text)
            for name, text in typed
            if name.startswith(kinds) and name not in self.fields and str(text).strip()
        ]

    def clean(self) -> dict[str, Any]:
        """Say at the amount what a joined programme still lacks: its shares add up."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.readable = dict(cleaned)  # an error takes its value out of what is clean
        if self.joint.state == JointState.JOINED and not self.errors:
            amount = cleaned["amount_rp"]
            if amount is None:
                self.add_error("amount_rp", _("Enter the amount of the programme."))
            elif gap := amount - self.shared_rp():
                self.add_error("amount_rp", _gap_in_words(gap))
        return cleaned

    def shared_rp(self) -> Decimal:
        """Return the sum of the shares as typed."""
        return sum((share.amount_rp for share in self.typed()), ZERO)

    def typed(self) -> list[Share]:
        """Return shares as typed, never saved; what cannot be read keeps the stored amount."""
        cleaned = getattr(self, "cleaned_data", {})
        typed = []
        for share in self.shares:
            amount = cleaned.get(f"amount_{share.pk}")
            row = Share(
                pk=share.pk,
                joint=self.joint,
                proposal=share.proposal,
                amount_rp=share.amount_rp if amount is None else amount,
                funding_source=cleaned.get(f"source_{share.pk}") or share.funding_source,
                delivery=cleaned.get(f"delivery_{share.pk}") or share.delivery,
                note=cleaned.get(f"note_{share.pk}", share.note),
            )
            if row.terms == share.terms:  # other terms void the answer that was given to these
                row.consent_at, row.consent_note = share.consent_at, share.consent_note
            typed.append(row)
        return typed

    def typed_amount(self) -> Decimal | None:
        """Return the amount as typed; where it cannot be read, as the form began."""
        began: Decimal | None = self.initial["amount_rp"]
        amount: Decimal | None = getattr(self, "readable", {}).get("amount_rp", began)
        return amount

    def has_unread(self) -> bool:
        """Tell whether an amount was typed that cannot be read: then no sum is to be trusted."""
        wrong = (error for found in self.errors.as_data().values() for error in found)
        return any(error.code in {"invalid", "ambiguous"} for error in wrong)

    def given(self) -> dict[int, ShareGiven]:
        """Return what each member is given, by the id of its share."""
        return {
            share.pk: ShareGiven(share.amount_rp, share.funding_source, share.delivery, share.note)
            for share in self.typed()
        }

    def values(self) -> dict[str, Any]:
        """Return the columns of the programme that this form writes."""
        return {"amount_rp": self.cleaned_data["amount_rp"]}

    def again(
        self,
        sent: QueryDict | None,
        joint: JointProgramme | None = None,
        members: Sequence[Compared] | None = None,
    ) -> Self:
        """Return the same form with other data, or over rows that were read again."""
        return type(self)(
            self.joint if joint is None else joint,
            self.members if members is None else members,
            sent,
            **self.around,
        )

    def split(self) -> Self:
        """Return the form with the amount shared by what was requested; nothing is saved."""
        amount = self.typed_amount()
        if amount is None or self.sent is None:
            self.add_error("amount_rp", _("Enter the amount of the programme."))
            return self
        requested = [share.proposal.requested_rp or ZERO for share in self.shares]
        data = self.sent.copy()
        for share, part in zip(self.shares, in_proportion(requested, amount), strict=True):
            data[f"amount_{share.pk}"] = grouped(int(part))
        return self.again(data)


def _gap_in_words(gap: Decimal) -> str:
    if gap > 0:
        return _("The shares do not add up: %(amount)s is left to share.") % {
            "amount": format_rp(int(gap))
        }
    return _("The shares do not add up: they are %(amount)s above the programme.") % {
        "amount": format_rp(-int(gap))
    }


class ThreadForm(AmountsForm):
    """What the board and the group's page change: name, lead and all amounts."""

    title = forms.CharField(label=gettext_lazy("Name of the programme"), max_length=200)

    def __init__(
        self, joint: JointProgramme, members: Sequence[Compared], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(joint, members, *args, **kwargs)
        self.fields["lead_office"] = LeadField(joint, members)

    def stored(self) -> dict[str, Any]:
        """Add name and lead to what the rows hold."""
        return super().stored() | {
            "title": self.joint.title,
            "lead_office": self.joint.lead_office_id,
        }

    def values(self) -> dict[str, Any]:
        """Return name, lead and amount."""
        return super().values() | {
            "title": self.cleaned_data["title"],
            "lead_office": self.cleaned_data["lead_office"],
        }


class LeadField(forms.TypedChoiceField):
    """The province or one member; asks the database for nothing."""

    def __init__(self, joint: JointProgramme, members: Sequence[Compared], **kwargs: Any) -> None:
        self.offices = leads(joint, members)
        super().__init__(
            label=gettext_lazy("Lead"),
            choices=[(pk, office.name) for pk, office in self.offices.items()],
            coerce=lambda value: self.offices[int(value)],
            **kwargs,
        )


def leads(joint: JointProgramme, members: Sequence[Compared]) -> dict[int, Office]:
    """Return the offices that may lead: the province, and those with a member."""
    offices = {joint.year.office_id: joint.year.office, joint.lead_office_id: joint.lead_office}
    return offices | {one.proposal.office_id: one.proposal.office for one in members}


class SharesForm(AmountsForm):
    """All that a share says: amount, source of money, delivery and the member's part."""

    @property
    def sources(self) -> dict[int, FundingSource]:
        """Return the sources of money that are offered, by their ids."""
        return dict(self.around["sources"])

    def stored(self) -> dict[str, Any]:
        """Add source, delivery and note of every share."""
        rows = super().stored()
        for share in self.shares:
            rows[f"source_{share.pk}"] = share.funding_source_id
            rows[f"delivery_{share.pk}"] = share.delivery
            rows[f"note_{share.pk}"] = share.note
        return rows

    def add_share_fields(self, share: Share) -> None:
        """Add source, delivery and note beside the amount."""
        super().add_share_fields(share)
        region = {"region": share.proposal.office.region.short_name}
        offered = self.sources | {share.funding_source_id: share.funding_source}
        self.fields[f"source_{share.pk}"] = forms.TypedChoiceField(
            label=_("Source of money: %(region)s") % region,
            choices=[(pk, source.name) for pk, source in offered.items()],
            coerce=lambda value: offered[int(value)],
        )
        self.fields[f"delivery_{share.pk}"] = forms.ChoiceField(
            label=_("Delivery: %(region)s") % region, choices=Delivery.choices
        )
        self.fields[f"note_{share.pk}"] = forms.CharField(
            label=_("Part in the programme: %(region)s") % region,
            max_length=300,
            required=False,
        )
        self._fit(f"source_{share.pk}", "form-select form-select-sm")
        self._fit(f"delivery_{share.pk}", "form-select form-select-sm")
        self._fit(f"note_{share.pk}", "form-control form-control-sm")


class LeavingForm(AmountsForm):
    """Why a member leaves, and what the others have afterwards."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = self.joint.state == JointState.JOINED

    def stored(self) -> dict[str, Any]:
        """Offer the sum of the others as the new amount of a joined programme."""
        rows = super().stored()
        if self.joint.state == JointState.JOINED:
            rows["amount_rp"] = sum((share.amount_rp for share in self.shares), ZERO)
        return rows
