"""The page of figures: every page as a ratio to the yardstick, and large against small."""

import platform
from datetime import UTC, datetime
from typing import Any

HEAD = """# Measurements

Command: `make bench` (sizes by `BENCH_SIZES=1000,100000`, rounds by `BENCH_ROUNDS=60`). Each
size has a database of its own under var/. The yardstick is a bare Django view with one indexed
query behind the same middleware, asked in turn with the pages, and the sizes take their rounds in
turn, so the ratios compare like with like. Latency is the median of one request, CPU the mean of
this process plus its PostgreSQL backend (counted in ticks of 10 ms, so small figures are coarse).
"""
SEARCH = """One proposal compared with all others took the database {median:.0f} ms in the middle,
{p95:.0f} ms at the 95th percentile and {max:.0f} ms at most, reads and writes together."""


def page(results: dict[int, Any]) -> str:
    """Return the page as Markdown."""
    today = datetime.now(tz=UTC).date()
    parts = [HEAD, f"Measured {today}, Python {platform.python_version()}, {platform.machine()}.\n"]
    for size, result in results.items():
        parts.append(_table(size, result))
    if len(results) > 1:
        parts.append(_growth(results))
    return "\n".join(parts)


def _table(size: int, result: Any) -> str:
    base = result["acts"]["yardstick"]
    lines = [
        f"## {result['rows']:,} proposals (asked for {size:,})\n",
        "| page | latency (ms) | to the yardstick | CPU (ms) | to the yardstick |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, act in result["acts"].items():
        cpu, base_cpu = _cpu(act), _cpu(base)
        ratio = act["latency_ms"] / base["latency_ms"]
        lines.append(
            f"| {name} | {act['latency_ms']:.1f} | {ratio:.1f} | {cpu:.1f} | {cpu / base_cpu:.1f} |"
        )
    lines.append("\n" + SEARCH.format(**result["compared_in_database_ms"]))
    if result["fill_s"]:
        lines.append(f"\nFilling the database took {result['fill_s']:.0f} s.")
    return "\n".join(lines) + "\n"


def _cpu(act: Any) -> float:
    return float(act["cpu_ms"] + act["database_cpu_ms"])


def _growth(results: dict[int, Any]) -> str:
    small, large = min(results), max(results)
    lines = [
        f"## {large:,} against {small:,}\n",
        "Latency to the yardstick of its own size, large divided by small.\n",
        "| page | ratio |",
        "| --- | --- |",
    ]
    for name in results[small]["acts"]:
        if name == "yardstick":
            continue
        ratios = [
            results[size]["acts"][name]["latency_ms"]
            / results[size]["acts"]["yardstick"]["latency_ms"]
            for size in (large, small)
        ]
        lines.append(f"| {name} | {ratios[0] / ratios[1]:.2f} |")
    return "\n".join(lines) + "\n"
