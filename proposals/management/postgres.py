"""PostgreSQL's own programs, pointed at the database of the settings."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import psycopg2.extensions
from django.core.management.base import CommandError
from django.db import connection

from rakortek.embedded_postgres import server

NEWER_THAN_SOME = b"\nSET transaction_timeout"  # PostgreSQL 16 and older do not know it


def dump(file: Path) -> None:
    """Write the whole database into one compressed file."""
    where, environment = _target()
    _run("pg_dump", f"--file={file}", "--format=custom", *PLAIN, where, environment=environment)


def load(file: Path) -> None:
    """Bring a dump back in one transaction: the whole of it, or nothing."""
    where, environment = _target()
    script = file.with_suffix(".sql")
    _run("pg_restore", f"--file={script}", *PLAIN, str(file), environment=environment)
    _make_fit_for_older_servers(script)
    strict = ("-X", "-q", "-1", "-v", "ON_ERROR_STOP=1")
    _run("psql", *strict, "-f", str(script), "-d", where, environment=environment)


PLAIN = ("--no-owner", "--no-acl", "--no-comments")


def _target() -> tuple[str, Mapping[str, str]]:
    """Return the connection string without the password, and an environment that has it."""
    parameters = dict(connection.get_connection_params())
    password = parameters.pop("password", None)
    for name in ("cursor_factory", "client_encoding"):
        parameters.pop(name, None)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    secret = {"PGPASSWORD": str(password)} if password else {}
    return psycopg2.extensions.make_dsn(**parameters), kept | secret


def _run(name: str, *words: str, environment: Mapping[str, str]) -> None:
    line = [_program(name), *words]
    done = subprocess.run(line, env=environment, capture_output=True, check=False)
    if done.returncode:
        raise CommandError(f"{name}: {done.stderr.decode(errors='replace').strip()[-1000:]}")


def _make_fit_for_older_servers(script: Path) -> None:
    with script.open("r+b") as file:
        at = file.read(8192).find(NEWER_THAN_SOME)
        if at >= 0:
            file.seek(at + 1)
            file.write(b"-- ")


@cache
def _program(name: str) -> str:
    """Return the bundled program, or that of the machine where the server is newer."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('server_version_num')::int / 10000")
        wanted = cursor.fetchone()[0]
    bundled = str(server.binaries() / name)
    for path in filter(None, (bundled, shutil.which(name))):
        if _major(path) >= wanted:
            return path
    raise CommandError(f"install {name} of PostgreSQL {wanted} (Debian: postgresql-client)")


def _major(path: str) -> int:
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\) (\d+)", said)
    return int(found[1]) if found else 0
