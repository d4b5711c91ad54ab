"""Whatever happens while a proposal is filled in, no character is lost.

At each point of the form: the network is cut, the server killed and started again, the session
ended, the page loaded anew, the tab closed, the browser lost. While the browser lives nothing is
lost at all; without it nothing that was typed more than three seconds before.
"""

import pytest
from playwright.sync_api import expect

from proposals.enums import Role
from tests import cast
from tests.browser.server import Server
from tests.browser.typist import Typist
from tests.builders import make_proposal

pytestmark = pytest.mark.django_db(transaction=True)

POINTS = (
    ("title", "Pelatihan anyaman purun"),
    ("outputs-0-text", "Perajin dilatih dua hari"),
    ("budget_lines-2-text", "Mesin penepung singkong"),
    ("requested_rp", "Rp 2,5 ju"),
    ("background", "Purun dijual mentah; harga rendah."),
    ("target_group", "Perajin purun Desa Barambai"),
    ("beneficiary_ikm", "12 atau 1"),
    ("beneficiary_workers", "1.2"),
    ("locations-0-village", "Desa Sungai Rangas"),
    ("main-quantity", "1.250,"),
    ("commodity_uses-0-unit", "ton kering"),
    ("labour_needed", "3 orang"),
    ("labour_source", "Survei dinas 2021"),
    ("forward_rp", "1,5 mil"),
    ("co_funding-0-who", "CSR PT Adaro"),
    ("financing_needs-0-note", "KUR untuk alat"),
)
NEW_ROWS = {"budget_lines-2-text": "budget_lines"}


@pytest.fixture
def server(transactional_db):
    server = Server()
    server.start()
    yield server
    server.kill()


@pytest.fixture
def typist(browser, server):
    proposal = make_proposal(n_lines=2)
    typist = Typist(browser, server.url, cast.person(Role.OFFICER), proposal)
    yield typist
    typist.context.close()


def cut_network(typist, _server, name):
    typist.context.set_offline(True)
    typist.go_on(name, " x")
    typist.wait_until_offline()
    typist.go_on(name, "y")
    typist.context.set_offline(False)
    typist.wait_until_kept()
    return " xy"


def kill_server(typist, server, name):
    server.kill()
    typist.go_on(name, " s")
    typist.wait_until_offline()
    server.start()
    typist.go_on(name, "t")
    typist.wait_until_kept()
    return " st"


def end_session(typist, _server, name):
    typist.end_session()
    typist.go_on(name, " u")
    typist.log_in_again()
    typist.wait_until_kept()
    return " u"


def load_anew(typist, _server, _name):
    typist.page.reload()
    typist.take_back()
    return ""


def close_tab(typist, _server, _name):
    typist.new_tab()
    typist.take_back()
    return ""


def close_tab_offline(typist, _server, name):
    typist.context.set_offline(True)
    typist.go_on(name, " z")
    typist.page.close()
    typist.context.set_offline(False)
    typist.page = typist.context.new_page()
    typist.open()
    typist.take_back()
    return " z"


def lose_browser(typist, _server, _name):
    typist.page.wait_for_timeout(3000)
    typist.other_browser()
    return ""


ACCIDENTS = (
    cut_network,
    load_anew,
    close_tab,
    end_session,
    kill_server,
    close_tab_offline,
    lose_browser,
)


def survives(typist, server, name, text, accident):
    """Type, let the accident happen, and compare what is there afterwards to the character."""
    if name in NEW_ROWS and typist.box(name).count() == 0:
        typist.add_row(NEW_ROWS[name])
    typist.type(name, text)
    more = accident(typist, server, name)
    assert (name, accident.__name__, typist.shown(name)) == (name, accident.__name__, text + more)


@pytest.mark.parametrize("at", range(3))
def test_no_character_is_lost_at_some_points(typist, server, at):
    chosen = [(0, cut_network), (2, close_tab), (3, end_session)][at]
    survives(typist, server, *POINTS[chosen[0]], chosen[1])


@pytest.mark.proof
@pytest.mark.parametrize("accident", ACCIDENTS, ids=lambda one: one.__name__)
def test_no_character_is_lost_at_any_point(typist, server, accident, figure):
    for name, text in POINTS:
        survives(typist, server, name, text, accident)
    figure(f"points survived: {accident.__name__}", len(POINTS))


def test_leaving_a_section_saves_it_as_one_event(typist):
    events = type(typist.proposal).pgh_event_model.objects.filter(pgh_obj=typist.proposal.pk)
    before = events.count()
    typist.type("target_group", "Perajin rotan")
    typist.type("beneficiary_ikm", "31")
    typist.leave()
    typist.wait_until_kept()
    expect(typist.box("beneficiary_ikm")).to_have_value("31")
    typist.page.wait_for_timeout(300)
    typist.proposal.refresh_from_db()
    assert (typist.proposal.target_group, typist.proposal.beneficiary_ikm) == ("Perajin rotan", 31)
    assert (events.count(), typist.typed()) == (before + 1, {})


def test_pressing_save_offline_stays_on_the_page(typist):
    typist.context.set_offline(True)
    typist.type("target_group", "Perajin rotan")
    typist.page.locator("#usulan .btn-primary[value=simpan]").click()
    typist.wait_until_offline()
    expect(typist.box("target_group")).to_have_value("Perajin rotan")
    typist.context.set_offline(False)
    typist.wait_until_kept()


def test_what_is_missing_is_counted_anew_when_a_section_is_saved(typist):
    typist.type("target_group", "")
    typist.leave()
    expect(typist.page.locator("#fill-rail .rk-rel-a > b")).to_have_text("Kurang 1 isian")
    expect(typist.page.locator("#section-head-need .rk-tag")).to_have_text("kurang 1")
    typist.type("target_group", "Perajin purun")
    typist.leave()
    expect(typist.page.locator("#fill-rail .rk-rel-a > b")).to_have_text("Lengkap")


def test_another_persons_log_in_writes_nothing(typist):
    typist.end_session()
    typist.box("target_group").fill("Ketikan petugas")  # at once: a pause opens the dialog
    typist.log_in_again(cast.person(Role.HEAD))
    wrong = typist.page.locator("#typed-login [data-wrong]")
    expect(wrong).to_contain_text("Orang lain sedang masuk")
    typist.proposal.refresh_from_db()
    assert typist.proposal.target_group != "Ketikan petugas"
    typist.log_in_again(typist.person)
    typist.wait_until_kept()
    typist.proposal.refresh_from_db()
    assert typist.proposal.target_group == "Ketikan petugas"
