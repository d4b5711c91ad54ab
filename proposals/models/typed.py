"""What is being typed: a buffer between the keys and the saved proposal, and no history."""

from django.db import models
from django.utils import timezone

from proposals.models.people import User
from proposals.models.proposal import Proposal

PRESENCE = ""
"""The section that only says that somebody is there, and which rows got which id."""


class TypedText(models.Model):
    """One section of a proposal as one person has typed it, also what cannot be read yet.

    ``values`` holds the text of each box by its name, ``base`` the mark of each value as it was
    when typing began, so that a change by somebody else meanwhile is seen. The row goes when the
    section is saved. The row of the section :data:`PRESENCE` stays: its ``saved_at`` is when the
    person was last there, its ``given`` the ids that new rows got by the key the browser gave them,
    so that a section sent twice makes no row twice.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="typed_texts")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    section = models.CharField(max_length=20, blank=True)
    values = models.JSONField(default=dict)
    base = models.JSONField(default=dict)
    given = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "user", "section"], name="typed_text_once_per_section"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}/{self.user_id}/{self.section}"
