"""Whole rupiah: what people type is read as they meant it, or questioned, or refused in words."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.rupiah import MAX_RUPIAH, AmbiguousAmount, format_rp, grouped, parse, terbilang
from tests.kernel.amounts import IN_WORDS, QUESTIONED, READ, REFUSED

AMOUNTS = st.integers(0, MAX_RUPIAH)


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
    READ,
)
def test_as_people_type_it(typed, amount):
    assert parse(typed) == amount


@pytest.mark.parametrize(
    ("typed", "readings"),
    QUESTIONED,
)
def test_what_may_mean_two_things_is_questioned(typed, readings):
    with pytest.raises(AmbiguousAmount) as questioned:
        parse(typed)
    assert questioned.value.readings == readings
    assert all(grouped(reading) in str(questioned.value) for reading in readings)


@pytest.mark.parametrize(
    "typed",
    REFUSED,
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
    IN_WORDS,
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
