"""What the settings refuse, and what they are without any variable."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

SECRET = "correct-horse-battery-staple-0123456789-abcdefghijklmnop"
WHOLE = {
    "RAKORTEK_PRODUCTION": "1",
    "RAKORTEK_SECRET_KEY": SECRET,
    "RAKORTEK_HOSTS": "rakortek.example.go.id",
    "DATABASE_URL": "postgres://app:secret@127.0.0.1:5432/rakortek",
}


def python(*words, **variables):
    kept = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "rakortek.settings"}
    return subprocess.run(
        [sys.executable, *words],
        env=kept | variables,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"RAKORTEK_DEBUG": "1"}, "RAKORTEK_DEBUG must not be set in production."),
        (
            {"RAKORTEK_SECRET_KEY": ""},
            "set RAKORTEK_SECRET_KEY to 50 random characters or more (see docs/operate.md).",
        ),
        (
            {"RAKORTEK_SECRET_KEY": "x" * 60},
            "set RAKORTEK_SECRET_KEY to 50 random characters or more (see docs/operate.md).",
        ),
        (
            {"RAKORTEK_HOSTS": ""},
            "set RAKORTEK_HOSTS to the names of this site, parted by commas.",
        ),
        (
            {"RAKORTEK_HOSTS": "*"},
            "set RAKORTEK_HOSTS to the names of this site, parted by commas.",
        ),
        (
            {"DATABASE_URL": "sqlite:///rakortek.db"},
            "DATABASE_URL must name a PostgreSQL database (postgres://...).",
        ),
    ],
)
def test_production_stops_with_one_plain_line(changed, line):
    done = python("-c", "import rakortek.settings", **(WHOLE | changed))
    assert (done.returncode, done.stderr) == (1, f"Rakortek: {line}\n")


def test_production_needs_a_database_of_its_own():
    without = {name: value for name, value in WHOLE.items() if name != "DATABASE_URL"}
    done = python("-c", "import rakortek.settings", **without)
    assert done.stderr == (
        "Rakortek: set DATABASE_URL to a PostgreSQL 15 or newer (see docs/operate.md).\n"
    )


def test_production_with_everything_passes_the_deployment_check(tmp_path):
    words = ("manage.py", "check", "--deploy", "--fail-level", "INFO")
    done = python(*words, RAKORTEK_VAR=str(tmp_path), **WHOLE)
    assert (done.returncode, done.stdout) == (
        0,
        "System check identified no issues (0 silenced).\n",
    )


def test_demo_makes_its_secret_once_and_for_its_owner_alone(tmp_path):
    show = "from rakortek import settings as s; print(s.SECRET_KEY, s.DEBUG, s.ALLOWED_HOSTS[0])"
    first = python("-c", show, RAKORTEK_VAR=str(tmp_path / "var"))
    again = python("-c", show, RAKORTEK_VAR=str(tmp_path / "var"))
    secret, debug, host = first.stdout.split()
    assert first.stdout == again.stdout
    assert (len(secret) >= 64, debug, host) == (True, "False", "localhost")
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_folder_that_cannot_be_written_gives_one_line(tmp_path):
    in_the_way = tmp_path / "var"
    in_the_way.write_text("a file, no folder")
    done = python("-c", "import rakortek.settings", RAKORTEK_VAR=str(in_the_way))
    assert done.stderr == (
        f"Rakortek: cannot write to {in_the_way} (File exists); "
        "give this user the right to write there or set RAKORTEK_VAR to another folder.\n"
    )
