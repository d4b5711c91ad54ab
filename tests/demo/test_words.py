"""What is stored while an installation is made is stored in words of its own language."""

from django.core.management import call_command
from django.utils.translation import gettext

from tests import lists

PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8"

msgid "Looked up before it was compiled"
msgstr "Dicari sebelum dikompilasi"
"""
ASKED = "Looked up before it was compiled"


def test_words_compiled_by_this_process_are_read_by_this_process(db, tmp_path, settings):
    """A fresh clone compiles its words in the process that then makes the example data."""
    lists.sector()
    folder = tmp_path / "locale" / "id" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO)
    settings.LOCALE_PATHS, settings.BASE_DIR = [tmp_path / "locale"], tmp_path
    settings.DEBUG = True  # static files are no part of this
    assert gettext(ASKED) == ASKED
    call_command("prepare", verbosity=0)
    assert gettext(ASKED) == "Dicari sebelum dikompilasi"
