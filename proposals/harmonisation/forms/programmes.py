"""The programme itself: name, kind, code, outputs; and the small forms around it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proposals.enums import JoiningKind, NomenclatureDepth, NomenclatureLevel, ResultKind
from proposals.harmonisation.forms.shares import LeadField
from proposals.harmonisation.forms.versions import VersionedForm
from proposals.harmonisation.queries.members import Compared
from proposals.models import (
    Commodity,
    InterventionType,
    JointOutput,
    JointProgramme,
    Nomenclature,
    Office,
)

MAX_CHOSEN = 30
MAX_ROWS = 20
KINDS = (
    (JoiningKind.CONSOLIDATE, gettext_lazy("Consolidation: small pieces become one large enough")),
    (JoiningKind.JOINT_SERVICE, gettext_lazy("Joint service: different people, one service")),
    (JoiningKind.DUPLICATE, gettext_lazy("Duplicate: the same work, worded differently")),
    (JoiningKind.CHAIN, gettext_lazy("Chain: links that complete each other")),
)
"""The kinds of joining with what each means (PROCESS, section 8)."""
ACTS = {
    JoiningKind.CONSOLIDATE: gettext_lazy("Make one large enough of them"),
    JoiningKind.JOINT_SERVICE: gettext_lazy("Make one service for all of them"),
    JoiningKind.DUPLICATE: gettext_lazy("Make one programme of them"),
    JoiningKind.CHAIN: gettext_lazy("Link them into one chain"),
}
"""What the button that begins a group says, by kind."""
COLUMNS = ("title", "kind", "lead_office", "nomenclature", "intervention", "commodity")


def chosen_ids(data: QueryDict) -> list[int]:
    """Read the repeated ``usulan`` of an address or a form; what is no number is left out."""
    numbers = (text for text in data.getlist("usulan") if text.isdecimal() and len(text) < 10)
    return list(dict.fromkeys(int(text) for text in numbers))[:MAX_CHOSEN]


class GroupForm(forms.Form):
    """The beginning of a group: why proposals are joined, the name, and who leads."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of joining"),
        choices=KINDS,
        widget=forms.RadioSelect,
        initial=JoiningKind.CONSOLIDATE,
    )
    title = forms.CharField(
        label=gettext_lazy("Name of the programme"),
        max_length=200,
        help_text=gettext_lazy("What the proposals have in common, for example the product."),
    )

    def __init__(
        self, *args: Any, province: Office, members: Sequence[Compared], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offices = {one.proposal.office_id: one.proposal.office for one in members}
        self.offices = {province.pk: province} | offices
        self.fields["lead_office"] = forms.TypedChoiceField(
            label=gettext_lazy("Lead"),
            choices=[(pk, office.name) for pk, office in self.offices.items()],
            coerce=lambda value: self.offices[int(value)],
            help_text=gettext_lazy("The province, or one regency with its own proposal in it."),
        )


class ProgrammeForm(VersionedForm):
    """Name, kind, lead and references of a programme; amounts have a page of their own."""

    title = forms.CharField(label=gettext_lazy("Name of the programme"), max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of joining"),
        choices=KINDS,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, joint: JointProgramme, members: Sequence[Compared], sent: QueryDict | None
    ) -> None:
        super().__init__(sent, initial=_stored(joint))
        self.fields["lead_office"] = LeadField(joint, members)
        self._offer("nomenclature", _("Sub-activity code"), _codes(joint), joint)
        activities, goods = InterventionType.objects.in_use(), Commodity.objects.in_use()
        self._offer("intervention", _("Kind of activity"), activities, joint)
        self._offer("commodity", _("Commodity"), goods, joint)

    def _offer(self, name: str, label: str, rows: QuerySet[Any], joint: JointProgramme) -> None:
        """Offer the rows in use, and the one that stands although it is retired."""
        stands = rows.model._default_manager.filter(pk=getattr(joint, f"{name}_id"))
        self.fields[name] = forms.ModelChoiceField(
            rows | stands, label=label, required=False, empty_label=_("Not chosen yet")
        )

    def values(self) -> dict[str, Any]:
        """Return the columns this form writes."""
        return {name: self.cleaned_data[name] for name in COLUMNS}


def _stored(joint: JointProgramme) -> dict[str, Any]:
    """Return what the row holds, by the names of the fields; of a reference its id."""
    return {
        "row_version": joint.row_version,
        "title": joint.title,
        "kind": joint.kind,
        "lead_office": joint.lead_office_id,
        "nomenclature": joint.nomenclature_id,
        "intervention": joint.intervention_id,
        "commodity": joint.commodity_id,
    }


def _codes(joint: JointProgramme) -> Any:
    """Return the sub-activities of the year's edition for the level of the lead."""
    level = NomenclatureLevel.PROVINCE if joint.is_led_by_province else NomenclatureLevel.REGENCY
    return Nomenclature.objects.in_use().filter(
        depth=NomenclatureDepth.SUB_ACTIVITY,
        edition=joint.year.nomenclature_edition,
        level=level,
    )


class OutputForm(forms.Form):
    """One result of the programme itself; an empty row is no row."""

    id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=ResultKind.choices, initial=ResultKind.OUTPUT
    )
    text = forms.CharField(label=gettext_lazy("Result"), max_length=200)
    target = forms.DecimalField(
        label=gettext_lazy("Target"),
        max_digits=15,
        decimal_places=2,
        min_value=0.01,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "rk-num"}),
    )
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=40)


OutputSet = forms.formset_factory(
    OutputForm, extra=2, max_num=MAX_ROWS, absolute_max=2 * MAX_ROWS, can_delete=True
)


def output_rows(outputs: forms.BaseFormSet[OutputForm]) -> list[dict[str, Any]]:
    """Return the rows that stay or are new; those ticked to go and empty ones are left out."""
    kept = (form.cleaned_data for form in outputs.forms if form not in outputs.deleted_forms)
    names = ("id", "kind", "text", "unit", "target")
    return [{name: row.get(name) for name in names} for row in kept if row.get("text")]


def with_rows(sent: QueryDict) -> QueryDict:
    """Return what was sent, with two empty rows more where the person asks for them."""
    total = sent.get("hasil-TOTAL_FORMS", "")
    if sent.get("do") != "rows" or not total.isdecimal() or len(total) > 2:
        return sent
    data = sent.copy()
    data["hasil-TOTAL_FORMS"] = str(min(int(total) + 2, MAX_ROWS))
    return data


def outputs_initial(outputs: Sequence[JointOutput]) -> list[dict[str, Any]]:
    """Return the results as the set begins with them."""
    return [
        {
            "id": row.pk,
            "kind": row.kind,
            "text": row.text,
            "target": row.target.normalize() if row.target % 1 else int(row.target),
            "unit": row.unit,
        }
        for row in outputs
    ]
