"""Serve the portal with demo data on this machine: `make demo`."""

import os
import shutil
import signal
import socket
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connections, transaction

from proposals.management import logins, serving
from proposals.models import PlanningYear, User
from rakortek.embedded_postgres import server


class Command(BaseCommand):
    help = "Serve web and background work with demo data; Ctrl-C stops everything."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", default="8000")
        parser.add_argument("--reset", action="store_true", help="delete everything, start over")

    def handle(self, *, port: str, reset: bool, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("the demo is not for production: unset RAKORTEK_PRODUCTION.")
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, interrupt)
        try:
            self.run(port, reset=reset)
        except KeyboardInterrupt:
            self.say("Stopped.")
        except (server.ServerError, OperationalError) as error:
            raise CommandError(f"the database cannot be used: {last_line(error)}") from None
        except OSError as error:
            raise CommandError(f"{error.strerror}: {error.filename or settings.VAR}") from None

    def run(self, port: str, *, reset: bool) -> None:
        listener = listen(port)
        if reset:
            start_over()
        call_command("prepare", stdout=self.stdout)
        self.load_demo()
        for line in logins.lines():
            self.say(line)
        connections.close_all()
        os.environ.setdefault("RAKORTEK_ADDRESS", f"http://127.0.0.1:{port}")  # links in letters
        self.say(f"Rakortek:  http://127.0.0.1:{port}/  (Ctrl-C stops it)")
        if serving.serve(listener):
            raise CommandError("the web server ended by itself (see above).")

    def load_demo(self) -> None:
        if not User.objects.exists():
            with transaction.atomic():
                call_command("make_demo", stdout=self.stdout)
        elif not PlanningYear.objects.filter(is_example=True).exists():
            raise CommandError("this database holds people and no demo data; use an empty one.")

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def listen(port: str) -> socket.socket:
    """Take the port, or say in one line why it cannot be had."""
    if not port.isdecimal() or not 1 <= int(port) <= 65535:
        raise CommandError(f"PORT={port} is no port; use a number from 1 to 65535.")
    try:
        return serving.listen(int(port))
    except PermissionError:
        raise CommandError(f"port {port} is kept for root; try PORT=8000.") from None
    except OSError:
        raise CommandError(f"port {port} is busy; try another: make demo PORT=8001.") from None


def start_over() -> None:
    """Delete the embedded database and the files: never another database."""
    data = settings.DATABASES["default"].get("DATA")
    if data is None:
        raise CommandError("RESET=1 is for the embedded database only; unset DATABASE_URL.")
    server.remove(data)
    for folder in (settings.MEDIA_ROOT, settings.VAR / "mail"):
        if Path(folder).exists():
            shutil.rmtree(folder)


def interrupt(_number: int, _frame: Any) -> NoReturn:
    raise KeyboardInterrupt


def last_line(error: Exception) -> str:
    return next(reversed(str(error).strip().splitlines()), type(error).__name__)
