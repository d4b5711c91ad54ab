"""The facts that advice is computed from: a stored proposal and a row of a file fill them alike."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from proposals.advice.slips import Band, Priced
from proposals.enums import ResultKind
from proposals.models import (
    Commodity,
    DerivativeStage,
    FundingSource,
    InterventionType,
    Nomenclature,
    ReadinessDocument,
)


@dataclass(frozen=True)
class Result:
    """An output or outcome with its target."""

    kind: str
    text: str
    unit: str
    target: Decimal | None


@dataclass(frozen=True)
class Line:
    """A budget line."""

    text: str
    priced: Priced


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of one proposal; what is not known is None or empty, and is not judged.

    ``trees`` are the industry trees in which the main commodity stands, ``lacking`` the required
    papers that are not there, ``balance`` the newest figures of the main commodity with source.
    """

    fiscal_year: int
    request_to: str = ""
    is_provincial: bool = False
    title: str = ""
    background: str = ""
    is_cross_sector: bool = True
    intervention: InterventionType | None = None
    nomenclature: Nomenclature | None = None
    funding: FundingSource | None = None
    commodity: Commodity | None = None
    products: frozenset[int] = frozenset()
    trees: tuple[DerivativeStage, ...] = ()
    upstream: tuple[Commodity, ...] = ()
    results: tuple[Result, ...] = ()
    lines: tuple[Line, ...] = ()
    requested_rp: Decimal | None = None
    ikm: int | None = None
    workers: int | None = None
    lacking: tuple[ReadinessDocument, ...] = ()
    attached: frozenset[str] | None = None
    balance: str = ""
    n_of_office: int | None = None
    limit: int | None = None

    @property
    def band(self) -> Band | None:
        """Return the cost band of the activity with how many of it there are, where both fit."""
        kind, counted = self.intervention, self.counted
        if kind is None or kind.unit_cost_low_rp is None or kind.unit_cost_high_rp is None:
            return None
        if counted is None or not counted.target:
            return None
        return Band(kind.unit_cost_low_rp, kind.unit_cost_high_rp, counted.target)

    @property
    def counted(self) -> Result | None:
        """Return the first output in a unit that is usual for the activity."""
        units = self.intervention.typical_units if self.intervention else ""
        usual = {unit.strip().lower() for unit in units.replace(",", "|").split("|")} - {""}
        outputs = (one for one in self.results if one.kind == ResultKind.OUTPUT)
        return next((one for one in outputs if one.unit.strip().lower() in usual), None)

    @property
    def said(self) -> str:
        """Return title and results in lower case: what is to be done, without the background."""
        return " ; ".join((self.title, *(one.text for one in self.results))).lower()


class Issue(NamedTuple):
    """What kind of advice it is, and which row of which list it names."""

    key: str
    reference: str = ""


@dataclass(frozen=True)
class Advice:
    """One thing to think about: the field it belongs to, the reason, and what it rests on.

    ``row`` counts from 0 in the list of the field; ``meant_rp`` is what an amount may have meant.
    """

    issue: Issue
    field: str
    message: str
    source: str
    row: int | None = None
    is_example: bool = False
    meant_rp: Decimal | None = None

    @property
    def key(self) -> str:
        """Return the kind of advice."""
        return self.issue.key

    @property
    def reference(self) -> str:
        """Return the key of what it names; nothing where it names nothing."""
        return self.issue.reference
