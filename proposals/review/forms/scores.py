"""The review as a form: scores with their sentences, budget lines, recommendation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proposals import advice, web
from proposals.advice import Offer
from proposals.enums import ReasonFor, Recommendation
from proposals.models import BudgetLine, ReasonCode, Review, ReviewCriterion
from proposals.review import amounts, scoring
from proposals.review.dossier import Dossier, Marked
from proposals.review.scoring import ScoreGiven
from proposals.rupiah import grouped

NOT_APPLICABLE = "-"
SCALE = [("1", "1"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5"), (NOT_APPLICABLE, "–")]


@dataclass(frozen=True)
class ScoreRow:
    """One criterion on the page: its fields and the offered value."""

    criterion: ReviewCriterion
    offer: Offer | None
    score: forms.BoundField
    sentence: forms.BoundField


@dataclass(frozen=True)
class LineRow:
    """One budget line on the page: its field and the difference to what was asked."""

    line: BudgetLine
    amount: forms.BoundField
    difference: Decimal


@dataclass(frozen=True)
class Sums:
    """What the review adds up to, computed by the server alone."""

    total_pct: Decimal | None
    scored: int
    points: int
    asked_rp: Decimal
    proposed_rp: Decimal | None

    @property
    def difference_rp(self) -> Decimal | None:
        """Return what the reviewer proposes more or less than asked."""
        return None if self.proposed_rp is None else self.proposed_rp - self.asked_rp

    @property
    def difference_pct(self) -> Decimal | None:
        """Return the difference as a share of what was asked."""
        if self.difference_rp is None or not self.asked_rp:
            return None
        return self.difference_rp * 100 / self.asked_rp


def _looks(widget: forms.Widget) -> dict[str, str]:
    """Return the look of a widget where a form stands in cards, table and dock at once."""
    match widget:
        case forms.RadioSelect():
            return {"class": "btn-check", "autocomplete": "off"}
        case forms.CheckboxInput():
            return {"class": "form-check-input"}
        case forms.Select():
            return {"class": "form-select form-select-sm"}
        case forms.HiddenInput():
            return {}
    own = widget.attrs.get("class", "")
    return {"class": f"form-control form-control-sm {own}".strip(), "placeholder": " "}


class ReviewForm(forms.Form):
    """One's own review; it has one field for each criterion and each budget line."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    recommendation = forms.ChoiceField(
        label=gettext_lazy("Recommendation"),
        choices=Recommendation.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    recommended_rp = web.RupiahField(label=gettext_lazy("Proposed amount (Rp)"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        widget=forms.Textarea(attrs={"rows": 1}),
        max_length=2000,
        required=False,
    )
    to_desk = forms.BooleanField(label=gettext_lazy("Bring it to the desk"), required=False)

    def __init__(
        self, data: Any = None, *, dossier: Dossier, reviewer: int, reasons: Sequence[ReasonCode]
    ) -> None:
        opinion = dossier.opinion_of(reviewer)
        self.review = opinion.review if opinion else None
        self.dossier, self.proposal = dossier, dossier.proposal
        self.reasons = {str(one.pk): one for one in reasons}
        self.lines = dossier.lines_for(reviewer)
        super().__init__(data, initial=self._initial(opinion.marks if opinion else []))
        self._add_fields()
        if self.lines or not self.proposal.is_request:
            del self.fields["recommended_rp"]
        for field in self.fields.values():
            field.widget.attrs |= {"form": "review", **_looks(field.widget)}

    @property
    def kept_version(self) -> int:
        """Return the row version of the review that is kept; 0 before the first."""
        return self.review.row_version if self.review else 0

    def _initial(self, marks: Sequence[Marked]) -> dict[str, Any]:
        initial: dict[str, Any] = {"row_version": 0, "to_desk": True}
        if self.review is not None:
            names = ("row_version", "recommendation", "recommended_rp", "note")
            initial |= {name: getattr(self.review, name) for name in names}
            initial["reason"] = str(self.review.reason_id or "")
        keys = {point.pk: point.key for point in self.dossier.points}
        for mark in marks:
            value = NOT_APPLICABLE if mark.value is None else str(mark.value)
            offer = self.dossier.offers.get(keys.get(mark.criterion, ""))
            is_source = offer is not None and offer.source == mark.sentence
            sentence = "" if is_source else mark.sentence
            initial |= {f"score_{mark.criterion}": value, f"why_{mark.criterion}": sentence}
        return initial | {f"line_{line.pk}": line.recommended_rp for line in self.lines}

    def _add_fields(self) -> None:
        self.fields["reason"] = forms.ChoiceField(
            label=_("Reason"), choices=self._reason_choices(), required=False
        )
        for point in self.dossier.points:
            self.fields[f"score_{point.pk}"] = forms.ChoiceField(
                label=point.name, choices=SCALE, widget=forms.RadioSelect, required=False
            )
            self.fields[f"why_{point.pk}"] = forms.CharField(
                label=_("Sentence for %(name)s") % {"name": point.name},
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=500,
                required=False,
            )
        for line in self.lines:
            self.fields[f"line_{line.pk}"] = web.RupiahField(
                label=_("Proposed for %(name)s") % {"name": line.text},
                required=False,
                widget=forms.TextInput({"aria-label": line.text}),
            )

    def _reason_choices(self) -> list[tuple[str, Any]]:
        wanted = sorted(set(scoring.REASON_FOR.values()), key=list(ReasonFor).index)
        groups = [
            (
                str(kind.label),
                [(pk, one.name) for pk, one in self.reasons.items() if one.reason_for == kind],
            )
            for kind in wanted
        ]
        return [("", _("Choose the reason")), *groups]

    def clean(self) -> dict[str, Any]:
        """Say at each score what it lacks, before anything is written."""
        cleaned = super().clean() or self.cleaned_data
        for point, given in self.scores().items():
            offer = self.dossier.offers.get(point.key)
            if reason := scoring.objection(scoring.settled(given, offer), offer):
                self.add_error(f"why_{point.pk}", reason)
        return cleaned

    def scores(self) -> dict[ReviewCriterion, ScoreGiven]:
        """Return what was scored; an untouched criterion is not in it."""
        found = {}
        for point in self.dossier.points:
            value = self._now(f"score_{point.pk}")
            if value in dict(SCALE):
                number = None if value == NOT_APPLICABLE else int(value)
                found[point] = ScoreGiven(number, self._now(f"why_{point.pk}") or "")
        return found

    def with_offers(self) -> dict[ReviewCriterion, ScoreGiven]:
        """Return the scores with every offer confirmed where nothing was scored yet."""
        offers: Mapping[str, Offer] = self.dossier.offers
        confirmed = {
            point: ScoreGiven(offers[point.key].value)
            for point in self.dossier.points
            if point.key in offers
        }
        return confirmed | self.scores()

    def given(self) -> dict[str, Any]:
        """Return the review as the action takes it."""
        return {
            "row_version": self.cleaned_data["row_version"] or 0,
            "scores": self.scores(),
            "recommendation": self.cleaned_data["recommendation"],
            "recommended_rp": self.cleaned_data.get("recommended_rp"),
            "reason": self.reasons.get(self.cleaned_data["reason"]),
            "note": self.cleaned_data["note"],
            "line_amounts": self._line_amounts(),
        }

    def sums(self) -> Sums:
        """Add up what stands in the form now, typed or kept."""
        scores = self.scores()
        asked = self.proposal.requested_rp or Decimal(0)
        typed = self._now("recommended_rp")
        proposed = amounts.proposed(
            self.proposal,
            self._now("recommendation") or "",
            typed if isinstance(typed, Decimal) else None,
            self._line_amounts(),
        )
        total = advice.total_pct((point.weight, given.value) for point, given in scores.items())
        return Sums(total, len(scores), len(self.dossier.points), asked, proposed)

    def stand_on(self, current: Review | None) -> None:
        """Take the row version that stands now, so that the next save is made knowingly."""
        version = current.row_version if current else 0
        self.data = dict(self.data.items()) | {"row_version": str(version)}

    def differing(self) -> list[forms.BoundField]:
        """Return the fields in which the typed review differs from the kept one."""
        return [self[name] for name in self.changed_data if name not in {"row_version", "to_desk"}]

    def as_asked(self) -> None:
        """Copy what is asked into every budget line; nothing is kept yet."""
        copied = {f"line_{line.pk}": grouped(int(line.total_rp)) for line in self.lines}
        self.data = dict(self.data.items()) | copied
        self.full_clean()

    def score_rows(self) -> Iterator[ScoreRow]:
        """Return the criteria with their fields, in the order of the list."""
        for point in self.dossier.points:
            offer = self.dossier.offers.get(point.key)
            yield ScoreRow(point, offer, self[f"score_{point.pk}"], self[f"why_{point.pk}"])

    def line_rows(self) -> Iterator[LineRow]:
        """Return the budget lines with their fields and differences."""
        typed = self._line_amounts()
        for line in self.lines:
            wish = typed[line.pk]
            difference = Decimal(0) if wish is None else wish - line.total_rp
            yield LineRow(line, self[f"line_{line.pk}"], difference)

    def _line_amounts(self) -> dict[int, Decimal | None]:
        now = {line.pk: self._now(f"line_{line.pk}") for line in self.lines}
        return {pk: one if isinstance(one, Decimal) else None for pk, one in now.items()}

    def _now(self, name: str) -> Any:
        """Return the clean value of a field, what is kept where the form is not sent."""
        if self.is_bound:
            return getattr(self, "cleaned_data", {}).get(name)
        return self.initial.get(name)
