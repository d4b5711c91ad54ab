"""The demo from an empty folder to its end, as a person starts and stops it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from django.conf import settings

pytestmark = pytest.mark.proof


def heeds_interrupts():
    """Let Ctrl-C reach the demo also where the whole run was started in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def start(tmp_path):
    """Start the demo in a folder of its own; it is stopped at the end at the latest."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    kept = {"PATH": os.environ["PATH"], "RAKORTEK_VAR": str(tmp_path / "var")}
    words = [sys.executable, "manage.py", "demo", f"--port={port}"]
    started = []

    def _start(*more):
        process = subprocess.Popen(
            [*words, *more],
            env=kept,
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=heeds_interrupts,  # noqa: PLW1509 - no thread of ours runs yet
        )
        started.append(process)
        return process, f"http://127.0.0.1:{port}"

    yield _start
    for process in started:
        process.terminate()
        with process:
            process.wait(timeout=60)


def told(process):
    """Read the log-ins up to the line with the address."""
    lines = []
    for line in process.stdout:
        if line.startswith("Rakortek:"):
            return lines
        if len(re.split(r" {2,}", line.strip())) == 4:
            lines.append(re.split(r" {2,}", line.strip()))
    raise AssertionError(lines)


def log_in(address, email, password):
    """Return the address at which the log-in ends."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    page = browser.open(f"{address}/masuk/").read().decode()
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)[1]
    words = {"csrfmiddlewaretoken": token, "login": email, "password": password}
    with browser.open(f"{address}/masuk/", urlencode(words).encode()) as answer:
        return answer.status, answer.url


def wait_until_silent(address):
    port = int(address.rsplit(":", 1)[1])
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.2)
    raise AssertionError("the web server outlived its parent")


def processes_of(folder):
    words = ["pgrep", "-f", str(folder)]
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout.split()


def test_demo_serves_keeps_its_data_and_leaves_nothing_running(start, tmp_path, figure):
    began = time.monotonic()
    process, address = start()
    people = told(process)
    figure("first start of the demo, seconds", round(time.monotonic() - began))
    roles = {role for role, _email, _password, _office in people}
    assert {"officer", "head", "gate_checker", "reviewer", "coordinator", "admin"} <= roles
    officers = [email for role, email, _password, _office in people if role == "officer"]
    assert len(officers) >= 13
    one_a_role = {person[0]: person for person in people}
    for role, email, password, _office in one_a_role.values():
        home = "/publik/" if role == "observer" else "/"
        assert (role, log_in(address, email, password)) == (role, (200, f"{address}{home}"))

    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 0
    assert processes_of(tmp_path / "var") == []

    began = time.monotonic()
    process, address = start()
    assert told(process) == people
    assert log_in(address, officers[0], people[0][2]) == (200, f"{address}/")
    took = time.monotonic() - began
    figure("second start of the demo, seconds", round(took, 1))
    assert took < 10


def test_demo_comes_back_after_a_power_cut_and_starts_over_when_asked(start, tmp_path):
    process, address = start()
    people = told(process)
    postmaster = (tmp_path / "var" / "pg" / "postmaster.pid").read_text().split()[0]
    os.kill(int(postmaster), signal.SIGKILL)
    process.kill()  # web server and worker end with their parent
    process.wait()
    wait_until_silent(address)
    process, _address = start()
    assert told(process) == people
    process.terminate()
    process.wait(timeout=60)
    process, _address = start("--reset")
    assert told(process) == people
