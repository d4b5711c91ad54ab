"""Whole rupiah: what people type is read as they meant it, or questioned, or refused in words."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.rupiah import MAX_RUPIAH, AmbiguousAmount, format_rp, grouped, parse, terbilang

AMOUNTS = st.integers(0, MAX_RUPIAH)
SPACE = "\N{NO-BREAK SPACE}"


@given(AMOUNTS)
def test_what_is_written_is_read_back(amount):
    assert parse(format_rp(amount)) == parse(grouped(amount)) == parse(str(amount)) == amount


@given(
    AMOUNTS, st.sampled_from(["Rp ", "rp", "RP. ", "  Rp.  ", ""]), st.sampled_from(["", ",-", " "])
)
def test_signs_of_money_around_it_change_nothing(amount, before, after):
    assert parse(f"{before}{grouped(amount)}{after}") == amount


@given(AMOUNTS)
def test_cents_of_nothing_are_read_over(amount):
    assert parse(f"{grouped(amount)},00") == amount


@given(st.integers(0, 999), st.integers(0, 99))
def test_decimals_before_a_word(whole, hundredths):
    assert parse(f"{whole},{hundredths:02d} juta") == whole * 10**6 + hundredths * 10**4
    assert parse(f"Rp {whole}.{hundredths:02d} miliar") == whole * 10**9 + hundredths * 10**7


@given(st.text(max_size=40))
def test_whatever_is_typed_is_an_amount_or_a_plain_refusal(text):
    try:
        assert 0 <= parse(text) <= MAX_RUPIAH
    except ValueError as refused:
        assert str(refused)  # noqa: PT017 - both ends are right


@given(st.text(alphabet="0123456789., rpjutamilbk-", max_size=20))
def test_whatever_looks_like_money_too(text):
    try:
        assert 0 <= parse(text) <= MAX_RUPIAH
    except ValueError as refused:
        assert str(refused)  # noqa: PT017 - both ends are right


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("2.500.000", 2_500_000),
        ("2,500,000", 2_500_000),
        ("2500000", 2_500_000),
        ("2,5 juta", 2_500_000),
        ("2.5jt", 2_500_000),
        ("Rp 2,5 miliar", 2_500_000_000),
        ("1.5 M", 1_500_000_000),
        ("750 rb", 750_000),
        ("12 ribu", 12_000),
        ("1 triliun", 10**12),
        (f"Rp{SPACE}3.250.000.000", 3_250_000_000),
        ("0", 0),
        ("0,5 juta", 500_000),
        ("1,234567 juta", 1_234_567),
        ("999.999.999.999.999.999", MAX_RUPIAH),
        ("2 500 000", 2_500_000),
        (f"2{SPACE}500{SPACE}000,-", 2_500_000),
        ("Rp. 2.500.000,-", 2_500_000),
        ("Rp2.500.000.-", 2_500_000),
        ("IDR 2,500,000.00", 2_500_000),
        ("1.250.000,00", 1_250_000),
        ("2,5 juta rupiah", 2_500_000),
        ("500k", 500_000),
        ("1,5 mlr", 1_500_000_000),
        ("10 T", 10**13),
        ("2jt 500rb", 2_500_000),
        ("1 miliar 250 juta 75 ribu", 1_250_075_000),
        ("1 ribu 500", 1_500),
    ],
)
def test_as_people_type_it(typed, amount):
    assert parse(typed) == amount


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("1.500 juta", (1_500_000, 1_500_000_000)),
        ("2,500 miliar", (2_500_000_000, 2_500_000_000_000)),
        ("2.500,000", (2_500, 2_500_000)),
        ("2 juta 500", (2_000_500, 2_500_000)),
        ("1 miliar 5", (1_000_000_005, 1_005_000_000)),
    ],
)
def test_what_may_mean_two_things_is_questioned(typed, readings):
    with pytest.raises(AmbiguousAmount) as questioned:
        parse(typed)
    assert questioned.value.readings == readings
    assert all(grouped(reading) in str(questioned.value) for reading in readings)


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "-1", "-Rp 5", "abc", "Rp", "1e9", "1 0001", "1..000", "1.00.000", "12.5.3"),
        *("1 000 000 000 000 000 000 juta", "10 biliun", "½ juta", "٣", "1\x00", "<b>1</b>", "💰5"),
        *("1,5", "1.0000001 juta", "1000000000000000000", "1 juta triliun", "1.000,50"),
        *("5 -", "12 34", "2 juta 5 juta", "5 ribu 2 juta", "2,5 juta 500 ribu", "2.500,750"),
        *("juta", "1.5.000", "3 m2", "Rp Rp 5", "2 juta dan 5"),
    ],
)
def test_what_is_no_whole_amount_is_refused(typed):
    with pytest.raises(ValueError, match=r"is not|too large"):
        parse(typed)


def test_a_megabyte_of_digits_is_refused_quickly():
    with pytest.raises(ValueError, match=r"Exceeds|too large|not a"):
        parse("9" * 1_000_000)


# In words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (200, "dua ratus"),
        (1000, "seribu"),
        (1001, "seribu satu"),
        (1100, "seribu seratus"),
        (2000, "dua ribu"),
        (10_000, "sepuluh ribu"),
        (11_000, "sebelas ribu"),
        (100_000, "seratus ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (2_500_000, "dua juta lima ratus ribu"),
        (10**9, "satu miliar"),
        (10**12, "satu triliun"),
        (10**15, "satu kuadriliun"),
    ],
)
def test_amounts_in_words(amount, words):
    assert terbilang(amount) == words


UNITS = dict(
    zip(
        ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"],
        range(10),
        strict=True,
    )
)
SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12, "kuadriliun": 10**15}


def spoken(words):
    """Read Indonesian number words, independently of how they are written."""
    text = words
    for short, long in (("sepuluh", "satu puluh"), ("sebelas", "satu belas")):
        text = text.replace(short, long)
    text = text.replace("seratus", "satu ratus").replace("seribu", "satu ribu")
    total = group = last = 0
    for word in text.split():
        if word in UNITS:
            last = UNITS[word]
        elif word == "belas":
            group, last = group + 10 + last, 0
        elif word in {"puluh", "ratus"}:
            group, last = group + last * {"puluh": 10, "ratus": 100}[word], 0
        else:
            total, group, last = total + (group + last) * SCALES[word], 0, 0
    return total + group + last


@given(AMOUNTS)
def test_words_say_the_amount(amount):
    assert spoken(terbilang(amount)) == amount


@pytest.mark.parametrize("amount", [-1, 10**18])
def test_words_have_an_end(amount):
    with pytest.raises(ValueError, match="outside"):
        terbilang(amount)


def test_money_needs_no_settings():
    code = "import proposals.rupiah, sys; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
