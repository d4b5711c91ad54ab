"""Slips of a thousand: an amount typed in thousands of rupiah, or with three zeros too many.

Pure arithmetic over the lines of one proposal. A slip is asked about, never corrected: either the
unit cost lies outside what such a unit ever costs, or one line makes all others vanish (or
vanishes beside them); and a thousand times less (or more) would be usual. The ranges say what is
believable, not what is right: they are wide, and no price standard.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

THOUSAND = 1000
SWALLOWS = Decimal("0.95")
"""Share of the sum from which one line is asked about: all others together are a twentieth."""
VANISHES = Decimal("0.005")
SPREAD = 5
"""How far beyond an end of the band the whole may lie and still be believable."""

_PERSON = {"orang": (50_000, 50_000_000), "peserta": (50_000, 50_000_000)}
_TIME = {
    **dict.fromkeys(("orang jam", "oj", "jp", "jam"), (30_000, 10_000_000)),
    **dict.fromkeys(("orang hari", "oh", "hari", "orang kali", "ok"), (50_000, 15_000_000)),
    **dict.fromkeys(("orang bulan", "ob", "bulan", "orang bulanan"), (500_000, 150_000_000)),
}
_WORK = {
    **dict.fromkeys(("m2", "m²", "meter persegi"), (20_000, 19_000_000)),
    **dict.fromkeys(("ikm", "perusahaan", "sertifikat", "merek"), (30_000, 100_000_000)),
    **dict.fromkeys(("kali", "kegiatan", "lokasi", "kelompok"), (100_000, 1_000_000_000)),
    **dict.fromkeys(("eksemplar", "buku", "lembar", "dus", "kotak"), (500, 2_000_000)),
    **dict.fromkeys(("unit", "buah", "set", "paket"), (10_000, 15_000_000_000)),
}
RANGES: dict[str, tuple[int, int]] = _PERSON | _TIME | _WORK
"""Believable cost in rupiah of one of a unit, by its word."""
ANY_UNIT = (1_000, 15_000_000_000)


@dataclass(frozen=True)
class Priced:
    """What a line costs: its unit in words, how many, and each."""

    unit: str
    volume: Decimal
    unit_cost_rp: Decimal

    @property
    def total_rp(self) -> Decimal:
        """Return volume x unit cost."""
        return self.volume * self.unit_cost_rp


@dataclass(frozen=True)
class Band:
    """What the whole may cost: an ordinary band for one of it, and how many there are."""

    low_rp: Decimal
    high_rp: Decimal
    count: Decimal

    def believes(self, whole_rp: Decimal) -> bool:
        """Tell whether a sum is anywhere near the band."""
        each = whole_rp / self.count
        return self.low_rp / SPREAD <= each <= self.high_rp * SPREAD


@dataclass(frozen=True)
class Slip:
    """A line to ask about: its place, what may have been meant, and why."""

    row: int
    meant_rp: Decimal
    low_rp: int | None = None
    high_rp: int | None = None


def slips(lines: Sequence[Priced], band: Band | None = None) -> list[Slip]:
    """Return the lines whose unit cost looks a thousand times too large or too small."""
    priced = [(row, line) for row, line in enumerate(lines) if line.total_rp > 0]
    found = {row: slip for row, line in priced if (slip := _outside(row, line))}
    sizes = [(row, line) for row, line in priced if row not in found]
    whole = sum((line.total_rp for _row, line in sizes), Decimal(0))
    if len(sizes) > 1:
        swallowing = [one for one in sizes if _swallows(one[1], whole, band)]
        vanishing = [] if swallowing else [one for one in sizes if _vanishes(one[1], whole, band)]
        found |= {row: Slip(row, line.unit_cost_rp / THOUSAND) for row, line in swallowing}
        found |= {row: Slip(row, line.unit_cost_rp * THOUSAND) for row, line in vanishing}
    return [found[row] for row in sorted(found)]


def range_of(unit: str) -> tuple[int, int]:
    """Return the believable cost of one of a unit."""
    word = " ".join(unit.lower().replace("/", " ").replace("-", " ").replace(".", " ").split())
    return RANGES.get(word, ANY_UNIT)


def _outside(row: int, line: Priced) -> Slip | None:
    """Ask where the unit never costs this, and a thousand (or a million) less or more is usual."""
    low, high = range_of(line.unit)
    cost = line.unit_cost_rp
    if low <= cost <= high:
        return None
    sizes = (THOUSAND, THOUSAND**2)
    meant = [cost / size if cost > high else cost * size for size in sizes]
    fitting = next((one for one in meant if low <= one <= high), None)
    return None if fitting is None else Slip(row, fitting, low, high)


def _swallows(line: Priced, whole: Decimal, band: Band | None) -> bool:
    """One line is all but everything, and without three zeros it would be a line like others."""
    if line.total_rp <= whole * SWALLOWS or (band is not None and band.believes(whole)):
        return False
    low, _high = range_of(line.unit)
    return line.unit_cost_rp / THOUSAND >= low


def _vanishes(line: Priced, whole: Decimal, band: Band | None) -> bool:
    """One line is next to nothing, and with three zeros more the whole would be as is usual."""
    more = whole + line.total_rp * (THOUSAND - 1)
    if line.total_rp >= whole * VANISHES or line.unit_cost_rp * THOUSAND > range_of(line.unit)[1]:
        return False
    if line.total_rp * THOUSAND > more * SWALLOWS:
        return False
    return band is None or band.believes(more)


def whole_slip(whole_rp: Decimal, band: Band) -> Decimal | None:
    """Return what the sum may have meant where it is far off the band and a thousand mends it."""
    if whole_rp <= 0 or band.believes(whole_rp):
        return None
    for size in (THOUSAND, THOUSAND**2):
        meant = whole_rp * size if whole_rp / band.count < band.low_rp else whole_rp / size
        if band.believes(meant):
            return meant
    return None
