"""Language and theme: from the profile, else from the browser; and what every answer carries."""

import pytest

from proposals.models import User

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'; manifest-src 'self'"
)


def looks(page):
    text = page.content.decode()
    return text[text.index("<html") : text.index(">", text.index("<html"))]


def test_a_stranger_reads_indonesian_whatever_the_browser_prefers(client, db):
    page = client.get("/masuk/", headers={"Accept-Language": "en,en-US"})
    assert looks(page) == '<html lang="id" data-bs-theme="auto"'
    assert page["Content-Language"] == "id"


def test_a_stranger_switches_language_and_theme_in_this_browser(client, db):
    answer = client.post("/akun/bahasa/", {"language": "en", "next": "/masuk/"})
    assert (answer.status_code, answer["Location"]) == (302, "/masuk/")
    client.post("/akun/tampilan/", {"theme": "dark", "next": "/masuk/"})
    assert looks(client.get("/masuk/")) == '<html lang="en" data-bs-theme="dark"'


def test_an_officer_switches_in_the_menu_and_the_profile_keeps_it(client, officer):
    client.force_login(officer)
    client.post("/akun/tampilan/", {"theme": "dark", "next": "/akun/"})
    client.post("/akun/bahasa/", {"language": "en", "next": "/akun/"})
    assert looks(client.get("/akun/")) == '<html lang="en" data-bs-theme="dark"'
    again = User.objects.get(pk=officer.pk)
    assert (again.theme, again.language) == ("dark", "en")


def test_the_profile_wins_over_the_cookie_and_writes_it_at_log_in(client, officer):
    client.cookies["theme"] = "dark"
    client.cookies["django_language"] = "en"
    client.post("/masuk/", {"login": officer.email, "password": "sungai-barito-2022"})
    assert looks(client.get("/akun/")) == '<html lang="id" data-bs-theme="auto"'
    assert (client.cookies["theme"].value, client.cookies["django_language"].value) == (
        "auto",
        "id",
    )


@pytest.mark.parametrize(
    "target", ["https://elsewhere.test/", "//elsewhere.test", "javascript:1", ""]
)
def test_a_switch_never_leads_to_another_site(client, db, target):
    assert client.post("/akun/tampilan/", {"theme": "dark", "next": target})["Location"] == "/"


@pytest.mark.parametrize("theme", ["", "neon", "dark\r\nSet-Cookie: x=1"])
def test_an_unknown_theme_is_the_device_s_own(client, officer, theme):
    client.force_login(officer)
    client.post("/akun/tampilan/", {"theme": theme})
    assert User.objects.get(pk=officer.pk).theme == "auto"


def test_the_profile_page_saves_and_says_so_in_the_new_language(client, officer):
    client.force_login(officer)
    answer = client.post("/akun/", {"language": "en", "theme": "light"})
    page = client.get(answer["Location"])
    assert [str(message) for message in page.context["messages"]] == ["Saved."]
    again = User.objects.get(pk=officer.pk)
    assert (again.language, again.theme, again.uses_shortcuts) == ("en", "light", False)
    assert b"js/keys.js" not in page.content


def test_the_profile_page_refuses_what_is_no_language(client, officer):
    client.force_login(officer)
    answer = client.post("/akun/", {"language": "xx", "theme": "light"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["language"])
    assert User.objects.get(pk=officer.pk).language == "id"


def test_the_profile_changes_nothing_else(client, officer, other_office):
    client.force_login(officer)
    words = {"language": "id", "theme": "auto", "role": "admin", "office": other_office.pk}
    client.post("/akun/", words | {"email": "x@y.test", "is_active": ""})
    again = User.objects.get(pk=officer.pk)
    assert (again.role, again.office, again.email) == (officer.role, officer.office, officer.email)


def test_every_page_carries_the_strict_headers(client, officer):
    client.force_login(officer)
    page = client.get("/akun/")
    assert sorted(page["Content-Security-Policy"].split("; ")) == sorted(CSP.split("; "))
    assert page["X-Frame-Options"] == "DENY"
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"
    assert sorted(page["Cache-Control"].split(", ")) == ["no-cache", "private"]


def test_an_ordinary_page_costs_session_person_and_year(client, officer, django_assert_num_queries):
    client.force_login(officer)
    with django_assert_num_queries(3):
        client.get("/akun/")


def test_a_switch_takes_no_get(client, db):
    assert (
        client.get("/akun/tampilan/").status_code == client.get("/akun/bahasa/").status_code == 405
    )
