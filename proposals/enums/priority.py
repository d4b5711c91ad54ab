"""Words of the priority scale and of the cut-off line."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ScaleCriterion(TextChoices):
    """What a sector or commodity is measured by; the province says how much each one weighs.

    The first five are those of the governor's direction (mapped raw material, auxiliary material
    and labour, then value and market); the others are of the review criteria.
    """

    RAW_MATERIAL = "raw_material", _("Raw material")
    AUXILIARY = "auxiliary", _("Auxiliary material")
    LABOUR = "labour", _("Labour")
    ADDED_VALUE = "added_value", _("Added value")
    MARKET = "market", _("Market")
    RAW_EXPORT = "raw_export", _("Keeps raw material here")
    SPREAD = "spread", _("Balance between regions")


class CutRule(TextChoices):
    """What happens below the first proposal that no longer fits into a ceiling."""

    STRICT = "strict", _("Strict: the line stays where the first one no longer fits")
    GREEDY = "greedy", _("Filling: smaller ones below still fill what is left")
