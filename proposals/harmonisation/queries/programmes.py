"""What one person reads of a joint programme: the own share whole, of the others a summary."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet

from proposals import access
from proposals.enums import JointState
from proposals.harmonisation.queries import groups
from proposals.harmonisation.queries.groups import Wanted
from proposals.harmonisation.queries.members import Compared, members_of
from proposals.models import Decision, JointProgramme, PlanningYear, Share, User


@dataclass(frozen=True, slots=True)
class Member:
    """A member as this person sees it; without ``is_whole`` only the summary's columns."""

    compared: Compared
    is_whole: bool
    is_own: bool
    may_consent: bool = False

    @property
    def share(self) -> Share:
        """Return the member's share; pages show it only of whole members."""
        return self.compared.proposal.share


@dataclass(frozen=True, slots=True)
class Reading:
    """One programme as this person sees it."""

    joint: JointProgramme
    members: list[Member]
    sees_result: bool
    decisions: list[Decision]

    @property
    def whole(self) -> list[Compared]:
        """Return the members that this person reads whole."""
        return [member.compared for member in self.members if member.is_whole]

    @property
    def is_whole(self) -> bool:
        """Tell whether this person reads every member whole."""
        return all(member.is_whole for member in self.members)

    @property
    def state(self) -> JointState:
        """Return the state; who may not read decisions before signing sees it as joined."""
        return shown_state(self.joint, sees_result=self.sees_result)


def shown_state(joint: JointProgramme, *, sees_result: bool) -> JointState:
    """Return the state as shown: a decision stays with those who may read it."""
    state = JointState(joint.state)
    is_decided = state in {JointState.AGREED, JointState.DEFERRED}
    return JointState.JOINED if is_decided and not sees_result else state


def reading(joint: JointProgramme, user: User) -> Reading:
    """Return what this person may read of a programme: two queries."""
    members = [_member(one, user) for one in members_of(joint)]
    sees_result = (
        joint.year.is_signed
        or access.sees_decisions(user)
        or any(member.is_own for member in members)
    )
    decisions = joint.decisions.select_related("decided_by", "recorded_by", "reason")
    return Reading(
        joint=joint,
        members=members,
        sees_result=sees_result,
        decisions=list(decisions.order_by("-decided_at", "-pk")) if sees_result else [],
    )


def _member(one: Compared, user: User) -> Member:
    is_office = access.role_of(user) in access.OFFICE_ROLES
    is_own = is_office and access.office_of(user) == one.proposal.office_id
    share = one.proposal.share
    is_open = share.joint.state in groups.IN_WORK and not share.joint.year.is_signed
    may = access.may_consent(user, one.proposal.office_id) and share.needs_consent and is_open
    return Member(one, is_whole=is_own or not is_office, is_own=is_own, may_consent=may)


def list_for(user: User, year: PlanningYear | None, wanted: Wanted) -> QuerySet[JointProgramme]:
    """List the programmes a person may read, each with the shares of the own office."""
    rows = groups.found(groups.readable_by(user, year), wanted.words)
    if wanted.state == "own":
        rows = rows.filter(
            pk__in=Share.objects.filter(proposal__office=access.office_of(user)).values("joint")
        )
    elif wanted.state in JointState.values and access.sees_decisions(user):
        rows = rows.filter(state=wanted.state)
    else:
        rows = rows.exclude(state=JointState.DISSOLVED)
    own = Share.objects.filter(proposal__office=access.office_of(user)).select_related(
        "proposal__office__region", "funding_source", "joint"
    )
    return (
        rows.select_related("lead_office__region", "year")
        .annotate(n_members=Count("shares"))
        .prefetch_related(Prefetch("shares", own.order_by("proposal__number", "pk"), "own_shares"))
        .order_by("number", "pk")
    )


def share_to_consent(user: User, pk: int) -> Share | None:
    """Return a share of the own office with its programme, where it may be read."""
    return (
        Share.objects.filter(
            pk=pk,
            proposal__office=access.office_of(user),
            joint__in=JointProgramme.objects.filter(access.joint_rows_for(user)).values("pk"),
        )
        .select_related(
            "joint__year__office__region",
            "joint__lead_office__region",
            "joint__nomenclature",
            "proposal__office__region",
            "proposal__funding_source",
            "funding_source",
            "consent_by",
        )
        .first()
    )
