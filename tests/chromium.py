"""Which Chromium the browser tests use, and how it comes to the machine."""

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def install() -> str | None:
    """Install Debian's chromium where that is allowed; return why it was not."""
    if shutil.which("apt-get") is None:
        return "Chromium is missing and this machine has no apt-get"
    if os.geteuid() != 0:
        return "Chromium is missing and only root may install it (apt-get install chromium)"
    print("Installing Debian's chromium for the browser tests ...", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (
        ["update", "-qq"],
        ["install", "-qq", "-y", "--no-install-recommends", "chromium"],
    ):
        done = subprocess.run(
            ["apt-get", *words], env=quiet, stdout=subprocess.DEVNULL, check=False
        )
        if done.returncode:
            return "Chromium is missing and apt-get could not install it"
    return None
