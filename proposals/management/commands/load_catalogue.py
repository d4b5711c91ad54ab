"""Load the reference lists; repeatable."""

from typing import Any

from django.core.management.base import BaseCommand

from proposals.catalogue.loading import load_catalogue


class Command(BaseCommand):
    help = "Load the reference lists from proposals/data. Repeatable: nothing is ever doubled."

    def handle(self, **options: Any) -> None:
        for name, count in load_catalogue().items():
            if options["verbosity"]:
                self.stdout.write(
                    f"{name}: {count.rows} rows, {count.added} added, {count.changed} changed"
                )
