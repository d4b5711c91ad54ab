"""Browser tests: people at their own browsers, on a live server over real PostgreSQL."""

import os

import pytest
from django.test import Client

from tests import cast
from tests.browser.desk import Desk
from tests.browser.keyboard import Keys

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's loop runs in this very thread


def session_of(person, live_server):
    """Return the cookie of a person who has logged in."""
    client = Client()
    client.force_login(person)
    value = client.cookies["sessionid"].value
    return {"name": "sessionid", "value": value, "url": live_server.url}


@pytest.fixture
def open_desk(browser, live_server):
    """Return a function that seats a person at a browser of the person's own.

    The first one types name and password; the others bring a session along.
    """
    contexts = []

    def seat(person, *, js=True):
        context = browser.new_context(base_url=live_server.url, java_script_enabled=js)
        context.set_default_timeout(8000)
        contexts.append(context)
        desk = Desk(context.new_page(), person)
        if len(contexts) == 1:
            desk.log_in(cast.PASSWORD)
        else:
            context.add_cookies([session_of(person, live_server)])
        return desk

    yield seat
    for context in contexts:
        context.close()


@pytest.fixture
def keys(open_desk):
    """Return a function that seats a person of a role who uses no mouse."""
    return lambda role: Keys(open_desk(cast.person(role)))
