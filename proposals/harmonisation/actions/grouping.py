"""Groups: form one, take members in, let one go."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from proposals import access, workflow
from proposals.enums import Action, Delivery, FundingLevel, JoiningKind, JointState
from proposals.harmonisation.actions import locks, verdicts
from proposals.harmonisation.actions.designing import ShareGiven, refuse_gap, write_shares
from proposals.models import (
    FundingSource,
    JointProgramme,
    Office,
    PlanningYear,
    Proposal,
    Share,
    User,
)
from proposals.refused import Refused
from proposals.workflow import Given

TRANSFER_SOURCE = "bkk_prov"
ALIKE = ("intervention_id", "nomenclature_id")


@transaction.atomic
def form_group(
    *,
    year: PlanningYear,
    by: User,
    proposals: Iterable[Proposal],
    kind: str,
    title: str,
    lead_office: Office,
) -> JointProgramme:
    """Begin a group of at least two proposals, each with a share of 0 and guessed delivery.

    Sent twice, the same form gives the same group.
    """
    chosen = list(proposals)
    _refuse_beginning(year, by, chosen, title)
    members = locks.lock_proposals(chosen, year=year, by=by)
    if found := _formed_already(members, title, by):
        return found
    locks.refuse_incomparable(members)
    locks.refuse_foreign_lead(lead_office, year, [member.office_id for member in members])
    joint = JointProgramme.objects.create(
        year=year,
        lead_office=lead_office,
        kind=JoiningKind(kind),
        title=title.strip(),
        created_by=by,
        **{column: _shared_by_all(members, column) for column in ALIKE},
    )
    _take_in(joint, members, by)
    return joint


def _refuse_beginning(year: PlanningYear, by: User, chosen: list[Proposal], title: str) -> None:
    reasons = []
    if not access.may_join(by):
        reasons.append(_("Your role may not do this."))
    if len({proposal.pk for proposal in chosen}) < 2:
        reasons.append(_("Choose at least two proposals to compare."))
    if not title.strip():
        reasons.append(_("Give the programme a title."))
    if year.is_signed:
        reasons.append(_("The minutes are signed: a change now needs an addendum."))
    if reasons:
        raise Refused(reasons)


def _formed_already(members: list[Proposal], title: str, by: User) -> JointProgramme | None:
    """Return the group this form made a moment ago, if its members are still exactly these."""
    wanted = {member.pk for member in members}
    joint = (
        JointProgramme.objects.filter(
            shares__proposal__in=wanted,
            state=JointState.FORMING,
            title=title.strip(),
            created_by=by,
        )
        .order_by("pk")
        .first()
    )
    if joint is None or set(joint.shares.values_list("proposal_id", flat=True)) != wanted:
        return None
    return joint


def _shared_by_all(members: list[Proposal], column: str) -> int | None:
    """Return the value of a column where every member has the same one."""
    values: set[int | None] = {getattr(member, column) for member in members}
    return values.pop() if len(values) == 1 else None


def _take_in(joint: JointProgramme, members: list[Proposal], by: User) -> None:
    purses = _first_sources()
    for member in members:
        source, delivery = _guess(member, joint.lead_office, purses)
        if source is None:
            raise Refused([_("There is no source of money in the lists to pay a share from.")])
        Share.objects.create(joint=joint, proposal=member, funding_source=source, delivery=delivery)
    verdicts.settle(joint, by)


def _first_sources() -> dict[str, FundingSource]:
    """Return the first source in use of each level: the regency's and the province's budget."""
    levels = (FundingLevel.REGENCY, FundingLevel.PROVINCE)
    rows = FundingSource.objects.in_use().filter(level__in=levels).order_by("-key")
    return {row.level: row for row in rows}


def _guess(
    member: Proposal, lead: Office, purses: dict[str, FundingSource]
) -> tuple[FundingSource | None, Delivery]:
    """Guess who pays a member and how: a start for the person, never a rule."""
    own = member.funding_source
    keeps_own = own is None or own.is_regional_purse
    if keeps_own and not lead.region.is_province and not member.office.region.is_province:
        return own or purses.get(FundingLevel.REGENCY), Delivery.OWN_MONEY
    if own is not None and own.key == TRANSFER_SOURCE:
        return own, Delivery.TRANSFER
    return (purses.get(FundingLevel.PROVINCE) if keeps_own else own), Delivery.ACTIVITY


@transaction.atomic
def add_members(
    *,
    joint: JointProgramme,
    by: User,
    proposals: Iterable[Proposal],
    row_version: int | None = None,
) -> JointProgramme:
    """Take proposals into a group with a share of 0; into a joined programme they are merged."""
    row = locks.lock_to_change(joint.pk, by)
    inside = set(row.shares.values_list("proposal_id", flat=True))
    new = [proposal for proposal in proposals if proposal.pk not in inside]
    if not new:
        return row
    locks.refuse_stale(row, row_version)
    members = locks.lock_proposals(new, year=row.year, by=by)
    locks.refuse_incomparable(members)
    _take_in(row, members, by)
    locks.touch(row)
    if row.state == JointState.JOINED:
        _merge(members, by)
    return row


def _merge(members: list[Proposal], by: User) -> None:
    for member in members:
        try:
            workflow.take(Action.MERGE, proposal=member, by=by)
        except Refused as refusal:
            reasons = [f"{member.label}: {reason}" for reason in refusal.reasons]
            raise Refused(reasons) from refusal


@transaction.atomic
def remove_member(
    *,
    share: Share,
    by: User,
    reason: str,
    row_version: int | None = None,
    amount_rp: Decimal | None = None,
    shares: Mapping[int, ShareGiven] | None = None,
) -> JointProgramme:
    """Let one member go; what it asked for stays, and a merged one goes back under review.

    A joined programme adds up in the same act: to ``amount_rp``, or without it to what the others
    have; ``shares`` changes theirs, by the id of the share. Sent twice, nothing more happens.
    """
    row = locks.lock_to_change(share.joint_id, by)
    members = {one.pk: one for one in row.shares.select_related("proposal")}
    leaving = members.pop(share.pk, None)
    if leaving is None:
        return row
    locks.refuse_stale(row, row_version)
    _refuse_leaving(row, list(members.values()))
    with pghistory.context(reason=reason.strip()):
        leaving.delete()
        verdicts.unsettle([leaving.proposal_id])
        write_shares(row, shares or {})
        row.amount_rp = _amount_without(row, amount_rp)
        locks.touch(row)
        if row.state == JointState.JOINED:
            _release(row, leaving.proposal, by, reason)
    return row


def _release(joint: JointProgramme, member: Proposal, by: User, reason: str) -> None:
    """Take a merged member back under review, once the others add up."""
    refuse_gap(joint)
    workflow.take(Action.RELEASE, proposal=member, by=by, given=Given(note=reason))


def _amount_without(joint: JointProgramme, wanted_rp: Decimal | None) -> Decimal | None:
    """Return the wanted amount; without one the rest of a joined programme is its amount."""
    if wanted_rp is not None or joint.state == JointState.FORMING:
        return joint.amount_rp if wanted_rp is None else wanted_rp
    return sum(joint.shares.values_list("amount_rp", flat=True), Decimal(0))


def _refuse_leaving(joint: JointProgramme, rest: list[Share]) -> None:
    """Refuse what would leave a joined programme of one, or a lead without its own proposal."""
    if joint.state == JointState.JOINED and len(rest) < 2:
        raise Refused([_("A joint programme has at least two members: dissolve it instead.")])
    if rest:
        offices = [share.proposal.office_id for share in rest]
        locks.refuse_foreign_lead(joint.lead_office, joint.year, offices)
