"""The rail of the form: what is missing, section by section."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from proposals.completeness import Missing, needs_money
from proposals.enums import FieldKind
from proposals.fields import FIELDS, SECTION_WORDS, Section
from proposals.models import Proposal, ReadinessDocument


@dataclass(frozen=True)
class Step:
    """One section of the form: how many things it lacks, and how many are wrong."""

    key: Section
    number: int
    n_missing: int
    n_wrong: int

    @property
    def word(self) -> str:
        """Return the word of the section."""
        return str(SECTION_WORDS[self.key])

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is missing or wrong."""
        return not self.n_missing and not self.n_wrong


def steps(missing: Iterable[Missing], wrong: Mapping[Section, int]) -> list[Step]:
    """Return the sections in the order of the page."""
    counts = dict.fromkeys(Section, 0)
    for item in missing:
        counts[item.section] += 1
    return [
        Step(key, number, counts[key], wrong.get(key, 0))
        for number, key in enumerate(Section, start=1)
    ]


def n_asked(proposal: Proposal, documents: Iterable[ReadinessDocument]) -> int:
    """Count what this kind of proposal needs to be sent: fields, both kinds of result, papers."""
    kind, money = proposal.field_kind, needs_money(proposal)
    fields = sum(kind in field.needed_for for field in FIELDS.values())
    papers = sum(
        kind != FieldKind.P if one.is_per_office else one.key != "rab" or money for one in documents
    )
    return fields + 1 + money + papers
