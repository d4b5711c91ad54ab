"""The groups on the board, and the proposals that a group may take."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from proposals import access
from proposals.enums import JointState, RequestTo, Status
from proposals.models import JointProgramme, PlanningYear, Proposal, User
from proposals.models.proposal import ProposalQuerySet

IN_WORK = (JointState.FORMING, JointState.JOINED)
COMPARABLE = (Status.SENT, Status.UNDER_REVIEW, Status.AT_DESK)
MERGEABLE = (Status.UNDER_REVIEW, Status.AT_DESK)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person looks for in a list: words, and a state; "" is the list's usual choice."""

    words: str = ""
    state: str = ""

    @property
    def is_narrow(self) -> bool:
        """Tell whether something was looked for."""
        return bool(self.words or self.state)


def readable_by(user: User, year: PlanningYear | None) -> QuerySet[JointProgramme]:
    """Return the programmes of a year that this person may read, each once."""
    if year is None:
        return JointProgramme.objects.none()
    seen = JointProgramme.objects.filter(access.joint_rows_for(user)).values("pk")
    return JointProgramme.objects.filter(pk__in=seen, year=year)


def for_page(user: User) -> QuerySet[JointProgramme]:
    """Load what the page of one programme shows; of every year that this person may read."""
    seen = JointProgramme.objects.filter(access.joint_rows_for(user)).values("pk")
    return JointProgramme.objects.filter(pk__in=seen).select_related(
        "year__office__region",
        "lead_office__region",
        "intervention",
        "nomenclature",
        "commodity",
        "created_by",
    )


def found(rows: QuerySet[JointProgramme], words: str) -> QuerySet[JointProgramme]:
    """Keep the programmes whose number or title, or a member's number, holds the words."""
    if not words:
        return rows
    members = JointProgramme.objects.filter(shares__proposal__number__icontains=words)
    return rows.filter(
        Q(title__icontains=words)
        | Q(number__icontains=words)
        | Q(pk__in=members.order_by().values("pk"))
    )


def board_rows(user: User, year: PlanningYear | None, wanted: Wanted) -> QuerySet[JointProgramme]:
    """List groups with the number of members and what each kind asks for, the newest first."""
    rows = found(readable_by(user, year), wanted.words)
    states = [wanted.state] if wanted.state in JointState.values else list(IN_WORK)
    if wanted.state != "all":
        rows = rows.filter(state__in=states)
    return (
        rows.select_related("year__office__region", "lead_office__region")
        .annotate(n_members=Count("shares"), **_asked())
        .order_by("-pk")
    )


def _asked() -> dict[str, Sum]:
    """Return the sum of each kind by its name; kinds are never added."""
    return {
        f"asked_{kind}": Sum(
            "shares__proposal__requested_rp", filter=Q(shares__proposal__request_to=kind)
        )
        for kind in RequestTo.values
    }


def joinable(
    user: User, year: PlanningYear | None, words: str = "", *, is_merging: bool = False
) -> ProposalQuerySet:
    """List what may be taken into a group: undecided, with the province, in no other group."""
    rows = (
        Proposal.objects.visible_to(user)
        .of_year(year)
        .filter(status__in=MERGEABLE if is_merging else COMPARABLE, share__isnull=True)
    )
    if words:
        rows = rows.filter(
            Q(title__icontains=words)
            | Q(number__icontains=words)
            | Q(office__region__short_name__icontains=words)
            | Q(sector__name_id__icontains=words)
        )
    return rows.for_list().order_by("office__region__code", "number", "pk")
