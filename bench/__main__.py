"""`make bench`: measure both sizes in databases of their own and write docs/bench.md.

Each size runs in its own process with its own folder under var/, so no append-only history of the
demo is touched. The processes live side by side and take their rounds in turn.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from bench import report

ROOT = Path(__file__).resolve().parent.parent
SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "1000,100000").split(",")]
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "60"))
WARM_UP = 5

Side = subprocess.Popen[str]


def begin(size: int) -> Side:
    """Fill a database with this many proposals, and wait until its pages can be asked for."""
    environment = os.environ | {
        "RAKORTEK_VAR": str(ROOT / "var" / f"bench-{size}"),
        "BENCH_SIZE": str(size),
        "BENCH_WARM_UP": str(WARM_UP),
    }
    environment.pop("DATABASE_URL", None)
    side = subprocess.Popen(
        [sys.executable, "-m", "bench.measure"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    expect(side, "ready")
    return side


def expect(side: Side, word: str) -> None:
    """Read lines of the other side until this one."""
    for line in side.stdout or ():
        if line.strip() == word:
            return
    raise SystemExit(f"the measurement ended with code {side.wait()} before it said {word}")


def round_of(side: Side) -> None:
    """Let one side take every page once."""
    if side.stdin is not None:
        side.stdin.write("round\n")
        side.stdin.flush()
    expect(side, "done")


def main() -> None:
    """Measure every size, round by round in turn, and write the page."""
    sides = {size: begin(size) for size in SIZES}
    for _ in range(WARM_UP + ROUNDS):
        for side in sides.values():
            round_of(side)
    results = {size: json.loads(side.communicate()[0]) for size, side in sides.items()}
    text = report.page(results)
    (ROOT / "docs" / "bench.md").write_text(text, encoding="utf-8")
    print(text)


main()
