"""The launcher of the demo says in one clear line what hinders it, and never harms other data."""

import os
import re
import socket
import subprocess
import sys

import pytest
from django.conf import settings as project
from django.core.management.base import CommandError

from proposals.enums import Role
from proposals.management import logins
from proposals.management.commands import demo
from rakortek import setup
from tests.cast import PASSWORD, make_office, person


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def launch(tmp_path, *words, **variables):
    kept = {"PATH": os.environ["PATH"], "RAKORTEK_VAR": str(tmp_path / "var")}
    done = subprocess.run(
        [sys.executable, "manage.py", "demo", *words],
        env=kept | variables,
        cwd=project.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "８０００x"])
def test_port_that_is_no_port_is_refused(port):
    with pytest.raises(CommandError) as caught:
        demo.listen(port)
    assert str(caught.value) == f"PORT={port} is no port; use a number from 1 to 65535."


def test_busy_port_is_named():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with pytest.raises(CommandError) as caught:
            demo.listen(port)
    assert str(caught.value) == f"port {port} is busy; try another: make demo PORT=8001."


def test_another_database_than_the_embedded_one_is_never_deleted(tmp_path):
    url = "postgres://nobody@127.0.0.1:1/rakortek"
    answer = launch(tmp_path, "--reset", f"--port={free_port()}", DATABASE_URL=url)
    line = "CommandError: RESET=1 is for the embedded database only; unset DATABASE_URL.\n"
    assert answer == (1, "", line)


def test_database_that_does_not_answer_gives_one_line(tmp_path):
    url = "postgres://nobody@127.0.0.1:1/rakortek"
    answer = launch(tmp_path, f"--port={free_port()}", DATABASE_URL=url)
    assert (answer[0], answer[1]) == (1, "")
    assert re.fullmatch(r"CommandError: the database cannot be used: .+\n", answer[2])


def test_demo_is_refused_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match=r"^the demo is not for production"):
        demo.Command().handle(port="8000", reset=False)


def test_demo_data_are_not_mixed_with_a_real_installation(db):
    person(Role.ADMIN)
    with pytest.raises(CommandError, match=r"^this database holds people and no demo data"):
        demo.Command().load_demo()


def test_log_ins_are_told_one_a_line_and_only_those_that_work(db, settings):
    settings.DEMO_PASSWORD = PASSWORD
    officer = person(Role.OFFICER)
    person(Role.OBSERVER)
    person(Role.HEAD, is_active=False)
    changed = person(Role.ADMIN)
    changed.set_password("another one")
    changed.save()
    assert [re.split(r" {2,}", line) for line in logins.lines()] == [
        ["officer", officer.email, PASSWORD, make_office().name],
        ["observer", person(Role.OBSERVER).email, PASSWORD, "-"],
    ]


def test_too_old_a_python_says_what_to_do(monkeypatch):
    monkeypatch.setattr(setup.sys, "version_info", (3, 9, 2))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SystemExit) as stopped:
        setup.find_newer_python()
    assert stopped.value.code == (
        "Rakortek: Python 3.9 is too old, 3.11 or newer is needed; install one, "
        "or name it: make PYTHON=/path/to/python3.11 ..."
    )
