"""The head's room: fix the order, approve, give back with a note, send many at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from proposals import access, completeness, notices, workflow
from proposals.enums import Action, Status
from proposals.filing.actions.order import MOVABLE, set_order
from proposals.models import OfficeNote, OfficeYear, PlanningYear, Proposal, User
from proposals.refused import Refused


@dataclass(frozen=True)
class Sent:
    """What became of one proposal: sent with its number, or the reasons why not."""

    proposal: Proposal
    reasons: tuple[str, ...] = ()


@transaction.atomic
def send_all(*, proposals: Iterable[Proposal], by: User) -> list[Sent]:
    """Send each that can be sent: one that is hindered holds up no other; all are told as one.

    What another click has sent in the meantime counts as sent. All are locked first, in the order
    of their ids as ordering does: the two never wait for each other in a ring.
    """
    wanted = list(proposals)
    rows = Proposal.objects.visible_to(by).filter(pk__in=[one.pk for one in wanted])
    list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    with notices.gathered():
        return [_send(proposal, by) for proposal in wanted]


def _send(proposal: Proposal, by: User) -> Sent:
    try:
        return Sent(workflow.take(Action.SEND, proposal=proposal, by=by))
    except Refused as refusal:
        sent = Proposal.objects.visible_to(by).filter(pk=proposal.pk, status=Status.SENT)
        now_sent = sent.first()
        return Sent(now_sent) if now_sent else Sent(proposal, refusal.reasons)


@transaction.atomic
def approve(*, proposal: Proposal, by: User) -> Proposal:
    """Approve a complete proposal that has not left yet; a later change takes it back again."""
    locked = _locked_for_head(proposal, by)
    if locked.approved_at is not None:
        return locked
    if reasons := _lacking(locked):
        raise Refused(reasons)
    locked.approved_at, locked.approved_by = timezone.now(), by
    locked.save(update_fields=["approved_at", "approved_by"])
    return locked


@transaction.atomic
def unapprove(*, proposal: Proposal, by: User) -> Proposal:
    """Take the approval back."""
    return _without_approval(_locked_for_head(proposal, by))


@transaction.atomic
def give_back(*, proposal: Proposal, by: User, note: str) -> Proposal:
    """Give what waits for the head, or what the head approved, back with a note.

    The note is read inside the office alone.
    """
    if not note.strip():
        raise Refused([_("Write what the officer should change.")])
    locked = _locked_for_head(proposal, by)
    if locked.status == Status.AWAITING_HEAD:
        locked = workflow.take(Action.TAKE_BACK, proposal=locked, by=by)
    elif locked.approved_at is None:
        raise Refused([_("This proposal does not wait for you any more.")])
    _without_approval(locked)
    OfficeNote.objects.create(proposal=locked, author=by, text=note.strip())
    notices.given_back(proposal=locked, by=by, note=note.strip())
    return locked


@transaction.atomic
def fix_order(*, year: PlanningYear, by: User, proposal_ids: list[int]) -> OfficeYear:
    """Fix the office's order as it is shown: every proposal gets its rank, and none moves after.

    ``proposal_ids`` is the order the head has seen, so that nothing is fixed unseen.
    """
    live = Proposal.objects.filter(year=year, office=by.office_id).exclude(status=Status.WITHDRAWN)
    rows = list(live.select_for_update(of=("self",)).order_by("pk"))  # as sending: these first
    own = _office_year_for_head(year, by)
    if own.order_fixed_at is None:
        if {row.pk for row in rows} != set(proposal_ids):
            raise Refused([_("The list has changed meanwhile: look at it once more.")])
        set_order(year=year, by=by, proposal_ids=proposal_ids)
        own.order_fixed_at, own.order_fixed_by = timezone.now(), by
        own.save(update_fields=["order_fixed_at", "order_fixed_by"])
    return own


@transaction.atomic
def open_order(*, year: PlanningYear, by: User) -> OfficeYear:
    """Let the order be changed again."""
    own = _office_year_for_head(year, by)
    own.order_fixed_at, own.order_fixed_by = None, None
    own.save(update_fields=["order_fixed_at", "order_fixed_by"])
    return own


def _office_year_for_head(year: PlanningYear, by: User) -> OfficeYear:
    if by.office_id is None or not access.may_approve(by, by.office_id):
        raise Refused([_("Only the head of the office does this.")])
    if year.is_signed:
        raise Refused([_("The minutes are signed: a change now needs an addendum.")])
    OfficeYear.objects.get_or_create(year=year, office_id=by.office_id)
    return OfficeYear.objects.select_for_update().get(year=year, office=by.office_id)


def _locked_for_head(proposal: Proposal, by: User) -> Proposal:
    """Lock an unsent proposal of the head's own office."""
    rows = Proposal.objects.visible_to(by).select_for_update(of=("self",))
    locked = rows.select_related("office__region", "year").filter(pk=proposal.pk).first()
    if locked is None:
        raise Refused([_("You cannot see this proposal any more.")])
    if not access.may_approve(by, locked.office_id):
        raise Refused([_("Only the head of the office does this.")])
    if locked.year.is_signed:
        raise Refused([_("The minutes are signed: a change now needs an addendum.")])
    if locked.status not in MOVABLE:
        raise Refused([_("This proposal has left your office already.")])
    return locked


def _lacking(proposal: Proposal) -> list[str]:
    """Return what hinders its sending, but for the hour: the head may approve before opening."""
    office_year = OfficeYear.objects.filter(year=proposal.year, office=proposal.office).first()
    documents = completeness.blocking_documents()
    lacking = [one.message for one in completeness.missing(proposal, documents, office_year)]
    if proposal.return_points.filter(settled_at__isnull=True, answer="").exists():
        lacking.append(_("Answer every point of the return first."))
    return lacking


def _without_approval(proposal: Proposal) -> Proposal:
    if proposal.approved_at is not None:
        proposal.approved_at, proposal.approved_by = None, None
        proposal.save(update_fields=["approved_at", "approved_by"])
    return proposal
