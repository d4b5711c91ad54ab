"""The one Django app of the portal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposalsConfig(AppConfig):
    """Programme proposals of the industry offices, from draft to decision."""

    name = "proposals"
    verbose_name = _("Programme proposals")
    default_auto_field = "django.db.models.BigAutoField"
