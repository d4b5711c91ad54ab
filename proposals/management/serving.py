"""Web server and worker of the demo as two children that live and end with their parent."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings

PATIENCE = 25.0
LIVES_WITH = 'test "$PPID" = "$0" && exec "$@"'


def listen(port: int) -> socket.socket:
    """Take the port before anything else is done: from here on nobody else can have it."""
    return socket.create_server(("127.0.0.1", port), backlog=512)


def serve(listener: socket.socket) -> int:
    """Run both until a signal (KeyboardInterrupt) or until the web server ends by itself."""
    web = _start_web(listener)
    worker = _start_worker()
    listener.close()
    try:
        while web.poll() is None:
            time.sleep(0.3)
            if worker.poll() is not None:  # as systemd does in production
                worker = _start_worker()
        return web.returncode
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        _stop(web, worker)


def _start_web(listener: socket.socket) -> subprocess.Popen[bytes]:
    size = ("--worker-class", "gthread", "--workers", "2", "--threads", "4")
    quiet = ("--log-level", "warning", "--no-control-socket", "--graceful-timeout", "10")
    bind = ("--bind", f"fd://{listener.fileno()}")
    return _start(
        "-m", "gunicorn", *bind, *size, *quiet, "rakortek.wsgi:application", keep=listener.fileno()
    )


def _start_worker() -> subprocess.Popen[bytes]:
    return _start("manage.py", "worker")


def _start(*words: str, keep: int | None = None) -> subprocess.Popen[bytes]:
    """Start a child outside the terminal's group: Ctrl-C comes to the parent alone.

    The kernel stops it when the parent is killed; one whose parent is gone already never begins.
    """
    leash = ["setpriv", "--pdeathsig", "TERM", "sh", "-c", LIVES_WITH, str(os.getpid())]
    return subprocess.Popen(
        [*(leash if shutil.which("setpriv") else []), sys.executable, *words],
        cwd=settings.BASE_DIR,
        env={"RAKORTEK_LOG_LEVEL": "WARNING", **os.environ},
        pass_fds=() if keep is None else (keep,),
        start_new_session=True,
    )


def _stop(*children: subprocess.Popen[bytes]) -> None:
    for child in children:
        child.terminate()
    until = time.monotonic() + PATIENCE
    for child in children:
        try:
            child.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)  # the web server's own children too
            child.wait()
