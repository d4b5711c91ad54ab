"""How a value of the history looks: money, figures, days, moments, long texts folded."""

from django import template
from django.template.defaultfilters import linebreaksbr, truncatechars
from django.utils.html import format_html
from django.utils.safestring import SafeString

from proposals.templatetags import figures

register = template.Library()

LONG = 160
WRITERS = {
    "rp": figures.rp,
    "num": figures.num,
    "day": figures.day,
    "moment": figures.wita,
    "text": figures.none_text,
}


@register.filter
def written(kind: str, value: object) -> str | SafeString:
    """Write a value of this kind (``timeline.Shown``); nothing is "no data yet"."""
    text = str(WRITERS[kind](value))
    if kind != "text" or len(text) <= LONG:
        return text
    return format_html(
        '<details class="d-inline"><summary>{}</summary>{}</details>',
        truncatechars(text, LONG),
        linebreaksbr(text, autoescape=True),
    )
