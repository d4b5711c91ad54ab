"""Write docs/lifecycle.md from the tables of transitions."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from proposals import lifecycle


class Command(BaseCommand):
    help = "Write docs/lifecycle.md from the tables of transitions."
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        (settings.BASE_DIR / "docs" / "lifecycle.md").write_text(lifecycle.page(), encoding="utf-8")
