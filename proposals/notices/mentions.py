"""Who is meant in a comment: by e-mail address, by name, or by @ and the first name."""

import re
from collections import Counter
from collections.abc import Sequence

from proposals.models import User

IN_BRACKETS = re.compile(r"\s*\([^)]*\)")


def name_of(user: User) -> str:
    """Return the name as people write it, without what stands in brackets."""
    return IN_BRACKETS.sub("", user.full_name).strip().casefold()


def mentioned(text: str, candidates: Sequence[User]) -> list[User]:
    """Return the candidates whom a text names.

    A first name needs an @ and must be the only one of its kind among the candidates.
    """
    said = " ".join(text.casefold().split())
    firsts = Counter(name_of(one).partition(" ")[0] for one in candidates)
    return [one for one in candidates if _is_named(one, said, firsts)]


def _is_named(user: User, said: str, firsts: Counter[str]) -> bool:
    name = name_of(user)
    first = name.partition(" ")[0]
    if _stands(user.email.casefold(), said) or (name and _stands(name, said)):
        return True
    return bool(first) and firsts[first] == 1 and _stands(f"@{first}", said)


def _stands(words: str, said: str) -> bool:
    """Tell whether these words stand in the text as whole words."""
    return re.search(rf"(?<![\w.]){re.escape(words)}(?![\w@])", said) is not None
