"""What the meeting looks at: the desk, what was decided, one regency's list."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from proposals import access
from proposals.enums import JointState, RequestTo, ReviewState, Role, Status
from proposals.models import (
    Decision,
    JointProgramme,
    Office,
    PlanningYear,
    Proposal,
    Review,
    Share,
    User,
)
from proposals.models.proposal import ProposalQuerySet
from proposals.totals import AGREED_RP
from proposals.transitions import OWN_ONLY, WITH_PROVINCE


@dataclass(frozen=True)
class DeskOffice:
    """One regency with what waits at its desk."""

    pk: int
    name: str
    count: int


def readable(user: User) -> ProposalQuerySet:
    """Return what this person follows at the meeting: everything sent, for those who may."""
    if not access.sees_decisions(user):
        return Proposal.objects.none()
    return Proposal.objects.visible_to(user).exclude(status__in=sorted(OWN_ONLY))


def desk(user: User, year: PlanningYear | None, office: int = 0) -> ProposalQuerySet:
    """Return what lies at the desk, regency by regency, in the order of their numbers."""
    rows = readable(user).of_year(year).filter(status=Status.AT_DESK).for_list()
    return (rows.filter(office=office) if office else rows).order_by("number", "pk")


def desk_offices(user: User, year: PlanningYear | None) -> list[DeskOffice]:
    """Return the regencies that have something at the desk."""
    rows = (
        readable(user)
        .of_year(year)
        .filter(status=Status.AT_DESK)
        .values_list("office", "office__region__name")
        .annotate(count=Count("pk"))
        .order_by("office__region__code")
    )
    return [DeskOffice(*row) for row in rows]


def next_at_desk(user: User, proposal: Proposal) -> int | None:
    """Return what the desk of this regency takes next, if anything is left."""
    rows = desk(user, proposal.year, proposal.office_id).exclude(pk=proposal.pk)
    after = rows.filter(number__gt=proposal.number).values_list("pk", flat=True).first()
    return after or rows.values_list("pk", flat=True).first()


def joint_waiting(user: User, year: PlanningYear | None) -> QuerySet[JointProgramme]:
    """Return the joint programmes that wait for a decision."""
    if year is None:
        return JointProgramme.objects.none()
    rows = joint_readable(user).filter(year=year, state=JointState.JOINED)
    return rows.annotate(members=Count("shares")).order_by("number", "pk")


def joint_readable(user: User) -> QuerySet[JointProgramme]:
    """Return the joint programmes that this person follows at the meeting."""
    if not access.sees_decisions(user):
        return JointProgramme.objects.none()
    rows = JointProgramme.objects.filter(access.joint_rows_for(user))
    return rows.exclude(number__isnull=True).select_related(
        "lead_office__region", "year__office", "nomenclature", "commodity", "intervention"
    )


def decisions(user: User, year: PlanningYear | None) -> QuerySet[Decision]:
    """Return every decision of a year, the newest first; an old one stays as it was."""
    if year is None or not access.sees_decisions(user):
        return Decision.objects.none()
    rows = Decision.objects.filter(proposal__year=year) | Decision.objects.filter(joint__year=year)
    return rows.select_related(
        "proposal__office__region", "joint", "reason", "decided_by", "recorded_by"
    ).order_by("-decided_at", "-pk")


def decided_today(user: User, year: PlanningYear | None) -> QuerySet[Decision]:
    """Return what was decided since midnight in WITA, at most the last ten."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return decisions(user, year).filter(decided_at__gte=midnight)[:10]


def decisions_of(thing: Proposal | JointProgramme) -> QuerySet[Decision]:
    """Return the decisions on one proposal or joint programme, the newest first."""
    rows = thing.decisions.select_related("reason", "decided_by", "recorded_by")
    return rows.order_by("-decided_at", "-pk")


def reviews_for(user: User, proposal: Proposal) -> QuerySet[Review]:
    """Return the finished reviews, for those who read scores."""
    if not access.sees_scores(user):
        return Review.objects.none()
    rows = Review.objects.filter(proposal=proposal, state=ReviewState.FINAL)
    return rows.select_related("reviewer", "reason").order_by("final_at", "pk")


def deciders() -> QuerySet[User]:
    """Return the people who may decide: the head, and the coordinator as deputy."""
    roles = (Role.PROVINCE_HEAD, Role.COORDINATOR)
    return User.objects.filter(role__in=roles, is_active=True).order_by("-role", "full_name", "pk")


@dataclass(frozen=True)
class KindSum:
    """The sums of one kind in a printed list; kinds are never added together."""

    word: str
    asked_rp: Decimal | None
    agreed_rp: Decimal | None


def list_of_office(user: User, year: PlanningYear, office: Office) -> ProposalQuerySet:
    """Return all that one office sent, with what is agreed for each: its own amount or share."""
    rows = _of_office(user, year, office)
    return (
        rows.for_list()
        .select_related("result_reason")
        .annotate(told_agreed_rp=AGREED_RP)
        .order_by("own_rank", "number", "pk")
    )


def _of_office(user: User, year: PlanningYear, office: Office) -> ProposalQuerySet:
    rows = readable(user).of_year(year)
    return rows.filter(office=office, status__in=sorted(WITH_PROVINCE))


def sums_of_office(user: User, year: PlanningYear, office: Office) -> list[KindSum]:
    """Return the sums of each kind of one office."""
    rows = _of_office(user, year, office).order_by("request_to")
    found = rows.values("request_to").annotate(asked=Sum("requested_rp"), agreed=Sum(AGREED_RP))
    return [
        KindSum(str(RequestTo(one["request_to"]).label), one["asked"], one["agreed"])
        for one in found
    ]


def shares_shown(joint: JointProgramme) -> list[Share]:
    """Return the members of a joint programme with what its page tells of each."""
    shares = joint.shares.select_related(
        "proposal__office__region",
        "proposal__funding_source",
        "proposal__sector",
        "funding_source",
        "consent_by",
    )
    return list(shares.order_by("proposal__number", "pk"))
