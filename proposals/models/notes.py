"""What is said inside an office: the head's note to the officer; no other office reads it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proposals.models.history import tracked
from proposals.models.people import User
from proposals.models.proposal import Proposal


@tracked()
class OfficeNote(models.Model):
    """Why the head gave a proposal back; written once, read by the own office alone."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="office_notes")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField(_("note"), max_length=1000)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("proposal", "-created_at", "-pk")
        constraints = [
            models.CheckConstraint(name="office_note_is_not_empty", condition=Q(text__regex=r"\S")),
        ]

    def __str__(self) -> str:
        return self.text[:40]
