"""The admin's list of letters: found, read, sent again."""

import pytest
from django.test import override_settings

from proposals import notices
from proposals.catalogue.actions.letters import send_again
from proposals.enums import LetterState, Role, Status
from proposals.models import Letter
from proposals.notices import delivering, telling
from tests import cast
from tests.builders import make_proposal, make_year

LIST = "/daftar/surel/"


def letters(person, n):
    rows = [telling.new_letter(person, subject=f"Rakortek: kabar {i}") for i in range(n)]
    return Letter.objects.bulk_create(rows)


@pytest.mark.parametrize("n_rows", [1, 30])
def test_the_list_costs_the_same_for_any_number(
    client_of, admin, officer, n_rows, django_assert_num_queries
):
    make_year()
    letters(officer, n_rows)
    client = client_of(admin)
    with django_assert_num_queries(6):  # session, person, year, count, rows, troubled
        response = client.get(LIST)
    shown = [one.subject for one in response.context["page"]]
    assert shown == [f"Rakortek: kabar {i}" for i in reversed(range(n_rows))][:25]


def test_letters_are_found_by_words_address_and_state(client_of, admin, officer, head):
    letters(officer, 3), letters(head, 1)
    client = client_of(admin)

    def found(query):
        return len(client.get(f"{LIST}?{query}").context["page"].rows)

    asked = ("q=kabar+0", "q=head1", "state=waiting", "state=sent")
    assert [found(query) for query in asked] == [2, 1, 4, 0]


def test_a_failed_letter_is_seen_and_sent_again(client_of, admin, officer):
    notices.invited(officer)
    with override_settings(EMAIL_BACKEND="tests.letters.test_delivery.Refusing"):
        delivering.deliver.func()
    letter = Letter.objects.get()
    assert letter.state == LetterState.FAILED
    client = client_of(admin)
    assert "1 surel gagal atau mungkin belum sampai." in client.get(LIST).content.decode()
    page = client.get(f"{LIST}{letter.pk}/").content.decode()
    assert "SMTPDataError" in page
    response = client.post(f"{LIST}{letter.pk}/lagi/", follow=True)
    assert f"Dikirim lagi ke {officer.email}." in response.content.decode()
    again = Letter.objects.get(again_of=letter)
    assert delivering.deliver.func() == {"sent": 1}
    assert client.get(LIST).context["troubled"] == 0
    assert again.message_id != letter.message_id


def test_a_letter_under_way_is_not_sent_again(client_of, admin, officer):
    (letter,) = letters(officer, 1)
    response = client_of(admin).post(f"{LIST}{letter.pk}/lagi/", follow=True)
    assert "Surel ini masih dalam pengiriman." in response.content.decode()
    assert Letter.objects.count() == 1


def test_every_step_of_a_letter_stands_in_its_history(client_of, admin, officer):
    notices.invited(officer)
    delivering.deliver.func()
    response = client_of(admin).get(f"{LIST}{Letter.objects.get().pk}/riwayat/")
    acts = response.context["timeline"].acts
    labels = [entry.label for act in acts for entry in act.entries]
    assert sorted(labels) == ["insert", "update", "update"]


def test_the_admin_reads_of_a_note_inside_an_office_only_that_there_was_one(
    client_of, admin, officer, head
):
    draft = make_proposal(status=Status.AWAITING_HEAD, title="Mocaf rahasia")
    notices.given_back(proposal=draft, by=head, note="Kurangi dulu")
    first = Letter.objects.get()
    delivering.deliver.func()
    again = send_again(first)
    client = client_of(admin)
    rows = client.get(LIST).context["page"].rows
    assert [one.told for one in rows] == ["Kepala dinas mengembalikan usulan kepada petugas"] * 2
    for letter in (first, again):
        for path in (f"{LIST}{letter.pk}/", f"{LIST}{letter.pk}/riwayat/"):
            page = client.get(path).content.decode()
            assert "Mocaf rahasia" not in page
            assert "Kurangi dulu" not in page
    found = client.get(f"{LIST}?q=rahasia").context["page"].rows
    assert (list(found), "Kurangi dulu" in Letter.objects.get(pk=first.pk).text) == ([], True)


def test_held_letters_say_why(client_of, admin, officer, settings):
    settings.LETTERS_LEAVE = False
    notices.invited(officer)
    page = client_of(admin).get(LIST).content.decode()
    assert "Surel belum disiapkan" in page


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_nobody_else_reads_letters(client_of, role, officer):
    (letter,) = letters(officer, 1)
    client = client_of(cast.person(role))
    for path in (LIST, f"{LIST}{letter.pk}/", f"{LIST}{letter.pk}/riwayat/"):
        assert client.get(path).status_code == 403
