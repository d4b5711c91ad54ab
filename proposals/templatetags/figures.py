"""Money, numbers, days and times as a page shows them; empty is "no data yet", never 0.

Numbers and money are in Indonesian form in both languages; names of days and months follow the
language of the person.
"""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proposals import rupiah

register = template.Library()

NBSP = "\u00a0"
MINUS = "\u2212"
# From which amount on, divided by what: a column of hundreds of millions reads in miliar too.
SHORT_UNITS = (
    (10**12, 10**12, "T"),
    (10**8, 10**9, "M"),
    (10**6, 10**6, "jt"),
)
DAY_FORMS = {"": "j F Y", "full": "l, j F Y", "short": "j M"}


def is_empty(value: object) -> bool:
    """Tell whether there is nothing to show; 0 is something."""
    return value is None or value == ""


@register.filter
def none_text(value: Any) -> Any:
    """Show "no data yet" where there is nothing."""
    return _("no data yet") if is_empty(value) else value


@register.filter
def num(value: Any, places: int | None = None) -> str:
    """Write 1234.5 as 1.234,5; with ``places`` always that many decimals."""
    if is_empty(value):
        return _("no data yet")
    number = Decimal(str(value))
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    elif number == number.to_integral_value():
        number = number.quantize(Decimal(1))
    else:
        number = number.normalize()
    text = f"{abs(number):,f}".translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{text}" if number < 0 else text


@register.filter
def rp(value: Any) -> str:
    """Write whole rupiah in full: Rp 3.250.000.000, with a space that does not break."""
    if is_empty(value):
        return _("no data yet")
    amount = int(Decimal(str(value)).quantize(Decimal(1), ROUND_HALF_UP))
    return f"{MINUS if amount < 0 else ''}{rupiah.format_rp(abs(amount))}"


@register.filter
def rp_short(value: Any) -> str:
    """Write Rp 3,25 M (miliar) in summaries; T is triliun, jt is juta, less is in full."""
    if is_empty(value):
        return _("no data yet")
    amount = Decimal(str(value))
    for least, size, unit in SHORT_UNITS:
        if abs(amount) >= least:
            sign = MINUS if amount < 0 else ""
            return f"{sign}Rp{NBSP}{num(abs(amount) / size, 2)}{NBSP}{unit}"
    return rp(amount)


@register.filter
def terbilang(value: Any) -> str:
    """Write whole rupiah in Indonesian words, as minutes and decrees want them."""
    return _("no data yet") if is_empty(value) else f"{rupiah.terbilang(int(value))} rupiah"


@register.filter
def pct(value: Any, places: int = 1) -> str:
    """Write a percentage with one decimal: 18,8%."""
    return _("no data yet") if is_empty(value) else f"{num(value, places)}%"


@register.filter
def day(value: date | datetime | None, form: str = "") -> str:
    """Write a day: 12 Maret 2021; "full" with its weekday, "short" as 12 Mar."""
    if value is None:
        return _("no data yet")
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return date_format(local, DAY_FORMS[form])


@register.filter
def wita(value: datetime | None, form: str = "") -> str:
    """Write a moment in WITA with its zone: 12 Maret 2021, 23.59 WITA; forms as for ``day``."""
    if value is None:
        return _("no data yet")
    local = timezone.localtime(value)
    return f"{date_format(local, DAY_FORMS[form])}, {local:%H.%M}{NBSP}WITA"


@register.filter
def initials(name: str) -> str:
    """Return the first letters of the first and the last word of a name."""
    words = [word for word in str(name).split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:: max(1, len(words) - 1)][:2]).upper()


@register.filter
def time_left(value: datetime | None) -> str:
    """Write the time until a moment: 3 hari 4 jam; on the last day 4 jam 12 menit; "" after it."""
    left = value - timezone.now() if value else timedelta(0)
    if left <= timedelta(0):
        return ""
    hours, minutes = left.seconds // 3600, left.seconds % 3600 // 60
    in_hours = ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    if left.days:
        return ngettext("%(n)s day", "%(n)s days", left.days) % {"n": left.days} + " " + in_hours
    in_minutes = ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    return f"{in_hours} {in_minutes}"
