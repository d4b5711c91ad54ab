"""Make `.venv` and install the pinned packages; the machine's own Python runs this, bare.

Repeatable: a stamp says what is installed, so a second run does nothing. Written so that an old
Python can read it far enough to say that it is too old.
"""

import errno
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
HERE = Path(__file__).resolve().parent.parent
VENV = HERE / ".venv"
PYTHON = VENV / "bin" / "python"


def stop(reason: str) -> NoReturn:
    """End with one plain line."""
    sys.exit(f"Rakortek: {reason}")


def find_newer_python() -> None:
    """Go on with a newer Python of this machine, or say that there is none."""
    for path in filter(None, map(shutil.which, NEWER)):
        os.execv(path, [path, "-m", "rakortek.setup", *sys.argv[1:]])  # noqa: S606 - no shell wanted
    version = ".".join(map(str, sys.version_info[:2]))
    stop(
        f"Python {version} is too old, 3.11 or newer is needed; install one, "
        "or name it: make PYTHON=/path/to/python3.11 ..."
    )


if sys.version_info < OLDEST:
    find_newer_python()


def main(arguments: list[str]) -> None:
    files = ["requirements.txt"]
    if "--dev" in arguments:
        files.append("requirements-dev.txt")
    try:
        _bring_up_to_date(files)
    except OSError as error:
        if error.errno not in {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC}:
            raise
        stop(f"cannot write to {HERE} ({error.strerror}); run this as the user who owns it.")


def _bring_up_to_date(files: list[str]) -> None:
    folder = os.open(HERE, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)  # two set-ups at once wait for each other
    missing = [name for name in files if not _is_installed(name)]
    if missing and _must_begin_anew():
        missing = files
        _make_environment()
    for name in missing:
        _install(name)


def _stamp(name: str) -> Path:
    return VENV / f"{name}.installed"


def _wanted(name: str) -> str:
    return hashlib.sha256((HERE / name).read_bytes()).hexdigest()


def _is_installed(name: str) -> bool:
    stamp = _stamp(name)
    return not _must_begin_anew() and stamp.exists() and stamp.read_text() == _wanted(name)


def _must_begin_anew() -> bool:
    """Tell a first set-up that was cut off, or an environment of another Python."""
    packages = VENV / "lib" / "python{}.{}".format(*sys.version_info[:2])
    complete = PYTHON.exists() and packages.is_dir() and _stamp("requirements.txt").exists()
    return not complete


def _make_environment() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        stop("this Python cannot make environments; on Debian: apt-get install python3-venv.")
    print("Making .venv ...", flush=True)
    VENV.mkdir(exist_ok=True)
    if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=False).returncode:
        stop("making .venv failed (see above).")


def _install(name: str) -> None:
    print(f"Installing {name} ...", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*pip, "--require-hashes", "-r", str(HERE / name)], check=False)
    if done.returncode:
        stop(f"installing {name} failed (see above); check the connection and run it again.")
    _stamp(name).write_text(_wanted(name))


if __name__ == "__main__":
    main(sys.argv[1:])
