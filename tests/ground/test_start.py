"""A real installation begins with lists, one admin, and nothing of the demo."""

import io
import re

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from proposals.enums import Role, YearState
from proposals.models import PlanningYear, Proposal, Sector, User
from tests.cast import person


def start(*words):
    said = io.StringIO()
    call_command("start_office", *words, stdout=said)
    return said.getvalue()


@pytest.fixture(autouse=True)
def without_static_files(settings):
    settings.DEBUG = True


def test_first_admin_logs_in_with_the_password_shown_once_and_must_change_it(db, client):
    said = start("Admin@Dinas.example", "--name", "Siti Rahmah", "--year", "2027")
    password = re.search(r"one-time password: (\S+)", said)[1]
    admin = User.objects.get()
    assert (admin.email, admin.full_name, admin.role) == (
        "admin@dinas.example",
        "Siti Rahmah",
        Role.ADMIN,
    )
    assert (admin.must_change_password, admin.office.region.is_province) == (True, True)
    year = PlanningYear.objects.get()
    assert (year.fiscal_year, year.state, year.is_example) == (2027, YearState.PREPARED, False)
    assert (Sector.objects.exists(), Proposal.objects.exists()) == (True, False)
    words = {"login": admin.email, "password": password}
    assert client.post(reverse("account_login"), words).status_code == 302


def test_second_start_changes_nothing(db):
    person(Role.ADMIN)
    with pytest.raises(CommandError, match=r"^people exist already"):
        start("other@dinas.example")
    assert User.objects.count() == 1


def test_address_that_is_none_is_refused(db):
    with pytest.raises(CommandError, match=r"^dinas is no e-mail address$"):
        start("dinas")
