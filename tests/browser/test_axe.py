"""axe-core finds nothing on any page: both sizes, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from proposals.enums import Theme
from proposals.models import User
from tests import cast
from tests.browser.conftest import session_of
from tests.browser.pages import make_world, pages_of

pytestmark = pytest.mark.django_db(transaction=True)
LOOKS = [(size, theme) for size in ((1366, 768), (390, 844)) for theme in (Theme.LIGHT, Theme.DARK)]


def seat(page, live_server, person):
    page.context.clear_cookies()
    page.context.add_cookies([session_of(person, live_server)])


def faults(page, live_server, address, look):
    """Return what axe says of one page, and whether it must be pushed sideways to be read."""
    (width, height), theme = look
    User.objects.update(theme=theme)
    page.set_viewport_size({"width": width, "height": height})
    answer = page.goto(live_server.url + address)
    assert answer.status == 200, f"{address} answered {answer.status}"
    found = [
        f"{address} {width} {theme}: {fault['id']} {fault['nodes'][0]['html'][:160]}"
        for fault in Axe().run(page).response["violations"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
        found.append(f"{address} {width}: wider than the screen")
    return found


def looked_at(page, live_server, looks_of):
    """Return the faults of every page that has a look."""
    page.set_default_timeout(10000)
    found, who = [], None
    for at, (role, address) in enumerate(sorted(pages_of(make_world()))):
        if not looks_of(at):
            continue
        if role != who:
            seat(page, live_server, cast.person(role))
            who = role
        for look in looks_of(at):
            found += faults(page, live_server, address, look)
    return found


@pytest.mark.parametrize("half", [0, 1])
def test_every_page_in_one_look_in_turn(page, live_server, half):
    """Half of the pages each, so that two workers share them."""

    def looks_of(at):
        return [LOOKS[at % len(LOOKS)]] if at % 2 == half else []

    assert looked_at(page, live_server, looks_of) == []


@pytest.mark.proof
def test_every_page_in_every_look(page, live_server):
    assert looked_at(page, live_server, lambda _at: LOOKS) == []
