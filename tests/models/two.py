"""A second session beside the test's own, for races."""

import threading
import time

from django.db import connection


class Other(threading.Thread):
    """Does one act in a session of its own and keeps what came of it."""

    def __init__(self, act):
        super().__init__(daemon=True)
        self.act = act
        self.result = None
        self.error = None

    def run(self):
        try:
            self.result = self.act()
        except Exception as error:  # noqa: BLE001 - the test looks at whatever came
            self.error = error
        finally:
            connection.close()

    def begin_and_wait(self):
        """Begin, and return once the act waits for a lock that this session holds."""
        self.start()
        for _ in range(500):
            if _waiting() or not self.is_alive():
                return self
            time.sleep(0.01)
        raise AssertionError("the other session neither waits nor ends")

    def end(self):
        """Return the error of the act, or its result."""
        self.join(10)
        assert not self.is_alive()
        return self.error or self.result


def _waiting():
    with connection.cursor() as cursor:
        cursor.execute("select exists (select from pg_locks where not granted)")
        return cursor.fetchone()[0]
