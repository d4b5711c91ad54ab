"""One act of one person, with that person in the history of every row it touches."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pghistory

from proposals.models import User

T = TypeVar("T")
WHERE = "make_demo"


@contextmanager
def as_person(person: User) -> Iterator[User]:
    """Write this person into every event made inside, as the portal does for each page."""
    with pghistory.context(user=person.pk, url=WHERE, address=""):
        yield person


def act(by: User, action: Callable[..., T], *words: Any, **given: Any) -> T:
    """Let this person take an action."""
    with as_person(by):
        return action(*words, by=by, **given)
