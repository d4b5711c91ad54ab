"""Write one dated archive of the database and all files."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from proposals.management import archive


class Command(BaseCommand):
    help = "Write one dated archive of the database and all files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=settings.VAR / "backup", help="a folder")

    def handle(self, *, to: Path, **options: Any) -> None:
        self.stdout.write(f"Wrote {archive.write(to)}")
