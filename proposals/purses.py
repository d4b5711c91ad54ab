"""Whose money a joint programme takes: what each purse is asked for, has planned, and pays.

Kinds are never added: what is asked of the province, what is asked of the centre, and what an
office plans with its own money stand side by side. A saving is told within one purse alone: that
the province pays for what a regency had planned itself is no saving of the province.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proposals.enums import Delivery, FundingLevel, RequestTo
from proposals.models import FundingSource, Office, Proposal, Share
from proposals.templatetags.figures import rp_short

ZERO = Decimal(0)
WORDS: dict[str, str | Promise] = {
    RequestTo.PROVINCE: _("asked of the province"),
    RequestTo.CENTRE: _("asked of the centre"),
    RequestTo.OWN: _("own programmes, from own money"),
}
LESS: tuple[str | Promise, ...] = (
    _("%(purse)s pays %(amount)s less than was asked of it"),
    _("%(purse)s pays %(amount)s less than it planned itself"),
    _("%(purse)s pays %(amount)s less than was asked of it and planned by itself"),
)
MORE: tuple[str | Promise, ...] = (
    _("%(purse)s pays %(amount)s more than was asked of it"),
    _("%(purse)s pays %(amount)s more than it planned itself"),
    _("%(purse)s pays %(amount)s more than was asked of it and planned by itself"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the proposals of one kind ask for, or plan."""

    kind: str
    asked_rp: Decimal

    @property
    def word(self) -> str:
        """Say of whom it is asked."""
        return str(WORDS[self.kind])


def asked_by_kind(proposals: Iterable[Proposal]) -> list[Asked]:
    """Return the sum of each kind that is there, in the order of the kinds."""
    sums: dict[str, Decimal] = {}
    for one in proposals:
        sums[one.request_to] = sums.get(one.request_to, ZERO) + (one.requested_rp or ZERO)
    kinds = (RequestTo.PROVINCE, RequestTo.CENTRE, RequestTo.OWN)
    return [Asked(kind, sums[kind]) for kind in kinds if kind in sums]


@dataclass(slots=True)
class Purse:
    """One purse: requests to it, own programmes from it, and what it pays for the joint one."""

    word: str
    asked_rp: Decimal = ZERO
    planned_rp: Decimal = ZERO
    pays_rp: Decimal = ZERO

    @property
    def saving_rp(self) -> Decimal:
        """Return how much less it pays than it was asked for and had planned; negative if more."""
        return self.asked_rp + self.planned_rp - self.pays_rp

    @property
    def pays_more(self) -> bool:
        """Tell whether the programme costs it more than the proposals one by one."""
        return self.saving_rp < 0

    @property
    def told(self) -> str:
        """Say the difference in words; nothing where there is none."""
        if not self.saving_rp:
            return ""
        at = (2 if self.asked_rp else 1) if self.planned_rp else 0
        words = (MORE if self.pays_more else LESS)[at]
        return str(words) % {"purse": self.word, "amount": rp_short(abs(self.saving_rp))}


def purses_of(shares: Sequence[Share]) -> list[Purse]:
    """Return the purses that these shares concern; each has its joint, proposal and sources."""
    found: dict[object, Purse] = {}
    for share in shares:
        proposal = share.proposal
        wanted = _of(found, _level(proposal), proposal.office, proposal.funding_source)
        if proposal.is_request:
            wanted.asked_rp += proposal.requested_rp or ZERO
        else:
            wanted.planned_rp += proposal.requested_rp or ZERO
        source = share.funding_source
        _of(found, source.level, _payer(share), source).pays_rp += share.amount_rp
    return list(found.values())


def _level(proposal: Proposal) -> str:
    """Tell who holds the money that a proposal asks for."""
    if proposal.request_to == RequestTo.PROVINCE:
        return FundingLevel.PROVINCE
    if proposal.request_to == RequestTo.CENTRE:
        return FundingLevel.CENTRE
    if proposal.funding_source is not None:
        return proposal.funding_source.level
    return FundingLevel.PROVINCE if proposal.office.region.is_province else FundingLevel.REGENCY


def _payer(share: Share) -> Office:
    """Return whose regional money a share is: the member's own, or that of the leading office."""
    lead = share.joint.lead_office
    if share.delivery == Delivery.OWN_MONEY or lead.region.is_province:
        return share.proposal.office
    return lead


def _of(
    found: dict[object, Purse], level: str, office: Office, source: FundingSource | None
) -> Purse:
    """Return the purse of this level, made where it is not there; each regency has its own."""
    if level == FundingLevel.REGENCY:
        return found.setdefault((level, office.pk), Purse(office.region.short_name))
    if level in {FundingLevel.PROVINCE, FundingLevel.CENTRE}:
        return found.setdefault(level, Purse(str(FundingLevel(level).label)))
    word = str(source or FundingLevel(level).label)
    return found.setdefault((level, word), Purse(word))
