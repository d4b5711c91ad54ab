"""The sheets of the workbook and their columns: one table to write, to read and to judge by."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from proposals.fields import FIELDS


class Kind(Enum):
    """What stands in a column, and so how its cells look and are read."""

    TEXT = auto()
    WORD = auto()  # one word of a closed list
    PICK = auto()  # one row of a live list
    COUNT = auto()
    NUMBER = auto()
    RUPIAH = auto()
    DAY = auto()
    SHOWN = auto()  # written for people, never read


@dataclass(frozen=True)
class Column:
    """One column: its name in the code, its heading, and what people are told about it."""

    name: str
    word: Promise
    kind: Kind
    width: int = 16
    length: int = 0
    listing: str = ""
    help: Promise | str = ""
    is_needed: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet; ``part`` is the list of a proposal that its rows make up, "" for proposals."""

    code: str
    word: Promise
    columns: tuple[Column, ...]
    part: str = ""
    once: tuple[str, ...] = ()
    help: Promise | str = ""

    @property
    def filled(self) -> tuple[Column, ...]:
        """Return the columns that people fill."""
        return tuple(one for one in self.columns if one.kind is not Kind.SHOWN)


PROPOSALS = "usulan"
KEY = "key"
KEY_COLUMN = Column(
    KEY,
    _("Key"),
    Kind.TEXT,
    9,
    20,
    help=_("Ties the rows of all sheets together. Leave it as it is."),
)
TIE = Column(
    KEY,
    _("Key"),
    Kind.TEXT,
    9,
    20,
    help=_("The key of the proposal this row belongs to, as it stands in the first sheet."),
    is_needed=True,
)
MARKS, REF = "marks", "ref"
"""Hidden columns: what stood online when the file was made, and which row this is."""


def _of(name: str, kind: Kind, width: int, length: int = 0, **more: object) -> Column:
    return Column(name, FIELDS[name].word, kind, width, length, **more)  # type: ignore[arg-type]  # by name


CONTENT = (
    KEY_COLUMN,
    Column("status", _("Status"), Kind.SHOWN, 14),
    _of(
        "title",
        Kind.TEXT,
        48,
        200,
        is_needed=True,
        help=_("What, for whom and where."),
    ),
    _of(
        "request_to",
        Kind.WORD,
        22,
        listing="request_to",
        is_needed=True,
        help=_("Who would pay: choose from the list."),
    ),
    _of("origin", Kind.WORD, 20, listing="origin"),
    _of(
        "intervention",
        Kind.PICK,
        34,
        listing="interventions",
        help=_("It decides which papers are asked for and whether money is needed."),
    ),
    _of("nomenclature", Kind.PICK, 40, listing="codes", help=_("A sub-activity of the edition.")),
    _of("sector", Kind.PICK, 26, listing="sectors", help=_("Empty means cross-sector.")),
    _of("background", Kind.TEXT, 60, 4000, help=_("The need in your own words. 4.000 characters.")),
    _of("target_group", Kind.TEXT, 30, 200, help=_("Who gains by it.")),
    _of("beneficiary_ikm", Kind.COUNT, 12, help=_("A whole number; empty is not zero.")),
    _of("beneficiary_workers", Kind.COUNT, 12, help=_("A whole number; empty is not zero.")),
    Column("labour_needed", _("Labour needed"), Kind.COUNT, 12),
    Column("labour_available", _("Labour available"), Kind.COUNT, 12),
    Column("labour_to_train", _("Labour to be trained"), Kind.COUNT, 12),
    Column("labour_source", _("Source of these figures"), Kind.TEXT, 24, 200),
    _of(
        "requested_rp",
        Kind.RUPIAH,
        20,
        help=_("Whole rupiah. With budget lines it is their sum and stays locked."),
    ),
    _of("forward_rp", Kind.RUPIAH, 20, help=_("What the year after would need.")),
    _of(
        "funding_source",
        Kind.PICK,
        30,
        listing="sources",
        help=_("One source: the purse and the ceiling that the amount counts against."),
    ),
)
LINE_BREAKS = frozenset({"background"})
"""Texts that keep their line breaks."""

