"""`make bench`: measure both sizes in databases of their own and write docs/bench.md.

Each size runs in its own process with its own folder under var/, so no append-only history of the
demo is touched.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from bench import report

ROOT = Path(__file__).resolve().parent.parent
SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "1000,100000").split(",")]


def measure(size: int) -> dict[str, object]:
    """Fill a database with this many proposals and measure the pages in it."""
    folder = ROOT / "var" / f"bench-{size}"
    environment = os.environ | {"RAKORTEK_VAR": str(folder), "BENCH_SIZE": str(size)}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "bench.measure"],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    result: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return result


def main() -> None:
    """Measure every size and write the page."""
    results = {size: measure(size) for size in SIZES}
    text = report.page(results)
    (ROOT / "docs" / "bench.md").write_text(text, encoding="utf-8")
    print(text)


main()
