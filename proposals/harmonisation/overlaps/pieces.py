"""What is compared: a piece, as a row of a file or a stored proposal fills it; and the verdict."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from proposals.likeness import Reason


class Kind(StrEnum):
    """How two pieces overlap (PROCESS, section 8)."""

    DUPLICATE = "duplicate"
    JOINT_SERVICE = "joint_service"
    CONSOLIDATE = "consolidate"
    CHAIN = "chain"


RAISED_FROM = 0.5


@dataclass(frozen=True, slots=True)
class Piece:
    """A proposal as the overlap engine sees it; what is not known stays empty."""

    number: str
    title: str
    background: str = ""
    results: tuple[str, ...] = ()
    year: str = ""
    region: str = ""
    districts: tuple[str, ...] = ()
    target_group: str = ""
    request_to: str = ""
    sector: str = ""
    commodity: str = ""
    intervention: str = ""
    code: str = ""
    amount: Decimal | None = None


class Verdict(NamedTuple):
    """Two pieces that overlap: how, how surely (0-1), and why."""

    a: str
    b: str
    kind: Kind
    score: float
    reasons: tuple[Reason, ...] = ()


class Told(NamedTuple):
    """A verdict in plain words."""

    a: str
    b: str
    kind: str
    score: float
    reasons: tuple[str, ...]
