"""The search for overlaps waits for nobody: what a person holds is compared when it is free."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.utils import timezone

from proposals.enums import Status
from proposals.harmonisation.actions import finding
from proposals.models import OverlapPair, PlanningYear, Proposal
from tests.builders import make_proposal

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(work):
    """Do something in a session of its own."""

    def done():
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(done).result(timeout=60)


def test_held_rows_are_left_to_whoever_holds_them():
    titles = ("Bimtek Tepung Tapioka", "Pelatihan Pengolahan Tapioka")
    a, b = (make_proposal(status=Status.SENT, title=title) for title in titles)
    Proposal.objects.update(overlaps_due_at=timezone.now())
    for held in (
        PlanningYear.objects.filter(pk=a.year_id),
        Proposal.objects.filter(pk__in=[a.pk, b.pk]).order_by("pk"),
    ):
        with transaction.atomic():
            list(held.select_for_update(of=("self",)))
            assert elsewhere(finding.find_due) == 0
    with transaction.atomic():
        list(Proposal.objects.filter(pk=b.pk).select_for_update(of=("self",)))
        assert (
            elsewhere(finding.find_due) == 1
        )  # the first one has nothing to do with the second yet
    assert (finding.find_due(), OverlapPair.objects.count(), finding.waiting().count()) == (1, 1, 0)
