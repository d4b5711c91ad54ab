"""A new draft with the content of an own proposal, of this year or of an earlier one."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from proposals import access
from proposals.fields import CONTENT_COLUMNS, FIELDS
from proposals.filing.actions.drafts import made_draft
from proposals.filing.actions.parts import PARTS, Part
from proposals.models import PlanningYear, Proposal, User
from proposals.refused import Refused

COPIED_PARTS = tuple(name for name in PARTS if name != "promised_papers")
COPIED_COLUMNS = tuple(sorted({*CONTENT_COLUMNS} - {"request_to", "title"}))
LISTED = ("sector", "intervention", "nomenclature", "funding_source")
CHOSEN = ("commodity", "scheme", "district")
TEXTS = ("title", "background", "target_group", "labour_source")
TITLE_LENGTH = 200
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


@dataclass(frozen=True)
class Copied:
    """A copy; the choices it leaves empty as they are no longer in use; years in its words."""

    proposal: Proposal
    left_out: tuple[str, ...] = ()
    past_years: tuple[int, ...] = ()


@transaction.atomic
def copy_proposal(
    *, proposal: Proposal, by: User, year: PlanningYear, creation_key: UUID | None = None
) -> Copied:
    """Make a draft with the content of an own proposal; papers and retired choices are left out.

    The same key twice makes one draft. What is left out is named, and so is every year of the past
    that the text says: titles are copied from year to year.
    """
    original = Proposal.objects.visible_to(by).select_related(*LISTED).get(pk=proposal.pk)
    if not access.may_write_content(by, original.office_id):
        raise Refused([_("This proposal belongs to another office.")])
    ending = " " + _("(copy)")
    values = {name: getattr(original, name) for name in COPIED_COLUMNS}
    left_out = []
    for name in LISTED:
        if reason := _unusable(getattr(original, name), year):
            values[f"{name}_id"] = None
            left_out.append(f"{FIELDS[name].word}: {reason}")
    values["request_to"] = original.request_to
    values["title"] = original.title[: TITLE_LENGTH - len(ending)] + ending
    made = made_draft(by, year, creation_key, values)
    if made.outputs.exists() or made.row_version > 1:  # the same press once more
        return Copied(made)
    for name in COPIED_PARTS:
        left_out += _copy_rows(PARTS[name], original, made)
    return Copied(made, tuple(dict.fromkeys(left_out)), _past_years(made, year))


def _unusable(chosen: Any, year: PlanningYear) -> str:
    """Return the name of a choice that cannot be chosen anew in this year; "" where it can."""
    if chosen is None:
        return ""
    is_old_code = getattr(chosen, "edition", year.nomenclature_edition) != year.nomenclature_edition
    return str(chosen) if getattr(chosen, "is_retired", False) or is_old_code else ""


def _copy_rows(part: Part, original: Proposal, made: Proposal) -> list[str]:
    """Copy the rows of one list; return what was left out, in words."""
    left_out = []
    position = 0
    for row in part.rows_of(original):
        chosen = [getattr(row, name, None) for name in CHOSEN]
        if retired := [one for one in chosen if getattr(one, "is_retired", False)]:
            left_out += [f"{FIELDS[part.code].word}: {one}" for one in retired]
            continue
        position += 1
        values = {name: getattr(row, name) for name in part.attnames} | {"position": position}
        stage = getattr(row, "stage", None)
        if getattr(stage, "is_retired", False):
            values["stage_id"] = None
            left_out.append(f"{FIELDS[part.code].word}: {stage}")
        part.model._default_manager.create(proposal=made, **values)
    return left_out


def _past_years(made: Proposal, year: PlanningYear) -> tuple[int, ...]:
    texts = [str(getattr(made, name)) for name in TEXTS]
    texts += made.outputs.values_list("text", flat=True)
    texts += made.budget_lines.values_list("text", flat=True)
    found = {int(word) for text in texts for word in YEAR.findall(text)}
    return tuple(sorted(one for one in found if one < year.fiscal_year))
