"""Load the example data, or add copies of them for measurements."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from proposals.demo import copies, loading
from proposals.models import PlanningYear, User


class Command(BaseCommand):
    help = "Load the example data into a database without people."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--scale",
            type=int,
            default=0,
            metavar="N",
            help="add N copies of the example proposals, for measurements only",
        )

    def handle(self, *, scale: int, verbosity: int, **options: Any) -> None:
        self.is_quiet = not verbosity
        if not User.objects.exists():
            loading.load(self.say)
        elif not scale:
            raise CommandError(
                "this database holds people already: example data need an empty one."
            )
        elif not PlanningYear.objects.filter(is_example=True).exists():
            raise CommandError("this database holds no example data to be copied.")
        if scale:
            copies.add(scale, self.say)

    def say(self, text: str) -> None:
        if not self.is_quiet:
            self.stdout.write(text)
            self.stdout.flush()
