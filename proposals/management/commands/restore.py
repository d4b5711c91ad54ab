"""Bring an archive of `backup` back into an empty database."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from proposals.management import archive


class Command(BaseCommand):
    help = "Bring an archive back into a database without people, then bring it up to this code."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        files = archive.read_back(file)
        call_command("prepare", verbosity=0)
        self.stdout.write(f"Restored the database and {files} files from {file}")
