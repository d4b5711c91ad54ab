"""The true reference lists, loaded once for all tests of this folder and taken back after them."""

import csv
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import translation

from proposals.catalogue.loading import load_catalogue, rows
from proposals.models import PlanningYear
from tests import builders

EXAMPLES = rows.DATA / "proposals_example.csv"


@pytest.fixture(scope="package")
def catalogue(django_db_setup, django_db_blocker):
    """Load the lists and make the year 2022 inside one transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_catalogue()
        builders.make_year()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def year(catalogue, db):
    """Give a test the lists and the year; what the test writes is taken back alone."""
    return PlanningYear.objects.get()


@pytest.fixture
def check(year, tmp_path):
    """Return a function that judges a file and gives the issues as (number, key, reference)."""

    def judged(source):
        out = tmp_path / "issues.csv"
        call_command("check_proposals", csv=source, out=out, stdout=StringIO())
        with out.open(encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file))
        assert all(line["explanation"] for line in found)
        return [(line["proposal_no"], line["issue_key"], line["reference"]) for line in found]

    return judged


@pytest.fixture
def write(tmp_path):
    """Return a function that writes rows as a file of proposals and gives its path."""

    def written(*lines, encoding="utf-8", newline="\n", separator=","):
        path = tmp_path / "usulan.csv"
        text = StringIO()
        names = list(dict.fromkeys(name for line in lines for name in line))
        table = csv.DictWriter(text, names, delimiter=separator, lineterminator=newline)
        table.writeheader()
        table.writerows(lines)
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return written


@pytest.fixture
def english():
    """Speak English, so that a rule's own sentence is read and not its translation."""
    with translation.override("en"):
        yield
