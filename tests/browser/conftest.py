"""Browser tests: people at their own browsers, on a live server over real PostgreSQL."""

import os

import pytest

from tests import cast
from tests.browser.desk import Desk

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's loop runs in this very thread


@pytest.fixture
def open_desk(browser, live_server):
    """Return a function that seats a person at a browser of the person's own."""
    contexts = []

    def seat(person, *, js=True):
        context = browser.new_context(base_url=live_server.url, java_script_enabled=js)
        context.set_default_timeout(8000)
        contexts.append(context)
        desk = Desk(context.new_page(), person)
        desk.log_in(cast.PASSWORD)
        return desk

    yield seat
    for context in contexts:
        context.close()
