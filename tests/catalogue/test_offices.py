"""Offices: names, who may send, offices of another kind, and retiring."""

import pytest
from django.urls import reverse

from proposals.enums import OfficeKind, Role
from proposals.models import Office
from tests.cast import person


@pytest.fixture
def client(client, admin):
    client.force_login(admin)
    return client


def page(row, suffix=""):
    return reverse(f"catalogue:office{suffix}", args=[row.pk])


def test_the_admin_lets_officers_send(client, office):
    new = {"name": "Dinas Perindustrian", "officers_may_send": "on", "row_version": 1}
    assert client.post(page(office), new).status_code == 302
    office.refresh_from_db()
    assert (office.name, office.officers_may_send, office.row_version) == (
        "Dinas Perindustrian",
        True,
        2,
    )
    stale = client.post(page(office), new | {"name": "Lain"})
    assert (stale.status_code, [d.stored.name for d in stale.context["differences"]]) == (
        409,
        ["name"],
    )


def test_an_office_of_another_kind_is_added(client, office):
    new = {"region": office.region_id, "name": "DPRD Tanah Laut", "parent": ""}
    assert client.post(reverse("catalogue:office_new"), new).status_code == 302
    assert Office.objects.get(name="DPRD Tanah Laut").kind == OfficeKind.OTHER


def test_an_office_retires_when_nobody_works_there(client, office, officer):
    client.post(page(office, "_retire"), {"act": "retire", "row_version": 1})
    office.refresh_from_db()
    assert office.is_retired is False
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    client.post(page(office, "_retire"), {"act": "retire", "row_version": 1})
    office.refresh_from_db()
    assert office.is_retired is True
    client.post(page(office, "_retire"), {"act": "restore", "row_version": 2})
    office.refresh_from_db()
    assert office.is_retired is False


@pytest.mark.parametrize("n_people", [1, 30])
def test_the_list_costs_the_same_for_any_number(
    client, office, n_people, django_assert_num_queries
):
    for number in range(1, n_people + 1):
        person(Role.OFFICER, office, number=number)
    with django_assert_num_queries(5):
        answer = client.get(reverse("catalogue:offices"), {"q": "Tanah Laut"})
    assert [(row.name, row.n_people) for row in answer.context["page"]] == [(office.name, n_people)]


def test_nobody_but_the_admin_sees_offices(client_of, coordinator, office):
    client = client_of(coordinator)
    assert client.get(reverse("catalogue:offices")).status_code == 403
    for suffix in ("", "_history"):
        assert client.get(page(office, suffix)).status_code == 403
    assert client.post(page(office), {"name": "x"}).status_code == 403
    assert client.post(page(office, "_retire"), {"act": "retire"}).status_code == 403
