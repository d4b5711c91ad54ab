"""Give the application's database role its rights: run by the owner after each migration."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError

from proposals.management import grants


class Command(BaseCommand):
    help = "Give the application's role what it needs; it owns nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role")

    def handle(self, *, role: str, **options: Any) -> None:
        try:
            grants.give(role)
        except ProgrammingError as error:
            raise CommandError(str(error).strip()) from None
        self.stdout.write(f"{role} may work with the tables and owns none.")
