"""What every table has in common: one history event per change.

An event row keeps the values after the change, the time, and in ``pgh_context`` the person, the
address and the page. Guards in the database make events append-only and chain them by hash.
"""

from typing import Any

import pghistory


def tracked(*, exclude: list[str] | None = None) -> Any:
    """Return the class decorator that keeps an event for each insert, update and delete."""
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=exclude,
    )
