"""Words for people, offices and the year."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person is in the process (house, section 5)."""

    OFFICER = "officer", _("Officer")
    HEAD = "head", _("Head of office")
    GATE_CHECKER = "gate_checker", _("Gate checker")
    REVIEWER = "reviewer", _("Reviewer")
    COORDINATOR = "coordinator", _("Coordinator")
    PROVINCE_HEAD = "province_head", _("Head of the provincial office")
    ADMIN = "admin", _("Admin")
    BAPPEDA = "bappeda", _("Planning agency")
    OBSERVER = "observer", _("Observer")


class RegionKind(TextChoices):
    """The level of a region."""

    PROVINCE = "province", _("Province")
    REGENCY = "regency", _("Regency")
    CITY = "city", _("City")


class OfficeKind(TextChoices):
    """What an office is for."""

    INDUSTRY = "industry", _("Industry office")
    PLANNING = "planning", _("Planning agency")
    OTHER = "other", _("Other office")


class YearState(TextChoices):
    """Where a planning year stands; it moves forward only, but closed may open again."""

    PREPARED = "prepared", _("Being prepared")
    OPEN = "open", _("Open for sending")
    CLOSED = "closed", _("Closed for sending")
    MEETING = "meeting", _("Meeting")
    SIGNED = "signed", _("Minutes signed")
    ARCHIVED = "archived", _("Archived")


class Language(TextChoices):
    """Languages of the screen."""

    ID = "id", "Bahasa Indonesia"
    EN = "en", "English"


class Theme(TextChoices):
    """Light or dark; auto follows the device."""

    AUTO = "auto", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")
