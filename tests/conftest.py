"""What every test has: the browser it may use, and a plain word where there is none."""

import os

import pytest
from django.conf import settings

WITHOUT_BROWSER = "no Chromium on this machine; install Debian's chromium"


def pytest_collection_modifyitems(items):
    """Skip browser tests where there is no browser; with CI=true they fail instead."""
    if settings.CHROMIUM or os.environ.get("CI") == "true":
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=WITHOUT_BROWSER))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Use the machine's own Chromium: none is downloaded."""
    if settings.CHROMIUM is None:
        pytest.fail(WITHOUT_BROWSER)
    return browser_type_launch_args | {
        "executable_path": str(settings.CHROMIUM),
        "args": ["--no-sandbox"],
    }
