"""Reference lists that steer the process: papers, reasons, criteria, schemes, priority flags."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from proposals.enums import ReasonFor
from proposals.models.catalogue import Commodity, DerivativeStage, InterventionType, Sector
from proposals.models.history import tracked
from proposals.models.listed import Listed, ListedQuerySet, Sourced
from proposals.models.year import PlanningYear


@tracked()
class FinancingScheme(Listed):
    """A credit or grant scheme with its validity; ``code`` is the scheme, ``key`` one edition."""

    code = models.SlugField(_("scheme code"), max_length=60)
    scheme = models.CharField(_("family of schemes"), max_length=60)
    provider = models.CharField(_("provider"), max_length=200, blank=True)
    purpose = models.CharField(_("purpose"), max_length=300, blank=True)
    ceiling_min_rp = models.DecimalField(max_digits=18, decimal_places=0, null=True, blank=True)
    ceiling_max_rp = models.DecimalField(max_digits=18, decimal_places=0, null=True, blank=True)
    rate_pct = models.DecimalField(
        _("effective rate (%)"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    rate_note = models.CharField(_("note on the rate"), max_length=300, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = ListedQuerySet["FinancingScheme"].as_manager()

    class Meta:
        ordering = ("scheme", "name_id", "pk")
        constraints = [
            models.CheckConstraint(
                name="financing_validity_is_ordered",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
            ),
            ExclusionConstraint(
                name="financing_validity_does_not_overlap",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (
                        Func(
                            "valid_from",
                            "valid_to",
                            models.Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]


@tracked()
class ReadinessDocument(Listed):
    """A paper of the readiness list; ``blocks_sending`` ones must be there to send."""

    issuer = models.CharField(_("issued by"), max_length=200, blank=True)
    check_point = models.CharField(_("what is checked"), max_length=300, blank=True)
    is_for_all = models.BooleanField(_("for every kind of activity"), default=False)
    interventions = models.ManyToManyField(
        InterventionType, through="DocumentIntervention", related_name="documents"
    )
    blocks_sending = models.BooleanField(_("needed to send"), default=False)
    is_required = models.BooleanField(_("required"), default=False)
    is_per_office = models.BooleanField(_("one per office and year"), default=False)

    objects = ListedQuerySet["ReadinessDocument"].as_manager()

    class Meta:
        ordering = ("-blocks_sending", "-is_required", "name_id", "pk")


@tracked()
class DocumentIntervention(models.Model):
    """A paper asked for a kind of intervention."""

    document = models.ForeignKey(ReadinessDocument, models.PROTECT, related_name="+")
    intervention = models.ForeignKey(InterventionType, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("document", "intervention"), name="document_intervention_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id}-{self.intervention_id}"


@tracked()
class ReasonCode(Listed):
    """A fixed reason for a change, return, refusal, redirect or deferral."""

    reason_for = models.CharField(_("explains"), max_length=10, choices=ReasonFor)

    objects = ListedQuerySet["ReasonCode"].as_manager()

    class Meta:
        ordering = ("reason_for", "name_id", "pk")


@tracked()
class ReviewCriterion(Listed):
    """A gate or a scored point; weights are whole numbers 0-5, versioned as a whole list."""

    key = models.SlugField(_("key"), max_length=60)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    group = models.CharField(_("group"), max_length=30)
    is_gate = models.BooleanField(_("gate"), default=False)
    weight = models.PositiveSmallIntegerField(_("weight"), default=0)
    score_1 = models.CharField(_("what 1 means"), max_length=300, blank=True)
    score_3 = models.CharField(_("what 3 means"), max_length=300, blank=True)
    score_5 = models.CharField(_("what 5 means"), max_length=300, blank=True)
    fail_action = models.CharField(_("what follows from failing"), max_length=200, blank=True)
    applies_to_own = models.BooleanField(_("for own programmes"), default=False)
    applies_to_requests = models.BooleanField(_("for requests"), default=True)

    objects = ListedQuerySet["ReviewCriterion"].as_manager()

    class Meta:
        ordering = ("-is_gate", "group", "-weight", "key", "pk")
        constraints = [
            models.UniqueConstraint(fields=("key", "version"), name="criterion_once_per_version"),
            models.CheckConstraint(
                name="criterion_weight_fits",
                condition=Q(is_gate=True, weight=0) | Q(is_gate=False, weight__range=(1, 5)),
            ),
        ]


@tracked()
class PriorityFlag(Sourced):
    """A sector or commodity flagged as priority in a year, with the reason and its legal basis.

    Flagged sectors are limited per year (``PlanningYear.max_priority_sectors``); flagged
    commodities are not counted. The limit is the article's direction: not all can be first.
    """

    year = models.ForeignKey(PlanningYear, models.PROTECT, related_name="flags")
    sector = models.ForeignKey(Sector, models.PROTECT, null=True, blank=True, related_name="flags")
    commodity = models.ForeignKey(
        Commodity, models.PROTECT, null=True, blank=True, related_name="flags"
    )
    rank = models.PositiveSmallIntegerField(_("rank"))
    reason = models.CharField(_("reason"), max_length=500)
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)
    stages = models.ManyToManyField(DerivativeStage, through="FlagStage", related_name="flags")

    class Meta:
        ordering = ("year", "rank", "pk")
        constraints = [
            models.CheckConstraint(
                name="flag_of_a_sector_or_a_commodity",
                condition=Q(sector__isnull=False, commodity__isnull=True)
                | Q(sector__isnull=True, commodity__isnull=False),
            ),
            models.CheckConstraint(name="flag_has_a_reason", condition=Q(reason__regex=r"\S")),
            models.CheckConstraint(name="flag_rank_counts_from_one", condition=Q(rank__gte=1)),
            models.UniqueConstraint(
                fields=("year", "sector"),
                name="flag_once_per_sector",
                condition=Q(sector__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("year", "commodity"),
                name="flag_once_per_commodity",
                condition=Q(commodity__isnull=False),
            ),
            ExclusionConstraint(
                name="flag_sector_rank_once",
                expressions=[("year", RangeOperators.EQUAL), ("rank", RangeOperators.EQUAL)],
                condition=Q(sector__isnull=False),
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year_id}: {self.sector or self.commodity}"


@tracked()
class FlagStage(models.Model):
    """A stage of the industry tree decided together with the flag."""

    flag = models.ForeignKey(PriorityFlag, models.PROTECT, related_name="+")
    stage = models.ForeignKey(DerivativeStage, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("flag", "stage"), name="flag_stage_once")]

    def __str__(self) -> str:
        return f"{self.flag_id}-{self.stage_id}"
