"""Small counts for `make test`, the full ones for `make proof`, which writes its figures down."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

FIGURES = pytest.StashKey()


def is_proof(config):
    return config.getoption("markexpr") == "proof"


def pytest_configure(config):
    config.stash[FIGURES] = []


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
        request.config.stash[FIGURES].append((request.node.nodeid, name, value))

    return write


def pytest_sessionfinish(session, exitstatus):
    """Write docs/proof.md when the whole of it ran and everything held."""
    config = session.config
    is_whole = is_proof(config) and config.args_source == pytest.Config.ArgsSource.TESTPATHS
    rows = config.stash[FIGURES]
    if not is_whole or exitstatus != 0 or not rows:
        return
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
