"""Money, numbers, days and times look the same everywhere, and empty is never zero."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from proposals.templatetags import figures

NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def _indonesian():
    with translation.override("id"):
        yield


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3_250_000_000, f"Rp{NBSP}3.250.000.000"),
        (Decimal(412500000), f"Rp{NBSP}412.500.000"),
        ("1500", f"Rp{NBSP}1.500"),
        (0, f"Rp{NBSP}0"),
        (-240_000_000, f"−Rp{NBSP}240.000.000"),
        (None, "belum ada data"),
        ("", "belum ada data"),
    ],
)
def test_rupiah_is_written_in_full(value, shown):
    assert figures.rp(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3_250_000_000, f"Rp{NBSP}3,25{NBSP}M"),
        (11_300_000_000, f"Rp{NBSP}11,30{NBSP}M"),
        (900_000_000, f"Rp{NBSP}0,90{NBSP}M"),
        (100_000_000, f"Rp{NBSP}0,10{NBSP}M"),
        (99_500_000, f"Rp{NBSP}99,50{NBSP}jt"),
        (1_000_000, f"Rp{NBSP}1,00{NBSP}jt"),
        (999_999, f"Rp{NBSP}999.999"),
        (1_234_500_000_000, f"Rp{NBSP}1,23{NBSP}T"),
        (-456_000_000, f"−Rp{NBSP}0,46{NBSP}M"),
        (0, f"Rp{NBSP}0"),
        (None, "belum ada data"),
    ],
)
def test_rupiah_is_short_in_summaries(value, shown):
    assert figures.rp_short(value) == shown


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (1234, None, "1.234"),
        (Decimal("1234.50"), None, "1.234,5"),
        (Decimal("0.125"), 2, "0,13"),
        (78, 1, "78,0"),
        (Decimal("-18.75"), 1, "−18,8"),
        (Decimal("1E+3"), None, "1.000"),
        (0, None, "0"),
        (None, None, "belum ada data"),
    ],
)
def test_numbers_have_points_and_commas(value, places, shown):
    assert figures.num(value, places) == shown


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [(Decimal("66.67"), 1, "66,7%"), (86, 0, "86%"), (0, 1, "0,0%"), (None, 1, "belum ada data")],
)
def test_percentages_have_one_decimal_unless_told(value, places, shown):
    assert figures.pct(value, places) == shown


def test_amounts_in_words_end_in_rupiah():
    assert figures.terbilang(Decimal(1250000)) == "satu juta dua ratus lima puluh ribu rupiah"
    assert figures.terbilang(None) == "belum ada data"


CLOSING = datetime(2021, 3, 12, 15, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("", f"12 Maret 2021, 23.59{NBSP}WITA"),
        ("full", f"Jumat, 12 Maret 2021, 23.59{NBSP}WITA"),
        ("short", f"12 Mar, 23.59{NBSP}WITA"),
    ],
)
def test_times_are_in_wita_with_the_zone_named(form, shown):
    assert figures.wita(CLOSING, form) == shown


def test_a_moment_late_in_the_evening_is_the_next_day_in_wita():
    late = datetime(2021, 3, 12, 16, 30, tzinfo=UTC)
    assert figures.wita(late) == f"13 Maret 2021, 00.30{NBSP}WITA"
    assert figures.day(late) == "13 Maret 2021"


def test_days_come_in_three_forms():
    on = date(2021, 3, 12)
    assert [figures.day(on, form) for form in ("", "full", "short")] == [
        "12 Maret 2021",
        "Jumat, 12 Maret 2021",
        "12 Mar",
    ]
    assert figures.day(None) == figures.wita(None) == "belum ada data"


def test_days_follow_the_language_and_numbers_do_not():
    with translation.override("en"):
        assert figures.day(date(2021, 3, 12), "full") == "Friday, 12 March 2021"
        assert figures.rp(1_250_000) == f"Rp{NBSP}1.250.000"
        assert figures.rp(None) == "no data yet"


def test_nothing_is_told_and_zero_is_shown():
    assert figures.none_text(None) == figures.none_text("") == "belum ada data"
    assert figures.none_text(0) == 0
    assert figures.none_text("renja") == "renja"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ahmad Fauzi", "AF"),
        ("Siti Nur Aminah", "SA"),
        ("fitriani", "F"),
        ("", ""),
        ("(Plt.) Budi", "B"),
    ],
)
def test_initials_are_first_and_last(name, letters):
    assert figures.initials(name) == letters
