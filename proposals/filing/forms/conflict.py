"""Two people changed one field: both values in words, at that field, to choose from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from proposals.fields import FIELDS
from proposals.filing.actions.parts import PARTS
from proposals.filing.forms.boxes import CHOICE, Boxes, Together, seen_mark
from proposals.filing.forms.sheet import Sheet


@dataclass(frozen=True)
class Clash:
    """One field that both changed: its lasting name, its box on the page, both values in words.

    ``None`` stands for a row that this side has removed.
    """

    lasting: str
    box: str
    word: str
    mine: str | None
    theirs: str | None
    seen: str

    @property
    def choice(self) -> str:
        """Return the name of the boxes to choose with."""
        return f"{CHOICE}{self.lasting}"

    @property
    def key(self) -> str:
        """Return a word for the ids of those boxes."""
        return self.lasting.replace("/", "-")


def clashes(sheet: Sheet, laid: Together, theirs: Boxes, places: Boxes) -> list[Clash]:
    """Return what must be chosen; ``places`` says where the boxes stand on the page."""
    found = []
    for lasting, two in laid.collisions.items():
        word, field = _field(sheet, lasting)
        found.append(
            Clash(
                lasting=lasting,
                box=places.box_of(lasting),
                word=word,
                mine=None if two.mine is None else _told(field, two.mine),
                theirs=None if two.theirs is None else _told(field, two.theirs),
                seen=seen_mark(lasting, theirs),
            )
        )
    return found


def _field(sheet: Sheet, lasting: str) -> tuple[str, Any]:
    """Return the word and the field of a box; a whole row is named by its list."""
    name, _slash, rest = lasting.partition("/")
    column = rest.partition("/")[2]
    if rest:
        form = sheet.sets[name].empty_form
        field = form.fields[column or next(one for one in form.fields if one != "id")]
        return (str(field.label) if column else str(FIELDS[PARTS[name].code].word)), field
    for single in sheet.forms:
        for box in single:
            if box.html_name == name:
                return str(box.label), box.field
    raise ValueError(f"{lasting} is no box of this form")


def _told(field: Any, text: str) -> str:
    """Return a value as people read it: the word of a choice, else the text as typed."""
    for value, word in _flat(getattr(field, "choices", ())):
        if str(value) == text:
            return str(word) if text else _("none")
    return text


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for value, word in choices:
        if isinstance(word, list | tuple):
            yield from word
        else:
            yield value, word


def errors_at(sheet: Sheet, laid: Together, sent: Boxes) -> dict[str, str]:
    """Return what is wrong in the boxes that were sent, by their names on the page."""
    found: dict[str, str] = {}
    for form in sheet.forms:
        for name, texts in form.errors.items():
            if form.add_prefix(name) in sent.single:
                found[form.add_prefix(name)] = " ".join(map(str, texts))
    for name in sent.rows:
        rows = sheet.sets[name]
        if texts := rows.non_form_errors():
            found[name] = " ".join(map(str, texts))
        for key, form in zip(laid.boxes.rows[name], rows.forms, strict=False):
            at = sent.places.get(f"{name}/{key}", 0)
            found |= {
                f"{name}-{at}-{column}": " ".join(map(str, texts))
                for column, texts in form.errors.items()
            }
    return found
