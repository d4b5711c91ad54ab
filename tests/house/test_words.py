"""Indonesian is complete, and the .po file is what the sources say."""

import re
import shutil
from importlib import import_module
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command

from proposals.web import borrowed

FOLDER = Path(settings.BASE_DIR, "locale")
PO = FOLDER / "id" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\([a-z_0-9]+\)[sd]|%[sd]|\{[a-z_0-9]*\}")
WITHOUT_GETTEXT = "xgettext is missing: install Debian's gettext to compare words with sources"


@pytest.fixture(scope="module")
def entries():
    return list(polib.pofile(str(PO)))


def text_of(entry):
    return entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr


def test_every_sentence_is_translated(entries):
    assert [entry.msgid for entry in entries if not text_of(entry)] == []


def test_nothing_is_guessed_and_nothing_is_left_over(entries):
    assert [entry.msgid for entry in entries if entry.fuzzy or entry.obsolete] == []


def test_no_sentence_needs_a_context(entries):
    assert [entry.msgid for entry in entries if entry.msgctxt] == []


def test_placeholders_are_the_same_in_both_languages(entries):
    def odd(entry):
        wanted = set(PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
        return set(PLACEHOLDER.findall(text_of(entry))) ^ wanted

    told = [entry for entry in entries if text_of(entry)]
    assert {entry.msgid: odd(entry) for entry in told if odd(entry)} == {}


@pytest.mark.parametrize("word", ["silakan", "!", "tidak valid", "email", "e-mail"])
def test_words_are_plain(entries, word):
    said = [PLACEHOLDER.sub("", text_of(entry)) for entry in entries]
    assert [text for text in said if word in text.lower()] == []


def test_the_words_are_those_of_the_sources(tmp_path, settings):
    if shutil.which("xgettext") is None:
        pytest.skip(WITHOUT_GETTEXT)
    shutil.copytree(FOLDER, tmp_path / "locale", ignore=shutil.ignore_patterns("*.mo"))
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    call_command("makemessages", locale=["id"], verbosity=0)
    fresh = polib.pofile(str(tmp_path / "locale" / "id" / "LC_MESSAGES" / "django.po"))
    committed = polib.pofile(str(PO))
    assert {entry.msgid for entry in fresh} == {entry.msgid for entry in committed}


def test_borrowed_sentences_are_still_said_by_django():
    django = Path(next(iter(import_module("django").__path__)))
    folders = [django / "conf", django / "contrib" / "auth"]
    said = {
        entry.msgid
        for folder in folders
        for entry in polib.pofile(str(folder / "locale" / "id" / "LC_MESSAGES" / "django.po"))
    }
    counted = {text.__reduce__()[1][3]["singular"] for text in borrowed.COUNTED}
    assert set(borrowed.SENTENCES) - said == set()
    assert counted - said == set()
