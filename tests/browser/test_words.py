"""Amounts in words while they are typed: the browser reads every amount as the server does."""

import random
from pathlib import Path

import pytest
from django.conf import settings

from proposals import rupiah
from tests.kernel.amounts import IN_WORDS, QUESTIONED, READ, REFUSED

SCRIPT = Path(settings.BASE_DIR, "static", "js", "words.js").read_text(encoding="utf-8")
READ_ALL = "texts => texts.map(text => Rupiah.read(text).map(String))"
SAY_ALL = "amounts => amounts.map(amount => Rupiah.terbilang(amount))"
LETTERS = "0123456789.,  rpjutamilbk-"


@pytest.fixture
def blank(page):
    """Give a blank page that knows the script and has one box for an amount."""
    page.set_content('<input id="nilai" data-rupiah="atau">')
    page.add_script_tag(content=SCRIPT)
    return page


def by_server(text):
    try:
        return [str(rupiah.parse(text))]
    except rupiah.AmbiguousAmount as questioned:
        return [str(reading) for reading in questioned.readings]
    except ValueError:
        return []


def test_one_table_of_cases_is_read_alike(blank):
    typed = [*(text for text, _ in READ), *(text for text, _ in QUESTIONED), *REFUSED]
    assert blank.evaluate(READ_ALL, typed) == [by_server(text) for text in typed]


def test_random_texts_are_read_alike(blank):
    chance = random.Random(2022)
    sizes = (chance.randint(1, 16) for _ in range(3000))
    typed = ["".join(chance.choices(LETTERS, k=size)) for size in sizes]
    typed += [rupiah.format_rp(chance.randrange(10 ** chance.randint(1, 18))) for _ in range(500)]
    assert blank.evaluate(READ_ALL, typed) == [by_server(text) for text in typed]


def test_the_same_words_for_the_same_amounts(blank):
    chance = random.Random(63)
    amounts = [amount for amount, _ in IN_WORDS]
    amounts += [chance.randrange(10 ** chance.randint(1, 18)) for _ in range(1000)]
    said = blank.evaluate(SAY_ALL, [str(amount) for amount in amounts])
    assert said == [rupiah.terbilang(amount) for amount in amounts]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("2,5 juta", "dua juta lima ratus ribu rupiah"),
        ("1.500 juta", "Rp\xa01.500.000 atau Rp\xa01.500.000.000?"),
        ("abc", ""),
        ("", ""),
    ],
)
def test_words_follow_the_keys(blank, typed, shown):
    blank.fill("#nilai", "1")
    blank.fill("#nilai", typed)
    assert blank.text_content("#words-nilai") == shown
