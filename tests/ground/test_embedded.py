"""The bundled PostgreSQL: one server for many processes, and no trace behind the last of them."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from rakortek.embedded_postgres import server

USE = """
import sys
from pathlib import Path
from rakortek.embedded_postgres import server
server.ensure(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def data(tmp_path):
    return tmp_path / "pg"


@pytest.fixture
def start(data):
    """Start processes that use the server of one folder; none outlives the test."""
    started = []

    def _start():
        words = [sys.executable, "-c", USE, str(data)]
        pipe = subprocess.PIPE
        process = subprocess.Popen(words, cwd=settings.BASE_DIR, stdin=pipe, stdout=pipe, text=True)
        started.append(process)
        return process

    yield _start
    for process in started:
        process.kill()
        with process:
            pass
    server.remove(data)


def ready(process):
    return process.stdout.readline() == "ready\n"


def leave(process):
    process.stdin.close()
    process.wait(timeout=30)


def postmaster(data):
    return int((data / "postmaster.pid").read_text().split()[0])


def test_processes_that_start_at_once_share_one_server_and_the_last_one_stops_it(data, start):
    users = [start() for _ in range(3)]
    assert [ready(user) for user in users] == [True, True, True]
    pid = postmaster(data)
    leave(users[0])
    users[1].kill()
    users[1].wait()
    assert postmaster(data) == pid
    leave(users[2])
    assert (data / "postmaster.pid").exists() is False


def test_server_starts_again_after_a_power_cut(data, start):
    first = start()
    assert ready(first)
    first.kill()
    first.wait()
    subprocess.run(["kill", "-9", str(postmaster(data))], check=True)
    time.sleep(0.3)  # nobody reaps it, so there is no end to wait for
    lock = data / "postmaster.pid"
    assert lock.exists()  # left behind; after the restart its number is another program's
    lock.write_text(lock.read_text().replace(lock.read_text().split()[0], "1", 1))
    second = start()
    assert ready(second)
    leave(second)


def test_set_up_that_was_cut_off_is_done_again(data, start):
    Path(f"{data}.new").mkdir(parents=True)
    Path(f"{data}.new", "PG_VERSION").write_text("18\n")
    process = start()
    assert ready(process)
    leave(process)


def test_database_in_use_is_not_deleted(data, start):
    process = start()
    assert ready(process)
    with pytest.raises(server.ServerError, match=r"^the database is in use; stop the running"):
        server.remove(data)
    assert (data / "PG_VERSION").exists()
    leave(process)


def test_folder_of_somebody_else_is_refused(tmp_path):
    tmp_path.chmod(0o755)
    with pytest.raises(server.ServerError, match=f"^{tmp_path} belongs to somebody else$"):
        server._private_dir(tmp_path)
