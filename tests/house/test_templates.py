"""Templates stay small, plain and used: the rules of house.md, section 6, as tests."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

ROOT = Path(settings.BASE_DIR, "templates")
PAGES = {str(path.relative_to(ROOT)): path.read_text() for path in sorted(ROOT.rglob("*.html"))}
PARTS = {name: text for name, text in PAGES.items() if Path(name).name.startswith("_")}
TEXTS = {str(path.relative_to(ROOT)): path.read_text() for path in sorted(ROOT.rglob("*.txt"))}
BASES = {"base_bare.html", "base.html", "base_print.html"}
LINES = 120

# Found by Django and allauth by their names, not by ours.
NAMED_BY_OTHERS = {"400.html", "403.html", "404.html", "429.html", "500.html", "503.html"}
LETTERS = "letters/"  # mail stands alone: no base, styles in the letter itself

INLINE = [
    re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    re.compile(r"<style\b", re.IGNORECASE),
    re.compile(r"\sstyle\s*=", re.IGNORECASE),
    re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
    re.compile(r"\shx-on", re.IGNORECASE),
    re.compile(r"javascript:", re.IGNORECASE),
    re.compile(r"(?:src|href)\s*=\s*[\"']https?://", re.IGNORECASE),
]
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
COMMENT = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.DOTALL)


@pytest.mark.parametrize("name", PAGES)
def test_a_template_is_at_most_120_lines(name):
    assert len(PAGES[name].splitlines()) <= LINES


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith(LETTERS)])
def test_a_template_holds_no_inline_script_or_style_and_nothing_from_afar(name):
    markup = TAG.sub("", PAGES[name])
    assert [pattern.pattern for pattern in INLINE if pattern.search(markup)] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_template_compiles(name):
    get_template(name)


@pytest.mark.parametrize("name", PARTS)
def test_a_part_never_extends(name):
    assert "{% extends" not in PARTS[name]


@pytest.mark.parametrize("name", PARTS)
def test_a_part_has_one_root_whose_id_is_its_name(name):
    outline = Outline()
    outline.feed(TAG.sub("", COMMENT.sub("", PARTS[name])))
    own = Path(name).stem.removeprefix("_").replace("_", "-")
    assert outline.roots in ([own], [f"{own}-"])  # a part shown in a loop adds its row's key


def parent(name):
    found = re.search(r"{% extends [\"']([^\"']+)[\"'] %}", PAGES[name])
    return found[1] if found else None


@pytest.mark.parametrize(
    "name",
    [n for n in PAGES if n not in PARTS and n != "base_bare.html" and not n.startswith(LETTERS)],
)
def test_a_page_stands_on_the_one_base(name):
    seen = [name]
    while above := parent(seen[-1]):
        seen.append(above)
    assert seen[-1] == "base_bare.html"
    assert len(seen) <= 4


def test_every_template_is_used():
    sources = [path.read_text() for path in Path(settings.BASE_DIR, "proposals").rglob("*.py")]
    everything = "\n".join([*sources, *PAGES.values(), *TEXTS.values()])
    unused = {name for name in PAGES if not re.search(rf"[\"']{re.escape(name)}[\"']", everything)}
    by_allauth = {name for name in unused if name.startswith("account/") and name in ALLAUTH}
    assert unused - by_allauth - NAMED_BY_OTHERS == set()


ALLAUTH = {
    "account/account_inactive.html",
    "account/login.html",
    "account/logout.html",
    "account/password_change.html",
    "account/password_reset.html",
    "account/password_reset_done.html",
    "account/password_reset_from_key.html",
    "account/password_reset_from_key_done.html",
    "account/password_set.html",
    "account/reauthenticate.html",
    "account/signup_closed.html",
}


class Outline(HTMLParser):
    """Notes the ids of the elements that stand at the top of a piece of markup."""

    VOID = {"input", "br", "hr", "img", "link", "meta", "path", "rect", "circle", "use", "line"}

    def __init__(self):
        super().__init__()
        self.depth, self.roots = 0, []

    def handle_starttag(self, tag, attrs):
        if self.depth == 0:
            self.roots.append(dict(attrs).get("id"))
        if tag not in self.VOID:
            self.depth += 1

    def handle_startendtag(self, tag, attrs):
        if self.depth == 0:
            self.roots.append(dict(attrs).get("id"))

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            self.depth -= 1

    def handle_data(self, data):
        if self.depth == 0 and data.strip():
            self.roots.append(f"text: {data.strip()}")
