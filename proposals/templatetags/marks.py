"""Icons, status pills, bars, and the list of what is wrong in a form."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import forms, template
from django.template import Context
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from heroicons.templatetags.heroicons import heroicon_outline

from proposals.enums import DecisionResult, RequestTo, Status
from proposals.models import Decision, Proposal

register = template.Library()

# Shapes of our own identity and of the field, which the icon set does not have (16 x 16).
OWN_ICONS = {
    "diamond": '<path d="M8 1.5 14 8l-6 6.5L2 8 8 1.5Z" fill="currentColor"/>',
    "diamond-outline": '<path d="M8 1.5 14 8l-6 6.5L2 8 8 1.5Z"/>',
    "merge": '<path d="M3 2.5v2C3 7 8 7 8 9.5V14M13 2.5v2C13 7 8 7 8 9.5M6 12l2 2 2-2"/>',
    "release": '<path d="M8 14V9.5C8 7 3 7 3 4.500v-2M8 9.500C8 7 13 7 13 4.500v-2m-2 2 2-2 2 2"/>',
    "circle": '<circle cx="8" cy="8" r="5.5"/>',
    "half": '<circle cx="8" cy="8" r="5.5"/><path d="M8 2.500v11a5.500 5.500 0 0 0 0-11Z"'
    ' fill="currentColor"/>',
    "grip": '<g fill="currentColor" stroke="none"><circle cx="6" cy="3.5" r="1.2"/><circle cx="10"'
    ' cy="3.5" r="1.2"/><circle cx="6" cy="8" r="1.2"/><circle cx="10" cy="8" r="1.2"/><circle'
    ' cx="6" cy="12.5" r="1.2"/><circle cx="10" cy="12.5" r="1.2"/></g>',
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon; with a label where no word stands beside it."""
    drawn = _drawn(str(name))
    if not label:
        return mark_safe(f'<svg class="rk-i" aria-hidden="true" {drawn}')  # noqa: S308 - fixed shapes
    return format_html('<svg class="rk-i" role="img" aria-label="{}" {}', label, mark_safe(drawn))  # noqa: S308 - fixed shapes


@lru_cache(maxsize=512)
def _drawn(name: str) -> str:
    """Return the view box and the paths of an icon, without the opening of its tag."""
    if name in OWN_ICONS:
        return f'viewBox="0 0 16 16">{OWN_ICONS[name]}</svg>'
    svg = str(heroicon_outline(name, size=None))
    paths = svg.partition(">")[2].replace(' stroke-linecap="round" stroke-linejoin="round"', "")
    lines = (line.strip() for line in paths.removesuffix("</svg>").splitlines())
    return f'viewBox="0 0 24 24">{"".join(lines).replace(" />", "/>")}</svg>'


@dataclass(frozen=True, slots=True)
class Pill:
    """Class, icon and word of a status."""

    look: str
    icon: str
    word: str | Promise


PILLS = {
    Status.DRAFT: Pill("draf", "pencil", Status.DRAFT.label),
    Status.AWAITING_HEAD: Pill("draf rk-st--padat", "clock", Status.AWAITING_HEAD.label),
    Status.SENT: Pill("diajukan", "paper-airplane", Status.SENT.label),
    Status.UNDER_REVIEW: Pill("ditelaah", "eye", Status.UNDER_REVIEW.label),
    Status.AT_DESK: Pill("ditelaah rk-st--meja", "computer-desktop", Status.AT_DESK.label),
    Status.RETURNED: Pill("perbaikan", "arrow-uturn-left", Status.RETURNED.label),
    Status.AGREED: Pill("disepakati", "check", Status.AGREED.label),
    Status.MERGED: Pill("digabung", "merge", Status.MERGED.label),
    Status.REDIRECTED: Pill("ditunda", "arrow-right", Status.REDIRECTED.label),
    Status.DEFERRED: Pill("ditunda", "pause", Status.DEFERRED.label),
    Status.REJECTED: Pill("ditolak", "x-mark", Status.REJECTED.label),
    Status.WITHDRAWN: Pill("ditolak rk-st--polos", "minus", Status.WITHDRAWN.label),
}
# A regency's own programme is in line or not; how much it costs is the regency's own affair.
OWN_WORDS = {
    (Status.AGREED, False): gettext_lazy("In line"),
    (Status.AGREED, True): gettext_lazy("In line with notes"),
    (Status.REJECTED, False): gettext_lazy("Not yet in line"),
}


