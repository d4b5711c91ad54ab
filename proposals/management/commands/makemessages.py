"""Collect the words of the screen into locale/: no guesses, no dates, always the same file."""

from pathlib import Path
from typing import Any

from django.core.management.commands import makemessages

NO_WORDS_THERE = ["locale", "var", "tests", "bench", "docs", "deploy", "static"]
LOOK = ["--no-wrap", "--no-location", "--sort-output"]


class Command(makemessages.Command):
    """Django's command, with a new sentence left empty instead of filled with a similar one."""

    msgmerge_options = ["-q", "--backup=none", "--update", "--no-fuzzy-matching", *LOOK]
    msguniq_options = ["--to-code=utf-8", *LOOK]
    msgattrib_options = ["--no-obsolete", *LOOK]
    xgettext_options = ["--from-code=UTF-8", "--no-wrap", "--no-location"]

    def handle(self, *args: Any, **options: Any) -> None:
        """Look only where words of the screen are written."""
        options["ignore_patterns"] = [*options["ignore_patterns"], *NO_WORDS_THERE]
        options["no_obsolete"] = True
        super().handle(*args, **options)

    def write_po_file(self, potfile: str, locale: str) -> None:
        """Leave the date out: a file changes only when its words do."""
        super().write_po_file(potfile, locale)
        written = Path(potfile).parent / locale / "LC_MESSAGES" / f"{self.domain}.po"
        lines = written.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith('"POT-Creation-Date:')]
        written.write_text("".join(kept), encoding="utf-8")
