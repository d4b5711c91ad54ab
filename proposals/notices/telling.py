"""Writing notices and their letters, in the transaction of the act that causes them."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import override
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from proposals.enums import LetterState, NoticeWay
from proposals.models import Letter, LetterChoice, Notice, User
from proposals.models.letters import new_message_id
from proposals.notices import wording
from proposals.notices.delivering import deliver
from proposals.notices.news import News, columns_of, usual_way, year_of

MOST_NAMED = 20
"""How many things a summary names; the rest is a number."""
MOST_LETTERS = 300

Told = tuple[User, News]
_gathering: ContextVar[list[Told] | None] = ContextVar("gathering", default=None)


def tell(news: News, readers: Iterable[User]) -> None:
    """Tell this news to these people, but not to whoever did it."""
    told = [(one, news) for one in readers if news.by is None or one.pk != news.by.pk]
    gathering = _gathering.get()
    if gathering is not None:
        gathering += told
    else:
        write(told)


@contextmanager
def gathered() -> Iterator[None]:
    """Tell what happens inside as one summary for each person and kind: for acts on many at once.

    Stands inside the transaction of the whole act.
    """
    if _gathering.get() is not None:
        yield  # the outer one tells
        return
    token = _gathering.set([])
    try:
        yield
        collected = _gathering.get() or []
    finally:
        _gathering.reset(token)
    write(_summed_up(collected))


def _summed_up(told: Iterable[Told]) -> list[Told]:
    groups: dict[tuple[int, str], list[Told]] = defaultdict(list)
    for person, news in told:
        groups[person.pk, news.kind].append((person, news))
    return [
        (group[0][0], group[0][1] if len(group) == 1 else _summary([news for _, news in group]))
        for group in groups.values()
    ]


def _summary(many: list[News]) -> News:
    """Make one piece of news of several of one kind; it is about the year of the first."""
    first = many[0]
    keys = "\n".join(sorted(news.key for news in many))
    named = [{"label": one.words["label"], "title": one.words["title"]} for one in many]
    return News(
        kind=first.kind,
        key=f"{first.kind}:{hashlib.sha256(keys.encode()).hexdigest()[:40]}",
        about=year_of(first.about),
        by=first.by,
        words={"office": first.words.get("office", ""), "count": len(many)}
        | {"who": first.words.get("who", ""), "items": named[:MOST_NAMED]},
    )


@transaction.atomic(savepoint=False)
def write(told: list[Told]) -> int:
    """Write what was not told before; return how many notices were made."""
    fresh = _fresh(told)
    if not fresh:
        return 0
    ways = _ways(fresh)
    notices = [
        Notice(
            recipient=person,
            kind=news.kind,
            actor=news.by,
            words=news.words,
            key=news.key,
            way=ways.get((person.pk, news.kind), usual_way(news.kind)),
            **columns_of(news.about),
        )
        for person, news in fresh
    ]
    at_once = [notice for notice in notices if notice.way == NoticeWay.AT_ONCE]
    for notice, letter in zip(at_once, write_letters(at_once), strict=True):
        notice.letter = letter
    Notice.objects.bulk_create(notices)
    return len(notices)


def _fresh(told: list[Told]) -> list[Told]:
    wanted = {(person.pk, news.key): (person, news) for person, news in told}
    before = Notice.objects.filter(
        recipient__in={pk for pk, _ in wanted}, key__in={key for _, key in wanted}
    )
    known = set(before.values_list("recipient", "key")) if wanted else set()
    return [one for name, one in wanted.items() if name not in known]


def _ways(told: list[Told]) -> dict[tuple[int, str], str]:
    chosen = LetterChoice.objects.filter(
        person__in={person.pk for person, _ in told}, kind__in={news.kind for _, news in told}
    )
    return {(one.person_id, one.kind): one.way for one in chosen.order_by("pk")}


def write_letters(notices: Iterable[Notice]) -> list[Letter]:
    """Write the letter of each notice, and call the postman."""
    letters = [
        new_letter(notice.recipient, subject=_subject(notice, notice.recipient.language))
        for notice in notices
    ]
    if letters:
        Letter.objects.bulk_create(letters)
        call_postman()
    return letters


def _subject(notice: Notice, language: str) -> str:
    with override(language):
        return f"Rakortek: {wording.title_of(notice)}"


def new_letter(recipient: User, *, subject: str, message_id: str = "", **columns: object) -> Letter:
    """Return a letter that is not written down yet; without mail it is held from the start."""
    return Letter(
        recipient=recipient,
        address=recipient.email,
        subject=" ".join(subject.split())[:MOST_LETTERS],
        message_id=message_id or new_message_id(host()),
        state=LetterState.WAITING if settings.LETTERS_LEAVE else LetterState.HELD,
        **columns,
    )


def host() -> str:
    """Return the name of the site, as it stands behind the @ of a Message-ID."""
    return urlsplit(settings.SITE_ADDRESS).hostname or "localhost"


def call_postman() -> None:
    """Have the letters delivered after the commit, unless a delivery waits already.

    One that has begun meanwhile may miss them: the clock calls every minute (management/periodic).
    """
    if not settings.LETTERS_LEAVE:
        return
    waiting = DBTaskResult.objects.filter(
        task_path=deliver.module_path, status=TaskResultStatus.READY
    )
    if not waiting.exists():
        deliver.enqueue()
