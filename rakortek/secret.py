"""The demo's secret: made once, kept in a file that only its owner reads."""

import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn


def kept_in(path: Path, refuse: Callable[[str], NoReturn]) -> str:
    """Return the secret of this installation; two processes that start at once agree on one."""
    try:
        if not path.exists():
            _make(path)
        return path.read_text().strip()
    except OSError as error:
        refuse(
            f"cannot write to {path.parent} ({error.strerror}); "
            "give this user the right to write there or set RAKORTEK_VAR to another folder."
        )


def _make(path: Path) -> None:
    """Write the whole secret beside and link it in place: nobody reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".secret")
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()
