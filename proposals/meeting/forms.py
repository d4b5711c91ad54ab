"""The decision as a form: result, amount, reason, the regency's word, and who decides."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proposals import web
from proposals.enums import Action, JointAction, ReasonFor, RegencyWord, RequestTo
from proposals.models import Proposal, ReasonCode, User
from proposals.workflow import Given

RESULTS = (Action.AGREE, Action.AGREE_CHANGED, Action.REDIRECT, Action.DEFER, Action.REJECT)
REASON_FOR = {
    Action.AGREE_CHANGED: ReasonFor.CHANGE,
    Action.REDIRECT: ReasonFor.REDIRECT,
    Action.DEFER: ReasonFor.DEFER,
    Action.REJECT: ReasonFor.REFUSAL,
}
OWN_WORDS: dict[Action, str | Promise] = {
    Action.AGREE: gettext_lazy("In line"),
    Action.AGREE_CHANGED: gettext_lazy("In line with notes"),
    Action.REJECT: gettext_lazy("Not yet in line"),
}
"""Of an own programme the province says whether it is in line, not how much it costs."""


def word_of(action: Action, proposal: Proposal) -> str:
    """Return the word of a result for this kind of proposal."""
    is_own = proposal.request_to == RequestTo.OWN
    return str(OWN_WORDS[action] if is_own and action in OWN_WORDS else action.label)


def small(rows: int = 0) -> forms.Widget:
    """Return a field of the dense pages: one line, or some rows."""
    look = {"class": "form-control form-control-sm"}
    return forms.Textarea(look | {"rows": rows}) if rows else forms.TextInput(look)


class ActForm(forms.Form):
    """What every act at the meeting says: reason in words, who decides, and what it follows."""

    after = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=1000, required=False, widget=small(2)
    )
    override_reason = forms.CharField(
        label=gettext_lazy("Why the ceiling may be passed"),
        max_length=500,
        required=False,
        widget=small(2),
    )
    regency_word = forms.ChoiceField(
        label=gettext_lazy("Word of the regency"),
        choices=RegencyWord.choices,
        required=False,
        initial=RegencyWord.NOT_ASKED,
        widget=forms.RadioSelect({"class": "form-check-input"}),
    )
    regency_note = forms.CharField(
        label=gettext_lazy("What the regency says"),
        max_length=500,
        required=False,
        widget=small(2),
    )

    def __init__(self, data: Any = None, *, deciders: Sequence[User], by: User, after: int) -> None:
        self.people = {str(one.pk): one for one in deciders}
        head = next((one for one in deciders if one.role == "province_head"), by)
        super().__init__(data, initial={"after": after, "decided_by": str(head.pk)})
        self.fields["override_reason"].widget.attrs["form"] = "decision"
        self.fields["decided_by"] = forms.ChoiceField(
            label=_("Decided by"),
            choices=[
                (pk, f"{one.full_name} ({one.get_role_display()})")
                for pk, one in self.people.items()
            ],
            widget=forms.Select({"class": "form-select form-select-sm"}),
        )

    def clean(self) -> dict[str, Any]:
        """An objection says what it objects to."""
        cleaned = super().clean() or self.cleaned_data
        objects = cleaned.get("regency_word") == RegencyWord.OBJECTS
        if objects and cleaned.get("regency_note") == "":
            self.add_error("regency_note", _("Write what the regency objects to: it is printed."))
        return cleaned

    def words(self) -> dict[str, Any]:
        """Return the words of the act that proposals and joint programmes share."""
        said = self.cleaned_data
        return {
            "note": said["note"].strip(),
            "override_reason": said["override_reason"].strip(),
            "regency_word": RegencyWord(said["regency_word"] or RegencyWord.NOT_ASKED),
            "regency_note": said["regency_note"].strip(),
            "decided_by": self.people.get(said["decided_by"]),
        }


class DecisionForm(ActForm):
    """The result of one proposal; agreeing as asked takes the asked amount."""

    agreed_rp = web.RupiahField(label=gettext_lazy("Agreed amount (Rp)"), required=False)
    on_condition = forms.BooleanField(
        label=gettext_lazy("On condition that the missing papers follow"),
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        proposal: Proposal,
        reasons: Sequence[ReasonCode],
        missing: Sequence[str],
        results: Sequence[Action] = RESULTS,
        begins_as: Action | None = None,
        **named: Any,
    ) -> None:
        self.proposal, self.missing, self.begins_as = proposal, missing, begins_as
        self.reasons = {str(one.pk): one for one in reasons}
        super().__init__(data, **named)
        self.fields["action"] = forms.ChoiceField(
            label=_("Result"),
            choices=[(one.value, word_of(one, proposal)) for one in results],
            initial=begins_as,
            widget=forms.RadioSelect({"class": "btn-check", "autocomplete": "off"}),
            error_messages={"required": _("Choose the result.")},
        )
        self.fields["reason"] = forms.ChoiceField(
            label=_("Reason"),
            choices=self._reason_choices(),
            required=False,
            widget=forms.Select({"class": "form-select form-select-sm"}),
        )
        self._leave_out()

    def _leave_out(self) -> None:
        """Ask no amount of an own programme, and no condition where every paper is there."""
        self.fields["agreed_rp"].widget.attrs["class"] = "form-control form-control-sm rk-num"
        self.initial["agreed_rp"] = self.wish
        self.initial["on_condition"] = bool(self.missing)
        if not self.proposal.is_request:
            del self.fields["agreed_rp"]
        if not self.missing:
            del self.fields["on_condition"]

    @property
    def wish(self) -> Decimal | None:
        """Return the amount offered for agreeing: the reviewer's, else the asked one."""
        proposed = self.proposal.recommended_rp
        return self.proposal.requested_rp if proposed is None else proposed

    def _reason_choices(self) -> list[tuple[str, Any]]:
        groups = [
            (
                word_of(action, self.proposal),
                [(pk, one.name) for pk, one in self.reasons.items() if one.reason_for == kind],
            )
            for action, kind in sorted(REASON_FOR.items(), key=lambda one: one[0] != self.begins_as)
        ]
        return [("", _("Choose the reason")), *groups]

    def clean(self) -> dict[str, Any]:
        """Ask for what the result needs, at its own field."""
        cleaned = super().clean()
        action = cleaned.get("action")
        reason = self.reasons.get(cleaned.get("reason") or "")
        wanted = REASON_FOR.get(Action(action)) if action else None
        if wanted and (reason is None or reason.reason_for != wanted):
            self.add_error("reason", _("Choose a reason that fits the result."))
        amount, asked = cleaned.get("agreed_rp"), self.proposal.requested_rp
        if action == Action.AGREE_CHANGED and amount is None and self.proposal.is_request:
            self.add_error("agreed_rp", _("Enter the agreed amount."))
        if action == Action.AGREE and amount not in {None, asked, self.wish}:
            self.add_error(
                "agreed_rp", _("This differs from the asked amount: choose to agree with changes.")
            )
        return cleaned

    def action(self) -> Action | None:
        """Return the chosen result, also while other fields are still wrong."""
        value = self.data.get("action") if self.is_bound else self.begins_as
        return Action(value) if value in {one.value for one in RESULTS} else None

    def amount(self) -> Decimal | None:
        """Return what would be agreed: the asked amount, or the changed one."""
        if self.action() in {Action.REDIRECT, Action.DEFER, Action.REJECT}:
            return None
        if not self.proposal.is_request or self.action() == Action.AGREE:
            return self.proposal.requested_rp
        typed: Decimal | None = getattr(self, "cleaned_data", {}).get("agreed_rp")
        return self.wish if not self.is_bound else typed

    def given(self) -> Given:
        """Return the words and figures of the decision."""
        said = self.cleaned_data
        words = self.words()
        agrees = self.action() in {Action.AGREE, Action.AGREE_CHANGED}
        if agrees and said.get("on_condition"):
            condition = _("On condition that these papers follow: %(papers)s.")
            told = condition % {"papers": ", ".join(self.missing)}
            words["note"] = f"{words['note']} {told}".strip()[:1000]
        chosen = self.action()
        reason = self.reasons.get(said["reason"]) if chosen in REASON_FOR else None
        return Given(
            agreed_rp=(self.amount() or Decimal(0)) if agrees else None, reason=reason, **words
        )


class ReopenForm(ActForm):
    """Why a decision is opened again; the old one stays in the list."""

    def clean(self) -> dict[str, Any]:
        """Ask for the reason at its field."""
        cleaned = super().clean()
        if not cleaned.get("note", "").strip():
            self.add_error("note", _("Write the reason."))
        return cleaned

    def given(self) -> Given:
        """Return the words of the act."""
        return Given(**self.words())


class JointForm(ActForm):
    """The decision on a joint programme; deferring and opening again need a reason in words."""

    def __init__(self, data: Any = None, *, actions: Sequence[JointAction], **named: Any) -> None:
        super().__init__(data, **named)
        self.fields["action"] = forms.ChoiceField(
            label=_("Result"),
            choices=[(one.value, one.label) for one in actions],
            widget=forms.RadioSelect({"class": "btn-check", "autocomplete": "off"}),
            error_messages={"required": _("Choose the result.")},
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the reason at its field."""
        cleaned = super().clean()
        is_agreed = cleaned.get("action") == JointAction.AGREE
        if not is_agreed and not cleaned.get("note", "").strip():
            self.add_error("note", _("Write the reason."))
        return cleaned

    def given(self) -> Given:
        """Return the words of the act."""
        return Given(**self.words())
