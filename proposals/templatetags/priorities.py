"""Bars of the balance: shortage to the left, surplus to the right; sizes are attributes."""

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from proposals.enums import ScaleCriterion

register = template.Library()

MOST = Decimal(200)


@register.simple_tag
def two_sided(coverage: Decimal | None) -> SafeString:
    """Draw how far a coverage lies from 100 %; the figure must stand beside it."""
    if coverage is None:
        return format_html('<svg class="rk-dua" width="100%" height="16" aria-hidden="true"></svg>')
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
def criterion_word(name: str) -> str:
    """Return the word of a criterion of the scale."""
    return str(ScaleCriterion(name).label)
