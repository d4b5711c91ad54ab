"""The priority scale of a year and the scenarios of the cut-off line.

A version of the scale is a set of weights with the points they weigh. It is a draft until it is
frozen; then nothing of it changes, and the newest frozen version is the one in force. The rule that
not all can be first (PROCESS, section 12) is kept by ``PlanningYear.max_priority_sectors``.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from proposals.enums import CutRule, ScaleCriterion
from proposals.models.catalogue import Commodity, Sector
from proposals.models.history import tracked
from proposals.models.listed import Sourced
from proposals.models.people import User
from proposals.models.year import PlanningYear


@tracked()
class ScaleVersion(models.Model):
    """One version of a year's scale; ``reason`` says why it was begun."""

    year = models.ForeignKey(PlanningYear, models.PROTECT, related_name="scales")
    number = models.PositiveSmallIntegerField(_("version"))
    reason = models.CharField(_("reason"), max_length=500)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    frozen_at = models.DateTimeField(null=True, editable=False)
    frozen_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("year", "-number", "pk")
        constraints = [
            models.UniqueConstraint(fields=("year", "number"), name="scale_number_once"),
            models.UniqueConstraint(
                fields=("year",),
                name="scale_one_draft_per_year",
                condition=Q(frozen_at__isnull=True),
            ),
            models.CheckConstraint(name="scale_has_a_reason", condition=Q(reason__regex=r"\S")),
            models.CheckConstraint(
                name="scale_frozen_by_somebody",
                condition=Q(frozen_at__isnull=True, frozen_by__isnull=True)
                | Q(frozen_at__isnull=False, frozen_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year_id}: {self.number}"

    @property
    def is_frozen(self) -> bool:
        """Tell whether nothing of this version changes any more."""
        return self.frozen_at is not None


@tracked()
class ScaleWeight(models.Model):
    """How many points of a hundred one criterion weighs; 0 leaves it out."""

    version = models.ForeignKey(ScaleVersion, models.PROTECT, related_name="weights")
    criterion = models.CharField(_("criterion"), max_length=15, choices=ScaleCriterion)
    weight = models.PositiveSmallIntegerField(_("weight"))

    class Meta:
        ordering = ("version", "pk")
        constraints = [
            models.UniqueConstraint(fields=("version", "criterion"), name="scale_weight_once"),
            models.CheckConstraint(
                name="scale_weight_of_a_hundred", condition=Q(weight__range=(0, 100))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.weight}"


@tracked()
class ScaleScore(Sourced):
    """Points 0-100 of one sector or commodity by one criterion, what they rest on, and its source.

    ``points`` empty means that there are no data: never zero. ``computed`` is what the tables say;
    where a person gives other points, ``is_by_hand`` holds and ``basis`` says why.
    """

    version = models.ForeignKey(ScaleVersion, models.PROTECT, related_name="scores")
    sector = models.ForeignKey(Sector, models.PROTECT, null=True, related_name="scale_scores")
    commodity = models.ForeignKey(Commodity, models.PROTECT, null=True, related_name="scale_scores")
    criterion = models.CharField(_("criterion"), max_length=15, choices=ScaleCriterion)
    points = models.DecimalField(_("points"), max_digits=4, decimal_places=1, null=True)
    computed = models.DecimalField(max_digits=4, decimal_places=1, null=True, editable=False)
    is_by_hand = models.BooleanField(default=False, editable=False)
    basis = models.CharField(_("what the points rest on"), max_length=500, blank=True)

    class Meta:
        ordering = ("version", "sector", "commodity", "criterion", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("version", "sector", "commodity", "criterion"),
                name="scale_score_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="scale_score_of_a_sector_or_a_commodity",
                condition=Q(sector__isnull=False, commodity__isnull=True)
                | Q(sector__isnull=True, commodity__isnull=False),
            ),
            models.CheckConstraint(
                name="scale_points_to_a_hundred",
                condition=(Q(points__isnull=True) | Q(points__range=(0, 100)))
                & (Q(computed__isnull=True) | Q(computed__range=(0, 100))),
            ),
            models.CheckConstraint(
                name="scale_points_rest_on_something",
                condition=Q(points__isnull=True) | (Q(basis__regex=r"\S") & Q(source__regex=r"\S")),
            ),
            models.CheckConstraint(
                name="scale_points_as_computed_or_by_hand",
                condition=Q(is_by_hand=True)
                | Q(points__isnull=True, computed__isnull=True)
                | Q(points__isnull=False, computed__isnull=False, points=F("computed")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sector_id or self.commodity_id}/{self.criterion}: {self.points}"


@tracked()
class CutScenario(models.Model):
    """A way to draw the cut-off line, kept under a name to be compared with others.

    ``scale_share`` is how much of a proposal's score its sector's place on the scale makes up, in
    percent; ``floor`` is the number of proposals each regency gets before the others.
    """

    year = models.ForeignKey(PlanningYear, models.PROTECT, related_name="scenarios")
    name = models.CharField(_("name"), max_length=100)
    rule = models.CharField(_("rule of the line"), max_length=10, choices=CutRule)
    scale_share = models.PositiveSmallIntegerField(_("share of the scale (%)"))
    floor = models.PositiveSmallIntegerField(_("floor per regency"))
    is_afresh = models.BooleanField(_("as if nothing were agreed yet"), default=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("year", "name", "pk")
        constraints = [
            models.UniqueConstraint(fields=("year", "name"), name="scenario_name_once"),
            models.CheckConstraint(name="scenario_has_a_name", condition=Q(name__regex=r"\S")),
            models.CheckConstraint(
                name="scenario_figures_fit",
                condition=Q(scale_share__range=(0, 100)) & Q(floor__range=(0, 20)),
            ),
        ]

    def __str__(self) -> str:
        return self.name
