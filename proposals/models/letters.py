"""What people are told: notices in the portal, the letters that carry them, and their choices."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proposals import access
from proposals.enums import LetterState, NoticeKind, NoticeWay
from proposals.models.history import tracked
from proposals.models.joint import JointProgramme
from proposals.models.people import User
from proposals.models.proposal import Proposal
from proposals.models.year import PlanningYear

TRIED = (LetterState.SENT, LetterState.FAILED, LetterState.UNCERTAIN)
WRITTEN = (LetterState.SENDING, LetterState.SENT, LetterState.UNCERTAIN)
EXPLAINED = (LetterState.FAILED, LetterState.UNCERTAIN)


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters on their way."""

    def due(self) -> Self:
        """Keep what waits and may leave now, the oldest first."""
        waiting = self.filter(state=LetterState.WAITING, due_at__lte=timezone.now())
        return waiting.order_by("due_at", "pk")


@tracked(exclude=["text", "html"])
class Letter(models.Model):
    """One e-mail to one person (surel): who, when, and how far it came.

    ``text`` and ``html`` are written when it leaves, once. ``claim`` is the word of the worker that
    is sending it: written and committed before the letter is handed over, so that after a crash it
    is known which letters may have left (docs/adr). A letter that is sent again is a new one.
    """

    recipient = models.ForeignKey(User, models.PROTECT, related_name="letters")
    address = models.EmailField(_("e-mail address"))
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    is_digest = models.BooleanField(_("daily digest"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=LetterState, default=LetterState.WAITING
    )
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    claim = models.UUIDField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    again_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="sent_again"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="letter_has_address_and_subject",
                condition=Q(address__regex=r"\S", subject__regex=r"\S", message_id__regex=r"\S"),
            ),
            models.CheckConstraint(
                name="letter_sent_at_iff_sent",
                condition=Q(state=LetterState.SENT, sent_at__isnull=False)
                | (~Q(state=LetterState.SENT) & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="letter_claim_iff_being_sent",
                condition=Q(state=LetterState.SENDING, claim__isnull=False)
                | (~Q(state=LetterState.SENDING) & Q(claim__isnull=True)),
            ),
            models.CheckConstraint(
                name="letter_leaves_written",
                condition=~Q(state__in=WRITTEN) | (~Q(text="") & ~Q(html="")),
            ),
            models.CheckConstraint(
                name="letter_ends_after_an_attempt",
                condition=~Q(state__in=TRIED) | Q(attempts__gte=1),
            ),
            models.CheckConstraint(
                name="letter_failure_says_why",
                condition=~Q(state__in=EXPLAINED) | Q(last_error__regex=r"\S"),
            ),
            models.CheckConstraint(
                name="letter_is_not_its_own_repeat", condition=~Q(again_of=models.F("pk"))
            ),
        ]
        indexes = [
            models.Index(
                fields=("due_at", "id"),
                name="letter_due",
                condition=Q(state__in=[LetterState.WAITING, LetterState.SENDING]),
            ),
            models.Index(fields=("-made_at", "-id"), name="letter_by_age"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def may_be_sent_again(self) -> bool:
        """Tell whether sending it again makes sense: it is not under way."""
        return self.state not in {LetterState.WAITING, LetterState.SENDING}


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices of people."""

    def unread(self) -> Self:
        """Keep what was not read yet."""
        return self.filter(read_at__isnull=True)

    def readable_by(self, person: User) -> Self:
        """Keep what this person was told of things that the person may still read."""
        proposals = Proposal.objects.visible_to(person).values("pk")
        joints = JointProgramme.objects.filter(access.joint_rows_for(person)).values("pk")
        return self.filter(
            Q(proposal=None) | Q(proposal__in=proposals),
            Q(joint=None) | Q(joint__in=joints),
            recipient=person,
        )


@tracked()
class Notice(models.Model):
    """One thing one person is told (pemberitahuan), once: ``key`` says what.

    ``words`` are plain values, so that it is told in the language of whoever reads it. It is about
    a proposal, a joint programme or a year; about nothing where an account was made. ``way`` is
    how the person wanted to be told; ``letter`` is the letter that carries it.
    """

    recipient = models.ForeignKey(User, models.PROTECT, related_name="notices")
    kind = models.CharField(_("kind"), max_length=15, choices=NoticeKind)
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    joint = models.ForeignKey(
        JointProgramme, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    year = models.ForeignKey(
        PlanningYear, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.JSONField(default=dict)
    key = models.CharField(max_length=120)
    way = models.CharField(max_length=10, choices=NoticeWay)
    letter = models.ForeignKey(
        Letter, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("recipient", "key"), name="notice_told_once"),
            models.CheckConstraint(name="notice_has_a_key", condition=Q(key__regex=r"\S")),
            models.CheckConstraint(
                name="notice_is_about_one_thing",
                condition=Q(kind=NoticeKind.INVITED, proposal=None, joint=None, year=None)
                | (
                    ~Q(kind=NoticeKind.INVITED)
                    & (
                        Q(proposal__isnull=False, joint=None, year=None)
                        | Q(proposal=None, joint__isnull=False, year=None)
                        | Q(proposal=None, joint=None, year__isnull=False)
                    )
                ),
            ),
            models.CheckConstraint(
                name="notice_is_not_of_ones_own_act",
                condition=Q(actor__isnull=True) | ~Q(actor=models.F("recipient")),
            ),
            models.CheckConstraint(
                name="notice_in_the_portal_has_no_letter",
                condition=~Q(way=NoticeWay.IN_APP) | Q(letter__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=("recipient", "-made_at", "-id"), name="notice_of_a_person"),
            models.Index(
                fields=("recipient",), name="notice_unread", condition=Q(read_at__isnull=True)
            ),
            models.Index(
                fields=("recipient", "id"),
                name="notice_for_the_digest",
                condition=Q(way=NoticeWay.DAILY, letter__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.key}"


@tracked()
class LetterChoice(models.Model):
    """How one person wants to be told of one kind; without a row the kind's usual way holds."""

    person = models.ForeignKey(User, models.PROTECT, related_name="letter_choices")
    kind = models.CharField(_("kind"), max_length=15, choices=NoticeKind)
    way = models.CharField(_("way"), max_length=10, choices=NoticeWay)

    class Meta:
        ordering = ("person", "kind", "pk")
        constraints = [
            models.UniqueConstraint(fields=("person", "kind"), name="letter_choice_once_per_kind"),
            models.CheckConstraint(
                name="letter_choice_not_of_an_invitation", condition=~Q(kind=NoticeKind.INVITED)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}: {self.way}"


def new_message_id(host: str) -> str:
    """Return a Message-ID that no other letter has."""
    return f"<{uuid.uuid4()}@{host}>"
