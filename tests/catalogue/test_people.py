"""Accounts: one-time passwords, the rule of roles and offices, and the last admin."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.urls import reverse
from pghistory.models import Events

from proposals.catalogue.actions import people as actions
from proposals.catalogue.actions.people import create_person, hindrance
from proposals.enums import OfficeKind, Role
from proposals.models import Division, User
from proposals.refused import Refused
from tests.cast import OTHER_REGENCY, PROVINCE, REGENCY, make_office, person
from tests.models.two import Other

PLACES = [
    None,
    *((code, kind) for code in (PROVINCE, REGENCY) for kind in OfficeKind),
]


def office_at(place):
    if place is None:
        return None
    code, kind = place
    return make_office(code, kind)


@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize("role", Role)
def test_the_words_refuse_what_the_database_refuses(db, role, place):
    office = office_at(place)
    try:
        with transaction.atomic():
            User.objects.create_user("a@b.test", full_name="A", role=role, office=office)
        taken = True
    except IntegrityError:
        taken = False
    assert (hindrance(role=role, office=office) == "") is taken


@pytest.fixture
def client(client, admin):
    client.force_login(admin)
    return client


def fields(office=None, **changed):
    return {
        "full_name": "Rudi Hartono",
        "email": "Rudi@Contoh.test",
        "role": Role.OFFICER,
        "office": office.pk if office else "",
        "division": "",
        "language": "id",
    } | changed


def make(client, office, **changed):
    return client.post(reverse("catalogue:person_new"), fields(office, **changed))


def test_a_new_person_gets_a_password_shown_exactly_once(client, office):
    answer = make(client, office)
    made = User.objects.get(email="rudi@contoh.test")
    assert (answer.status_code, answer.url) == (302, page(made, "_password"))
    first = client.get(answer.url)
    password = first.context["password"]
    assert first["Cache-Control"].split(", ").count("no-store") == 1
    assert made.check_password(password)
    assert (made.must_change_password, made.office) == (True, office)
    assert client.get(answer.url).context["password"] == ""
    address = EmailAddress.objects.get(user=made)
    assert (address.email, address.verified, address.primary) == ("rudi@contoh.test", True, True)


def test_the_password_stands_neither_in_history_nor_in_the_session(client, office):
    answer = make(client, office)
    sessions = [session.get_decoded() for session in Session.objects.all()]
    password = client.get(answer.url).context["password"]
    made = User.objects.get(email="rudi@contoh.test")
    told = [event.pgh_data for event in Events.objects.tracks(made)]
    assert len(told) == 1
    assert not any(password in str(one) for one in [*sessions, *told])
    assert "password" not in told[0]


def test_the_first_log_in_leads_to_a_password_of_ones_own(client, client_of, office):
    password = client.get(make(client, office).url).context["password"]
    new = client_of()
    new.post("/masuk/", {"login": "rudi@contoh.test", "password": password})
    assert new.get("/").url == reverse("account_change_password")


@pytest.mark.parametrize(
    ("role", "place", "wrong"),
    [
        (Role.HEAD, (PROVINCE, OfficeKind.INDUSTRY), "office"),
        (Role.ADMIN, (REGENCY, OfficeKind.INDUSTRY), "office"),
        (Role.OFFICER, (REGENCY, OfficeKind.PLANNING), "office"),
        (Role.BAPPEDA, (REGENCY, OfficeKind.INDUSTRY), "office"),
        (Role.REVIEWER, None, "office"),
        ("nonsense", None, "role"),
    ],
)
def test_a_role_that_does_not_fit_the_office_is_told_at_its_field(client, role, place, wrong):
    answer = make(client, office_at(place), role=role)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {wrong})
    assert User.objects.count() == 1


def test_a_division_is_only_for_the_provincial_office(client, office, province_office):
    division = Division.objects.create(key="sdi", name_id="Sumber Daya")
    answer = make(client, office, division=division.pk)
    assert set(answer.context["form"].errors) == {"division"}
    fits = make(client, province_office, division=division.pk, role=Role.REVIEWER)
    assert fits.status_code == 302


def test_an_address_belongs_to_one_person_in_any_case(client, office):
    make(client, office)
    again = make(client, office, email="RUDI@contoh.TEST")
    assert (again.status_code, set(again.context["form"].errors)) == (422, {"email"})
    assert User.objects.filter(email__iexact="rudi@contoh.test").count() == 1


def page(row, suffix=""):
    return reverse(f"catalogue:person{suffix}", args=[row.pk])


def test_the_admin_moves_a_person_to_another_office(client, officer, other_office):
    new = fields(other_office, email="siti.baru@contoh.test", full_name="Siti", row_version=1)
    assert client.post(page(officer), new).status_code == 302
    officer.refresh_from_db()
    assert (officer.office, officer.email, officer.row_version) == (
        other_office,
        "siti.baru@contoh.test",
        2,
    )
    assert EmailAddress.objects.get(user=officer).email == "siti.baru@contoh.test"


def test_a_stale_move_shows_both_and_moves_nobody(client, officer, office, other_office):
    same = {"email": officer.email, "full_name": officer.full_name, "row_version": 1}
    client.post(page(officer), fields(other_office, **same))
    stale = client.post(page(officer), fields(office, **same))
    assert (stale.status_code, [d.stored.name for d in stale.context["differences"]]) == (
        409,
        ["office"],
    )
    officer.refresh_from_db()
    assert officer.office == other_office


def test_a_closed_account_is_out_at_the_next_page(client, client_of, officer):
    hers = client_of(officer)
    assert hers.get(reverse("catalogue:index")).status_code == 200
    client.post(page(officer, "_active"), {"act": "close"})
    assert hers.get(reverse("catalogue:index")).status_code == 302
    client.post(page(officer, "_active"), {"act": "open"})
    officer.refresh_from_db()
    assert officer.is_active is True


def test_a_new_one_time_password_ends_open_sessions(client, client_of, officer):
    hers = client_of(officer)
    answer = client.post(page(officer, "_password"))
    password = client.get(answer.url).context["password"]
    officer.refresh_from_db()
    assert (officer.check_password(password), officer.must_change_password) == (True, True)
    assert hers.get(reverse("catalogue:index")).status_code == 302


def test_the_password_of_a_closed_account_and_ones_own_are_not_renewed(client, admin, officer):
    User.objects.filter(pk=officer.pk).update(is_active=False)
    for row in (officer, admin):
        before = User.objects.get(pk=row.pk).password
        client.post(page(row, "_password"))
        assert User.objects.get(pk=row.pk).password == before


def test_an_admin_neither_closes_nor_demotes_himself(client, admin, province_office):
    person(Role.ADMIN, number=2)
    client.post(page(admin, "_active"), {"act": "close"})
    new = fields(province_office, email=admin.email, full_name="Agus", role=Role.REVIEWER)
    answer = client.post(page(admin), new | {"row_version": 1})
    admin.refresh_from_db()
    assert (answer.status_code, admin.is_active, admin.role) == (422, True, Role.ADMIN)


def test_the_last_active_admin_stays(admin, province_office):
    by = person(Role.COORDINATOR)
    with pytest.raises(Refused):
        actions.set_active(admin, by=by, is_active=False)
    post = {"role": Role.REVIEWER, "office": province_office, "division": None}
    with pytest.raises(Refused):
        actions.change_person(admin, 1, by=by, email=admin.email, full_name="Agus", **post)
    admin.refresh_from_db()
    assert (admin.is_active, admin.role) == (True, Role.ADMIN)


@pytest.mark.django_db(transaction=True)
def test_two_admins_cannot_close_each_other():
    first, second = person(Role.ADMIN), person(Role.ADMIN, number=2)
    other = Other(lambda: actions.set_active(first, by=second, is_active=False))
    with transaction.atomic():
        actions.set_active(second, by=first, is_active=False)
        other.begin_and_wait()
    assert isinstance(other.end(), Refused)
    assert list(User.objects.filter(is_active=True)) == [first]


@pytest.mark.django_db(transaction=True)
def test_two_accounts_made_at_once_with_one_address_make_one():
    post = {"role": Role.OBSERVER, "office": None, "division": None}
    new = {"email": "a@b.test", "full_name": "A", "password": None, **post}
    other = Other(lambda: create_person(**new))
    with transaction.atomic():
        create_person(**new)
        other.begin_and_wait()
    assert isinstance(other.end(), Refused)
    assert User.objects.count() == 1


@pytest.mark.parametrize("n_rows", [1, 30])
def test_the_list_of_people_costs_the_same_for_any_number(
    client, office, n_rows, django_assert_num_queries
):
    make_office(OTHER_REGENCY)
    for number in range(1, n_rows + 1):
        person(Role.OFFICER, office, number=number)
    with django_assert_num_queries(6):
        answer = client.get(reverse("catalogue:people"), {"role": "officer"})
    assert len(answer.context["page"]) == min(n_rows, 25)


@pytest.mark.parametrize(
    ("query", "emails"),
    [
        ({"q": "siti"}, ["officer1@63.01-industry.test"]),
        ({"role": "head"}, ["head1@63.01-industry.test"]),
        ({"state": "retired"}, []),
        ({"q": "zzz"}, []),
    ],
)
def test_people_are_searched_and_filtered(client, officer, head, query, emails):
    found = client.get(reverse("catalogue:people"), query).context["page"]
    assert [row.email for row in found] == emails


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_nobody_but_the_admin_sees_people(client_of, officer, role):
    client = client_of(person(role))
    pages = ["catalogue:people", "catalogue:person_new"]
    assert {client.get(reverse(name)).status_code for name in pages} == {403}
    for suffix in ("", "_history", "_password"):
        assert client.get(page(officer, suffix)).status_code == 403
    for suffix in ("", "_active", "_password"):
        assert client.post(page(officer, suffix)).status_code == 403
