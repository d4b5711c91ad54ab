"""Error pages stand without database, say what is safe, and give back what was typed."""

import re
import secrets

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from proposals.web import kept

pytestmark = pytest.mark.urls("tests.hall.addresses")
OWN = {"Origin": "http://testserver"}


@pytest.fixture
def stranger():
    """A browser without session; the database is not open to this test."""
    return Client(raise_request_exception=False)


def heading(page):
    return re.search(r"<h1>(.*?)</h1>", page.content.decode())[1]


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/dilarang/", 403, "Halaman ini bukan untuk akun Anda"),
        ("/tidak-ada/", 404, "Halaman tidak ditemukan"),
        ("/rusak/", 500, "Ada kesalahan di pihak kami"),
        ("/padam/", 503, "Rakortek sedang beristirahat sebentar"),
    ],
)
def test_error_pages_stand_without_a_database(stranger, address, status, words):
    page = stranger.get(address)
    assert (page.status_code, heading(page)) == (status, words)
    assert b"<script" not in page.content


def test_error_pages_speak_the_language_and_theme_of_the_browser(stranger):
    stranger.cookies["django_language"] = "en"
    stranger.cookies["theme"] = "dark"
    page = stranger.get("/tidak-ada/")
    assert heading(page) == "Page not found"
    assert b'<html lang="en" data-bs-theme="dark">' in page.content


def test_a_fault_of_ours_shows_the_code_that_stands_in_the_log(stranger, caplog):
    page = stranger.get("/rusak/")
    code = re.search(r"RKT-[0-9A-F]{4}", page.content.decode())[0]
    assert f"shown to the person as {code}: RuntimeError" in caplog.messages


def test_a_database_that_is_gone_answers_503_at_every_door(officer, client, monkeypatch):
    client.force_login(officer)

    def gone(*args, **kwargs):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", gone)
    client.raise_request_exception = False
    page = client.post("/catatan/", {"note": "tiga kelompok", "amount": "12"}, headers=OWN)
    assert page.status_code == 503
    assert carried(page) == [("note", "tiga kelompok"), ("amount", "12")]
    assert b'<form id="resend" method="post" action="/catatan/">' in page.content


def carried(page):
    found = re.findall(
        r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.content.decode()
    )
    return [(name, value) for name, value in found if name != "csrfmiddlewaretoken"]


def test_a_post_that_failed_is_offered_again_with_a_token(stranger):
    page = stranger.post("/rusak/", {"note": 'a "b" <c>', "password": "rahasia"}, headers=OWN)
    assert carried(page) == [("note", "a &quot;b&quot; &lt;c&gt;")]
    assert b'name="csrfmiddlewaretoken" value="' in page.content


@pytest.mark.parametrize("origin", ["https://evil.test", "null", ""])
def test_a_post_from_elsewhere_is_never_given_a_token(stranger, origin):
    page = stranger.post("/rusak/", {"note": "a"}, headers={"Origin": origin} if origin else {})
    assert (page.status_code, carried(page)) == (500, [])
    assert b"csrfmiddlewaretoken" not in page.content


def test_a_stale_form_token_gives_the_form_back_with_a_fresh_one(officer):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(officer)
    browser.get("/catatan/")
    words = {"note": "sudah lama terbuka", "csrfmiddlewaretoken": "x" * 64}
    page = browser.post("/catatan/", words, headers=OWN)
    assert (page.status_code, heading(page)) == (403, "Formulir ini terbuka terlalu lama")
    assert carried(page) == [("note", "sudah lama terbuka")]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]
    again = browser.post("/catatan/", {"note": "x", "csrfmiddlewaretoken": token, "amount": "1"})
    assert (again.status_code, again["Location"]) == (302, "/akun/")


def test_a_foreign_form_without_a_token_gets_nothing_to_send(officer):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(officer)
    page = browser.post("/catatan/", {"note": "jahat"}, headers={"Origin": "https://evil.test"})
    assert (page.status_code, carried(page)) == (403, [])


def test_too_much_is_told_plainly(client, officer, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    client.force_login(officer)
    body = b"note=" + b"a" * 2000
    page = client.post("/catatan/", body, "application/x-www-form-urlencoded", headers=OWN)
    assert (page.status_code, heading(page)) == (400, "Kiriman ini tidak terbaca")


def test_what_is_carried_fits_through_the_log_in_form():
    assert kept.MAX_SEALED + 10_000 < settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert kept.Kept("/", [("note", "x" * 1000)]).sealed() != ""
    noise = "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(1_000_000))
    assert kept.Kept("/", [("note", noise + secrets.token_hex(2_000_000))]).sealed() == ""
