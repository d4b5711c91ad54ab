"""An ended session loses nothing typed, with JavaScript off."""

import re

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from proposals.web import kept
from tests.cast import PASSWORD

pytestmark = pytest.mark.urls("tests.hall.addresses")
OWN = {"Origin": "http://testserver"}
TYPED = {"note": "Pelaihari 25, Bati-Bati 20 \u2013 \u201crinci\u201d", "amount": ["1", "2"]}


def sealed_in(page):
    found = re.search(r'<input type="hidden" name="kept" value="([^"]+)">', page.content.decode())
    return found[1] if found else ""


def test_an_officer_whose_session_ended_logs_in_and_sends_the_same_form(client, officer):
    page = client.post("/catatan/", TYPED, headers=OWN)
    assert page.status_code == 401
    assert page.templates[0].name == "account/login.html"
    assert "Sesi Anda sudah berakhir." in page.content.decode()

    words = {"login": officer.email, "kept": sealed_in(page), "next": "/catatan/"}
    wrong = client.post("/masuk/", words | {"password": "salah"})
    assert sealed_in(wrong) == sealed_in(page)

    offered = client.post("/masuk/", words | {"password": PASSWORD})
    assert (offered.status_code, offered.templates[0].name) == (200, "account/resend.html")
    again = offered.context["kept"]
    assert again.path == "/catatan/"
    assert list(again.fields) == [("note", TYPED["note"]), ("amount", "1"), ("amount", "2")]
    assert client.post(again.path, dict(again.fields)).status_code == 302


def test_files_are_named_since_they_cannot_be_carried(client, db):
    words = TYPED | {"file": SimpleUploadedFile("RAB 2022.pdf", b"%PDF-")}
    page = client.post("/catatan/", words, headers=OWN)
    assert page.context["kept_files"] == ["RAB 2022.pdf"]
    assert "Pilih lagi berkas ini: RAB 2022.pdf." in page.content.decode()


def test_passwords_and_tokens_are_never_carried(client, db):
    words = {"oldpassword": "a", "password1": "b", "csrfmiddlewaretoken": "c", "note": "d"}
    page = client.post("/akun/sandi/", words, headers=OWN)
    assert kept.unsealed(sealed_in(page), request()).fields == [("note", "d")]


def test_a_form_of_another_site_is_not_carried(client, db):
    page = client.post("/catatan/", TYPED, headers={"Origin": "https://evil.test"})
    assert (page.status_code, sealed_in(page)) == (401, "")


def test_a_form_too_large_to_carry_says_so_plainly(client, db, monkeypatch):
    monkeypatch.setattr(kept, "MAX_CHARACTERS", 10)
    page = client.post("/catatan/", TYPED, headers=OWN)
    assert (page.status_code, sealed_in(page)) == (401, "")
    assert "Masuk, lalu buka halaman itu lagi." in page.content.decode()


def request():
    return RequestFactory().get("/")


@pytest.mark.parametrize(
    "word",
    [
        "",
        "x",
        signing.dumps(["/catatan/", [["a", "b"]], []], salt="another"),
        signing.dumps(["https://evil.test/", [["a", "b"]], []], salt=kept.SALT),
        signing.dumps(["//evil.test/", [["a", "b"]], []], salt=kept.SALT),
        signing.dumps("neither", salt=kept.SALT),
    ],
    ids=["nothing", "noise", "another seal", "another site", "no scheme", "another shape"],
)
def test_what_we_did_not_seal_is_not_offered(client, officer, word):
    assert kept.unsealed(word, request()) is None
    answer = client.post("/masuk/", {"login": officer.email, "password": PASSWORD, "kept": word})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_part_asked_for_after_the_session_ended_reloads_the_page(client, db):
    answer = client.get("/catatan/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Refresh"], answer.content) == (200, "true", b"")


def test_an_htmx_save_after_the_session_ended_is_a_401_that_swaps_nothing(client, db):
    answer = client.post("/catatan/", TYPED, headers=OWN | {"HX-Request": "true"})
    assert answer.status_code == 401


def test_the_browser_learns_which_form_was_taken(client, officer):
    client.force_login(officer)
    refused = client.post("/catatan/", {"note": "a", "keep": "note-1"})
    assert (refused.status_code, "kept" in refused.cookies) == (200, False)
    taken = client.post("/catatan/", {"note": "a", "amount": "1", "keep": "note-1"})
    assert (taken.status_code, taken.cookies["kept"].value) == (302, "note-1")


def test_an_ended_session_never_says_that_a_form_was_taken(db):
    browser = Client()
    answer = browser.post("/catatan/", TYPED | {"keep": "note-1"}, headers=OWN)
    assert "kept" not in answer.cookies
