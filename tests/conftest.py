"""What every test has: compiled words, and the browser of this machine or a plain word."""

import gc
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import sync_playwright

from rakortek import words
from tests import chromium

pytest_plugins = ("tests.memory", "tests.cast", "tests.proof", "tests.spread", "tests.emptying")

WITHOUT_BROWSER = "no Chromium on this machine; install Debian's chromium"


def pytest_sessionstart():
    words.compile_stale(Path(settings.BASE_DIR, "locale"))


def pytest_collection_finish():
    """Leave what was imported out of every later search for garbage: a quarter of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_collection_modifyitems(items):
    """Skip browser tests where there is no browser; with CI=true they fail instead."""
    if chromium.find() or os.environ.get("CI") == "true":
        return
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.skip(reason=WITHOUT_BROWSER))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Use the machine's own Chromium: none is downloaded."""
    found = chromium.find()
    if found is None:
        pytest.fail(WITHOUT_BROWSER)
    return browser_type_launch_args | {"executable_path": found, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def playwright():
    """Start the browser driver; its loop gives this thread other connections than before."""
    connections.close_all()
    with sync_playwright() as driver:
        yield driver
        connections.close_all()
