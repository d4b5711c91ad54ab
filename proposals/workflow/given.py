"""What a person says together with an action."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from proposals.enums import RegencyWord
from proposals.models import ReasonCode, User


@dataclass(frozen=True)
class Point:
    """One thing to mend in a return: the code of the field it opens, what, and until when."""

    field: str
    what: str
    due_on: date
    reason: ReasonCode | None = None


@dataclass(frozen=True)
class Given:
    """The words and figures of one act; amounts in whole rupiah.

    ``decided_by`` differs from the person who types only at the meeting (desk operator).
    """

    note: str = ""
    reason: ReasonCode | None = None
    agreed_rp: Decimal | None = None
    override_reason: str = ""
    regency_word: RegencyWord = RegencyWord.NOT_ASKED
    regency_note: str = ""
    decided_by: User | None = None
    points: tuple[Point, ...] = field(default=())
