"""Workers to be killed in the middle of their round, and a post that writes down what it takes."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection, connections

from proposals.enums import LetterState
from proposals.models import Letter
from proposals.notices import delivering, telling


class Forked:
    """A child of the test that delivers until it is killed: begins at once."""

    def __init__(self):
        connections.close_all()
        self.pid = os.fork()
        if self.pid == 0:
            self._deliver_for_ever()

    def _deliver_for_ever(self):
        try:
            while True:
                delivering.deliver.func()
                time.sleep(0.002)
        finally:
            os._exit(1)

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


class Worker:
    """The worker itself, as `manage.py worker` starts it, on the database of the test."""

    def __init__(self, folder, **variables):
        address = os.environ.get("DATABASE_URL")
        if address is None:
            address = f"postgres://postgres@/?host={connection.settings_dict['HOST']}"
        name = connection.settings_dict["NAME"]
        telling.call_postman()  # as the clock does every minute
        variables |= {
            "PATH": os.environ["PATH"],
            "RAKORTEK_VAR": str(folder),
            "RAKORTEK_LOG_LEVEL": "ERROR",
            "DATABASE_URL": urlsplit(address)._replace(path=f"/{name}").geturl(),
        }
        words = [sys.executable, "manage.py", "worker", "--interval", "0.1"]
        self.process = subprocess.Popen(words, env=variables, cwd=settings.BASE_DIR)

    def kill(self):
        self.process.kill()
        self.process.wait()


class Post:
    """A mail server in a process of its own; each letter it has taken is a line of its book."""

    def __init__(self, book):
        self.book = book
        book.touch()
        server = socket.create_server(("127.0.0.1", 0))
        self.port = server.getsockname()[1]
        connections.close_all()
        self.pid = os.fork()
        if self.pid == 0:
            self._serve_for_ever(server)
        server.close()

    def _serve_for_ever(self, server):
        try:
            while True:
                caller, _ = server.accept()
                with suppress(OSError), caller:  # a killed sender
                    self._listen(caller)
        finally:
            os._exit(1)

    def _listen(self, caller):
        lines = caller.makefile("rb")
        caller.sendall(b"220 post\r\n")
        while line := lines.readline():
            word = line[:4].upper().strip()
            if word == b"DATA":
                caller.sendall(b"354 go on\r\n")
                if not self._take(lines):
                    return
            caller.sendall(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")

    def _take(self, lines):
        """Take a letter that came whole, and write its Message-ID down."""
        body = b""
        while (line := lines.readline()) != b".\r\n":
            if not line:
                return False
            body += line
        found = re.search(rb"^Message-ID: *(\S+)", body, re.MULTILINE | re.IGNORECASE)
        with self.book.open("ab") as book:
            book.write(found[1] + b"\n")
        return True

    def taken(self):
        return self.book.read_text().split()

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def finish():
    """Deliver what is left, without being killed."""
    post = get_connection()
    while Letter.objects.filter(state=LetterState.SENDING).exists():
        delivering.settle_lost(post)  # the session of the last one killed may end a little later
        time.sleep(0.05)
    while delivering.deliver_one(post):
        pass
    post.close()
