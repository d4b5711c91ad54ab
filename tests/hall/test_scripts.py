"""The three small scripts in a real browser: keys, row selection, and text that is kept."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from proposals.enums import Role
from tests import cast

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's loop runs in this very thread
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.hall.scripted"),
]
SIZES = [(1366, 768), (390, 844)]


@pytest.fixture
def officer_page(page, live_server):
    """Return the test page, opened by an officer."""
    page.set_default_timeout(4000)
    person = cast.person(Role.OFFICER)
    log_in(page, live_server, person)
    page.goto(f"{live_server.url}/uji/")
    return page


def log_in(page, live_server, person):
    session = Client()
    session.force_login(person)
    value = session.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])


def until(page, condition):
    """Wait in the page itself; the strict policy forbids the browser driver's own way."""
    page.evaluate(
        f"""new Promise((done) => {{
          const look = () => ({condition} ? done() : setTimeout(look, 20));
          look();
        }})"""
    )


def focused(page):
    return page.evaluate("document.activeElement.textContent || document.activeElement.id")


def test_keys_move_select_open_and_press(officer_page):
    page = officer_page
    page.keyboard.press("/")
    assert focused(page) == "q"
    page.keyboard.type("jagung")
    assert page.input_value("#q") == "jagung"
    page.locator("h1").click()
    for key in "jjk":
        page.keyboard.press(key)
    assert focused(page) == "Usulan 1"
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("[data-select-count]").inner_text() == "2 dipilih"
    page.keyboard.press("Enter")
    page.wait_for_url("**/uji/?baris=2")


def test_g_sends_the_ticked_rows(officer_page):
    page = officer_page
    for key in "jxjjxg":
        page.keyboard.press(key)
    page.get_by_text("Digabung: 1, 3").wait_for()


def test_the_list_of_keys_tells_only_what_works_here(officer_page):
    page = officer_page
    page.keyboard.press("?")
    told = page.locator("#shortcuts tr").all_inner_texts()
    assert [line.split("\t") for line in told] == [
        ["j", "Baris berikutnya"],
        ["k", "Baris sebelumnya"],
        ["x", "Pilih baris"],
        ["Enter", "Buka baris"],
        ["/", "Cari"],
        ["ctrl+enter", "Simpan"],
        ["?", "Pintasan papan ketik"],
    ]
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Pintasan").click()
    assert page.locator("#shortcuts").is_visible()


def test_no_key_works_for_who_turned_them_off(page, live_server):
    page.set_default_timeout(4000)
    log_in(page, live_server, cast.person(Role.HEAD, uses_shortcuts=False))
    page.goto(f"{live_server.url}/uji/")
    page.keyboard.press("/")
    page.keyboard.type("?")
    assert (page.input_value("#q"), page.locator("#shortcuts").count()) == ("", 0)


def test_ticked_rows_are_counted_and_added_up(officer_page):
    page = officer_page
    bar = page.locator("[data-select-bar]")
    assert bar.is_hidden()
    page.get_by_label("Pilih 1").check()
    assert page.locator("[data-select-count]").inner_text() == "1 dipilih"
    page.get_by_label("Semua").check()
    assert page.locator("[data-select-sum]").inner_text() == "Rp\u00a07.500.000.000"
    page.get_by_label("Semua").uncheck()
    assert bar.is_hidden()


def test_typed_text_is_offered_back_after_the_tab_was_closed(officer_page, live_server):
    page = officer_page
    page.fill("#id_note", "Pelaihari 25, Bati-Bati 20")
    page.check("#id_urgent")
    until(page, "localStorage.length === 1")
    until(page, "localStorage[localStorage.key(0)].includes('true')")
    page.goto(f"{live_server.url}/akun/")
    page.goto(f"{live_server.url}/uji/")
    assert page.input_value("#id_note") == ""
    page.get_by_role("button", name="Pakai lagi").click()
    assert page.input_value("#id_note") == "Pelaihari 25, Bati-Bati 20"
    assert page.is_checked("#id_urgent")


