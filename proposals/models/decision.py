"""Acts of deciding: each is kept for good, a new one follows an old one."""

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from proposals.enums import DecisionResult, RegencyWord
from proposals.models.history import tracked
from proposals.models.joint import JointProgramme
from proposals.models.people import User
from proposals.models.proposal import Proposal
from proposals.models.rules import ReasonCode


@tracked()
class Decision(models.Model):
    """One decision on a proposal or a joint programme.

    ``decided_by`` decides, ``recorded_by`` types. The database refuses an agreed amount that lifts
    the requests above their ceiling unless ``override_reason`` says why.
    """

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    joint = models.ForeignKey(
        JointProgramme, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    result = models.CharField(_("result"), max_length=15, choices=DecisionResult)
    requested_rp = models.DecimalField(null=True, blank=True, max_digits=18, decimal_places=0)
    recommended_rp = models.DecimalField(null=True, blank=True, max_digits=18, decimal_places=0)
    agreed_rp = models.DecimalField(
        _("agreed amount (Rp)"), null=True, blank=True, max_digits=18, decimal_places=0
    )
    reason = models.ForeignKey(ReasonCode, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("note"), max_length=1000, blank=True)
    override_reason = models.CharField(
        _("reason for going above the ceiling"), max_length=500, blank=True
    )
    regency_word = models.CharField(
        _("word of the regency"),
        max_length=10,
        choices=RegencyWord,
        default=RegencyWord.NOT_ASKED,
    )
    regency_note = models.CharField(_("note of the regency"), max_length=500, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ("-decided_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="decision_of_a_proposal_or_a_joint_programme",
                condition=Q(proposal__isnull=False, joint__isnull=True)
                | Q(proposal__isnull=True, joint__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_agreed_iff_agreed_rp",
                condition=Q(
                    result__in=[DecisionResult.AGREED, DecisionResult.AGREED_CHANGED],
                    agreed_rp__isnull=False,
                    agreed_rp__gte=0,
                )
                | Q(
                    ~Q(result__in=[DecisionResult.AGREED, DecisionResult.AGREED_CHANGED]),
                    agreed_rp__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="decision_agreed_as_asked",
                condition=~Q(result=DecisionResult.AGREED)
                | Q(proposal__isnull=True)
                | Q(agreed_rp=Coalesce("requested_rp", Value(0, models.DecimalField()))),
            ),
            models.CheckConstraint(
                name="decision_other_than_agreed_has_a_reason",
                condition=Q(result=DecisionResult.AGREED)
                | Q(joint__isnull=False)
                | Q(reason__isnull=False)
                | Q(result=DecisionResult.REOPENED, note__regex=r"\S"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id or self.joint_id}: {self.result}"
