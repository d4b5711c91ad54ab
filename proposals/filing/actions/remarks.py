"""What an office says to the province beside a proposal."""

from django.db import transaction
from django.utils.translation import gettext as _

from proposals import access, notices
from proposals.models import Comment, Proposal, User
from proposals.refused import Refused


@transaction.atomic
def remark(*, proposal: Proposal, by: User, text: str) -> Comment:
    """Keep a remark that office and province both read, from whoever may comment."""
    seen = Proposal.objects.visible_to(by).filter(pk=proposal.pk).first()
    if seen is None or not access.may_comment(by, seen.office_id):
        raise Refused([_("This proposal belongs to another office.")])
    if not text.strip():
        raise Refused([_("Write a few words.")])
    written = Comment.objects.create(
        proposal=seen, author=by, text=text.strip(), version=seen.versions.count()
    )
    notices.commented(written)
    return written
