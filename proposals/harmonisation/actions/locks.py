"""Who may change a programme now, and whether it is still the one the person looked at."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from proposals import access
from proposals.enums import JointState, Status
from proposals.models import JointProgramme, Office, PlanningYear, Proposal, Share, User
from proposals.refused import Refused

OPEN_STATES = frozenset({JointState.FORMING, JointState.JOINED})
COMPARABLE = frozenset({Status.SENT, Status.UNDER_REVIEW, Status.AT_DESK})


class Stale(Refused):
    """Somebody saved the programme meanwhile; ``joint`` is the row as it stands now."""

    def __init__(self, joint: JointProgramme) -> None:
        super().__init__([_("Somebody saved this programme meanwhile: compare, then save again.")])
        self.joint = joint


def lock(joint_id: int) -> JointProgramme:
    """Lock the programme's row before any other; two acts on it follow one another."""
    return (
        JointProgramme.objects.select_for_update(of=("self",))
        .select_related("year__office__region", "lead_office__region")
        .get(pk=joint_id)
    )


def lock_to_change(joint_id: int, by: User) -> JointProgramme:
    """Lock a programme that this person may change: reviewers prepare groups, deciders the rest."""
    joint = lock(joint_id)
    if reasons := why_not(joint, by):
        raise Refused(reasons)
    return joint


def why_not(joint: JointProgramme, by: User) -> list[str]:
    """Return why this person cannot change the programme now; empty where it is open."""
    if not access.may_join(by):
        return [_("Your role may not do this.")]
    if reasons := why_closed(joint):
        return reasons
    if joint.state == JointState.JOINED and not access.may_decide(by):
        return [_("It is joined already: only coordinator and provincial head change it now.")]
    return []


def why_closed(joint: JointProgramme) -> list[str]:
    """Return what closes a programme to everybody: the minutes, a decision, its end."""
    if joint.year.is_signed:
        return [_("The minutes are signed: a change now needs an addendum.")]
    state = JointState(joint.state)
    if state not in OPEN_STATES:
        return [_("Not possible while the programme is: %(state)s.") % {"state": state.label}]
    return []


def refuse_stale(joint: JointProgramme, row_version: int | None) -> None:
    """Refuse what was written over an older reading; without a version nothing was read."""
    if row_version is not None and row_version != joint.row_version:
        raise Stale(joint)


def touch(joint: JointProgramme) -> JointProgramme:
    """Save the programme as a new version."""
    joint.row_version += 1
    joint.save()
    return joint


def lock_proposals(
    proposals: Iterable[Proposal], *, year: PlanningYear, by: User
) -> list[Proposal]:
    """Lock the chosen proposals in one order; refuse those of another year and those unseen."""
    wanted = {proposal.pk for proposal in proposals}
    found = list(
        Proposal.objects.visible_to(by)
        .filter(pk__in=wanted, year=year)
        .select_for_update(of=("self",))
        .select_related("funding_source", "office__region", "year")
        .order_by("number", "pk")
    )
    if len(found) < len(wanted):
        raise Refused([_("A chosen proposal is not of this year, or you cannot see it.")])
    return found


def refuse_incomparable(proposals: list[Proposal]) -> None:
    """Refuse what no group may take: decided or returned proposals, and those of another group."""
    reasons = []
    taken = dict(
        Share.objects.filter(proposal__in=proposals).values_list("proposal_id", "joint__title")
    )
    for proposal in proposals:
        if proposal.pk in taken:
            reasons.append(
                _("%(number)s stands in another group already: %(group)s.")
                % {"number": proposal.label, "group": taken[proposal.pk]}
            )
        elif Status(proposal.status) not in COMPARABLE:
            reasons.append(
                _("%(number)s cannot be compared while it is: %(status)s.")
                % {"number": proposal.label, "status": Status(proposal.status).label}
            )
    if reasons:
        raise Refused(reasons)


def refuse_foreign_lead(lead: Office, year: PlanningYear, member_offices: Iterable[int]) -> None:
    """Refuse a lead that is neither the province nor a member: its own proposal is joined too."""
    if lead.pk != year.office_id and lead.pk not in set(member_offices):
        raise Refused(
            [
                _("%(office)s can lead only with a proposal of its own among the members.")
                % {"office": lead.name}
            ]
        )
