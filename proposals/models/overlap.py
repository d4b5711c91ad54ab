"""Overlaps: pairs of proposals found alike, what they are found by, and the words of the field."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proposals.enums import JoiningKind, OverlapVerdict, SynonymRole
from proposals.models.history import tracked
from proposals.models.listed import Listed, ListedQuerySet
from proposals.models.people import User
from proposals.models.proposal import Proposal
from proposals.models.year import PlanningYear

V = OverlapVerdict


def percent_of(score: Decimal) -> int:
    """Return a likeness in whole percent, cut and not rounded; no two proposals are wholly one."""
    return min(99, int(score * 100))


@tracked()
class OverlapPair(models.Model):
    """Two proposals of one year that the search found alike: how, how surely, and why.

    ``reasons`` are told by code with the words that match, so that a page says them in its
    reader's language. The fingerprints are those of both contents as they were judged: a pair
    that a person dismissed comes back only when one of them is another.
    """

    year = models.ForeignKey(PlanningYear, models.PROTECT, related_name="overlaps")
    a = models.ForeignKey(Proposal, models.PROTECT, related_name="overlaps_as_a")
    b = models.ForeignKey(Proposal, models.PROTECT, related_name="overlaps_as_b")
    kind = models.CharField(_("kind of joining"), max_length=15, choices=JoiningKind)
    score = models.DecimalField(_("likeness"), max_digits=4, decimal_places=3)
    reasons = models.JSONField(_("reasons"), default=list)
    fingerprint_a = models.CharField(max_length=64, editable=False)
    fingerprint_b = models.CharField(max_length=64, editable=False)
    verdict = models.CharField(_("verdict"), max_length=10, choices=V, default=V.OPEN)
    verdict_reason = models.CharField(_("reason"), max_length=500, blank=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(_("judged at"), null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-score", "pk")
        constraints = [
            models.UniqueConstraint(fields=("a", "b"), name="overlap_pair_once"),
            models.CheckConstraint(name="overlap_pair_in_order", condition=Q(a__lt=F("b"))),
            models.CheckConstraint(
                name="overlap_score_from_0_to_1",
                condition=Q(score__gte=Decimal(0), score__lte=Decimal(1)),
            ),
            models.CheckConstraint(
                name="overlap_verdict_has_reason_and_person",
                condition=Q(
                    verdict=V.OPEN, verdict_reason="", judged_by=None, judged_at__isnull=True
                )
                | Q(
                    ~Q(verdict=V.OPEN),
                    verdict_reason__regex=r"\S",
                    judged_by__isnull=False,
                    judged_at__isnull=False,
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=("year", "-score", "id"), name="overlap_open", condition=Q(verdict=V.OPEN)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.a_id} ~ {self.b_id}"

    @property
    def percent(self) -> int:
        """Return the likeness in whole percent, never more than it is."""
        return percent_of(self.score)

    def settle(self, title: str, by: User) -> None:
        """Say that both stand in one group, which has this title; the caller saves."""
        self.verdict, self.verdict_reason = V.CONFIRMED, title
        self.judged_by, self.judged_at = by, timezone.now()

    def open_again(self) -> None:
        """Take the verdict back; the caller saves."""
        self.verdict, self.verdict_reason = V.OPEN, ""
        self.judged_by, self.judged_at = None, None


class OverlapSigns(models.Model):
    """What a proposal with the province is found by: keys to seek, signs to compare.

    Made anew from the proposal at any time, so it keeps no history. Each key begins with the
    year; proposals without a common one are never compared.
    """

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="signs")
    keys = ArrayField(models.CharField(max_length=120))
    signs = models.JSONField()
    fingerprint = models.CharField(max_length=64)

    class Meta:
        indexes = [GinIndex(fields=["keys"], name="overlap_keys", fastupdate=False)]

    def __str__(self) -> str:
        return str(self.proposal_id)


@tracked()
class Synonym(Listed):
    """Words that mean the same in titles: bimtek, workshop and pelatihan.

    ``key`` is the meaning, the stem of the word that stands for all; ``words`` are parted by
    commas. Whoever changes them has all proposals of the running years compared anew.
    """

    role = models.CharField(_("role"), max_length=10, choices=SynonymRole)
    words = models.TextField(_("words"), max_length=4000)

    objects = ListedQuerySet["Synonym"].as_manager()

    class Meta:
        ordering = ("name_id", "pk")
        constraints = [
            models.CheckConstraint(name="synonym_has_words", condition=Q(words__regex=r"\S")),
        ]
