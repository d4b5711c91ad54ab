"""Answers to return points, files and promised dates; one file alone; the covering letter."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proposals.filing.forms.content import QuietForm
from proposals.filing.forms.values import PlainText
from proposals.filing.queries.papers import Paper
from proposals.models import ReadinessDocument, ReturnPoint
from proposals.refused import Refused
from proposals.uploads.kinds import Upload, judged

ACCEPTED = ".pdf,.png,.jpg,.jpeg,.webp,.xlsx,.docx"
UPLOAD_HELP = gettext_lazy("PDF, picture, XLSX or DOCX; at most 10 MB.")


class AnswerForm(QuietForm):
    """The office's answer to one point of a return."""

    text = PlainText(length=1000, is_line=False, rows=2, label=gettext_lazy("Your answer"))

    def __init__(self, data: Any = None, *, point: ReturnPoint) -> None:
        self.point = point
        super().__init__(data, prefix=f"point-{point.pk}", initial={"text": point.answer})

    @property
    def answer(self) -> str:
        """Return the clean answer; "" where nothing is typed."""
        return str(self.cleaned_data["text"])


class PaperFile(forms.FileField):
    """A file that is judged by its content before anything is saved."""

    default_error_messages = {
        "empty": gettext_lazy("The file is empty."),
        "missing": gettext_lazy("Choose a file."),
        "required": gettext_lazy("Choose a file."),
        "invalid": gettext_lazy("The file did not arrive: choose it again."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ACCEPTED}))
        kwargs.setdefault("help_text", UPLOAD_HELP)
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Look into the file."""
        upload = super().clean(data, initial)
        if upload:
            try:
                judged(upload)
            except Refused as refusal:
                raise ValidationError(list(refusal.reasons)) from refusal
        return upload


class PromiseDay(forms.DateField):
    """The day for which a missing paper is promised."""

    default_error_messages = {"invalid": gettext_lazy("Choose a day, for example 2022-04-15.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> date | None:
        """Refuse a day of the past, unless it is the one that stands."""
        day: date | None = super().clean(value)
        if day and day < timezone.localdate() and day != self.initial:
            raise ValidationError(_("The day lies in the past: choose a later one."))
        return day


@dataclass(frozen=True)
class PaperBox:
    """A paper with its box for a file and its box for a promised day."""

    paper: Paper
    file: BoundField
    promise: BoundField | None


class PapersForm(QuietForm):
    """A box for the file of each kind of document, and a day where it is promised."""

    def __init__(self, data: Any = None, files: Any = None, *, papers: list[Paper]) -> None:
        super().__init__(data, files)
        self.rows = {paper.document.pk: paper for paper in papers}
        for pk, paper in self.rows.items():
            label = paper.document.name
            self.fields[f"file-{pk}"] = PaperFile(required=False, label=label)
            if not paper.is_needed and paper.current is None:
                self.fields[f"promise-{pk}"] = PromiseDay(
                    label=_("Promised for"), initial=paper.promised_on
                )

    def boxes(self) -> list[PaperBox]:
        """Return each paper with its boxes, in order."""
        return [
            PaperBox(
                paper,
                self[f"file-{pk}"],
                self[f"promise-{pk}"] if f"promise-{pk}" in self.fields else None,
            )
            for pk, paper in self.rows.items()
        ]

    def uploads(self) -> list[tuple[ReadinessDocument, Upload]]:
        """Return the files that came with the form."""
        return [
            (paper.document, self.cleaned_data[f"file-{pk}"])
            for pk, paper in self.rows.items()
            if self.cleaned_data.get(f"file-{pk}")
        ]

    def promises(self) -> list[tuple[ReadinessDocument, date | None]]:
        """Return the days of papers that are promised, or no longer."""
        return [
            (paper.document, self.cleaned_data[f"promise-{pk}"])
            for pk, paper in self.rows.items()
            if f"promise-{pk}" in self.cleaned_data
            and self.cleaned_data[f"promise-{pk}"] != paper.promised_on
            and not self.cleaned_data.get(f"file-{pk}")
        ]


class UploadForm(forms.Form):
    """One file: a paper of a proposal, or the covering letter."""

    file = PaperFile(label=gettext_lazy("File"))


class PromiseForm(forms.Form):
    """The day for which one missing paper is promised; empty takes the promise back."""

    due_on = PromiseDay(label=gettext_lazy("Promised for"))
