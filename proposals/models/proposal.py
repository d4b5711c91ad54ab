"""The proposal: what an office asks for, and where it stands."""

import uuid
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Upper
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from proposals import access
from proposals.enums import FieldKind, Origin, RequestTo, Status
from proposals.models.catalogue import FundingSource, InterventionType, Nomenclature, Sector
from proposals.models.history import tracked
from proposals.models.people import Division, Office, User
from proposals.models.rules import ReasonCode
from proposals.models.year import PlanningYear
from proposals.transitions import DECIDED, NUMBERED

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

NUMBER_PATTERN = r"^RT[0-9]{2}-[0-9]{4}-[0-9]{2,}$"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals; every page starts from ``visible_to``."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep the rows this person may read whole: the one rule for lists and pages."""
        return self.filter(access.rows_for(user))

    def summary_visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep the rows this person may see in summary (title, commodity, kind, amount, status)."""
        return self.filter(access.summary_rows_for(user))

    def of_year(self, year: PlanningYear | None) -> Self:
        """Keep the proposals of one planning year; none without a year."""
        return self.filter(year=year) if year else self.none()

    def for_list(self) -> Self:
        """Load what a row of a list shows."""
        return self.select_related(
            "office__region", "sector", "intervention", "funding_source", "share__joint"
        )

    def for_page(self) -> Self:
        """Load what the page of one proposal shows."""
        return self.for_list().select_related(
            "year__office", "nomenclature", "result_reason", "lead_division", "lead_reviewer"
        )


@tracked(exclude=["search", "overlaps_due_at"])
class Proposal(models.Model):
    """One programme proposal (usulan program) of one office for one budget year.

    ``status`` is written by :mod:`proposals.workflow` alone. Requested, recommended and agreed are
    three amounts in whole rupiah that never overwrite each other. ``number`` and ``sent_at`` are
    given at the first sending and stay.
    """

    year = models.ForeignKey(PlanningYear, models.PROTECT, related_name="proposals")
    office = models.ForeignKey(Office, models.PROTECT, related_name="proposals")
    request_to = models.CharField(_("kind of proposal"), max_length=10, choices=RequestTo)
    title = models.CharField(_("title"), max_length=200)
    background = models.TextField(_("background"), max_length=4000, blank=True)
    origin = models.CharField(_("origin"), max_length=12, choices=Origin, blank=True)
    target_group = models.CharField(_("target group"), max_length=200, blank=True)
    sector = models.ForeignKey(
        Sector, models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    intervention = models.ForeignKey(
        InterventionType, models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    nomenclature = models.ForeignKey(
        Nomenclature, models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    beneficiary_ikm = models.PositiveIntegerField(_("IKM reached"), null=True, blank=True)
    beneficiary_workers = models.PositiveIntegerField(_("workers reached"), null=True, blank=True)
    requested_rp = models.DecimalField(
        _("requested budget (Rp)"), null=True, blank=True, max_digits=18, decimal_places=0
    )
    forward_rp = models.DecimalField(
        _("forward estimate (Rp)"), null=True, blank=True, max_digits=18, decimal_places=0
    )
    funding_source = models.ForeignKey(
        FundingSource, models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    own_rank = models.PositiveSmallIntegerField(_("own rank"), null=True, blank=True)
    labour_needed = models.PositiveIntegerField(_("labour needed"), null=True, blank=True)
    labour_available = models.PositiveIntegerField(_("labour available"), null=True, blank=True)
    labour_to_train = models.PositiveIntegerField(_("labour to be trained"), null=True, blank=True)
    labour_source = models.CharField(_("source of labour"), max_length=200, blank=True)

    number = models.CharField(_("number"), max_length=20, null=True, unique=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.DRAFT, editable=False
    )
    status_at = models.DateTimeField(auto_now_add=True, editable=False)
    recommended_rp = models.DecimalField(null=True, editable=False, max_digits=18, decimal_places=0)
    agreed_rp = models.DecimalField(null=True, editable=False, max_digits=18, decimal_places=0)
    is_changed = models.BooleanField(default=False, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    result_reason = models.ForeignKey(
        ReasonCode, models.PROTECT, null=True, editable=False, related_name="+"
    )
    result_note = models.CharField(max_length=1000, blank=True, editable=False)
    score_pct = models.DecimalField(max_digits=4, decimal_places=1, null=True, editable=False)
    unscored_reason = models.CharField(max_length=500, blank=True, editable=False)
    lead_division = models.ForeignKey(
        Division, models.PROTECT, null=True, editable=False, related_name="proposals"
    )
    lead_reviewer = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="led_proposals"
    )
    overlaps_due_at = models.DateTimeField(null=True, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    creation_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    row_version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    search = models.GeneratedField(
        expression=SearchVector("title", "background", config="indonesian"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="proposal_status_is_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="proposal_kind_is_known", condition=Q(request_to__in=RequestTo.values)
            ),
            models.CheckConstraint(name="proposal_has_a_title", condition=Q(title__regex=r"\S")),
            models.CheckConstraint(
                name="proposal_background_fits",
                condition=LessThanOrEqual(Length("background"), 4000),
            ),
            models.CheckConstraint(
                name="proposal_amounts_not_negative",
                condition=(Q(requested_rp__isnull=True) | Q(requested_rp__gte=0))
                & (Q(forward_rp__isnull=True) | Q(forward_rp__gte=0))
                & (Q(recommended_rp__isnull=True) | Q(recommended_rp__gte=0))
                & (Q(agreed_rp__isnull=True) | Q(agreed_rp__gte=0)),
            ),
            models.CheckConstraint(
                name="proposal_number_and_sent_at_together",
                condition=Q(number__isnull=True, sent_at__isnull=True)
                | Q(number__isnull=False, number__regex=NUMBER_PATTERN, sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_past_sending_has_a_number",
                condition=~Q(status__in=sorted(NUMBERED)) | Q(number__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_agreed_iff_agreed_rp",
                condition=Q(status=Status.AGREED, agreed_rp__isnull=False)
                | (~Q(status=Status.AGREED) & Q(agreed_rp__isnull=True)),
            ),
            models.CheckConstraint(
                name="proposal_decided_at_iff_decided",
                condition=Q(status__in=sorted(DECIDED), decided_at__isnull=False)
                | (~Q(status__in=sorted(DECIDED)) & Q(decided_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="proposal_is_changed_only_when_agreed",
                condition=Q(is_changed=False) | Q(status=Status.AGREED),
            ),
            models.CheckConstraint(
                name="proposal_score_is_a_percentage",
                condition=Q(score_pct__isnull=True) | Q(score_pct__range=(0, 100)),
            ),
            models.CheckConstraint(
                name="proposal_is_approved_by_somebody",
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("year", "office", "own_rank"),
                name="proposal_own_rank_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="proposal_search"),
            GinIndex(OpClass("title", name="gin_trgm_ops"), name="proposal_title_trigram"),
            GinIndex(OpClass(Upper("number"), name="gin_trgm_ops"), name="proposal_number_trigram"),
            models.Index(
                fields=("overlaps_due_at",),
                name="proposal_overlaps_due",
                condition=Q(overlaps_due_at__isnull=False),
            ),
            models.Index(fields=("year", "sent_at", "id"), name="proposal_by_age"),
            models.Index(fields=("year", "requested_rp", "id"), name="proposal_by_amount"),
            models.Index(fields=("year", "score_pct", "id"), name="proposal_by_score"),
            models.Index(
                fields=("year", "status", "sent_at", "id"),
                include=("number", "lead_reviewer", "sector"),  # what the tabs of the queue count
                name="proposal_queue",
            ),
            models.Index(fields=("year", "office", "own_rank", "id"), name="proposal_own_list"),
            models.Index(fields=("year", "sector", "status"), name="proposal_by_sector"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def label(self) -> str:
        """Return the number, or the word for a draft that has none yet."""
        return self.number or str(_("Draft"))

    @property
    def is_request(self) -> bool:
        """Tell whether the province or the centre is asked for money: there the ceiling refuses."""
        return self.request_to != RequestTo.OWN

    @property
    def field_kind(self) -> FieldKind:
        """Return the kind letter of the field list; loads office and region."""
        if self.request_to == RequestTo.PROVINCE:
            return FieldKind.B
        if self.request_to == RequestTo.CENTRE:
            return FieldKind.C
        return FieldKind.P if self.office.region.is_province else FieldKind.A

    @property
    def was_sent(self) -> bool:
        """Tell whether the proposal was ever sent."""
        return self.number is not None