RP = _("Whole rupiah, for example 2500000.")
SHEETS: Mapping[str, Sheet] = {
    sheet.code: sheet
    for sheet in (
        Sheet(PROPOSALS, _("Proposals"), CONTENT, help=_("One row for each proposal.")),
        Sheet(
            "hasil",
            _("Outputs"),
            (
                TIE,
                Column("kind", _("Kind"), Kind.WORD, 14, listing="result", is_needed=True),
                Column("text", _("Result"), Kind.TEXT, 60, 200, is_needed=True),
                Column("target", _("Target"), Kind.NUMBER, 12, 15, is_needed=True),
                Column("unit", _("Unit"), Kind.TEXT, 14, 40, is_needed=True),
            ),
            part="outputs",
            help=_("What is produced (output) and what changes after it (outcome)."),
        ),
        Sheet(
            "rincian",
            _("Budget lines"),
            (
                TIE,
                Column("text", _("Description"), Kind.TEXT, 60, 200, is_needed=True),
                Column("volume", _("Volume"), Kind.NUMBER, 12, 12, is_needed=True),
                Column("unit", _("Unit"), Kind.TEXT, 14, 40, is_needed=True),
                Column(
                    "unit_cost_rp", _("Unit cost (Rp)"), Kind.RUPIAH, 20, is_needed=True, help=RP
                ),
                Column(
                    "total_rp", _("Total (Rp)"), Kind.SHOWN, 20, help=_("Computed; do not fill in.")
                ),
            ),
            part="budget_lines",
            help=_("Their sum becomes the requested amount."),
        ),
        Sheet(
            "lokasi",
            _("Locations"),
            (
                TIE,
                Column("place", _("Place"), Kind.PICK, 34, listing="places", is_needed=True),
                Column("village", _("Village (may stay empty)"), Kind.TEXT, 30, 100),
            ),
            part="locations",
            once=("place", "village"),
            help=_("Districts of your region; for the province, regencies and cities."),
        ),
        Sheet(
            "komoditas",
            _("Commodities"),
            (
                TIE,
                Column("role", _("Role"), Kind.WORD, 18, listing="use_role", is_needed=True),
                Column(
                    "commodity",
                    _("Commodity"),
                    Kind.PICK,
                    34,
                    listing="commodities",
                    is_needed=True,
                ),
                Column("quantity", _("Quantity a year"), Kind.NUMBER, 14, 15),
                Column("unit", _("Unit"), Kind.TEXT, 14, 40),
                Column(
                    "origin", _("Where it comes from"), Kind.WORD, 24, listing="material_origin"
                ),
                Column("stage", _("Stage of the industry tree"), Kind.PICK, 34, listing="stages"),
            ),
            part="commodity_uses",
            once=("role", "commodity"),
            help=_("At most one main commodity for each proposal."),
        ),
        Sheet(
            "pendanaan",
            _("Co-funding"),
            (
                TIE,
                Column("who", _("Who pays"), Kind.TEXT, 44, 200, is_needed=True),
                Column("amount_rp", _("How much (Rp)"), Kind.RUPIAH, 20, is_needed=True, help=RP),
            ),
            part="co_funding",
            help=_("What others add; shown beside the request, never decided."),
        ),
        Sheet(
            "pembiayaan",
            _("Financing wanted"),
            (
                TIE,
                Column("scheme", _("Scheme"), Kind.PICK, 40, listing="schemes", is_needed=True),
                Column("amount_rp", _("How much (Rp)"), Kind.RUPIAH, 20, is_needed=True, help=RP),
                Column("note", _("Note"), Kind.TEXT, 40, 200),
            ),
            part="financing_needs",
            help=_("Schemes that the beneficiaries want; becomes the list for the banks."),
        ),
        Sheet(
            "janji",
            _("Promised papers"),
            (
                TIE,
                Column("document", _("Paper"), Kind.PICK, 50, listing="documents", is_needed=True),
                Column("due_on", _("Promised for"), Kind.DAY, 16, is_needed=True),
            ),
            part="promised_papers",
            once=("document",),
            help=_(
                "Missing papers and the day they are promised for; files go on the page itself."
            ),
        ),
    )
}
PART_SHEETS = {sheet.part: sheet for sheet in SHEETS.values() if sheet.part}


def plain(text: object) -> str:
    """Return a word as it is compared: small letters, single spaces, no star."""
    return " ".join(str(text).replace("*", " ").split()).casefold()


@lru_cache(maxsize=1)
def headings() -> dict[str, dict[str, str]]:
    """Return, for each sheet, every heading in both languages and the name of its column."""
    found: dict[str, dict[str, str]] = {code: {} for code in SHEETS}
    for language in ("id", "en"):
        with override(language):
            for code, sheet in SHEETS.items():
                found[code] |= {plain(one.word): one.name for one in sheet.columns}
    for code, sheet in SHEETS.items():
        found[code] |= {one.name: one.name for one in sheet.columns}
        found[code] |= {MARKS: MARKS, REF: REF}
    return found


@lru_cache(maxsize=1)
def sheet_names() -> dict[str, str]:
    """Return the code of each sheet by its name in both languages."""
    found = {code: code for code in SHEETS}
    for language in ("id", "en"):
        with override(language):
            found |= {plain(sheet.word): code for code, sheet in SHEETS.items()}
    return found


def letters(index: int) -> str:
    """Return the letters of a column counted from 0: 0 -> A, 26 -> AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text
