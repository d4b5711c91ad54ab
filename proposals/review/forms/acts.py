"""One form for each other act of the check: gates, return, comment, steps, routing."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proposals.enums import Action, GateResult, ReasonFor
from proposals.fields import FIELDS
from proposals.models import Division, PlanningYear, ReasonCode, ReviewCriterion, User
from proposals.review.dossier import Gate
from proposals.review.forms.filters import Lists
from proposals.workflow import Given, Point

GateRow = tuple[Gate, forms.BoundField, forms.BoundField]
STEP_REASONS = {Action.REDIRECT: ReasonFor.REDIRECT, Action.DEFER: ReasonFor.DEFER}
RETURNABLE = [(code, one.word) for code, one in FIELDS.items() if code != "own_rank"]
N_POINTS = 4


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


class GateForm(forms.Form):
    """An answer for each gate; whatever is not plainly passed says why."""

    def __init__(self, data: Any = None, *, gates: Sequence[Gate], takes_in: bool = False) -> None:
        self.gates = gates
        self.takes_in = takes_in
        super().__init__(data)
        for gate in gates:
            key = gate.criterion.pk
            self.fields[f"gate_{key}"] = forms.ChoiceField(
                label=gate.criterion.name,
                choices=[("", _("Not answered yet")), *GateResult.choices],
                required=False,
                initial=gate.result,
                widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
            )
            self.fields[f"reason_{key}"] = forms.CharField(
                label=_("Reason for %(name)s") % {"name": gate.criterion.name},
                max_length=500,
                required=False,
                initial=gate.reason,
                widget=forms.TextInput(
                    {"class": "form-control form-control-sm", "placeholder": " "}
                ),
            )

    def pass_rest(self) -> None:
        """Answer every gate that has no answer yet as passed; nothing is kept yet."""
        names = [f"gate_{gate.criterion.pk}" for gate in self.gates]
        rest = {name: GateResult.PASSED.value for name in names if not self.data.get(name)}
        self.data = dict(self.data.items()) | rest
        self.full_clean()

    def clean(self) -> dict[str, Any]:
        """Ask for the reason at its own field, and for every answer before taking in."""
        cleaned = super().clean() or self.cleaned_data
        for gate in self.gates:
            key = gate.criterion.pk
            result, reason = cleaned.get(f"gate_{key}"), cleaned.get(f"reason_{key}")
            if result and result != GateResult.PASSED and reason == "":
                self.add_error(f"reason_{key}", _("Write the reason: it is printed."))
            if result == "" and self.takes_in:
                self.add_error(f"gate_{key}", _("Answer this gate."))
        return cleaned

    def answers(self) -> dict[ReviewCriterion, tuple[GateResult, str]]:
        """Return the answered gates."""
        said = self.cleaned_data
        return {
            gate.criterion: (
                GateResult(said[f"gate_{gate.criterion.pk}"]),
                said[f"reason_{gate.criterion.pk}"],
            )
            for gate in self.gates
            if said[f"gate_{gate.criterion.pk}"]
        }

    def rows(self) -> Iterator[GateRow]:
        """Return the gates with their fields."""
        for gate in self.gates:
            key = gate.criterion.pk
            yield gate, self[f"gate_{key}"], self[f"reason_{key}"]


class PointForm(forms.Form):
    """One thing to mend: the field it opens, what, and until when."""

    field = forms.ChoiceField(
        label=gettext_lazy("Field"),
        choices=[("", "–"), *RETURNABLE],
        widget=forms.Select({"class": "form-select form-select-sm"}),
    )
    what = forms.CharField(
        label=gettext_lazy("What to mend"),
        max_length=500,
        widget=forms.TextInput({"class": "form-control form-control-sm"}),
    )
    due_on = forms.DateField(
        label=gettext_lazy("Due on"),
        widget=forms.DateInput(
            {"type": "date", "class": "form-control form-control-sm"}, "%Y-%m-%d"
        ),
    )

    def clean_due_on(self) -> date:
        """A due date lies ahead."""
        due_on: date = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise forms.ValidationError(_("This day is over: choose a later one."))
        return due_on


class BasePoints(forms.BaseFormSet[PointForm]):
    """The points of one return; rows left empty do not count."""

    def points(self) -> tuple[Point, ...]:
        """Return the points that were written."""
        return tuple(
            Point(said["field"], said["what"], said["due_on"])
            for said in (form.cleaned_data for form in self.forms)
            if said.get("field")
        )

    def clean(self) -> None:
        """Ask for at least one point."""
        if not any(self.errors) and not self.points():
            raise forms.ValidationError(_("Name at least one point to mend."))


PointFormSet = forms.formset_factory(PointForm, formset=BasePoints, extra=N_POINTS, max_num=20)


def points_form(year: PlanningYear, data: Any = None) -> BasePoints:
    """Return the empty rows of a return, due when the year says, or in a week."""
    today = timezone.localdate()
    due_on = year.return_due_on
    if due_on is None or due_on < today:
        due_on = today + timedelta(days=7)
    made = cast("BasePoints", PointFormSet(data, prefix="points"))
    for form in made.forms:
        form.fields["due_on"].initial = due_on
    return made


class CommentForm(forms.Form):
    """A remark; shared ones reach the office."""

    text = forms.CharField(
        label=gettext_lazy("Write a comment"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control form-control-sm"}),
    )
    is_internal = forms.BooleanField(
        label=gettext_lazy("Internal note, province only"),
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )


class StepForm(forms.Form):
    """The reason of a step outside the usual way: to the desk unscored, resume, redirect, defer."""

    note = forms.CharField(
        label=gettext_lazy("Reason in words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control form-control-sm"}),
    )

    def __init__(
        self, data: Any = None, *, action: Action, reasons: Sequence[ReasonCode] = ()
    ) -> None:
        super().__init__(data, auto_id=f"{action.value}-%s")
        self.action = action
        self.reasons = {
            str(one.pk): one for one in reasons if one.reason_for == STEP_REASONS.get(action)
        }
        if action in STEP_REASONS:
            self.fields["reason"] = forms.ChoiceField(
                label=_("Reason"),
                choices=[
                    ("", _("Choose the reason")),
                    *((pk, one.name) for pk, one in self.reasons.items()),
                ],
                required=False,
                widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
            )
            self.order_fields(["reason", "note"])

    def given(self) -> Given:
        """Return the words of the act."""
        said = self.cleaned_data
        return Given(note=said["note"], reason=self.reasons.get(said.get("reason", "")))
