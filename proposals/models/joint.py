"""Joint programmes: several proposals become one, and every member keeps its share."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proposals.enums import Delivery, JoiningKind, JointState, ResultKind
from proposals.models.catalogue import Commodity, FundingSource, InterventionType, Nomenclature
from proposals.models.history import tracked
from proposals.models.people import Office, User
from proposals.models.proposal import Proposal
from proposals.models.year import PlanningYear


@tracked()
class JointProgramme(models.Model):
    """A group being compared (forming) and the programme it becomes: one row and one id.

    From joining on, the shares add up to ``amount_rp`` and the members are merged. The number,
    ``PROV-01`` where the province leads and ``BERSAMA-01`` where a regency does, is given at the
    first joining and stays.
    """

    year = models.ForeignKey(PlanningYear, models.PROTECT, related_name="joint_programmes")
    number = models.CharField(_("number"), max_length=20, null=True, blank=True, editable=False)
    lead_office = models.ForeignKey(Office, models.PROTECT, related_name="led_programmes")
    kind = models.CharField(_("kind of joining"), max_length=15, choices=JoiningKind)
    title = models.CharField(_("title"), max_length=200)
    intervention = models.ForeignKey(
        InterventionType, models.PROTECT, null=True, blank=True, related_name="+"
    )
    nomenclature = models.ForeignKey(
        Nomenclature, models.PROTECT, null=True, blank=True, related_name="+"
    )
    commodity = models.ForeignKey(
        Commodity, models.PROTECT, null=True, blank=True, related_name="+"
    )
    amount_rp = models.DecimalField(
        _("amount of the programme (Rp)"), null=True, blank=True, max_digits=18, decimal_places=0
    )
    state = models.CharField(
        _("state"), max_length=10, choices=JointState, default=JointState.FORMING, editable=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    result_note = models.CharField(max_length=1000, blank=True, editable=False)
    row_version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("number", "pk")
        constraints = [
            models.UniqueConstraint(fields=("year", "number"), name="joint_number_once"),
            models.CheckConstraint(
                name="joint_state_is_known", condition=Q(state__in=JointState.values)
            ),
            models.CheckConstraint(name="joint_has_a_title", condition=Q(title__regex=r"\S")),
            models.CheckConstraint(
                name="joint_from_joining_on_is_whole",
                condition=Q(state__in=[JointState.FORMING, JointState.DISSOLVED])
                | Q(number__isnull=False, amount_rp__isnull=False, nomenclature__isnull=False),
            ),
            models.CheckConstraint(
                name="joint_amount_not_negative",
                condition=Q(amount_rp__isnull=True) | Q(amount_rp__gte=0),
            ),
            models.CheckConstraint(
                name="joint_decided_at_iff_decided",
                condition=Q(
                    state__in=[JointState.AGREED, JointState.DEFERRED], decided_at__isnull=False
                )
                | (
                    ~Q(state__in=[JointState.AGREED, JointState.DEFERRED])
                    & Q(decided_at__isnull=True)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number or ''} {self.title}".strip()

    @property
    def is_led_by_province(self) -> bool:
        """Tell whether the province leads; loads office and region."""
        return self.lead_office.region.is_province


@tracked()
class JointOutput(models.Model):
    """A result of the joint programme itself, beside those of its members."""

    joint = models.ForeignKey(JointProgramme, models.PROTECT, related_name="outputs")
    kind = models.CharField(_("kind"), max_length=10, choices=ResultKind)
    text = models.CharField(_("result"), max_length=200)
    unit = models.CharField(_("unit"), max_length=40)
    target = models.DecimalField(_("target"), max_digits=15, decimal_places=2)

    class Meta:
        ordering = ("joint", "kind", "pk")
        constraints = [
            models.CheckConstraint(
                name="joint_output_target_above_zero", condition=Q(target__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.text


@tracked()
class Share(models.Model):
    """What one member gets of a joint programme, from which purse, and how it is delivered.

    The member's head consents where its own purse (own budget, DAK) is not the payer's.
    A share of 0 means absorbed. What was requested stays on the proposal.
    """

    joint = models.ForeignKey(JointProgramme, models.PROTECT, related_name="shares")
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="share")
    amount_rp = models.DecimalField(_("share (Rp)"), default=0, max_digits=18, decimal_places=0)
    funding_source = models.ForeignKey(FundingSource, models.PROTECT, related_name="shares")
    delivery = models.CharField(_("delivery"), max_length=10, choices=Delivery)
    note = models.CharField(_("note"), max_length=300, blank=True)
    consent_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    consent_at = models.DateTimeField(null=True, blank=True)
    consent_note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ("joint", "proposal__number", "pk")
        constraints = [
            models.CheckConstraint(name="share_not_negative", condition=Q(amount_rp__gte=0)),
            models.CheckConstraint(
                name="share_consent_by_somebody",
                condition=Q(consent_at__isnull=True, consent_by__isnull=True)
                | Q(consent_at__isnull=False, consent_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.joint_id}: {self.proposal_id}"

    @property
    def terms(self) -> tuple[Decimal, int, str]:
        """Return what a consent is given to: amount, source of money and delivery."""
        return self.amount_rp, self.funding_source_id, self.delivery

    @property
    def needs_consent(self) -> bool:
        """Tell whether another purse pays than the member's own; loads the proposal's source.

        Two regencies have an own budget each: the same source of another payer is another purse.
        """
        source = self.proposal.funding_source
        if source is None or not source.is_regional_purse:
            return False
        keeps_own = (
            self.delivery == Delivery.OWN_MONEY
            or self.joint.lead_office_id == self.proposal.office_id
        )
        return source.pk != self.funding_source_id or not keeps_own
