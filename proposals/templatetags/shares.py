"""What a member gets of a joint programme, and where it stands, in the words of every page."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from proposals.enums import Delivery, JointState
from proposals.models import Share
from proposals.templatetags.figures import rp
from proposals.templatetags.marks import icon

register = template.Library()

LED_BY_REGENCY = "BERSAMA-"
LOOKS = {
    JointState.FORMING: ("square-2-stack", ""),
    JointState.JOINED: ("merge", "rk-t-gandaria"),
    JointState.AGREED: ("check", "rk-t-daun"),
    JointState.DEFERRED: ("pause", "rk-t-kunyit"),
    JointState.DISSOLVED: ("release", ""),
}


@register.filter
def share_words(share: Share, region: str = "") -> str:
    """Say what a share brings: carried out here, worth so much; BKK; or the member's own money.

    Without a region it speaks to the member itself ("in your region"). Loads the programme.
    """
    if share.amount_rp == 0:
        return _("absorbed, without a share of the money")
    worth = {"amount": rp(share.amount_rp), "region": region}
    match share.delivery:
        case Delivery.TRANSFER:
            return _("BKK %(amount)s") % worth
        case Delivery.OWN_MONEY:
            return _("own money %(amount)s") % worth
    if (share.joint.number or "").startswith(LED_BY_REGENCY):
        words = (
            _("carried out by the leading office in %(region)s, worth %(amount)s")
            if region
            else _("carried out by the leading office in your region, worth %(amount)s")
        )
    else:
        words = (
            _("carried out by the province in %(region)s, worth %(amount)s")
            if region
            else _("carried out by the province in your region, worth %(amount)s")
        )
    return words % worth


@register.simple_tag
def joint_badge(state: str) -> SafeString:
    """Show the state of a joint programme as icon and word."""
    shape, tone = LOOKS[JointState(state)]
    word = JointState(state).label
    return format_html('<span class="rk-tag {}">{}{}</span>', tone, icon(shape), word)
