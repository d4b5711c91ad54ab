"""Whole rupiah: read what people type, write what people read. Needs no settings."""

import re
from collections.abc import Iterable
from itertools import pairwise

MAX_RUPIAH = 10**18 - 1

LONGEST = 80

SCALES = {
    "": 1,
    **dict.fromkeys(("rb", "ribu", "k"), 10**3),
    **dict.fromkeys(("jt", "juta", "mio"), 10**6),
    **dict.fromkeys(("m", "mlr", "miliar", "milyar", "miliard", "milyard"), 10**9),
    **dict.fromkeys(("t", "triliun", "trilyun", "trilliun"), 10**12),
}

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_SIGN = re.compile(r"^(?:rp|idr)(?: ?\.)? ?")
_TAIL = re.compile(r" ?(?:rupiah|idr|rp)$")
_DASH = re.compile(r" ?[.,] ?[-\u2013\u2014=]+$")
_PART = re.compile(
    r"(?P<number>[0-9]{1,3}(?: [0-9]{3})+(?:,[0-9]+)?(?![0-9.,])|[0-9][0-9.,]*) ?"
    r"(?P<scale>[a-z]*)\.?(?: |$)"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")

ONES = (
    *("nol", "satu", "dua", "tiga", "empat", "lima"),
    *("enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"),
)


class AmbiguousAmount(ValueError):
    """The text can be read in more than one way; ``readings`` are the whole-rupiah values."""

    def __init__(self, text: str, readings: Iterable[int]) -> None:
        self.readings = tuple(sorted(set(readings)))
        super().__init__(f"{text!r} may mean " + " or ".join(grouped(r) for r in self.readings))


def grouped(amount: int) -> str:
    """Return the amount with Indonesian thousands points: 2500000 -> "2.500.000"."""
    return f"{amount:,}".replace(",", ".")


def format_rp(amount: int) -> str:
    """Return "Rp 2.500.000" with a no-break space."""
    return f"Rp\N{NO-BREAK SPACE}{grouped(amount)}"


def parse(text: str) -> int:
    """Read an amount of whole rupiah as people type it.

    Understands 2500000, 2.500.000, 2 500 000, Rp 2.500.000,-, IDR 2,500,000.00, 2,5 juta,
    Rp 2,5 miliar, 1.5 M, 750rb and 2 juta 500 ribu.
    Raises :class:`AmbiguousAmount` with the possible readings where a separator may be a decimal
    sign or a thousands point, and ``ValueError`` where the text is no amount, is not a whole
    number of rupiah, or does not fit 18 digits.
    """
    readings = {0}
    unit = 0
    for number, scale in _parts(text):
        found = _readings(number, SCALES[scale], has_scale=bool(scale))
        if unit and not scale:  # "2 juta 500" is said for 2.500.000 and written for 2.000.500
            found |= {value * unit // 1000 for value in found if unit > 1000}
        readings = {whole + value for whole in readings for value in found}
        unit = SCALES[scale]
    if not readings:
        raise ValueError(f"{text!r} is not a whole amount of rupiah")
    if any(value > MAX_RUPIAH for value in readings):
        raise ValueError(f"{text!r} is too large")
    if len(readings) > 1:
        raise AmbiguousAmount(text, readings)
    return readings.pop()


def _parts(text: str) -> list[tuple[str, str]]:
    """Return numbers and scale words, each scale smaller than the one before."""
    plain = _SPACES.sub(" ", text[: LONGEST + 1]).strip().lower()
    plain = _DASH.sub("", _TAIL.sub("", _SIGN.sub("", plain)))
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(plain) and (part := _PART.match(plain, at)):
        found.append((part["number"], part["scale"]))
        at = part.end()
    if not found or at < len(plain) or len(text) > LONGEST:
        raise ValueError(f"{text[:LONGEST]!r} is not an amount")
    sizes = [SCALES.get(scale, 0) for _number, scale in found]
    if 0 in sizes or any(after >= before for before, after in pairwise(sizes)):
        raise ValueError(f"{text!r} is not an amount")
    is_sum = len(found) > 1
    if is_sum and any(not number.isdigit() or len(number) > 3 for number, _scale in found):
        raise ValueError(f"{text!r} is not an amount")
    return found


def _readings(number: str, scale: int, *, has_scale: bool) -> set[int]:
    """Return every whole amount that the digits and separators may mean."""
    found = set()
    number = number.replace(" ", ".")
    if number.isdigit():
        found.add(int(number) * scale)
    if _GROUPED.fullmatch(number) and len(set(number) & {".", ","}) == 1:
        found.add(int(re.sub(r"[.,]", "", number)) * scale)
    if decimal := re.fullmatch(r"([0-9]{1,3}(?:([.,])[0-9]{3})*|[0-9]+)([.,])([0-9]+)", number):
        found |= _decimal_reading(decimal, scale, has_scale=has_scale)
    return found


def _decimal_reading(decimal: "re.Match[str]", scale: int, *, has_scale: bool) -> set[int]:
    head, group, sign, tail = decimal.groups()
    if group == sign:
        return set()  # the same sign twice
    digits = re.sub(r"[.,]", "", head)
    if not has_scale and len(tail) == 3:  # plain thousands 2.500; 2.500,000 may mean two things
        return {int(digits), int(digits + tail)} if group and tail == "000" else set()
    part, rest = divmod(int(tail) * scale, 10 ** len(tail))
    return set() if rest else {int(digits) * scale + part}


def terbilang(amount: int) -> str:
    """Return the amount in Indonesian words, from 0 to 10^18-1.

    Raises ``ValueError`` outside that range.
    """
    if not 0 <= amount <= MAX_RUPIAH:
        raise ValueError(f"{amount} is outside 0 to 10^18-1")
    return " ".join(_words(amount)) or ONES[0]


def _words(amount: int) -> list[str]:
    if amount == 0:
        return []
    if amount < 12:
        return [ONES[amount]]
    if amount < 20:
        return [ONES[amount - 10], "belas"]
    for size, word, one in (
        (10**15, "kuadriliun", ""),
        (10**12, "triliun", ""),
        (10**9, "miliar", ""),
        (10**6, "juta", ""),
        (1000, "ribu", "seribu"),
        (100, "ratus", "seratus"),
        (10, "puluh", ""),
    ):
        if amount >= size:
            count, rest = divmod(amount, size)
            head = [one] if count == 1 and one else [*_words(count), word]
            return head + _words(rest)
    return []
