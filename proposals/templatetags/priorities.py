"""Bars and words of the balance: shortage to the left, surplus to the right; what is not known."""

import re
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, gettext_lazy

from proposals.enums import ScaleCriterion
from proposals.templatetags.figures import none_text, pct

register = template.Library()

MOST = Decimal(200)


@register.simple_tag
def two_sided(coverage: Decimal | None) -> SafeString:
    """Draw how far a coverage lies from 100 %; the figure must stand beside it."""
    if coverage is None:
        return mark_safe('<svg class="rk-dua" width="100%" height="16" aria-hidden="true"></svg>')
    off = (min(coverage, MOST) - 100) / 2
    return format_html(
        '<svg class="rk-dua" width="100%" height="16" aria-hidden="true">'
        '<rect x="{}%" width="{}%" y="3" height="10" class="{}"/>'
        '<line x1="50%" x2="50%" y1="0" y2="16" class="garis"/></svg>',
        f"{50 + min(off, Decimal(0)):.1f}",
        f"{abs(off):.1f}",
        "f1" if off >= 0 else "f6",
    )


@register.filter
def covered(figures: Any, places: int = 1) -> str:
    """Return the coverage; where nobody needs it that is said, where it is not known that."""
    return str(gettext_lazy("no need")) if figures.needs_nothing else pct(figures.coverage, places)


FLOWS_UNTOLD = {
    "inflow": gettext_lazy("inflow: no data yet"),
    "outflow": gettext_lazy("outflow: no data yet"),
    "inflow outflow": gettext_lazy("inflow and outflow: no data yet"),
}


@register.filter
def flows_untold(told: Any) -> str:
    """Say which flows a balance is told without; nothing where both are known."""
    return str(FLOWS_UNTOLD.get(" ".join(told.flows_untold), ""))


@register.simple_tag
def told_by(told: Any) -> str:
    """Say whether a sum speaks of the whole province, or of how many of its regions."""
    if told.is_whole or told.is_province:
        return gettext("whole province")
    n_told = told.n_counted or told.n_regions
    return gettext("%(told)s of %(all)s regions") % {"told": n_told, "all": told.n_all}


@register.simple_tag
def in_full(text: str, shown: int = 60) -> SafeString:
    """Show a long text by its first two lines, to be opened; a short one as it is."""
    if len(text) <= shown:
        return format_html("{}", none_text(text))
    return format_html(
        '<details class="rk-utuh"><summary><span>{}</span></summary></details>', text
    )


@register.simple_tag
def tile_words(text: str) -> SafeString:
    """Write words into a tile of the map, the first one above the others."""
    first, _space, rest = text.partition(" ")
    return format_html(
        '<text x="8" y="52" class="kt">{}</text><text x="8" y="67" class="kt">{}</text>',
        first,
        rest,
    )


@register.filter
def criterion_word(name: str) -> str:
    """Return the word of a criterion of the scale."""
    return str(ScaleCriterion(name).label)


PART_FILLS = {"raw": "f1", "auxiliary": "f2", "labour": "f3"}
PART_WORDS = {
    "raw": ScaleCriterion.RAW_MATERIAL,
    "auxiliary": ScaleCriterion.AUXILIARY,
    "labour": ScaleCriterion.LABOUR,
}


@register.filter
def part_words(names: str) -> list[tuple[str, str]]:
    """Return word and colour of each part score."""
    return [(str(PART_WORDS[name].label), PART_FILLS[name]) for name in names.split()]


@register.simple_tag
def part_scores(parts: dict[str, int]) -> SafeString:
    """Show the part scores (1-5) of a review side by side, each with its word for readers."""
    return format_html_join(
        " ",
        '<span class="rk-bagian"><span class="visually-hidden">{} </span>'
        '<svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">'
        '<path d="M6 0l6 6-6 6-6-6Z" class="{}"/></svg>{}</span>',
        (
            (PART_WORDS[name].label, PART_FILLS[name], parts.get(name, "–"))
            for name in ("raw", "auxiliary", "labour")
        ),
    )


PREVIEW_WORDS = {
    "new": gettext_lazy("new"),
    "changed": gettext_lazy("changes"),
    "same": gettext_lazy("as it is"),
    "wrong": gettext_lazy("wrong"),
}


@register.filter
def preview_word(word: str) -> str:
    """Return the word for what saving would do to a row."""
    return str(PREVIEW_WORDS[word])


BROUGHT_IN = {
    "inflow": gettext_lazy("figure of inflow"),
    "origin": gettext_lazy("origin named by a proposal"),
    "short": gettext_lazy("short in the list, not fully made here"),
}


@register.filter
def why_brought_in(word: str) -> str:
    """Say on what it rests that something is brought in."""
    return str(BROUGHT_IN[word])


PRESENCE = {
    "yes": ("rk-t-daun", gettext_lazy("made here")),
    "partial": ("rk-t-kunyit", gettext_lazy("made in part")),
    "planned": ("rk-t-langit", gettext_lazy("planned")),
    "no": ("", gettext_lazy("not yet")),
}


@register.simple_tag
def presence(word: str) -> SafeString:
    """Say whether a product of a tree is made in the province; unknown is said as unknown."""
    tone, said = PRESENCE.get(word, ("", gettext_lazy("no data yet")))
    return format_html('<span class="rk-tag {}">{}</span>', tone, said)


SCALES = {
    "any": gettext_lazy("any scale"),
    "small": gettext_lazy("small scale"),
    "medium": gettext_lazy("medium scale"),
    "large": gettext_lazy("large scale"),
}


@register.filter
def yield_words(text: str) -> str:
    """Return a usual yield with the decimal sign of the person's language."""
    if get_language() != "en":
        text = re.sub(r"(?<=\d)\.(?=\d)", ",", text)
    return str(none_text(text))


@register.filter
def scale_word(text: str) -> str:
    """Say the scale of an industry: "small-medium" as its two words."""
    words = [str(SCALES.get(part, part)) for part in text.split("-") if part]
    return " – ".join(words) or "–"
