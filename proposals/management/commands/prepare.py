"""Bring this installation up to its code: words, tables, lists, static files. Repeatable."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from proposals.management.static_files import collect_if_changed
from proposals.models import Sector
from rakortek import words

LOCK = 817
OLDEST = 15


class Command(BaseCommand):
    help = "Compile messages, migrate, load the lists once, collect static files. Repeatable."
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        compiled = words.compile_stale(settings.BASE_DIR / "locale")
        words.read_anew(compiled)
        for path in compiled:
            self.say(f"Compiled {path.relative_to(settings.BASE_DIR)}.", options)
        with alone():
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
            if not Sector.objects.exists():
                self.say("Loading the lists ...", options)
                call_command("load_catalogue", verbosity=0)
            if settings.APP_ROLE:
                call_command("grant_roles", settings.APP_ROLE, stdout=self.stdout)
            if not settings.DEBUG and collect_if_changed():
                self.say("Collected the static files.", options)

    def say(self, text: str, options: dict[str, Any]) -> None:
        if options["verbosity"]:
            self.stdout.write(text)
            self.stdout.flush()


@contextmanager
def alone() -> Iterator[None]:
    """Let one process at a time prepare a database; the others wait for it."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('server_version_num')::int")
        if cursor.fetchone()[0] < OLDEST * 10_000:
            raise CommandError(f"PostgreSQL {OLDEST} or newer is needed.")
        cursor.execute("select pg_advisory_lock(%s, 0)", [LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s, 0)", [LOCK])
