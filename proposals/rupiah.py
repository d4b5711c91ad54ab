"""Whole rupiah: read what people type, write what people read. Needs no settings."""

import re
from collections.abc import Iterable

MAX_RUPIAH = 10**18 - 1

SCALES = {
    "": 1,
    "rb": 10**3,
    "ribu": 10**3,
    "jt": 10**6,
    "juta": 10**6,
    "m": 10**9,
    "miliar": 10**9,
    "milyar": 10**9,
    "t": 10**12,
    "triliun": 10**12,
}

_SHAPE = re.compile(r"(?P<number>[0-9][0-9.,]*)\s*(?P<scale>[a-z]*)")
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

    Understands 2500000, 2.500.000, Rp 2.500.000, 2,5 juta, Rp 2,5 miliar, 1.5 M and 2.500.000,00.
    Raises :class:`AmbiguousAmount` with the possible readings where a separator may be a decimal
    sign or a thousands point, and ``ValueError`` where the text is no amount, is not a whole
    number of rupiah, or does not fit 18 digits.
    """
    plain = " ".join(text.replace("\N{NO-BREAK SPACE}", " ").strip().lower().split())
    plain = re.sub(r"^rp\s*\.?\s*", "", plain)
    plain = re.sub(r",-$", "", plain)
    shape = _SHAPE.fullmatch(plain)
    if shape is None or shape["scale"] not in SCALES:
        raise ValueError(f"{text!r} is not an amount")
    readings = _readings(shape["number"], SCALES[shape["scale"]], has_scale=bool(shape["scale"]))
    if not readings:
        raise ValueError(f"{text!r} is not a whole amount of rupiah")
    if any(value > MAX_RUPIAH for value in readings):
        raise ValueError(f"{text!r} is too large")
    if len(readings) > 1:
        raise AmbiguousAmount(text, readings)
    return readings.pop()


def _readings(number: str, scale: int, *, has_scale: bool) -> set[int]:
    """Return every whole amount that the digits and separators may mean."""
    found = set()
    if number.isdigit():
        found.add(int(number) * scale)
    if _GROUPED.fullmatch(number) and len(set(number) & {".", ","}) == 1:
        found.add(int(re.sub(r"[.,]", "", number)) * scale)
    if decimal := re.fullmatch(r"([0-9]{1,3}(?:([.,])[0-9]{3})*|[0-9]+)([.,])([0-9]+)", number):
        found |= _decimal_reading(decimal, scale, has_scale=has_scale)
    return found


def _decimal_reading(decimal: "re.Match[str]", scale: int, *, has_scale: bool) -> set[int]:
    head, group, sign, tail = decimal.groups()
    if group == sign or (not has_scale and len(tail) == 3):
        return set()  # the same sign twice, or plain thousands: 2.500
    whole = int(re.sub(r"[.,]", "", head)) * scale
    part, rest = divmod(int(tail) * scale, 10 ** len(tail))
    return set() if rest else {whole + part}


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
