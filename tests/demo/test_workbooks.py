"""The workbook of every office of the demo, there and back untouched: not one difference."""

import pytest

from proposals.enums import Status
from proposals.filing.actions import copy_proposal
from proposals.models import OfficeYear, Proposal, User
from tests.builders import current_year
from tests.workbook import desk

pytestmark = pytest.mark.usefixtures("demo")


def officers():
    rows = User.objects.filter(role="officer", office__kind="industry", is_active=True)
    return list(rows.select_related("office__region").order_by("office__region__code", "pk"))


def draft_of_each(officer):
    """Make a draft of every proposal of the office, so that all its content goes out."""
    year = current_year()
    OfficeYear.objects.filter(year=year, office=officer.office).update(proposal_limit=None)
    own = Proposal.objects.filter(office=officer.office, year=year)
    for proposal in own.order_by("pk"):
        copy_proposal(proposal=proposal, by=officer, year=year)
    return own.filter(status__in=[Status.DRAFT, Status.RETURNED]).count()


def test_an_untouched_workbook_comes_back_without_a_difference(many, figure):
    offices = officers()[: many(2, 14)]
    rows = 0
    for officer in offices:
        n_drafts = draft_of_each(officer)
        content = desk.downloaded(officer)
        for file in (content, desk.saved(desk.opened(content))):
            upload = desk.uploaded(officer, file)
            assert desk.messages(upload) == {}
            assert desk.counts(upload) == (0, 0, n_drafts, 0)
        rows += upload.rows.count()
    figure("offices whose workbook came back untouched", len(offices))
    figure("rows of those workbooks without a difference", rows)
