"""The planning year, what each office has of it, and the ceilings."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proposals.enums import ScanState, YearState
from proposals.models.catalogue import FundingSource, Sector
from proposals.models.history import tracked
from proposals.models.listed import Sourced
from proposals.models.people import Office, Region, User
from proposals.models.scanned import scan_is_whole


class PlanningYearQuerySet(models.QuerySet["PlanningYear"]):
    """Planning years of the provincial office."""

    def newest_first(self) -> Self:
        """Order by fiscal year, the newest first."""
        return self.order_by("-fiscal_year", "-pk")

    def current(self) -> "PlanningYear | None":
        """Return the year everybody works in, or nothing before the first one.

        A running year (open, closed, at the meeting) goes before one that is being prepared, and
        that before a signed one; among equals the newest.
        """
        running = [YearState.OPEN, YearState.CLOSED, YearState.MEETING]
        turn = Case(
            When(state__in=running, then=Value(0)),
            When(state=YearState.PREPARED, then=Value(1)),
            default=Value(2),
        )
        left = self.exclude(state=YearState.ARCHIVED)
        return left.order_by(turn, "-fiscal_year", "-pk").first()


@tracked()
class PlanningYear(models.Model):
    """One budget year (tahun anggaran) and its window for sending.

    People move ``state``; the clock never does. Sending is possible while the state is open and
    ``opens_at <= now < closes_at``, or until the extension of the office.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="years")
    fiscal_year = models.PositiveSmallIntegerField(_("budget year"))
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"))
    return_due_on = models.DateField(_("corrections due on"), null=True, blank=True)
    meets_from = models.DateField(_("meeting from"), null=True, blank=True)
    meets_until = models.DateField(_("meeting until"), null=True, blank=True)
    max_priority_sectors = models.PositiveSmallIntegerField(
        _("limit of priority sectors"), default=5
    )
    nomenclature_edition = models.CharField(
        _("nomenclature edition"), max_length=40, default="050-3708/2020"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=YearState, default=YearState.PREPARED
    )
    state_reason = models.CharField(_("reason for opening again"), max_length=500, blank=True)
    is_example = models.BooleanField(_("example data"), default=False)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects = PlanningYearQuerySet.as_manager()

    class Meta:
        ordering = ("-fiscal_year", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("office", "fiscal_year"), name="year_once_per_office"),
            models.UniqueConstraint(
                fields=("office",),
                name="year_one_open_per_office",
                condition=Q(state=YearState.OPEN),
            ),
            models.CheckConstraint(
                name="year_closes_after_opening", condition=Q(closes_at__gt=F("opens_at"))
            ),
            models.CheckConstraint(
                name="year_meeting_ends_after_it_begins",
                condition=Q(meets_from__isnull=True, meets_until__isnull=True)
                | Q(
                    meets_from__isnull=False,
                    meets_until__isnull=False,
                    meets_until__gte=F("meets_from"),
                ),
            ),
            models.CheckConstraint(
                name="year_state_is_known", condition=Q(state__in=YearState.values)
            ),
            models.CheckConstraint(
                name="year_reason_only_while_open",
                condition=Q(state_reason="") | Q(state=YearState.OPEN),
            ),
            models.CheckConstraint(
                name="year_is_of_this_century", condition=Q(fiscal_year__range=(2020, 2099))
            ),
        ]

    def __str__(self) -> str:
        return str(self.fiscal_year)

    @property
    def is_signed(self) -> bool:
        """Tell whether the minutes are signed: then nothing of the year moves."""
        return self.state in {YearState.SIGNED, YearState.ARCHIVED}

    def is_open_for_sending(self, extended_until: datetime | None = None) -> bool:
        """Tell whether a proposal may be sent now (UTC), with the office's extension if any."""
        now = timezone.now()
        if self.state != YearState.OPEN or now < self.opens_at:
            return False
        return now < self.closes_at or (extended_until is not None and now < extended_until)


