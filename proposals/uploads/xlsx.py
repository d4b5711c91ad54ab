"""The cells of an XLSX, row by row, whoever saved it: memory holds one row and the shared texts.

The parts are read as a stream; a document type, which a spreadsheet never has, ends the reading.
Numbers keep the digits that stand in the file. A formula counts as the value it last showed.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from posixpath import join, normpath
from typing import IO, Any, TypeAlias
from xml.parsers import expat

from django.utils.translation import gettext as _

from proposals.refused import Refused
from proposals.uploads import safety

Cell: TypeAlias = str | dict[str, str]
"""A text; or {"n": digits} for a number, {"e": "#REF!"} for a formula that failed."""
Line: TypeAlias = tuple[int, dict[int, Cell]]

CHUNK = 64 * 1024
MOST_COLUMNS = 100
MOST_SIGNS = 2_000_000
"""Signs of one cell; Excel ends at 32.767."""
ROOM = 60_000_000
OF_EACH = 50
"""What all shared texts may take together, and what each takes beside its signs."""
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
UNKEPT = re.compile("[\x00\ud800-\udfff\ufffd]")


class Damaged(ValueError):
    """The file is no spreadsheet after all."""


class Listener:
    """Hears a part of the archive as a stream of tags; what is finished waits in ``done``."""

    def __init__(self) -> None:
        self.done: list[Any] = []
        self.begin()

    def begin(self) -> None:
        """Begin the text of a cell."""
        self.runs: list[str] = []
        self.length = 0

    def gather(self, text: str) -> None:
        """Add to the text of a cell; raises :class:`Damaged` where it has no end."""
        self.runs.append(text)
        self.length += len(text)
        if self.length > MOST_SIGNS:
            raise Damaged("a cell without end")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Hear a tag that opens."""

    def end(self, tag: str) -> None:
        """Hear a tag that closes."""

    def text(self, text: str) -> None:
        """Hear text between tags."""


def heard(archive: Any, name: str, listener: Listener) -> Iterator[Any]:
    """Yield what a listener makes of one part of the archive, while it is still being read."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda tag, given: listener.start(_bare(tag), given)
    parser.EndElementHandler = lambda tag: listener.end(_bare(tag))
    parser.CharacterDataHandler = listener.text
    with archive.open(name) as part:
        while chunk := part.read(CHUNK):
            parser.Parse(chunk, False)  # noqa: FBT003 - expat's own signature
            yield from listener.done
            listener.done.clear()
    parser.Parse(b"", True)  # noqa: FBT003 - expat's own signature
    yield from listener.done


def _bare(tag: str) -> str:
    return tag.rpartition(" ")[2]


def _refuse(*_parts: object) -> None:
    raise Damaged("a document type")


class Tags(Listener):
    """Keeps every tag with its attributes, by their bare names."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Keep the tag."""
        self.done.append((tag, {_bare(name): value for name, value in attributes.items()}))


class Texts(Listener):
    """Keeps each shared text, its runs joined and its pronunciation left out."""

    def __init__(self) -> None:
        super().__init__()
        self.is_text = self.is_hint = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - Listener's
        """Begin a text or a run of it."""
        if tag == "si":
            self.begin()
        self.is_hint = self.is_hint or tag == "rPh"
        self.is_text = tag == "t" and not self.is_hint

    def end(self, tag: str) -> None:
        """Finish a text."""
        self.is_text = False
        if tag == "rPh":
            self.is_hint = False
        elif tag == "si":
            self.done.append(kept("".join(self.runs)))

    def text(self, text: str) -> None:
        """Keep the text of a run."""
        if self.is_text:
            self.gather(text)


