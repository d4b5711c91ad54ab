"""Small counts for `make test`, the full ones for `make proof`, which writes its figures down."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

FIGURES = Path(settings.BASE_DIR, "var", "proof.jsonl")
"""What the workers of one run measured, a line each, in the order in which it came."""


def is_proof(config):
    return config.getoption("markexpr") == "proof"


def is_worker(config):
    return hasattr(config, "workerinput")


def pytest_configure(config):
    if is_proof(config) and not is_worker(config):
        FIGURES.parent.mkdir(exist_ok=True)
        FIGURES.write_text("")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Take tests with two counts into the proof as well."""
    for item in items:
        if is_proof(config) and "many" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.proof)


@pytest.fixture(scope="session")
def many(request):
    """Choose a count: `many(20, 5000)` is 20 in `make test` and 5000 in `make proof`."""
    return lambda few, full: full if is_proof(request.config) else few


@pytest.fixture
def figure(request):
    """Write a figure down: `figure("moves tried", 40_000)`."""

    def write(name, value):
        if is_proof(request.config):
            with FIGURES.open("a") as file:
                file.write(json.dumps([request.node.nodeid, name, value]) + "\n")

    return write


def pytest_sessionfinish(session, exitstatus):
    """Write docs/proof.md when the whole of it ran and everything held."""
    config = session.config
    is_whole = is_proof(config) and config.args_source == pytest.Config.ArgsSource.TESTPATHS
    if not is_whole or is_worker(config) or exitstatus != 0:
        return
    rows = sorted(json.loads(line) for line in FIGURES.read_text().splitlines())
    lines = [
        "# Proof",
        "",
        f"Written by `make proof` on {datetime.now(tz=UTC):%Y-%m-%d}.",
        "The same code runs in `make test` with small counts.",
        "",
        "| test | figure | value |",
        "| --- | --- | --- |",
        *(f"| {test.split('::')[-1]} | {name} | {value} |" for test, name, value in rows),
        "",
    ]
    Path(settings.BASE_DIR, "docs", "proof.md").write_text("\n".join(lines))
