"""axe-core finds nothing on any page: both sizes, light and dark, each whole in `make proof`."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve

from proposals.enums import Theme
from proposals.models import User
from tests import cast
from tests.browser.conftest import session_of
from tests.browser.pages import make_world, pages_of

pytestmark = pytest.mark.django_db(transaction=True)
MAIN = (
    "home:home",
    "filing:fill",
    "filing:head",
    "review:queue",
    "review:proposal",
    "harmonisation:group",
    "priorities:scale",
    "meeting:decide",
    "reports:dashboard",
    "catalogue:sector",
)
"""The pages of the main job, one of each; `make proof` looks at every page in every look."""
IS_WIDE = "document.documentElement.scrollWidth > window.innerWidth + 1"
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
    if page.evaluate(IS_WIDE):
        found.append(f"{address} {width}: wider than the screen")
    return found


def looked_at(page, live_server, pages):
    """Return the faults of these pages, each in its looks: (role, address, looks)."""
    page.set_default_timeout(10000)
    found, who = [], None
    for role, address, looks in sorted(pages):
        if role != who:
            seat(page, live_server, cast.person(role))
            who = role
        for look in looks:
            found += faults(page, live_server, address, look)
    return found


def test_the_main_pages_in_one_look_in_turn(page, live_server):
    first = {}
    for role, address in sorted(pages_of(make_world())):
        first.setdefault(resolve(address.partition("?")[0]).view_name, (role, address))
    looks = [[LOOKS[at % len(LOOKS)]] for at in range(len(MAIN))]
    pages = [(*first[name], look) for name, look in zip(MAIN, looks, strict=True)]
    assert looked_at(page, live_server, pages) == []


@pytest.mark.proof
def test_every_page_in_every_look(page, live_server, figure):
    pages = [(role, address, LOOKS) for role, address in pages_of(make_world())]
    assert looked_at(page, live_server, pages) == []
    figure("pages looked at, each in four looks", len(pages))


@pytest.mark.proof
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_page_is_wider_than_the_smallest_phone(page, live_server, language, figure):
    """English words are longer: at 360 px nothing is pushed sideways in either language."""
    page.set_viewport_size({"width": 360, "height": 740})
    wide, who, pages = [], None, sorted(pages_of(make_world()))
    for role, address in pages:
        if role != who:
            seat(page, live_server, cast.person(role))
            who = role
            User.objects.update(language=language)
        page.goto(live_server.url + address)
        if page.evaluate(IS_WIDE):
            wide.append(address)
    assert wide == []
    figure(f"pages at 360 px in {language}", len(pages))
