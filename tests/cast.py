"""The cast: named people in two regency offices, the provincial office and a planning agency."""

import pytest
from django.test import Client

from proposals.enums import OfficeKind, Role
from proposals.models import Office, User
from tests import lists
from tests.memory import remembered

PASSWORD = "sungai-barito-2022"
PROVINCE = lists.PROVINCE
REGENCY = "63.01"
OTHER_REGENCY = "63.02"

NAMES = {
    Role.OFFICER: "Siti Rahmah",
    Role.HEAD: "Ahmad Fauzi",
    Role.GATE_CHECKER: "Dewi Lestari",
    Role.REVIEWER: "Budi Santoso",
    Role.COORDINATOR: "Rina Hayati",
    Role.PROVINCE_HEAD: "Muhammad Noor",
    Role.ADMIN: "Agus Salim",
    Role.BAPPEDA: "Fitriani",
    Role.OBSERVER: "Hasan Basri",
}
OFFICE_ROLES = {Role.OFFICER, Role.HEAD}


@remembered
def make_office(code=REGENCY, kind=OfficeKind.INDUSTRY, **fields):
    """Return the office of this kind in a region; a regency's belongs to the province's."""
    found = Office.objects.select_related("region").filter(region__code=code, kind=kind).first()
    if found:
        return found
    word = {"industry": "Dinas Perindustrian", "planning": "Bappeda"}.get(kind, "Kantor")
    where = lists.region(code)
    parent = make_office(PROVINCE, kind) if code != PROVINCE else None
    named = {"name": f"{word} {where.name}", "parent": parent}
    return Office.objects.create(region=where, kind=kind, **(named | fields))


def office_of(role):
    """Return the office in which people of this role work, unless a test says otherwise."""
    match role:
        case Role.OBSERVER:
            return None
        case Role.BAPPEDA:
            return make_office(PROVINCE, OfficeKind.PLANNING)
        case Role.OFFICER | Role.HEAD:
            return make_office(REGENCY)
    return make_office(PROVINCE)


@remembered
def person(role, office=None, number=1, **fields):
    """Return the person of this role and office; a second one has the number 2."""
    office = office or office_of(role)
    where = f"{office.region.code}-{office.kind}" if office else "luar"
    email = f"{role}{number}@{where}.test"
    found = User.objects.select_related("office__region").filter(email=email).first()
    if found:
        return found
    name = f"{NAMES[role]} {number}" if number > 1 else NAMES[role]
    fields = {"full_name": name, "role": role, "office": office} | fields
    return User.objects.create_user(email, PASSWORD, **fields)


@pytest.fixture
def office(db):
    """Return the industry office of 63.01, where officer and head work."""
    return make_office(REGENCY)


@pytest.fixture
def other_office(db):
    """Return the industry office of 63.02."""
    return make_office(OTHER_REGENCY)


@pytest.fixture
def province_office(db):
    """Return the provincial industry office."""
    return make_office(PROVINCE)


@pytest.fixture
def planning_office(db):
    """Return the provincial planning agency."""
    return make_office(PROVINCE, OfficeKind.PLANNING)


@pytest.fixture
def officer(office):
    return person(Role.OFFICER, office)


@pytest.fixture
def head(office):
    return person(Role.HEAD, office)


@pytest.fixture
def other_officer(other_office):
    return person(Role.OFFICER, other_office)


@pytest.fixture
def other_head(other_office):
    return person(Role.HEAD, other_office)


@pytest.fixture
def province_officer(province_office):
    return person(Role.OFFICER, province_office)


@pytest.fixture
def gate_checker(province_office):
    return person(Role.GATE_CHECKER)


@pytest.fixture
def reviewer(province_office):
    return person(Role.REVIEWER)


@pytest.fixture
def other_reviewer(province_office):
    return person(Role.REVIEWER, number=2)


@pytest.fixture
def coordinator(province_office):
    return person(Role.COORDINATOR)


@pytest.fixture
def province_head(province_office):
    return person(Role.PROVINCE_HEAD)


@pytest.fixture
def admin(province_office):
    return person(Role.ADMIN)


@pytest.fixture
def bappeda(planning_office):
    return person(Role.BAPPEDA)


@pytest.fixture
def observer(db):
    return person(Role.OBSERVER)


@pytest.fixture
def client_of():
    """Return a function: the browser of a person who is logged in, or of a stranger (None)."""

    def opened(who=None, **options):
        client = Client(**options)
        if who:
            client.force_login(who)
        return client

    return opened
