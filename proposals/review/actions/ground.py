"""What every act of the check begins with: the locked proposal, and every reason at once."""

from django.utils.translation import gettext as _

from proposals.enums import Status
from proposals.models import Proposal, User
from proposals.refused import Refused


def locked_for(proposal: Proposal, by: User) -> Proposal:
    """Lock the proposal, so that two acts on it follow each other."""
    rows = Proposal.objects.visible_to(by).select_for_update(of=("self",))
    locked = rows.select_related("year__office", "sector", "intervention", "office__region")
    found = locked.filter(pk=proposal.pk).first()
    if found is None:
        raise Refused([_("You cannot see this proposal any more.")])
    return found


def refuse(reasons: list[str]) -> None:
    """Stop with all reasons at once, if there is any."""
    if reasons:
        raise Refused(reasons)


def refuse_unless(proposal: Proposal, *statuses: Status) -> None:
    """Stop where the proposal stands elsewhere, or the minutes are signed."""
    if proposal.year.is_signed:
        raise Refused([_("The minutes are signed: a change now needs an addendum.")])
    if proposal.status not in statuses:
        status = Status(proposal.status).label
        sentence = _("%(number)s: not possible while the proposal is: %(status)s.")
        raise Refused([sentence % {"number": proposal.label, "status": status}])
