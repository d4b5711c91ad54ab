"""The style sheets: the dark theme of the device is the dark theme that people choose."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

SHEETS = Path(settings.BASE_DIR, "static", "css")
RULE = re.compile(r"((?:\[data-bs-theme=dark\])[^{]*)\{([^}]*)\}")
MAPPING = re.compile(r"\n:root,\[data-bs-theme\]\{([^}]*)\}")
ABOUT = (
    "/* Rakortek · auto.css: gelap mengikuti perangkat, tanpa skrip. Isinya sama dengan aturan"
    " [data-bs-theme=dark]\n   di Bootstrap dan theme.css; sebuah uji menjaganya tetap sama."
    " Dimuat dengan media (prefers-color-scheme: dark). */"
)


def for_the_device():
    """Return every dark rule of Bootstrap and of ours, said of ``auto`` instead."""
    bootstrap = Path(finders.find("bootstrap/bootstrap.min.css")).read_text()
    theme = (SHEETS / "theme.css").read_text()
    rules = [ABOUT]
    for selector, body in RULE.findall(bootstrap) + RULE.findall(theme):
        said = selector.strip().replace("data-bs-theme=dark", "data-bs-theme=auto")
        rules.append(f"{said}{{{body.replace(chr(10), '').strip()}}}")
    rules.append(f"[data-bs-theme=auto]{{{MAPPING.search(theme)[1].replace(chr(10), '')}}}")
    return "\n".join(rules) + "\n"


def test_auto_css_is_the_dark_theme_word_for_word():
    assert (SHEETS / "auto.css").read_text() == for_the_device()


def test_a_regional_page_stays_light_on_a_slow_line():
    assert len((SHEETS / "theme.css").read_bytes()) < 30_000
    assert len((SHEETS / "auto.css").read_bytes()) < 10_000


def test_sheets_name_only_files_that_exist():
    named = {
        (sheet.name, name)
        for sheet in SHEETS.glob("*.css")
        for name in re.findall(r"url\(([^)\"'#]+)\)", sheet.read_text())
        if not name.startswith("data:")
    }
    assert {pair for pair in named if not (SHEETS / pair[1]).exists()} == set()


if __name__ == "__main__":  # python -m tests.hall.test_sheets, after a token changed
    (SHEETS / "auto.css").write_text(for_the_device())
