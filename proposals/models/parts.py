"""The rows of a proposal: results, budget lines, places, materials, papers, and what was sent."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _

from proposals.enums import MaterialOrigin, ResultKind, ScanState, UseRole
from proposals.models.catalogue import Commodity, DerivativeStage
from proposals.models.history import tracked
from proposals.models.people import District, Region, User
from proposals.models.proposal import Proposal
from proposals.models.rules import FinancingScheme, ReadinessDocument
from proposals.models.scanned import scan_is_whole


class Part(models.Model):
    """A row of a proposal, in the order the office put it (``position`` from 1)."""

    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        abstract = True


@tracked()
class Output(Part):
    """A result: what is produced (output) or what changes after it (outcome)."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="outputs")
    kind = models.CharField(_("kind"), max_length=10, choices=ResultKind)
    text = models.CharField(_("result"), max_length=200)
    unit = models.CharField(_("unit"), max_length=40)
    target = models.DecimalField(_("target"), max_digits=15, decimal_places=2)

    class Meta:
        ordering = ("proposal", "kind", "position", "pk")
        constraints = [
            models.CheckConstraint(name="output_target_above_zero", condition=Q(target__gt=0)),
            models.CheckConstraint(name="output_has_a_text", condition=Q(text__regex=r"\S")),
        ]

    def __str__(self) -> str:
        return self.text


@tracked()
class BudgetLine(Part):
    """A line of the cost estimate; ``total_rp`` is volume x unit cost rounded to the rupiah."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="budget_lines")
    text = models.CharField(_("description"), max_length=200)
    volume = models.DecimalField(_("volume"), max_digits=12, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=40)
    unit_cost_rp = models.DecimalField(_("unit cost (Rp)"), max_digits=18, decimal_places=0)
    total_rp = models.DecimalField(_("total (Rp)"), max_digits=18, decimal_places=0)
    recommended_rp = models.DecimalField(null=True, editable=False, max_digits=18, decimal_places=0)

    class Meta:
        ordering = ("proposal", "position", "pk")
        constraints = [
            models.CheckConstraint(name="line_volume_above_zero", condition=Q(volume__gt=0)),
            models.CheckConstraint(
                name="line_amounts_not_negative",
                condition=Q(unit_cost_rp__gte=0)
                & (Q(recommended_rp__isnull=True) | Q(recommended_rp__gte=0)),
            ),
            models.CheckConstraint(
                name="line_total_is_volume_times_unit_cost",
                condition=Q(total_rp=Round(F("volume") * F("unit_cost_rp"))),
            ),
        ]

    def __str__(self) -> str:
        return self.text


@tracked()
class CoFunding(Part):
    """What others add; shown beside the request, never decided."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="co_funding")
    who = models.CharField(_("who pays"), max_length=200)
    amount_rp = models.DecimalField(_("amount (Rp)"), max_digits=18, decimal_places=0)

    class Meta:
        ordering = ("proposal", "position", "pk")
        constraints = [
            models.CheckConstraint(name="cofunding_above_zero", condition=Q(amount_rp__gt=0)),
        ]

    def __str__(self) -> str:
        return self.who


@tracked()
class FinancingNeed(Part):
    """A scheme that the beneficiaries want; becomes the list for the banks."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="financing_needs")
    scheme = models.ForeignKey(FinancingScheme, models.PROTECT, related_name="needs")
    amount_rp = models.DecimalField(_("amount (Rp)"), max_digits=18, decimal_places=0)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ("proposal", "position", "pk")
        constraints = [
            models.CheckConstraint(name="financing_need_above_zero", condition=Q(amount_rp__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.scheme_id}: {self.amount_rp}"


@tracked()
class Location(Part):
    """Where the activity takes place: a district, or for the province's own a whole region."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="locations")
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="locations"
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="locations"
    )
    village = models.CharField(_("village"), max_length=100, blank=True)

    class Meta:
        ordering = ("proposal", "position", "pk")
        constraints = [
            models.CheckConstraint(
                name="location_district_or_region",
                condition=Q(district__isnull=False, region__isnull=True)
                | Q(district__isnull=True, region__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("proposal", "district", "region", "village"),
                name="location_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return str(self.district or self.region)


@tracked()
class CommodityUse(Part):
    """A commodity the proposal uses or makes, with the quantity a year and where it comes from."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="commodity_uses")
    role = models.CharField(_("role"), max_length=10, choices=UseRole)
    commodity = models.ForeignKey(Commodity, models.PROTECT, related_name="uses")
    quantity = models.DecimalField(
        _("quantity a year"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    origin = models.CharField(
        _("origin of the material"), max_length=15, choices=MaterialOrigin, blank=True
    )
    stage = models.ForeignKey(
        DerivativeStage, models.PROTECT, null=True, blank=True, related_name="uses"
    )

    class Meta:
        ordering = ("proposal", "position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("proposal",), name="commodity_use_one_main", condition=Q(role=UseRole.MAIN)
            ),
            models.UniqueConstraint(
                fields=("proposal", "role", "commodity"), name="commodity_use_once_per_role"
            ),
            models.CheckConstraint(
                name="commodity_use_quantity_above_zero",
                condition=Q(quantity__isnull=True) | Q(quantity__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.commodity_id}"


@tracked()
class Attachment(models.Model):
    """A file for one kind of document; a new file replaces the old one, which stays readable."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="attachments")
    document = models.ForeignKey(ReadinessDocument, models.PROTECT, related_name="attachments")
    file = models.FileField(upload_to="attachments/", max_length=200)
    name = models.CharField(_("file name"), max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    scan_state = models.CharField(
        max_length=10, choices=ScanState, default=ScanState.UNSCANNED, editable=False
    )
    scan_at = models.DateTimeField(null=True, editable=False)
    scan_found = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        ordering = ("proposal", "document", "-uploaded_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("proposal", "document"),
                name="attachment_one_current_per_document",
                condition=Q(replaced_at__isnull=True),
            ),
            scan_is_whole("attachment_scan_is_whole", "scan_"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def counts(self) -> bool:
        """Tell whether it is the paper in hand: not replaced, and no virus was found in it."""
        return self.replaced_at is None and self.scan_state != ScanState.INFECTED

    @property
    def is_held(self) -> bool:
        """Tell whether nobody opens it: not scanned yet, or refused."""
        return ScanState(self.scan_state).is_held


@tracked()
class PromisedPaper(models.Model):
    """A missing paper and the day it is promised for; printed with the proposal."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="promised_papers")
    document = models.ForeignKey(ReadinessDocument, models.PROTECT, related_name="+")
    due_on = models.DateField(_("promised for"))

    class Meta:
        ordering = ("proposal", "due_on", "pk")
        constraints = [
            models.UniqueConstraint(fields=("proposal", "document"), name="promised_paper_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.due_on}"


@tracked()
class Version(models.Model):
    """What was sent, frozen: one row per sending, with the checksum of its content."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("proposal", "-version")
        constraints = [
            models.UniqueConstraint(fields=("proposal", "version"), name="version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} v{self.version}"
