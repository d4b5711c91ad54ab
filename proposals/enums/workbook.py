"""Words of the workbook that an office fills offline."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WorkbookState(TextChoices):
    """Where an uploaded workbook stands; only a ready one is applied."""

    WAITING = "waiting", _("Waiting to be read")
    READING = "reading", _("Being read")
    READY = "ready", _("Read")
    FAILED = "failed", _("Cannot be read")
    APPLYING = "applying", _("Being saved")
    APPLIED = "applied", _("Saved")


class RowOutcome(TextChoices):
    """What a row of the workbook would do."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("Unchanged")
    REFUSED = "refused", _("Wrong")
