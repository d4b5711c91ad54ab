"""Run the suite: `python -m tests.run` finds the browser, then hands over to pytest."""

import os
import subprocess
import sys
from pathlib import Path

from rakortek import words
from tests import chromium

HERE = Path(__file__).resolve().parent.parent


def main(arguments):
    is_ci = os.environ.get("CI") == "true"
    reason = chromium.prepare(is_ci=is_ci)
    if reason and is_ci:
        sys.exit(f"Rakortek: {reason}; with CI=true the browser tests must run.")
    words.compile_stale(HERE / "locale")  # before anything reads them and keeps what it found
    done = subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=HERE, check=False)
    if reason:
        print(f"Browser tests were skipped: {reason}.", flush=True)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
