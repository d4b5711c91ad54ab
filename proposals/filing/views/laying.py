"""What was typed laid over what stands, saved where it is clean, remembered where it was sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from proposals.filing.actions import (
    Filled,
    drop_typed,
    hold_typed,
    remember_given,
    save_filled,
)
from proposals.filing.forms.boxes import Boxes, Together, marks_in, sent_in, shown_in, together
from proposals.filing.forms.conflict import clashes
from proposals.filing.forms.sheet import Sheet
from proposals.filing.queries.reading import to_fill
from proposals.filing.queries.typed import Typed
from proposals.models import Proposal, User

ATTEMPTS = 5


@dataclass(frozen=True)
class Laid:
    """The empty form, what was sent, and both laid together."""

    blank: Sheet
    standing: Boxes
    sent: Boxes
    base: dict[str, str]
    renewed: dict[str, str]
    both: Together

    @property
    def sheet(self) -> Sheet:
        """Return the form as it is shown: the person's own text at every field that collides."""
        return self.blank.again(self.both.boxes.data())


def laid_over(sheet: Sheet, data: Mapping[str, Any], base: dict[str, str], typed: Typed) -> Laid:
    """Lay the texts of ``data`` over what stands in the proposal of this form."""
    blank = sheet.again()
    standing = shown_in(blank)
    sent = sent_in(blank, data, typed.ids)
    renewed = typed.renewed(base, standing.marks())
    return Laid(blank, standing, sent, base, renewed, together(standing, sent, renewed, data))


def opened(sheet: Sheet, typed: Typed) -> tuple[Sheet, Laid | None]:
    """Return the form with what is typed and not saved yet, beside what stands."""
    if not typed.sections:
        return sheet, None
    laid = laid_over(sheet, typed.values, typed.base, typed)
    return laid.sheet, laid


def at_fields(sheet: Sheet, laid: Laid) -> None:
    """Draw both values at each field that two people changed, under its box."""
    forms = [*sheet.forms, *(form for rows in sheet.sets.values() for form in rows.forms)]
    boxes = {box.html_name: box for form in forms for box in form}
    for clash in clashes(laid.blank, laid.both, laid.standing, laid.both.boxes):
        box = boxes[clash.box]
        drawn = render_to_string("proposals/filing/_clash.html", {"clash": clash})
        box.help_text = format_html("{}{}", box.help_text, mark_safe(drawn))  # noqa: S308 - a template's


def base_of(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the marks of what the boxes held when their page was opened."""
    return marks_in(str(data.get("dasar", "")))


def filled_in(sheet: Sheet, laid: Laid) -> Filled:
    """Return the clean values of the boxes that were sent; what was not sent stays."""
    sent, whole = laid.sent, sheet.filled()
    has_main = any(name.startswith("main-") for name in sent.single)
    return Filled(
        values={name: one for name, one in whole.values.items() if name in sent.single},
        parts={
            name: rows
            for name, rows in whole.parts.items()
            if name in sent.rows or (name == "commodity_uses" and has_main)
        },
        answers=[
            (point, text)
            for point, text in whole.answers
            if f"point-{point.pk}-text" in sent.single
        ],
        promises=[
            (document, day)
            for document, day in whole.promises
            if f"promise-{document.pk}" in sent.single
        ],
        uploads=whole.uploads,
    )


@transaction.atomic
def save_laid(user: User, sheet: Sheet, laid: Laid, section: str | None) -> Proposal:
    """Save what was sent and drop it from the buffer: one section, or all; one transaction.

    New rows are remembered in it too: whoever gets no answer sends them again, and they stand once.
    Raises Stale where somebody saved after the form was read: lay it together anew.
    """
    proposal = sheet.proposal
    has_new = any(not key.isdecimal() for rows in laid.both.saved.rows.values() for key in rows)
    if has_new:
        hold_typed(proposal=proposal, by=user)
    saved = save_filled(
        proposal=proposal,
        by=user,
        row_version=proposal.row_version,
        filled=filled_in(sheet, laid),
    )
    drop_typed(proposal=proposal, by=user, section=section)
    if has_new:
        remember(user, laid)
    return saved


def remember(user: User, laid: Laid) -> Boxes:
    """Read what stands now; remember the new marks and the ids of new rows, and return it."""
    fresh = to_fill(user).get(pk=laid.blank.proposal.pk)
    blank = Sheet(fresh, laid.blank.choices, laid.blank.paper_rows)
    now = shown_in(blank)
    ids = _new_ids(laid, now)
    before, after = laid.standing.marks(), now.marks()
    marks = {
        name: [laid.base.get(name, ""), mark]
        for name, mark in after.items()
        if before.get(name) != mark
    }
    if marks or ids:
        remember_given(proposal=fresh, by=user, marks=marks, ids=ids)
    return now


def _new_ids(laid: Laid, now: Boxes) -> dict[str, str]:
    """Return the id of each row that was new, by the key it was sent with."""
    found: dict[str, str] = {}
    for name in laid.sent.rows:
        rows = zip(laid.both.saved.rows[name], now.rows.get(name, {}), strict=False)
        found |= {key: pk for key, pk in rows if key != pk and not key.isdecimal()}
    return found
