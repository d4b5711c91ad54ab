"""Indonesian text made comparable: places out, words to stems, stems to the words of the field.

Stems come from PySastrawi (Nazief-Adriani with its word list), synonyms from data/synonyms.csv,
which admins may edit; a word with a typing error becomes the word of the field it is nearest to.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from Sastrawi.Stemmer.StemmerFactory import StemmerFactory
from Sastrawi.StopWordRemover.StopWordRemoverFactory import StopWordRemoverFactory

ACT, PEOPLE, THING, GENERIC = "act", "people", "thing", "generic"
LONGEST_PHRASE = 5
SHORTEST_MENDED = 5
"""A word of fewer letters is taken as it is: too many short words are one letter apart."""
SHORTEST_MENDED_BY_ROOT = 7
"""The list of all roots is long, so a shorter word is near to a wrong one too easily."""
TWO_ERRORS_FROM = 9
BEFORE_PLACE = frozenset({"kecamatan", "kec", "desa", "kelurahan", "kel", "kabupaten", "kab"})
PLAIN = re.compile(r"[a-z]+|[0-9]+")


class Meaning(NamedTuple):
    """Words of the field that mean the same: the concept, its role, and the words."""

    concept: str
    role: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: what it means for comparing, its role, and how it was written."""

    concept: str
    role: str
    written: str


def plain(text: str) -> list[str]:
    """Return the words of a text in small letters without accents."""
    if text.isascii():
        return PLAIN.findall(text.lower())
    small = unicodedata.normalize("NFKD", text).casefold()
    return PLAIN.findall("".join(one for one in small if not unicodedata.combining(one)))


class Stems:
    """The stems of words; each word is stemmed once."""

    def __init__(self) -> None:
        factory = StemmerFactory()
        self.known = frozenset(factory.get_words())
        self._stem = lru_cache(maxsize=200_000)(factory.create_stemmer().stem)

    def __call__(self, word: str) -> str:
        """Return the stem of one word in small letters."""
        return str(self._stem(word))


class Lexicon:
    """The words of the field: phrases with their concept and role, longest phrase first."""

    def __init__(self, meanings: Iterable[Meaning], places: Iterable[str]) -> None:
        self.stem = Stems()
        self.stops = frozenset(StopWordRemoverFactory().get_stop_words())
        self.places = {tuple(plain(place)) for place in places} - {()}
        self.phrases: dict[tuple[str, ...], tuple[str, str]] = {}
        written: dict[tuple[str, ...], tuple[str, str]] = {}
        for one in meanings:
            for phrase in one.words:
                words = tuple(plain(phrase))
                meant = (one.concept or "-", one.role)
                self.phrases.setdefault(tuple(map(self.stem, words)), meant)
                written.setdefault(words, meant)
        self.phrases |= written
        self.known = frozenset(concept for concept, _role in written.values())
        """Concepts of the field: they tell more than other words."""
        self.heads: dict[str, int] = {}
        """First words of phrases and places, with the length of the longest that begins so."""
        for first in (*self.phrases, *self.places):
            self._head(first)
        field = {word for phrase in written for word in phrase if len(word) >= SHORTEST_MENDED}
        roots = {word for word in self.stem.known if len(word) >= SHORTEST_MENDED_BY_ROOT}
        self._near, self._near_root = Nearest(field), Nearest(roots)
        self._mended = lru_cache(maxsize=200_000)(self._mend)

    def add(self, phrase: str, concept: str) -> None:
        """Add a name of the lists where no synonym has it."""
        words = tuple(plain(phrase))
        if words:
            for written in (words, tuple(map(self.stem, words))):
                self.phrases.setdefault(written, (concept, THING))
                self._head(written)

    def _head(self, phrase: tuple[str, ...]) -> None:
        self.heads[phrase[0]] = max(len(phrase), self.heads.get(phrase[0], 0))

    def read(self, text: str, places: Iterable[str] = ()) -> Iterator[Word]:
        """Yield the words of a text that tell something, places and stop words left out."""
        words = plain(text)
        own = {tuple(plain(place)) for place in places} - {()} - self.places
        own_heads = {place[0] for place in own}
        at = 0
        while at < len(words):
            longest = LONGEST_PHRASE if words[at] in own_heads else self._longest(words[at])
            at, found = self._next(words, at, own, longest)
            if found is not None and found.role != GENERIC:
                yield found

    def _longest(self, word: str) -> int:
        """Return how long the longest phrase is that begins with a word; 0 where none does."""
        return max(self.heads.get(word, 0), self.heads.get(self._mended(word), 0))

    def _next(
        self, words: list[str], at: int, own: set[tuple[str, ...]], longest: int
    ) -> tuple[int, Word | None]:
        """Return the longest phrase that begins here, and the place after it."""
        here = tuple(words[at : at + longest])
        mended = tuple(map(self._mended, here))
        for n in range(len(here), 0, -1):
            phrase = here[:n]
            if phrase in self.places or phrase in own:
                return at + n, None
            meant = self.phrases.get(phrase) or self.phrases.get(mended[:n])
            if meant is not None:
                return at + n, Word(*meant, written=" ".join(phrase))
        return self._alone(words, at)

    def _alone(self, words: list[str], at: int) -> tuple[int, Word | None]:
        """Return a word that begins no phrase; a place that the lists do not know is none."""
        is_place = at and words[at - 1] in BEFORE_PLACE and words[at] not in self.stops
        return at + 1, None if is_place else self._single(words[at])

    def _single(self, word: str) -> Word | None:
        if word in self.stops or len(word) < 3 or word.isdigit():
            return None
        stem = self._mended(word)
        return None if stem in self.stops else Word(stem, THING, word)

    def _mend(self, word: str) -> str:
        """Return the stem of a word; of a mistyped one the stem it is nearest to."""
        stem = self.stem(word)
        if len(word) < SHORTEST_MENDED or stem in self.stem.known or not word.isalpha():
            return stem
        if (word,) in self.phrases or (stem,) in self.phrases:
            return stem
        tried = [self._near.of(word)]
        if len(stem) >= SHORTEST_MENDED_BY_ROOT:
            tried.append(self._near_root.of(stem))
        stems = ({self.stem(one) for one in found} for found in tried if found)
        return next((one.pop() for one in stems if len(one) == 1), stem)


class Nearest:
    """Finds the word of a list that is one typing error away, or two from nine letters on."""

    def __init__(self, words: Iterable[str]) -> None:
        self.like: dict[tuple[str, int], list[tuple[str, frozenset[str]]]] = {}
        for word in sorted(set(words)):
            self.like.setdefault((word[0], len(word)), []).append((word, frozenset(word)))

    def of(self, word: str) -> list[str]:
        """Return the nearest words; the first letter is taken for right."""
        allowed = 2 if len(word) >= TWO_ERRORS_FROM else 1
        lengths = range(len(word) - allowed, len(word) + allowed + 1)
        letters = frozenset(word)
        others = [
            other
            for n in lengths
            for other, its in self.like.get((word[0], n), ())
            if len(letters ^ its) <= 2 * allowed  # one error changes two letters at most
        ]
        found = [(errors(word, other, allowed), other) for other in others]
        least = min((n for n, _other in found), default=allowed + 1)
        return [other for n, other in found if n == least <= allowed]


def errors(a: str, b: str, most: int) -> int:
    """Return how many typing errors part two words, at most one more than ``most``.

    A letter wrong, missing or too many counts one, and so do two letters in the wrong order.
    """
    before, last = list[int](), list(range(len(b) + 1))
    for i, letter in enumerate(a, start=1):
        row = [i]
        for j, other in enumerate(b, start=1):
            cost = min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]
