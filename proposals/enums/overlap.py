"""Words of overlaps: what was said of a pair, and what a word of a title is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OverlapVerdict(TextChoices):
    """What a person said of two proposals that the search found alike."""

    OPEN = "open", _("Not judged yet")
    CONFIRMED = "confirmed", _("Grouped")
    DISMISSED = "dismissed", _("Not an overlap")


class SynonymRole(TextChoices):
    """What the words of one meaning are when two titles are compared."""

    THING = "thing", _("Thing: compared between titles")
    ACT = "act", _("Activity: counts where the kind of activity is not told")
    PEOPLE = "people", _("People: not compared")
    GENERIC = "generic", _("Said by every proposal: left out")
