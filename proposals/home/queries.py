"""What waits for one person, the most urgent first."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proposals import access, completeness, totals
from proposals.enums import JointState, ReviewState, Role, Status
from proposals.models import (
    Comment,
    JointProgramme,
    OfficeNote,
    OfficeYear,
    PlanningYear,
    Proposal,
    ReturnPoint,
    Share,
    User,
)
from proposals.models.proposal import ProposalQuerySet

SHOWN = 8


@dataclass(frozen=True)
class Task:
    """One thing to do: what, for which proposal or programme, until when, and one button."""

    title: str
    about: str
    button: str
    url: str
    proposal: Proposal | None = None
    due_on: date | None = None
    finishes: bool = False


@dataclass
class OfficeHome:
    """The home of an office that files: deadline, tasks, figures, and its own list."""

    tasks: list[Task]
    figures: totals.OwnFigures
    rows: list[tuple[Proposal, int | None]]
    closes_at: datetime
    days_left: int
    is_open: bool


@dataclass
class ProvinceHome:
    """The home of the province: what waits for this role, and where the offices stand."""

    tasks: list[Task]
    waiting: int
    board: list[totals.Standing] = field(default_factory=list)


def office_home(user: User, year: PlanningYear) -> OfficeHome:
    """Return the home of an office; a fixed number of queries for any number of proposals."""
    office_year = OfficeYear.objects.filter(year=year, office=user.office_id).first()
    documents = completeness.blocking_documents()
    own = own_proposals(user, year)
    proposals = list(
        completeness.with_facts(own.exclude(status=Status.WITHDRAWN).for_list())
        .annotate(given_back=Subquery(_note_of_head()))
        .prefetch_related("return_points")
        .order_by("own_rank", "created_at", "pk")
    )
    lacking = {
        proposal.pk: len(completeness.missing(proposal, documents, office_year))
        for proposal in proposals
        if proposal.status in {Status.DRAFT, Status.AWAITING_HEAD, Status.RETURNED}
    }
    closes_at = year.closes_at
    extension = office_year.extended_until if office_year else None
    if extension and extension > closes_at:
        closes_at = extension
    tasks = [*_office_tasks(user, proposals, lacking, closes_at), *_consents(user, year)]
    days = (timezone.localtime(closes_at).date() - timezone.localdate()).days
    return OfficeHome(
        tasks=sorted(tasks, key=lambda task: (task.due_on or date.max, task.about)),
        figures=totals.own_figures(own),
        rows=[(proposal, lacking.get(proposal.pk)) for proposal in proposals],
        closes_at=closes_at,
        days_left=max(0, days),
        is_open=year.is_open_for_sending(extension),
    )


def _note_of_head() -> "QuerySet[OfficeNote, str]":
    """Return the head's note on what was given back and not handed over since."""
    notes = OfficeNote.objects.filter(
        proposal=OuterRef("pk"), created_at__gte=OuterRef("status_at")
    )
    return notes.order_by("-created_at", "-pk").values_list("text", flat=True)[:1]


def own_proposals(user: User, year: PlanningYear) -> ProposalQuerySet:
    """Return the proposals of the person's own office in a year."""
    return Proposal.objects.visible_to(user).filter(office=user.office_id).of_year(year)


def _office_tasks(
    user: User, proposals: list[Proposal], lacking: dict[int, int], closes_at: datetime
) -> Iterator[Task]:
    asked = _unanswered(proposals)
    closes_on = timezone.localtime(closes_at).date()
    for proposal in proposals:
        if task := _own_task(user, proposal, lacking.get(proposal.pk, 0), closes_on):
            yield task
        elif comment := asked.get(proposal.pk):
            yield Task(
                _("Answer the question of %(name)s") % {"name": comment.author.full_name},
                f"{proposal.label} “{comment.text[:80]}”",
                _("Answer"),
                reverse("filing:proposal", args=[proposal.pk]),
                proposal,
            )


def _own_task(user: User, proposal: Proposal, lacks: int, closes_on: date) -> Task | None:
    fill = reverse("filing:fill", args=[proposal.pk])
    read = reverse("filing:proposal", args=[proposal.pk])
    about = f"{proposal.label} {proposal.title}"
    is_head = user.role in {Role.HEAD, Role.PROVINCE_HEAD}
    if proposal.status == Status.RETURNED:
        points = [p for p in proposal.return_points.all() if p.settled_at is None]
        title = points[0].what if points else _("Correct and send again")
        return Task(title, about, _("Correct"), fill, proposal, _due(points))
    if proposal.status == Status.AWAITING_HEAD and is_head:
        return Task(_("Read and send"), about, _("Send"), read, proposal, closes_on, finishes=True)
    note = getattr(proposal, "given_back", None)
    if proposal.status == Status.DRAFT and note and not is_head:
        title = _("Given back by the head: %(note)s") % {"note": note[:120]}
        return Task(title, about, _("Continue"), fill, proposal, closes_on)
    if proposal.status == Status.DRAFT and lacks:
        title = ngettext(
            "Fill in %(n)s more field, then send", "Fill in %(n)s more fields, then send", lacks
        ) % {"n": lacks}
        return Task(title, about, _("Continue"), fill, proposal, closes_on)
    if proposal.status == Status.DRAFT:
        button = _("Send") if is_head else _("Hand to the head")
        title = _("Ready to send, every field is filled")
        return Task(title, about, button, read, proposal, closes_on, finishes=True)
    return None


