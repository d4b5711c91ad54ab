"""What proposals have in common, said in one sentence, and where they differ, side by side."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proposals import likeness
from proposals.enums import RequestTo, ResultKind, UseRole
from proposals.harmonisation.queries.members import Compared, Result
from proposals.likeness import Bit
from proposals.templatetags.figures import num, rp

TOKEN = re.compile(r"\s+|[^\s]+")
NEED = gettext_lazy("Need")
TRIMMED = ".,;:()“”\"'"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one proposal says of a fact: lines of pieces, empty where it says nothing."""

    lines: list[list[Bit]]
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One fact in which the proposals differ."""

    word: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is equal, as words for one sentence, and the rows that differ."""

    same: list[str]
    rows: list[Row]
    has_open: bool = False
    """Whether one of the proposals may still be redirected."""

    @property
    def has_same_words(self) -> bool:
        """Tell whether words that match are marked: then a legend says so."""
        return any(bit.is_marked for bit in self._bits())

    @property
    def has_own_words(self) -> bool:
        """Tell whether words that one side alone says are set apart."""
        return any(bit.is_alone for bit in self._bits())

    def _bits(self) -> Iterator[Bit]:
        lines = (line for row in self.rows for cell in row.cells for line in cell.lines)
        return (bit for line in lines for bit in line)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to compare: its word and how it is read, as lines of text."""

    word: Promise
    read: Callable[[Compared], list[str]]
    is_text: bool = False
    is_strong: bool = False
    is_long: bool = False

    @property
    def is_read(self) -> bool:
        """Tell whether the search reads it, so that words of it may match."""
        return self.is_text or self.word == NEED


def _named(column: str) -> Callable[[Compared], list[str]]:
    def read(one: Compared) -> list[str]:
        row = getattr(one.proposal, column)
        return [str(row)] if row else []

    return read


def _results(kind: ResultKind) -> Callable[[Compared], list[str]]:
    return lambda one: [written(result) for result in one.results_of(kind)]


def written(result: Result) -> str:
    """Write a result with its target: 50 orang, Pelaku IKM terlatih."""
    return f"{num(result.target)} {result.unit}, {result.text}"


def _materials(one: Compared) -> list[str]:
    return [
        f"{use.name}: {num(use.quantity)} {use.unit}".strip()
        for use in one.uses
        if use.quantity is not None
    ]


def _products(one: Compared) -> list[str]:
    found = (use.stage or use.name for use in one.uses if use.role == UseRole.PRODUCT)
    return list(dict.fromkeys(found))


def _people(one: Compared) -> list[str]:
    counts = (
        (one.proposal.beneficiary_ikm, _("IKM")),
        (one.proposal.beneficiary_workers, _("workers")),
    )
    return [f"{num(count)} {word}" for count, word in counts if count is not None]


def _amount(column: str) -> Callable[[Compared], list[str]]:
    def read(one: Compared) -> list[str]:
        value = getattr(one.proposal, column)
        return [] if value is None else [rp(value)]

    return read


FACTS = (
    Fact(
        gettext_lazy("Kind of proposal"),
        lambda one: [str(RequestTo(one.proposal.request_to).label)],
    ),
    Fact(gettext_lazy("Kind of activity"), _named("intervention")),
    Fact(gettext_lazy("Sub-activity code"), _named("nomenclature")),
    Fact(gettext_lazy("Sector"), _named("sector")),
    Fact(gettext_lazy("Commodity"), lambda one: [one.commodity] if one.commodity else []),
    Fact(gettext_lazy("Product"), _products, is_text=True),
    Fact(gettext_lazy("Quantity a year"), _materials),
    Fact(gettext_lazy("Location"), lambda one: one.places),
    Fact(
        gettext_lazy("Target group"),
        lambda one: [one.proposal.target_group] if one.proposal.target_group else [],
        is_text=True,
    ),
    Fact(gettext_lazy("Outputs"), _results(ResultKind.OUTPUT), is_text=True),
    Fact(gettext_lazy("People reached"), _people),
    Fact(gettext_lazy("Source of money"), _named("funding_source")),
)
LAST = (
    Fact(
        gettext_lazy("Score"),
        lambda one: [] if one.proposal.score_pct is None else [num(one.proposal.score_pct, 1)],
        is_strong=True,
    ),
    Fact(gettext_lazy("Requested"), _amount("requested_rp"), is_strong=True),
    Fact(gettext_lazy("Recommended"), _amount("recommended_rp")),
)
IN_FULL = (
    Fact(NEED, lambda one: one.proposal.background.splitlines(), is_long=True),
    *FACTS,
    Fact(gettext_lazy("Outcomes"), _results(ResultKind.OUTCOME), is_text=True),
    Fact(
        gettext_lazy("Budget lines"),
        lambda one: [f"{line.text}: {rp(line.total_rp)}" for line in one.lines],
        is_long=True,
    ),
)


def compare(
    members: Sequence[Compared],
    *,
    in_full: bool = False,
    said: Mapping[int, Sequence[str]] | None = None,
) -> Comparison:
    """Say what is equal and set side by side what differs; what nobody says is left out.

    ``said`` names for each proposal the words that match; without it those of its nearest pair.
    """
    phrases = [said.get(one.proposal.pk, ()) if said else _of_nearest(one) for one in members]
    same, rows = [], []
    for fact in (*(IN_FULL if in_full else FACTS), *LAST):
        lines = [fact.read(one) for one in members]
        if not any(lines):
            continue
        if len(members) > 1 and all(one == lines[0] for one in lines):
            same.append(_said_once(fact, lines[0]))
        else:
            rows.append(Row(str(fact.word), _cells(lines, fact, phrases)))
    return Comparison(same, rows, has_open=any(one.may_be_redirected for one in members))


def _of_nearest(one: Compared) -> Sequence[str]:
    return one.nearest.said if one.nearest else ()


def _said_once(fact: Fact, lines: list[str]) -> str:
    """Name what is equal inside a sentence; a long text is named only."""
    word = str(fact.word)
    begun_small = word[:1].lower() + word[1:]
    return begun_small if fact.is_long else f"{begun_small} {'; '.join(lines)}"


def _cells(said: list[list[str]], fact: Fact, phrases: Sequence[Sequence[str]]) -> list[Cell]:
    counts: dict[str, int] = {}
    for words in ({_bare(token) for token in TOKEN.findall(" ".join(said_))} for said_ in said):
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    marks = fact.is_text and len(said) > 1
    alone = {word for word, n in counts.items() if n == 1 and word} if marks else set()
    return [
        Cell(
            [_bits_of(line, alone, own if fact.is_read else ()) for line in lines],
            is_strong=fact.is_strong,
        )
        for lines, own in zip(said, phrases, strict=True)
    ]


def _bits_of(line: str, alone: set[str], phrases: Sequence[str]) -> list[Bit]:
    """Mark what matches; of the rest set apart what one side alone says."""
    found = []
    for bit in likeness.marked(line, phrases):
        found += [bit] if bit.is_marked else _pieces(bit.text, alone)
    return found


def _bare(token: str) -> str:
    return token.strip(TRIMMED).casefold().strip()


def _pieces(line: str, alone: set[str]) -> list[Bit]:
    """Cut a line into runs; neighbouring words that stand alone are set apart as one."""
    tokens = TOKEN.findall(line)
    marked = [_bare(token) in alone for token in tokens]
    for at in range(1, len(tokens) - 1):
        if not tokens[at].strip():
            marked[at] = marked[at - 1] and marked[at + 1]
    runs = groupby(zip(tokens, marked, strict=True), key=itemgetter(1))
    return [
        Bit("".join(token for token, _mark in run), is_alone=is_alone) for is_alone, run in runs
    ]


@dataclass(frozen=True, slots=True)
class UnitTotal:
    """What programme and members aim at in one unit; None where one of them says nothing."""

    kind: str
    unit: str
    programme: Decimal | None
    members: Decimal | None
    n_members: int


def by_unit(own: Sequence[Any], members: Sequence[Compared]) -> list[UnitTotal]:
    """Set the programme's own results beside the sums of its members, unit by unit.

    Sums of different units are never added; a programme need not aim at the sum of its members.
    """
    keys = dict.fromkeys((row.kind, row.unit.strip().casefold()) for row in own)
    for member in members:
        keys |= dict.fromkeys((row.kind, row.unit.strip().casefold()) for row in member.results)
    return [_unit_total(kind, unit, own, members) for kind, unit in sorted(keys, reverse=True)]


def _unit_total(kind: str, unit: str, own: Sequence[Any], members: Sequence[Compared]) -> UnitTotal:
    def matches(row: Any) -> bool:
        return bool(row.kind == kind and row.unit.strip().casefold() == unit)

    stated = [row.target for row in own if matches(row)]
    of_members = [[row.target for row in one.results if matches(row)] for one in members]
    telling = [targets for targets in of_members if targets]
    return UnitTotal(
        kind=str(ResultKind(kind).label),
        unit=unit,
        programme=sum(stated, Decimal(0)) if stated else None,
        members=sum((sum(targets, Decimal(0)) for targets in telling), Decimal(0))
        if telling
        else None,
        n_members=len(telling),
    )