class Rows(Listener):
    """Keeps each row of a sheet as its number and its cells by column."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__()
        self.texts = texts
        self.number, self.column, self.kind = 0, -1, "n"
        self.cells: dict[int, Cell] = {}
        self.is_value = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin a row, a cell or its value."""
        if tag == "row":
            number = int(attributes.get("r") or self.number + 1)
            if not self.number < number <= 1_048_576:
                raise Damaged("rows out of order")
            self.number, self.column, self.cells = number, -1, {}
        elif tag == "c":
            self.column = column_of(attributes.get("r", ""), self.column + 1)
            self.kind = attributes.get("t", "n")
            self.begin()
        self.is_value = tag in {"v", "t"}

    def end(self, tag: str) -> None:
        """Finish a cell or a row."""
        self.is_value = False
        if tag == "row":
            self.done.append((self.number, self.cells))
        elif tag == "c" and self.runs and self.column < MOST_COLUMNS:
            value = self.value("".join(self.runs))
            if value != "":
                self.cells[self.column] = value

    def text(self, text: str) -> None:
        """Keep the value of a cell."""
        if self.is_value:
            self.gather(text)

    def value(self, text: str) -> Cell:
        """Return the cell by its kind."""
        match self.kind:
            case "s":
                return self.texts[int(text)]
            case "n":
                return {"n": number(text)} if text.strip() else ""
            case "e":
                return {"e": text}
            case "b":
                return "1" if text == "1" else "0"
        return kept(text)


def column_of(place: str, following: int) -> int:
    """Return the column of "AB12" counted from 0; without a place the one that follows."""
    letters = re.match(r"[A-Z]{1,3}", place)
    if not letters:
        return following
    found = 0
    for letter in letters[0]:
        found = found * 26 + ord(letter) - 64
    return found - 1


def number(text: str) -> str:
    """Return a number's digits, rounded to the 15 that a spreadsheet holds."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        raise Damaged("a number without digits") from None
    if not value.is_finite() or abs(value.adjusted()) > 30:
        raise Damaged("a number out of reach")
    return f"{Decimal(f'{value:.15g}').normalize():f}"


def kept(text: str) -> str:
    """Return a text as the spreadsheet shows it; what cannot be kept becomes a hidden mark."""
    shown = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
    return UNKEPT.sub("\x01", shown)


def text_of(cell: Cell) -> str:
    """Return a cell as text; a number without a thousands point and with its comma."""
    if isinstance(cell, str):
        return cell
    return cell.get("n", cell.get("e", "")).replace(".", ",")


class Book:
    """An XLSX: the names of its sheets, and the lines of each."""

    def __init__(self, file: IO[bytes]) -> None:
        self.archive = safety.opened(file)
        parts = list(heard(self.archive, "xl/workbook.xml", Tags()))
        targets = self._targets()
        self.sheets = {
            given["name"]: targets[given["id"]]
            for tag, given in parts
            if tag == "sheet" and given.get("id") in targets
        }
        self.since_1904 = any(
            tag == "workbookPr" and given.get("date1904") in {"1", "true"} for tag, given in parts
        )
        self._texts: list[str] | None = None

    def _targets(self) -> dict[str, str]:
        tags = heard(self.archive, "xl/_rels/workbook.xml.rels", Tags())
        links = {given["Id"]: given for tag, given in tags if tag == "Relationship"}
        shared = [one for one in links.values() if one["Type"].endswith("/sharedStrings")]
        self.texts_part = _place(shared[0]["Target"]) if shared else ""
        return {key: _place(one["Target"]) for key, one in links.items()}

    def lines(self, name: str) -> Iterator[Line]:
        """Yield the lines of one sheet."""
        if self._texts is None:
            self._texts = list(self._shared())
        yield from heard(self.archive, self.sheets[name], Rows(self._texts))

    def _shared(self) -> Iterator[str]:
        """Yield the shared texts, as far as there is room: they alone stay in memory."""
        if self.texts_part not in self.archive.namelist():
            return
        taken = 0
        for text in heard(self.archive, self.texts_part, Texts()):
            taken += len(text) + OF_EACH
            if taken > ROOM:
                raise Damaged("too many shared texts")
            yield text


def _place(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))


def damaged() -> Refused:
    """Return what is said of a file that cannot be read to its end."""
    return Refused([_("The file is damaged: open it, save it again, then upload it.")])


DAMAGE: tuple[type[Exception], ...] = (*safety.DAMAGE, expat.ExpatError, IndexError)
