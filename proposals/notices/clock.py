"""What the clock tells: a correction that is due soon, the end of sending."""

from collections.abc import Sequence
from datetime import date, datetime

from proposals.enums import NoticeKind
from proposals.models import Office, PlanningYear, Proposal, ReturnPoint
from proposals.notices import readers
from proposals.notices.news import News, words_of
from proposals.notices.telling import tell

K = NoticeKind


def return_due(proposal: Proposal, points: Sequence[ReturnPoint], due_on: date, step: int) -> None:
    """Remind an office of a correction that is due in a few days."""
    words = words_of(proposal, due=due_on.isoformat())
    words["points"] = [{"field": point.field, "what": point.what} for point in points]
    people = readers.people(readers.in_office(proposal.office_id))
    key = f"{K.RETURN_DUE}:{proposal.pk}:{due_on}:{step}"
    tell(News(K.RETURN_DUE, key, proposal, None, words), readers.who_may_read(proposal, people))


def deadline_near(
    year: PlanningYear, office: Office, until: datetime, step: int, *, complete: int, lacking: int
) -> None:
    """Remind an office of what it has not sent yet, once for each step and each day of closing."""
    words: dict[str, object] = {"until": until.isoformat(), "office": office.name}
    words |= {"complete": complete, "lacking": lacking}
    key = f"{K.DEADLINE}:{year.pk}:{office.pk}:{until:%Y-%m-%d}:{step}"
    tell(News(K.DEADLINE, key, year, None, words), readers.people(readers.in_office(office)))
