"""Logging in and out, passwords, language and theme, as people meet them."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from proposals.models import User
from tests.cast import PASSWORD

MISMATCH = "Alamat surel dan kata sandi tidak cocok."
TOO_MANY = "Terlalu banyak percobaan. Tunggu lima menit, lalu coba lagi atau minta kata sandi baru."
NEW = "jukung-laju-2022"


def log_in(client, email, password=PASSWORD, **extra):
    return client.post("/masuk/", {"login": email, "password": password, **extra})


def test_officer_logs_in_by_e_mail_in_any_case_and_goes_where_she_was_going(client, officer):
    answer = client.get("/akun/")
    assert (answer.status_code, answer["Location"]) == (302, "/masuk/?next=/akun/")
    answer = log_in(client, officer.email.upper(), next="/akun/")
    assert (answer.status_code, answer["Location"]) == (302, "/akun/")
    assert client.get("/akun/").context["user"] == officer


def errors(page):
    return page.context["form"].non_field_errors()


@pytest.mark.parametrize("password", ["salah-sekali", ""])
def test_a_wrong_name_and_a_wrong_password_get_the_same_text(client, officer, password):
    known = log_in(client, officer.email, password)
    unknown = log_in(client, "siapa@luar.test", password)
    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].errors == unknown.context["form"].errors
    if password:
        assert errors(known) == [MISMATCH]


def test_guessing_is_stopped_after_five_tries_even_with_the_right_password(client, officer):
    for _ in range(5):
        assert errors(log_in(client, officer.email, "salah")) == [MISMATCH]
    assert errors(log_in(client, officer.email)) == [TOO_MANY]
    assert "_auth_user_id" not in client.session


def test_guessing_one_account_does_not_lock_another(client, officer, head):
    for _ in range(6):
        log_in(client, officer.email, "salah")
    assert log_in(client, head.email).status_code == 302


def test_a_switched_off_account_learns_it_only_with_the_right_password(client, officer):
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert errors(log_in(client, officer.email, "salah")) == [MISMATCH]
    answer = log_in(client, officer.email)
    assert (answer.status_code, answer["Location"]) == (302, "/akun/nonaktif/")
    assert client.get("/akun/nonaktif/").status_code == 200


def test_switching_an_account_off_ends_its_session(client, officer):
    client.force_login(officer)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert client.get("/akun/").status_code == 302


def test_logging_out_is_a_post_and_empties_the_browser(client, officer):
    client.force_login(officer)
    assert client.get("/keluar/").templates[0].name == "account/logout.html"
    answer = client.post("/keluar/")
    assert (answer.status_code, answer["Clear-Site-Data"]) == (302, '"cache"')
    assert client.get("/akun/").status_code == 302


def test_logging_out_twice_is_no_error(client, db):
    assert client.post("/keluar/").status_code == 302


def test_sign_up_is_closed(client, db):
    for answer in (
        client.get("/akun/daftar/"),
        client.post("/akun/daftar/", {"email": "a@b.test"}),
    ):
        assert answer.templates[0].name == "account/signup_closed.html"
    assert User.objects.count() == 0


def change(client, old, new, again=None):
    words = {"oldpassword": old, "password1": new, "password2": again or new}
    return client.post("/akun/sandi/", words)


def test_a_password_is_changed_and_the_session_goes_on(client, officer):
    client.force_login(officer)
    assert change(client, PASSWORD, NEW).status_code == 302
    page = client.get("/akun/")
    assert [str(message) for message in page.context["messages"]] == ["Kata sandi baru tersimpan."]
    client.post("/keluar/")
    assert errors(log_in(client, officer.email)) == [MISMATCH]
    assert log_in(client, officer.email, NEW).status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "field"),
    [
        ("salah", NEW, None, "oldpassword"),
        (PASSWORD, "pendek", None, "password1"),
        (PASSWORD, "1234567890", None, "password1"),
        (PASSWORD, NEW, "lain-sekali-2022", "password2"),
    ],
)
def test_a_bad_new_password_is_told_at_its_field(client, officer, old, new, again, field):
    client.force_login(officer)
    answer = change(client, old, new, again)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])


def test_a_one_time_password_must_be_replaced_before_anything_else(client, officer):
    User.objects.filter(pk=officer.pk).update(must_change_password=True)
    log_in(client, officer.email)
    answer = client.get("/akun/")
    assert (answer.status_code, answer["Location"]) == (302, "/akun/sandi/")
    assert change(client, PASSWORD, NEW).status_code == 302
    assert client.get("/akun/").status_code == 200
    assert not User.objects.get(pk=officer.pk).must_change_password


@pytest.mark.urls("tests.hall.addresses")
def test_what_was_sent_before_the_first_password_waits_in_the_page(client, officer):
    User.objects.filter(pk=officer.pk).update(must_change_password=True)
    client.force_login(officer)
    answer = client.post("/catatan/", {"note": "isi"}, headers={"Origin": "http://testserver"})
    assert answer.status_code == 403
    assert answer.context["kept"].fields == [("note", "isi")]


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client, officer):
    assert client.post("/akun/sandi/lupa/", {"email": officer.email}).status_code == 302
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([officer.email], "Rakortek: kata sandi baru")
    link = re.search(r"http://testserver(/\S+)", letter.body)[1]
    form_at = client.get(link)["Location"]
    answer = client.post(form_at, {"password1": NEW, "password2": NEW})
    assert answer["Location"] == reverse("account_reset_password_from_key_done")
    assert client.get(answer["Location"]).status_code == 200
    assert log_in(client, officer.email, NEW).status_code == 302
    client.post("/keluar/")
    assert client.get(link).context["token_fail"] is True


def test_an_unknown_address_gets_the_same_answer_and_no_letter(client, officer):
    known = client.post("/akun/sandi/lupa/", {"email": officer.email})
    unknown = client.post("/akun/sandi/lupa/", {"email": "siapa@luar.test"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [letter.to for letter in mail.outbox] == [[officer.email]]
    assert client.get(known["Location"]).status_code == 200
