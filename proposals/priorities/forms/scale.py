"""Forms of the scale: weights, points by hand, and which sectors come first."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proposals.enums import ScaleCriterion
from proposals.models import DerivativeStage, FlagStage, ScaleScore, Sector
from proposals.priorities.actions.flagging import Chosen
from proposals.priorities.computing import Found
from proposals.priorities.queries.scales import FILLS, Board, Row

MOST_SECTORS = 30
BOX = {"class": "form-check-input"}


class WeightsForm(forms.Form):
    """One whole number for each criterion; together they make 100."""

    def __init__(self, weights: Mapping[str, int], data: Any = None) -> None:
        asked = data if data is not None and any(name in data for name in self.names()) else None
        super().__init__(asked)
        for criterion in ScaleCriterion:
            self.fields[f"w_{criterion.value}"] = forms.IntegerField(
                label=criterion.label,
                min_value=0,
                max_value=100,
                initial=weights[criterion],
                widget=forms.NumberInput(attrs={"class": "form-control rk-num"}),
            )

    @staticmethod
    def names() -> list[str]:
        """Return the names of the fields in the address."""
        return [f"w_{name}" for name in ScaleCriterion.values]

    @property
    def rows(self) -> list[tuple[forms.BoundField, str]]:
        """Return each field with the colour of its criterion."""
        return [(self[f"w_{name}"], FILLS[name]) for name in ScaleCriterion.values]

    @property
    def weights(self) -> dict[str, int]:
        """Return the weights by criterion."""
        return {name: self.cleaned_data[f"w_{name}"] for name in ScaleCriterion.values}

    def clean(self) -> dict[str, Any]:
        """Refuse weights that do not make a hundred."""
        clean: dict[str, Any] = super().clean() or {}
        if len(clean) == len(ScaleCriterion) and sum(clean.values()) != 100:
            self.add_error(
                None, _("The weights make %(sum)s, not 100.") % {"sum": sum(clean.values())}
            )
        return clean


class LimitForm(forms.Form):
    """Where the limit line would fall, as a trial."""

    n = forms.IntegerField(min_value=1, max_value=MOST_SECTORS, required=False)


class ReasonForm(forms.Form):
    """Why a new version of the scale is begun."""

    reason = forms.CharField(
        label=gettext_lazy("Why a new version"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Kept in the history of the scale."),
    )


class PointsForm(forms.ModelForm[ScaleScore]):
    """Points that a person gives, with what they rest on and the source."""

    points = forms.DecimalField(
        label=gettext_lazy("Points from 0 to 100"),
        min_value=0,
        max_value=100,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )

    class Meta:
        model = ScaleScore
        fields = ("points", "basis", "source", "certainty")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("basis", "source"):
            self.fields[name].required = True

    @property
    def given(self) -> Found:
        """Return what was given."""
        clean = self.cleaned_data
        return Found(clean["points"], clean["basis"], clean["source"], clean["certainty"])


class FlagsForm(forms.Form):
    """Which sectors come first: a box, a reason and the stages for each, in the order of ranks.

    Ticked is what is flagged already. Where the line lies is said beside it; people tick and write.
    """

    may_grow = forms.BooleanField(
        label=gettext_lazy("I know that the list grows: the others get less."),
        required=False,
        widget=forms.CheckboxInput(attrs=BOX),
    )

    def __init__(
        self, board: Board, stages: Mapping[int, list[DerivativeStage]], data: Any = None
    ) -> None:
        super().__init__(data)
        self.board, self.stages, self.decided = board, stages, _decided(board)
        for row in self.ranked:
            self._add(row)

    @property
    def ranked(self) -> list[Row]:
        """Return the sectors that have a rank, and those that are flagged without one."""
        return [row for row in self.board.rows if row.placed.rank or row.flag]

    def _add(self, row: Row) -> None:
        pk, offered = row.thing.pk, self.stages.get(row.thing.pk, [])
        kept = self.decided.get(row.flag.pk, []) if row.flag else []
        self.fields[f"first_{pk}"] = forms.BooleanField(
            required=False,
            initial=row.flag is not None,
            label=row.thing.name,
            widget=forms.CheckboxInput(attrs=BOX),
        )
        self.fields[f"reason_{pk}"] = forms.CharField(
            required=False,
            max_length=500,
            label=_("Reason"),
            initial=row.flag.reason if row.flag else "",
            help_text=_usual(row, self.board) if row.placed.rank else "",
            widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
        )
        self.fields[f"stages_{pk}"] = forms.ModelMultipleChoiceField(
            DerivativeStage.objects.filter(pk__in=[one.pk for one in offered]),
            required=False,
            label=_("Derivative stages decided with it"),
            initial=kept,
            widget=forms.CheckboxSelectMultiple(attrs=BOX),
        )
        field = self.fields[f"stages_{pk}"]
        field.choices = [(one.pk, str(one)) for one in offered]  # type: ignore[attr-defined]  # rows

    @property
    def decided_any(self) -> bool:
        """Tell whether any sector is flagged now, so that none ticked is a choice."""
        return self.board.flagged > 0

    @property
    def rows(self) -> list[tuple[Row, list[forms.BoundField]]]:
        """Return each sector with its three fields."""
        parts = ("first", "reason", "stages")
        return [(row, [self[f"{part}_{row.thing.pk}"] for part in parts]) for row in self.ranked]

    def clean(self) -> dict[str, Any]:
        """Ask for a reason wherever a box is ticked, and for a tick where nothing is flagged."""
        clean: dict[str, Any] = super().clean() or {}
        ticked = [row for row in self.ranked if clean.get(f"first_{row.thing.pk}")]
        if not ticked and not self.decided_any:
            self.add_error(None, _("Tick at least one sector."))
        for row in self.ranked:
            pk = row.thing.pk
            if clean.get(f"first_{pk}") and not clean.get(f"reason_{pk}"):
                self.add_error(f"reason_{pk}", _("Write why this sector comes first."))
        return clean

    @property
    def chosen(self) -> list[Chosen]:
        """Return the sectors that were ticked, in the order of the scale."""
        clean = self.cleaned_data
        return [
            Chosen(row.thing, clean[f"reason_{pk}"], list(clean[f"stages_{pk}"]))
            for row in self.ranked
            if isinstance(row.thing, Sector) and clean.get(f"first_{(pk := row.thing.pk)}")
        ]


def _decided(board: Board) -> dict[int, list[int]]:
    """Return the stages decided with each flag of the year."""
    found: dict[int, list[int]] = defaultdict(list)
    for row in FlagStage.objects.filter(flag__year=board.version.year).order_by("pk"):
        found[row.flag_id].append(row.stage_id)
    return found


def _usual(row: Row, board: Board) -> str:
    said = {
        "rank": row.placed.rank,
        "number": board.version.number,
        "score": str(row.placed.scored.score).replace(".", ","),
    }
    return _("Rank %(rank)s in version %(number)s of the scale, score %(score)s.") % said