@tracked()
class OfficeYear(models.Model):
    """What one office has of a year: covering letter, limit, extension, last number given."""

    year = models.ForeignKey(PlanningYear, models.PROTECT, related_name="offices")
    office = models.ForeignKey(Office, models.PROTECT, related_name="years_of_office")
    proposal_limit = models.PositiveSmallIntegerField(
        _("limit of proposals"), null=True, blank=True
    )
    extended_until = models.DateTimeField(_("extended until"), null=True, blank=True)
    extension_reason = models.CharField(_("reason for the extension"), max_length=500, blank=True)
    letter = models.FileField(
        _("covering letter"), upload_to="letters/", max_length=200, blank=True
    )
    letter_name = models.CharField(max_length=255, blank=True)
    letter_type = models.CharField(max_length=100, blank=True)
    letter_size = models.PositiveBigIntegerField(null=True, blank=True)
    letter_sha256 = models.CharField(max_length=64, blank=True)
    letter_at = models.DateTimeField(null=True, blank=True)
    letter_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    letter_scan_state = models.CharField(
        max_length=10, choices=ScanState, default=ScanState.UNSCANNED, editable=False
    )
    letter_scan_at = models.DateTimeField(null=True, editable=False)
    letter_scan_found = models.CharField(max_length=200, blank=True, editable=False)
    order_fixed_at = models.DateTimeField(null=True, editable=False)
    order_fixed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    last_number = models.PositiveSmallIntegerField(default=0, editable=False)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("year", "office__region__code", "pk")
        constraints = [
            models.UniqueConstraint(fields=("year", "office"), name="office_year_once"),
            models.CheckConstraint(
                name="office_year_extension_has_a_reason",
                condition=Q(extended_until__isnull=True, extension_reason="")
                | (Q(extended_until__isnull=False) & ~Q(extension_reason="")),
            ),
            models.CheckConstraint(
                name="office_year_letter_is_whole",
                condition=Q(letter="", letter_at__isnull=True)
                | (~Q(letter="") & Q(letter_at__isnull=False, letter_by__isnull=False)),
            ),
            scan_is_whole("office_year_letter_scan_is_whole", "letter_scan_"),
            models.CheckConstraint(
                name="office_year_order_is_fixed_by_somebody",
                condition=Q(order_fixed_at__isnull=True, order_fixed_by__isnull=True)
                | Q(order_fixed_at__isnull=False, order_fixed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id}/{self.year_id}"

    @property
    def has_letter(self) -> bool:
        """Tell whether there is a covering letter in which no virus was found."""
        return bool(self.letter) and self.letter_scan_state != ScanState.INFECTED

    @property
    def letter_is_held(self) -> bool:
        """Tell whether nobody opens the letter: not scanned yet, or refused."""
        return ScanState(self.letter_scan_state).is_held


@tracked()
class Ceiling(Sourced):
    """Indicative ceiling (pagu indikatif): what may be agreed from one source in one year.

    ``region`` is the purse that pays: the province for its own and central sources, the regency
    for its own budget. Without a sector the row limits the whole source. Below what is agreed from
    the province's purse it stands with a written reason alone (``rk_ceiling_holds``).
    """

    year = models.ForeignKey(PlanningYear, models.PROTECT, related_name="ceilings")
    region = models.ForeignKey(Region, models.PROTECT, related_name="ceilings")
    sector = models.ForeignKey(
        Sector, models.PROTECT, null=True, blank=True, related_name="ceilings"
    )
    funding_source = models.ForeignKey(FundingSource, models.PROTECT, related_name="ceilings")
    amount_rp = models.DecimalField(_("ceiling (Rp)"), max_digits=18, decimal_places=0)
    override_reason = models.CharField(
        _("why it stands below what is agreed"), max_length=500, blank=True
    )
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("region__code", "funding_source__key", "sector__key", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("year", "region", "sector", "funding_source"),
                name="ceiling_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="ceiling_not_negative", condition=Q(amount_rp__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.region_id}/{self.funding_source_id}: {self.amount_rp}"
