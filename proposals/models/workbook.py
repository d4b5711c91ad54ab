"""Workbooks that offices fill offline: the uploaded file, and what each of its rows would do."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from proposals.enums import RequestTo, RowOutcome, WorkbookState
from proposals.models.history import tracked
from proposals.models.people import Office, User
from proposals.models.proposal import Proposal
from proposals.models.year import PlanningYear

READ = (WorkbookState.READY, WorkbookState.APPLYING, WorkbookState.APPLIED)


@tracked()
class WorkbookUpload(models.Model):
    """One uploaded workbook of one office; nothing of it is written before it is applied.

    ``state`` moves by the table of the database alone: a file is read, then ready, then applied as
    a whole or not at all. The counts are of its proposals; ``asked_by_kind`` is what each kind of
    proposal would ask for together, by the word of the kind.
    """

    year = models.ForeignKey(PlanningYear, models.PROTECT, related_name="workbooks")
    office = models.ForeignKey(Office, models.PROTECT, related_name="workbooks")
    by = models.ForeignKey(User, models.PROTECT, related_name="workbooks")
    file = models.FileField(_("file"), upload_to="workbooks/", max_length=200)
    name = models.CharField(_("file name"), max_length=255)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(
        _("state"), max_length=10, choices=WorkbookState, default=WorkbookState.WAITING
    )
    n_new = models.PositiveIntegerField(default=0)
    n_changed = models.PositiveIntegerField(default=0)
    n_same = models.PositiveIntegerField(default=0)
    n_refused = models.PositiveIntegerField(default=0)
    n_wrong_cells = models.PositiveIntegerField(default=0)
    asked_by_kind = models.JSONField(default=dict)
    layout = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="workbook_state_is_known", condition=Q(state__in=WorkbookState.values)
            ),
            models.CheckConstraint(
                name="workbook_read_iff_read_at",
                condition=Q(state__in=READ, read_at__isnull=False)
                | (~Q(state__in=READ) & Q(read_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="workbook_applied_iff_applied_at",
                condition=Q(state=WorkbookState.APPLIED, applied_at__isnull=False)
                | (~Q(state=WorkbookState.APPLIED) & Q(applied_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="workbook_applied_without_wrong_rows",
                condition=~Q(state=WorkbookState.APPLIED) | Q(n_refused=0),
            ),
        ]
        indexes = [models.Index(fields=("office", "year", "-made_at"), name="workbook_own_list")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_busy(self) -> bool:
        """Tell whether the work on it still goes on."""
        return self.state in {
            WorkbookState.WAITING,
            WorkbookState.READING,
            WorkbookState.APPLYING,
        }

    @property
    def n_touched(self) -> int:
        """Return how many proposals would be written."""
        return self.n_new + self.n_changed

    @property
    def n_proposals(self) -> int:
        """Return how many proposals the file holds."""
        return self.n_new + self.n_changed + self.n_same + self.n_refused

    @property
    def totals(self) -> list[tuple[str, str | None]]:
        """Return what each kind asks together, in rupiah, by its word; never added into one."""
        asked = self.asked_by_kind
        return [(str(kind.label), asked[kind]) for kind in RequestTo if kind in asked]

    @property
    def may_be_applied(self) -> bool:
        """Tell whether it is read, has something to write, and nothing wrong in it."""
        return self.state == WorkbookState.READY and self.n_refused == 0 and self.n_touched > 0


class WorkbookRow(models.Model):
    """A row of an uploaded workbook as it was read, and what it would do: a buffer, no history.

    A row of a child sheet is bound to its proposal's row by ``key`` and has no outcome of its own,
    unless no such row is there. ``found`` holds what would change and what is wrong, cell by cell.
    """

    upload = models.ForeignKey(WorkbookUpload, models.PROTECT, related_name="rows")
    sheet = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=40, blank=True)
    cells = models.JSONField(default=dict)
    outcome = models.CharField(max_length=10, choices=RowOutcome, blank=True)
    title = models.CharField(max_length=200, blank=True)
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="workbook_rows"
    )
    request_to = models.CharField(max_length=10, blank=True)
    amount_rp = models.DecimalField(max_digits=18, decimal_places=0, null=True, blank=True)
    found = models.JSONField(default=dict)

    class Meta:
        ordering = ("upload", "sheet", "number", "pk")
        constraints = [
            models.UniqueConstraint(fields=("upload", "sheet", "number"), name="workbook_row_once"),
            models.CheckConstraint(
                name="workbook_row_outcome_is_known",
                condition=Q(outcome__in=[*RowOutcome.values, ""]),
            ),
        ]
        indexes = [
            models.Index(fields=("upload", "sheet", "key"), name="workbook_row_by_key"),
            models.Index(fields=("upload", "outcome"), name="workbook_row_by_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.number}"
