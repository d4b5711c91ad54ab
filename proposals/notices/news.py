"""One piece of news: what happened, to what, by whom, as plain values for any language."""

from dataclasses import dataclass, field
from typing import Any

from proposals.enums import NoticeKind, NoticeWay
from proposals.models import JointProgramme, PlanningYear, Proposal, User

About = Proposal | JointProgramme | PlanningYear | None

USUAL_WAYS = {
    NoticeKind.SENT: NoticeWay.DAILY,
    NoticeKind.SENT_AGAIN: NoticeWay.DAILY,
    NoticeKind.JOINED: NoticeWay.DAILY,
}
"""How a kind is told to whoever has not chosen; what is not named comes at once."""


def usual_way(kind: str) -> NoticeWay:
    """Return how this kind is told to whoever has not chosen."""
    return USUAL_WAYS.get(NoticeKind(kind), NoticeWay.AT_ONCE)


@dataclass(frozen=True)
class News:
    """What one or several people are told; ``key`` says what, so that nobody is told twice."""

    kind: NoticeKind
    key: str
    about: About
    by: User | None
    words: dict[str, Any] = field(default_factory=dict)


def words_of(proposal: Proposal, **more: Any) -> dict[str, Any]:
    """Return the words that name a proposal; its number is empty while it is a draft."""
    named = {"label": proposal.number or "", "title": proposal.title}
    return named | {"office": proposal.office.name} | more


def columns_of(about: About) -> dict[str, Any]:
    """Return the columns of a notice that say what it is about."""
    match about:
        case Proposal():
            return {"proposal": about}
        case JointProgramme():
            return {"joint": about}
        case PlanningYear():
            return {"year": about}
    return {}


def year_of(about: About) -> PlanningYear | None:
    """Return the planning year of what is told."""
    return about if isinstance(about, PlanningYear) or about is None else about.year
