"""Which Chromium the browser tests use, and how it comes to the machine.

Debian ships two: `chromium`, and `chromium-headless-shell`, the same engine without windows that
no test looks at. The shell takes about a quarter of the time, so it is taken where it is there.
"""

import os
import shutil
import subprocess

SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome")
LONGEST = 90
"""Seconds that one call of apt-get may take."""


def find() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def prepare(*, is_ci: bool) -> str | None:
    """Install Debian's Chromium where none is found; return why there is none in the end.

    A machine of CI gets the quick one also beside another; a person's machine is left as it is.
    """
    if find() is None:
        return install()
    if is_ci and may_install() and shutil.which(SHELL) is None:
        put(SHELL)
    return None


def may_install() -> bool:
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def install() -> str | None:
    """Install Debian's chromium where that is allowed; return why it was not."""
    if shutil.which("apt-get") is None:
        return "Chromium is missing and this machine has no apt-get"
    if not may_install():
        return "Chromium is missing and only root may install it (apt-get install chromium)"
    print("Installing Debian's chromium for the browser tests ...", flush=True)
    if put(SHELL) or put("chromium"):
        return None
    return "Chromium is missing and apt-get could not install it"


def put(package: str) -> bool:
    words = ["install", "-qq", "-y", "--no-install-recommends", package]
    return apt(words) or (apt(["update", "-qq"]) and apt(words))


def apt(words: list[str]) -> bool:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            ["apt-get", *words],
            env=quiet,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
