"""The stored year is judged as its file is: one rule, two ways to fill in the facts."""

import csv
from io import StringIO

import pytest
from django.core.management import call_command

from proposals.catalogue.loading import rows
from proposals.models import Attachment, Proposal

pytestmark = pytest.mark.usefixtures("demo")
RULES = {"missing_document", "level_vs_funding", "supply_deficit_conflict"}


def issues(**options):
    said = StringIO()
    call_command("check_proposals", stdout=said, **options)
    lines = csv.DictReader(StringIO(said.getvalue()))
    return {(line["proposal_no"], line["issue_key"], line["reference"]) for line in lines}


def examples(found):
    """Keep the issues of the sixty proposals of the file by the tables' own rules."""
    numbers = {line["proposal_no"] for line in rows.read("proposals_example")}
    return {issue for issue in found if issue[0] in numbers and issue[1] in RULES}


def test_the_stored_year_gives_the_issues_of_the_file():
    stored = (Proposal.objects.count(), Attachment.objects.count())
    of_file = issues(csv=rows.DATA / "proposals_example.csv")
    assert examples(issues()) == examples(of_file)
    assert len(examples(of_file)) == 51
    assert (Proposal.objects.count(), Attachment.objects.count()) == stored


def test_no_line_of_the_stored_year_is_asked_about():
    assert {issue for issue in issues() if issue[1] in {"line_slip", "amount_slip"}} == set()
