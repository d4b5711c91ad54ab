"""The single fields of a proposal; only those that are open now are there at all."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from proposals.enums import FundingLevel, Origin, RequestTo
from proposals.fields import FIELDS
from proposals.filing.forms.values import Number, Pick, PlainText, Rupiah, Word
from proposals.filing.queries.choices import Choices
from proposals.models import InterventionType, Proposal

FORM_FIELDS: dict[str, tuple[str, ...]] = {
    "labour": ("labour_needed", "labour_available", "labour_to_train", "labour_source"),
    **{
        code: (code,)
        for code, field in FIELDS.items()
        if field.columns and not field.child and code not in {"labour", "own_rank"}
    },
}
"""Code of a field to its boxes in the form."""

CODE_OF = {name: code for code, names in FORM_FIELDS.items() for name in names}


class QuietForm(forms.Form):
    """A form that can show what was typed without judging it yet."""

    def hush(self) -> None:
        """Say nothing about errors: the person has only asked for another row or a search."""
        self._errors = ErrorDict()

    def read(self, name: str) -> Any:
        """Return the value of one box as far as it can be read; nothing otherwise."""
        value = self[name].value()
        try:
            return self.fields[name].clean(value) if isinstance(value, str) else value
        except ValidationError:
            return None


class ContentForm(QuietForm):
    """What a proposal says in single fields; a draft needs nothing of it but the title."""

    request_to = Word(
        words=RequestTo.choices,
        required=True,
        label=FIELDS["request_to"].word,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of proposal.")},
    )
    title = PlainText(
        length=200,
        required=True,
        label=FIELDS["title"].word,
        help_text=_("Say what, for whom and where; at most 200 characters."),
        error_messages={"required": _("Write a title.")},
    )
    intervention = Pick(
        label=FIELDS["intervention"].word,
        help_text=_("It decides which papers are asked for and whether money is needed."),
    )
    nomenclature = Pick(label=FIELDS["nomenclature"].word)
    origin = Word(words=[("", _("Choose")), *Origin.choices], label=FIELDS["origin"].word)
    sector = Pick(label=FIELDS["sector"].word, empty_word=_("Cross-sector"))
    background = PlainText(
        length=4000,
        is_line=False,
        rows=5,
        label=FIELDS["background"].word,
        help_text=_("The need in your own words; at most 4.000 characters."),
    )
    target_group = PlainText(
        length=200, label=FIELDS["target_group"].word, help_text=_("Who gains by it.")
    )
    beneficiary_ikm = Number(label=FIELDS["beneficiary_ikm"].word)
    beneficiary_workers = Number(label=FIELDS["beneficiary_workers"].word)
    labour_needed = Number(label=_("Labour needed"))
    labour_available = Number(label=_("Labour available"))
    labour_to_train = Number(label=_("Labour to be trained"))
    labour_source = PlainText(
        length=200, label=_("Source of these figures"), help_text=_("A survey, SIINas, BPS ...")
    )
    requested_rp = Rupiah(
        label=FIELDS["requested_rp"].word,
        help_text=_("With or without points, or as 2,5 juta and 1,2 miliar."),
    )
    forward_rp = Rupiah(
        label=FIELDS["forward_rp"].word, help_text=_("What the year after would need.")
    )
    funding_source = Pick(
        label=FIELDS["funding_source"].word,
        help_text=_("One source: the purse and the ceiling that the amount counts against."),
    )

    def __init__(
        self, data: Any = None, *, proposal: Proposal, choices: Choices, codes: Collection[str]
    ) -> None:
        super().__init__(data, initial=_initial(proposal))
        for name, code in CODE_OF.items():
            if code not in codes or (name == "request_to" and proposal.office.region.is_province):
                del self.fields[name]
        self._offer("sector", choices.sectors)
        self._offer("intervention", choices.interventions, _family)
        self._offer("funding_source", choices.sources, _level)

    def _offer(self, name: str, rows: Any, group: Any = None) -> None:
        field = self.fields.get(name)
        if isinstance(field, Pick):
            field.offer(rows, group)

    def values(self) -> dict[str, object]:
        """Return the clean values of the open fields, by the name of their column."""
        return {name: self.cleaned_data[name] for name in self.fields}


FAMILIES = {
    "sdm": _("People"),
    "standardisasi": _("Standards and certificates"),
    "sarana": _("Facilities and machines"),
    "rantai_pasok": _("Supply chain"),
    "inovasi": _("Innovation"),
    "pemasaran": _("Marketing"),
    "investasi": _("Investment and licences"),
    "perencanaan": _("Planning"),
    "kewilayahan": _("Industrial areas"),
    "data": _("Data"),
    "pembiayaan": _("Financing"),
}


def _family(row: InterventionType) -> Any:
    return FAMILIES.get(row.family, row.family.replace("_", " ").capitalize())


def _level(row: Any) -> Any:
    return FundingLevel(row.level).label


def _initial(proposal: Proposal) -> dict[str, object]:
    return {name: getattr(proposal, name) for name in CODE_OF}
