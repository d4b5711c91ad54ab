"""The form on a slow line: what it weighs at first and later, and how long it takes."""

import os
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from proposals.enums import Role
from tests import cast
from tests.browser.desk import Desk
from tests.browser.server import Server
from tests.browser.typist import SAVED
from tests.builders import make_proposal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.proof]
FIRST_BYTES, LATER_BYTES = 150_000, 40_000
SLOW = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}


@pytest.fixture(scope="module")
def static_root(tmp_path_factory):
    """Collect the static files compressed, as a release serves them."""
    root = str(tmp_path_factory.mktemp("static"))
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.served",
        "RAKORTEK_SERVED_DATABASE": "none",
        "RAKORTEK_SERVED_STATIC": root,
    }
    words = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    subprocess.run(words, cwd=settings.BASE_DIR, env=environment, check=True)
    return root


@pytest.fixture
def server(transactional_db, static_root):
    server = Server(static=static_root)
    server.start()
    yield server
    server.kill()


class Scale:
    """Weighs what comes over the line, headers too."""

    def __init__(self, page):
        self.n_bytes = 0
        self.line = page.context.new_cdp_session(page)
        self.line.send("Network.enable")
        self.line.on("Network.loadingFinished", self._weigh)

    def _weigh(self, told):
        self.n_bytes += told["encodedDataLength"]

    def slow_down(self):
        self.line.send("Network.emulateNetworkConditions", SLOW)

    def visit(self, page, address):
        """Open an address; return the bytes and the seconds until it can be typed in."""
        self.n_bytes = 0
        begun = time.monotonic()
        page.goto(address)
        page.wait_for_load_state("load")
        seconds = time.monotonic() - begun
        page.wait_for_timeout(500)
        return round(self.n_bytes), round(seconds, 1)


def test_the_form_is_light_and_quick_on_a_slow_line(browser, server, figure):
    proposal = make_proposal(n_lines=8)
    context = browser.new_context(base_url=server.url)
    context.set_default_timeout(60_000)
    page = context.new_page()
    Desk(page, cast.person(Role.OFFICER)).log_in(cast.PASSWORD)
    cookies = context.cookies()
    context.close()
    fresh = browser.new_context(base_url=server.url)
    fresh.add_cookies(cookies)
    page = fresh.new_page()
    page.set_default_timeout(60_000)
    scale = Scale(page)
    scale.slow_down()
    form = reverse("filing:fill", args=[proposal.pk])
    first = scale.visit(page, form)
    later = [
        scale.visit(page, reverse("filing:own_list")),
        scale.visit(page, reverse("filing:proposal", args=[proposal.pk])),
        scale.visit(page, form),
    ]
    scale.n_bytes = 0
    begun = time.monotonic()
    page.locator("[name=target_group]").press_sequentially(" IKM purun", delay=60)
    expect(page.locator("#typed-state")).to_have_text(SAVED)
    saved_after = round(time.monotonic() - begun - 0.6, 1)
    fresh.close()
    for (n_bytes, seconds), name in zip(
        [first, *later], ("first form page", "own list", "proposal", "form again"), strict=True
    ):
        figure(f"{name}, bytes and seconds at 400 kbit/s and 400 ms", f"{n_bytes}, {seconds}")
    figure("saved after the last key, seconds at 400 kbit/s and 400 ms", saved_after)
    assert first[0] <= FIRST_BYTES
    assert [n_bytes for n_bytes, _seconds in later if n_bytes > LATER_BYTES] == []
    assert saved_after <= 3