@register.simple_tag
def status_badge(proposal: Proposal, joint: str = "") -> SafeString:
    """Show the status as pill, icon and word; asks the database for nothing.

    A merged proposal names its programme where the share was loaded (``for_list``) or ``joint``
    is given.
    """
    pill = PILLS[Status(proposal.status)]
    word = status_word(proposal, joint)
    return format_html(
        '<span class="rk-st rk-st--{}">{}{}</span>', pill.look, icon(pill.icon), word
    )


@register.filter
def status_word(proposal: Proposal, joint: str = "") -> str:
    """Return the word of the status alone, for print and for sentences."""
    status = Status(proposal.status)
    if status == Status.MERGED and (number := joint or _joint_number(proposal)):
        return _("Merged into %(number)s") % {"number": number}
    if proposal.request_to == RequestTo.OWN and (status, proposal.is_changed) in OWN_WORDS:
        return str(OWN_WORDS[status, proposal.is_changed])
    if status == Status.AGREED and proposal.is_changed:
        return _("Agreed with changes")
    return str(status.label)


@register.filter
def decision_word(decision: Decision) -> str:
    """Return the word of a decision: an own programme is in line or not."""
    proposal = decision.proposal
    if proposal is not None and proposal.request_to == RequestTo.OWN:
        own = {
            DecisionResult.AGREED: OWN_WORDS[Status.AGREED, False],
            DecisionResult.AGREED_CHANGED: OWN_WORDS[Status.AGREED, True],
            DecisionResult.REJECTED: OWN_WORDS[Status.REJECTED, False],
        }
        return str(own.get(DecisionResult(decision.result), decision.get_result_display()))
    return str(decision.get_result_display())


def _joint_number(proposal: Proposal) -> str:
    """Return the number of the joint programme, if the row was loaded with it."""
    share = proposal._state.fields_cache.get("share")  # noqa: SLF001 - looks without asking
    joint = share._state.fields_cache.get("joint") if share else None  # noqa: SLF001 - as above
    return joint.number or "" if joint else ""


@register.simple_tag
def bar(
    value: Decimal | float | None,
    total: Decimal | float = 100,
    label: str = "",
    fill: str = "f1",
    *,
    thick: bool = False,
) -> SafeString:
    """Draw a bar of ``value`` of ``total``; without a label the figure must stand beside it."""
    share = min(max(float(value or 0) / float(total), 0.0), 1.0) if total else 0.0
    told = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="rk-bars{}" {}><rect x="0" width="{}%" height="100%" class="{}"/></svg>',
        " rk-bars--t" if thick else "",
        mark_safe(told),  # noqa: S308 - escaped above
        f"{share * 100:.2f}",
        fill,
    )


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong, and the field it stands at."""

    field_id: str
    label: str
    text: str


@register.simple_tag(takes_context=True)
def form_errors(context: Context) -> list[Wrong]:
    """List what is wrong in ``form`` and in the formsets ``sets``, in the order of the page."""
    return wrong_in(context.get("form"), context.get("sets") or ())


def wrong_in(form: forms.BaseForm | None, sets: Iterable[Any] = ()) -> list[Wrong]:
    """List what is wrong in a form and its formsets."""
    found = list(_of_form(form)) if form is not None else []
    for formset in sets:
        found += [Wrong("", "", str(text)) for text in formset.non_form_errors()]
        found += [wrong for one in formset.forms for wrong in _of_form(one)]
    return found


def _of_form(form: forms.BaseForm) -> Iterator[Wrong]:
    yield from (Wrong("", "", str(text)) for text in form.non_field_errors())
    for field in form:
        for text in field.errors:
            shown = "" if field.is_hidden else field.id_for_label or field.auto_id
            yield Wrong(str(shown), str(field.label), str(text))