def test_typed_text_can_be_thrown_away(officer_page):
    page = officer_page
    page.fill("#id_note", "salah tulis")
    until(page, "localStorage.length === 1")
    page.reload()
    page.get_by_role("button", name="Buang").click()
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    assert page.get_by_role("button", name="Pakai lagi").count() == 0


def test_a_taken_form_is_forgotten_and_a_refused_one_is_not(officer_page):
    page = officer_page
    page.fill("#id_note", "ab")
    page.keyboard.press("Control+Enter")
    page.get_by_role("alert").wait_for()
    assert page.input_value("#id_note") == "ab"
    assert page.evaluate("localStorage.length") == 1
    page.fill("#id_note", "cukup panjang")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Tersimpan: cukup panjang").wait_for()
    assert page.evaluate("localStorage.length") == 0
    assert "kept=" not in page.evaluate("document.cookie")


def test_an_ended_session_brings_the_same_form_back_after_logging_in(officer_page):
    page = officer_page
    page.fill("#id_note", "jangan hilang")
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Sesi Anda sudah berakhir.").wait_for()
    page.fill("#id_login", cast.person(Role.OFFICER).email)
    page.fill("#id_password", cast.PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.get_by_role("button", name="Kirim lagi").click()
    page.get_by_text("Tersimpan: jangan hilang").wait_for()


def test_trouble_with_a_part_is_told_and_the_text_stays(officer_page):
    page, press = officer_page, officer_page.get_by_role("button", name="Bagian")
    page.fill("#id_note", "rusak")
    press.click()
    page.get_by_text("Langkah itu belum dijalankan.").wait_for()
    page.fill("#id_note", "jangan hilang")
    page.route("**/uji/bagian/", lambda route: route.abort())
    press.click()
    page.get_by_text("Sambungan terputus.").wait_for()
    page.unroute_all()
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    press.click()
    page.get_by_text("Tidak ada yang hilang").wait_for()
    page.context.add_cookies(cookies)
    press.click()
    page.get_by_text("Sudah disimpan").wait_for()
    assert page.get_by_role("alert").count() == 0
    assert page.input_value("#id_note") == "jangan hilang"
    until(page, "localStorage.length === 0")


def test_one_person_never_sees_the_text_of_another(officer_page, live_server):
    page = officer_page
    page.fill("#id_note", "rahasia petugas")
    until(page, "localStorage.length === 1")
    log_in(page, live_server, cast.person(Role.HEAD))
    page.goto(f"{live_server.url}/uji/")
    assert page.get_by_role("button", name="Pakai lagi").count() == 0


@pytest.mark.parametrize(
    ("size", "scheme"),
    [
        (SIZES[0], "light"),
        pytest.param(SIZES[0], "dark", marks=pytest.mark.proof),
        pytest.param(SIZES[1], "light", marks=pytest.mark.proof),
        (SIZES[1], "dark"),
    ],
    ids=["desktop-light", "desktop-dark", "phone-light", "phone-dark"],
)
def test_pages_of_the_hall_have_no_axe_findings(page, live_server, size, scheme):
    page.set_default_timeout(4000)
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    page.emulate_media(color_scheme=scheme)
    found = {}
    for address in ("/masuk/", "/akun/sandi/lupa/", "/akun/daftar/", "/tidak-ada/"):
        found |= look_at(page, live_server, address)
    log_in(page, live_server, cast.person(Role.OFFICER))
    for address in ("/akun/", "/akun/sandi/", "/keluar/", "/uji/"):
        found |= look_at(page, live_server, address)
    assert found == {}


def look_at(page, live_server, address):
    """Return what axe finds on a page, and whether it scrolls sideways."""
    page.goto(f"{live_server.url}{address}")
    wrong = [finding["id"] for finding in Axe().run(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        wrong.append("scrolls sideways")
    return {address: wrong} if wrong else {}
