"""The form of a priority flag: why, on what legal basis, with which stages, instead of whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proposals.catalogue.queries.flags import Board
from proposals.keeping.flags import Ground
from proposals.models import DerivativeStage, PriorityFlag
from proposals.models.listed import Listed


class GivesUpField(forms.ModelChoiceField[PriorityFlag]):
    """Choose the flag to give up by the name of its sector."""

    def label_from_instance(self, obj: PriorityFlag) -> str:
        """Name rank and sector."""
        return f"{obj.rank}. {obj.sector}"


class FlagForm(forms.Form):
    """Why something is a priority; where the limit is full, which sector gives up its flag."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Shown in the history and in the minutes."),
    )
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300, required=False)
    stages = forms.ModelMultipleChoiceField(
        DerivativeStage.objects.none(),
        label=_("Derivative stages decided with it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self, board: Board, row: Listed, stages: list[DerivativeStage], data: Any = None
    ) -> None:
        flag = board.of(row)
        super().__init__(data, prefix="flag", initial=_initial(flag))
        offered = {stage.pk: stage for stage in [*(flag.stages.all() if flag else ()), *stages]}
        field = self.fields["stages"]
        field.queryset = DerivativeStage.objects.filter(pk__in=offered)  # type: ignore[attr-defined]  # rows
        field.choices = [(pk, str(stage)) for pk, stage in offered.items()]  # type: ignore[attr-defined]  # rows
        if not offered:
            del self.fields["stages"]
        if flag is None and board.is_full:
            self.fields["gives_up"] = GivesUpField(
                PriorityFlag.objects.filter(year=board.year, sector__isnull=False)
                .select_related("sector")
                .order_by("rank", "pk"),
                label=_("Sector that gives up its flag"),
                empty_label=str(_("Choose")),
            )

    def seen(self, flag: PriorityFlag | None) -> None:
        """Take note that the page shows this state of the flag beside what was typed."""
        data: Any = self.data
        data = data.copy()
        data[self.add_prefix("row_version")] = str(flag.row_version if flag else 0)
        self.data = data

    @property
    def ground(self) -> Ground:
        """Return reason, legal basis and stages."""
        clean = self.cleaned_data
        return Ground(clean["reason"], clean["legal_basis"], clean.get("stages", ()))


def _initial(flag: PriorityFlag | None) -> dict[str, Any]:
    if flag is None:
        return {"row_version": 0}
    return {
        "reason": flag.reason,
        "legal_basis": flag.legal_basis,
        "stages": [stage.pk for stage in flag.stages.all()],
        "row_version": flag.row_version,
    }


class UnflagForm(forms.Form):
    """Why a flag is taken away; the version seen is the one the page was made with."""

    reason = forms.CharField(
        label=_("Why it is taken away"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, flag: PriorityFlag, data: Any = None) -> None:
        super().__init__(data, prefix="unflag", initial={"row_version": flag.row_version})
