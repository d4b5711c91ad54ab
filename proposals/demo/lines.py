"""Budget lines that no file has: by kind of activity, adding up exactly to the amount asked for.

The last line takes what is left, so the sum is the requested amount to the rupiah.
"""

from dataclasses import dataclass
from decimal import Decimal

THOUSAND = 1000
MOST_UNITS = 400


@dataclass(frozen=True)
class Pattern:
    """One line: text, unit, its part of the whole in percent, and how many.

    Without a volume the line counts what the proposal reaches: its first output.
    """

    text: str
    unit: str
    percent: int
    volume: int | None = None


Line = dict[str, object]
LAST = "Perencanaan, pengawasan dan pelaporan"

TRAINING = (
    Pattern("Konsumsi, transportasi dan perlengkapan peserta", "orang", 40),
    Pattern("Honorarium narasumber dan instruktur", "orang jam", 20, 80),
    Pattern("Bahan praktik dan alat peraga", "paket", 25, 5),
)
BUILDING = (
    Pattern("Pengadaan mesin dan peralatan produksi", "paket", 48, 2),
    Pattern("Pekerjaan bangunan dan instalasi", "m2", 36, 160),
    Pattern("Pelatihan operator dan uji coba produksi", "orang", 6, 12),
)
MACHINES = (
    Pattern("Pengadaan mesin dan peralatan produksi", "unit", 70),
    Pattern("Pengiriman, pemasangan dan uji fungsi", "paket", 14, 2),
    Pattern("Pelatihan operator dan perawatan", "orang", 8, 10),
)
CERTIFICATES = (
    Pattern("Biaya sertifikasi dan uji mutu", "IKM", 62),
    Pattern("Pendampingan berkas oleh fasilitator", "orang hari", 20, 60),
)
STUDY = (
    Pattern("Tenaga ahli dan asisten", "orang bulan", 52, 12),
    Pattern("Survei lapangan dan pengumpulan data", "lokasi", 22, 10),
    Pattern("Diskusi terpumpun dan uji publik", "kali", 16, 4),
)
DATA = (
    Pattern("Petugas pendataan lapangan", "orang hari", 55, 300),
    Pattern("Pelatihan operator pelaporan", "orang", 25, 20),
    Pattern("Perlengkapan pendataan", "paket", 10, 5),
)
SUPPLY = (
    Pattern("Sarana pengumpulan dan penanganan bahan baku", "paket", 60, 4),
    Pattern("Pelatihan dan pendampingan kelompok", "kelompok", 25, 8),
)
PROMOTION = (
    Pattern("Sewa, stan dan perlengkapan kegiatan", "paket", 45, 3),
    Pattern("Fasilitasi peserta", "IKM", 30),
    Pattern("Bahan promosi dan katalog", "paket", 15, 2),
)
PATTERNS = {
    "sdm": TRAINING,
    "inovasi": TRAINING,
    "sarana": BUILDING,
    "bantuan_mesin": MACHINES,
    "standardisasi": CERTIFICATES,
    "perencanaan": STUDY,
    "kewilayahan": STUDY,
    "data": DATA,
    "rantai_pasok": SUPPLY,
    "pemasaran": PROMOTION,
    "investasi": PROMOTION,
    "pembiayaan": PROMOTION,
}
"""By kind of activity, else by its family."""


def lines_of(intervention: str, family: str, amount_rp: int, reached: int) -> list[Line]:
    """Return the lines of an amount; none where nothing is asked for."""
    if amount_rp == 0:
        return []
    patterns = PATTERNS.get(intervention) or PATTERNS[family]
    lines = [_line(pattern, amount_rp, reached) for pattern in patterns]
    lines = [line for line in lines if line["unit_cost_rp"]]
    rest = amount_rp - sum(int(str(line["total_rp"])) for line in lines)
    return [*lines, _written(LAST, 1, "paket", rest)]


def _line(pattern: Pattern, amount_rp: int, reached: int) -> Line:
    volume = pattern.volume or min(max(reached, 1), MOST_UNITS)
    part = amount_rp * pattern.percent // 100
    unit_cost = part // volume
    if unit_cost >= THOUSAND:
        unit_cost -= unit_cost % THOUSAND
    return _written(pattern.text, volume, pattern.unit, unit_cost)


def _written(text: str, volume: int, unit: str, unit_cost_rp: int) -> Line:
    return {
        "text": text,
        "volume": Decimal(volume),
        "unit": unit,
        "unit_cost_rp": Decimal(unit_cost_rp),
        "total_rp": Decimal(volume * unit_cost_rp),
    }
