"""The proposed amount of a review: what each budget line makes of it, added up by the server."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from proposals.enums import Recommendation
from proposals.models import Proposal
from proposals.review.scoring import AGREEING
from proposals.rupiah import MAX_RUPIAH

LineAmounts = Mapping[int, Decimal | None]


def proposed(
    proposal: Proposal, recommendation: str, typed: Decimal | None, lines: LineAmounts
) -> Decimal | None:
    """Return the proposed amount: the sum of the lines where they are given, else the typed one.

    A line left empty counts as asked. Agreeing as asked needs no amount; an own programme keeps
    its own amount (the province says whether it is in line, not how much); what is not agreed
    has none.
    """
    asked = proposal.requested_rp or Decimal(0)
    if recommendation and recommendation not in AGREEING | {Recommendation.MERGE}:
        return None
    if not proposal.is_request:
        return asked if recommendation in AGREEING else None
    if lines:
        return total(proposal, lines)
    if typed is None and recommendation == Recommendation.AGREE:
        return asked
    return typed


def total(proposal: Proposal, lines: LineAmounts) -> Decimal:
    """Return the sum of the budget lines as the reviewer would have them."""
    amounts = ((lines.get(line.pk), line.total_rp) for line in proposal.budget_lines.all())
    return sum((asked if wish is None else wish for wish, asked in amounts), Decimal(0))


def objections(proposal: Proposal, amount: Decimal | None, lines: LineAmounts) -> list[str]:
    """Return what is wrong with the amounts of a review."""
    own = {line.pk for line in proposal.budget_lines.all()}
    typed = [one for one in (amount, *lines.values()) if one is not None]
    reasons = []
    if not own.issuperset(lines):
        reasons.append(_("A budget line does not belong to this proposal."))
    if any(one < 0 for one in typed):
        reasons.append(_("A proposed amount cannot be below zero."))
    if any(one > MAX_RUPIAH for one in typed):
        reasons.append(_("A proposed amount is too large."))
    return reasons


def keep_lines(proposal: Proposal, lines: LineAmounts) -> None:
    """Write the proposed amount beside each asked one; the asked one never changes."""
    for line in proposal.budget_lines.all():
        if line.pk in lines and line.recommended_rp != lines[line.pk]:
            line.recommended_rp = lines[line.pk]
            line.save(update_fields=["recommended_rp"])
