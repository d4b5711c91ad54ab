"""A server in a process of its own, over the database of the running tests: it can be killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing

from django.conf import settings
from django.db import connection


class Server:
    """Start, kill and start again at the same address."""

    def __init__(self, static=""):
        self.static = static
        with closing(socket.socket()) as taken:
            taken.bind(("127.0.0.1", 0))
            self.port = taken.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.process = None

    def start(self):
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.served",
            "RAKORTEK_SERVED_DATABASE": connection.settings_dict["NAME"],
            "RAKORTEK_SERVED_STATIC": self.static,
        }
        words = ["runserver", f"localhost:{self.port}", "--noreload", "--skip-checks"]
        words += ["--nostatic"] if self.static else ["--insecure"]
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", *words],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _attempt in range(300):
            with closing(socket.socket()) as caller:
                if caller.connect_ex(("localhost", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError("the server does not come up")

    def kill(self):
        """Kill it in the middle of whatever it does."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None