def _due(points: list[ReturnPoint]) -> date | None:
    return min((point.due_on for point in points), default=None)


def _unanswered(proposals: list[Proposal]) -> dict[int, Comment]:
    """Return the newest shared comment of each proposal where the province spoke last."""
    newest = {
        comment.proposal_id: comment
        for comment in Comment.objects.filter(
            proposal__in=[proposal.pk for proposal in proposals], is_internal=False
        )
        .select_related("author")
        .order_by("created_at", "pk")
    }
    own = {proposal.pk: proposal.office_id for proposal in proposals}
    return {pk: comment for pk, comment in newest.items() if comment.author.office_id != own[pk]}


def _consents(user: User, year: PlanningYear) -> Iterator[Task]:
    if user.role != Role.HEAD:
        return
    shares = (
        Share.objects.filter(
            joint__year=year,
            joint__state__in=[JointState.FORMING, JointState.JOINED],
            proposal__office=user.office_id,
            consent_at__isnull=True,
            consent_note="",  # a refusal is an answer too
        )
        .select_related("joint", "proposal__funding_source")
        .order_by("joint__number", "pk")
    )
    for share in shares:
        if share.needs_consent:
            yield Task(
                _("Consent, or say why not"),
                f"{share.joint.number or ''} {share.joint.title}".strip(),
                _("Read"),
                reverse("harmonisation:consent", args=[share.pk]),
            )


def province_home(user: User, year: PlanningYear) -> ProvinceHome:
    """Return the home of a provincial role or the planning agency."""
    waiting = waiting_for(user, year)
    own = own_proposals(user, year) if user.role == Role.PROVINCE_HEAD else Proposal.objects.none()
    tasks = [
        *(_own_head_task(proposal) for proposal in own.filter(status=Status.AWAITING_HEAD)),
        *_joint_tasks(user, year),
        *(_queue_task(user, proposal) for proposal in waiting.for_list()[:SHOWN]),
    ]
    return ProvinceHome(
        tasks=tasks,
        waiting=waiting.count(),
        board=totals.board(year) if access.sees_recap(user) else [],
    )


def waiting_for(user: User, year: PlanningYear) -> ProposalQuerySet:
    """Return the proposals that wait for this role, the oldest first."""
    seen = Proposal.objects.visible_to(user).of_year(year)
    match user.role:
        case Role.GATE_CHECKER:
            seen = seen.filter(status=Status.SENT)
        case Role.REVIEWER:
            mine = Q(lead_reviewer=user) | Q(
                lead_reviewer__isnull=True, lead_division=user.division_id
            )
            done = Q(reviews__reviewer=user, reviews__state=ReviewState.FINAL)
            seen = seen.filter(mine, status=Status.UNDER_REVIEW).exclude(done)
        case Role.COORDINATOR:
            seen = seen.filter(status=Status.UNDER_REVIEW, lead_reviewer__isnull=True)
        case Role.PROVINCE_HEAD:
            seen = seen.filter(status=Status.AT_DESK)
        case _:
            seen = seen.none()
    return seen.order_by("sent_at", "pk")


def _verb(role: Role) -> tuple[str, str]:
    """Return what a role does with what waits for it: the task and the word on the button."""
    return {
        Role.GATE_CHECKER: (_("Check the gates"), _("Check")),
        Role.REVIEWER: (_("Score and recommend"), _("Review")),
        Role.COORDINATOR: (_("Choose a reviewer"), _("Assign")),
        Role.PROVINCE_HEAD: (_("Decide"), _("Decide")),
    }[role]


def _queue_task(user: User, proposal: Proposal) -> Task:
    title, button = _verb(Role(user.role))
    where = "meeting:decide" if user.role == Role.PROVINCE_HEAD else "review:proposal"
    about = f"{proposal.label} {proposal.title} · {proposal.office.region.short_name}"
    return Task(title, about, button, reverse(where, args=[proposal.pk]), proposal)


def _own_head_task(proposal: Proposal) -> Task:
    return Task(
        _("Read and send"),
        f"{proposal.label} {proposal.title}",
        _("Send"),
        reverse("filing:proposal", args=[proposal.pk]),
        proposal,
        finishes=True,
    )


def _joint_tasks(user: User, year: PlanningYear) -> Iterator[Task]:
    wanted = {Role.COORDINATOR: JointState.FORMING, Role.PROVINCE_HEAD: JointState.JOINED}
    state = wanted.get(Role(user.role))
    if state is None:
        return
    found: QuerySet[JointProgramme] = JointProgramme.objects.filter(
        access.joint_rows_for(user), year=year, state=state
    ).order_by("number", "pk")
    for joint in found[:SHOWN]:
        if state == JointState.JOINED:
            url, title = reverse("meeting:decide_joint", args=[joint.pk]), _("Decide")
        else:
            url, title = reverse("harmonisation:group", args=[joint.pk]), _("Compare and join")
        yield Task(title, f"{joint.number or ''} {joint.title}".strip(), _("Open"), url)


def published(year: PlanningYear | None) -> ProposalQuerySet:
    """Return the agreed proposals of the newest signed year: what everybody may read."""
    if year is None:
        return Proposal.objects.none()
    return (
        Proposal.objects.of_year(year)
        .filter(
            Q(status=Status.AGREED) | Q(status=Status.MERGED, share__joint__state=JointState.AGREED)
        )
        .for_list()
        .annotate(result_rp=totals.AGREED_RP)
        .order_by("office__region__code", "number", "pk")
    )
