"""Two people changed one proposal: both versions field by field, and what the person chose."""

import copy
import json
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from proposals.filing.actions import Filled
from proposals.filing.actions.parts import PARTS, Part
from proposals.filing.forms.content import FORM_FIELDS
from proposals.filing.queries.facts import Fact, facts_of, rows_of
from proposals.models import Proposal

MINE, THEIRS = "mine", "theirs"
PART_CODES = {name: part.code for name, part in PARTS.items() if name != "promised_papers"}


@dataclass(frozen=True)
class Difference:
    """One field in both versions; ``chosen`` is clear where only one side has changed it."""

    code: str
    theirs: Fact
    mine: Fact
    chosen: str

    @property
    def box(self) -> str:
        """Return the name of the boxes to choose with."""
        return f"pilih-{self.code}"


def fingerprints(facts: Mapping[str, Fact], codes: Collection[str]) -> str:
    """Return short marks of the open fields as they were when the form was opened."""
    return json.dumps({code: _mark(facts[code]) for code in sorted(codes) if code in facts})


def _mark(fact: Fact) -> str:
    return f"{zlib.crc32(repr((fact.text, fact.lines)).encode()):08x}"


def differences(
    current: Proposal, filled: Filled, base: str, posted: Mapping[str, Any]
) -> list[Difference]:
    """Lay what stands now beside what the form holds; equal fields are left out."""
    theirs, mine = facts_of(current), told_by(current, filled)
    marks = _read(base)
    return [
        Difference(code, theirs[code], mine[code], _choice(code, theirs, mine, marks, posted))
        for code in theirs
        if code in _codes(filled) and theirs[code] != mine[code]
    ]


def _choice(
    code: str,
    theirs: Mapping[str, Fact],
    mine: Mapping[str, Fact],
    marks: Mapping[str, str],
    posted: Mapping[str, Any],
) -> str:
    said = posted.get(f"pilih-{code}")
    if said in {MINE, THEIRS}:
        return str(said)
    if marks.get(code) == _mark(theirs[code]):
        return MINE  # nobody else touched it
    return THEIRS if marks.get(code) == _mark(mine[code]) else ""


def without(filled: Filled, codes: Collection[str]) -> Filled:
    """Return what is saved where the person keeps the other's version of these fields."""
    names = {name for code in codes for name in FORM_FIELDS.get(code, ())}
    return replace(
        filled,
        values={name: value for name, value in filled.values.items() if name not in names},
        parts={name: rows for name, rows in filled.parts.items() if PART_CODES[name] not in codes},
    )


def told_by(current: Proposal, filled: Filled) -> dict[str, Fact]:
    """Return the fields as the form would make them; nothing is written."""
    shown, rows = copy.copy(current), rows_of(current)
    for name, value in filled.values.items():
        setattr(shown, name, value)
    for name, wanted in filled.parts.items():
        part = PARTS[name]
        if name == "co_funding":
            rows[name] = wanted
        elif name == "financing_needs":
            rows[name] = [_scheme(row) for row in wanted]
        else:
            rows[part.code] = [_made(part, row) for row in wanted]
    return facts_of(shown, rows)


def _made(part: Part, row: dict[str, object]) -> Any:
    """Return a row that is only shown, with what it names."""
    made = part.model(**part.plain(row))
    for column in ("commodity", "stage", "district", "region"):
        if row.get(column) is not None:
            setattr(made, column, row[column])
    return made


def _scheme(row: dict[str, Any]) -> dict[str, Any]:
    scheme = row["scheme"]
    return row | {"scheme_name_id": scheme.name_id, "scheme_name_en": scheme.name_en}


def _codes(filled: Filled) -> set[str]:
    codes = {code for code, names in FORM_FIELDS.items() if set(names) & set(filled.values)}
    return codes | {PART_CODES[name] for name in filled.parts}


def _read(base: str) -> dict[str, str]:
    try:
        marks = json.loads(base)
    except ValueError:
        return {}
    return marks if isinstance(marks, dict) else {}
