"""Copies for measurements take the same ways as people's proposals, with every trigger on."""

from collections import Counter

import pytest
from django.db import connection
from django.db.models import Sum

from proposals.demo import copies, copying
from proposals.enums import Status
from proposals.models import Office, Proposal, Review, Score

pytestmark = pytest.mark.usefixtures("demo")
TURNS = 2


@pytest.fixture
def copied(demo):
    """Copy every proposal of the demo twice; return the copies."""
    lines = []
    count = TURNS * Proposal.objects.count()
    copies.add(count, lines.append)
    assert len(lines) == 1
    return Proposal.objects.filter(title__contains=f"({copying.WORD} ").order_by("pk")


def test_copies_reach_the_status_of_their_example_but_are_never_merged(copied):
    examples = Proposal.objects.exclude(pk__in=copied)
    wanted = Counter(examples.values_list("status", flat=True))
    got = Counter(copied.values_list("status", flat=True))
    merged = wanted.pop(Status.MERGED)
    assert merged
    spread = got[Status.AT_DESK] + got[Status.UNDER_REVIEW]
    kept = wanted.pop(Status.AT_DESK) + wanted.pop(Status.UNDER_REVIEW)
    assert spread == TURNS * (kept + merged)
    assert {status: got[status] for status in wanted} == {
        status: TURNS * count for status, count in wanted.items()
    }


def test_copies_have_numbers_that_follow_and_versions(copied):
    sent = copied.exclude(number=None)
    assert sent.filter(versions__isnull=True).count() == 0
    for office in Office.objects.filter(proposals__isnull=False).distinct().order_by("pk"):
        own = Proposal.objects.filter(office=office).exclude(number=None)
        running = sorted(int(number[-2:]) for number in own.values_list("number", flat=True))
        assert running == list(range(1, len(running) + 1))
        assert office.years_of_office.get().last_number == len(running)


def test_every_tenth_copy_is_whole_and_adds_up(copied):
    whole = [proposal for proposal in copied if proposal.title.endswith("0)")]
    assert len(whole) == len(copied) // 10
    for proposal in whole:
        total = proposal.budget_lines.aggregate(sum=Sum("total_rp"))["sum"]
        assert (total or 0) == (proposal.requested_rp or 0)
        assert proposal.outputs.count() > 0
    reviews = Review.objects.filter(proposal__in=whole)
    assert reviews.count() > 0
    assert Score.objects.filter(review__proposal__in=copied).count() == sum(
        review.scores.count() for review in reviews
    )


def test_the_history_of_copies_is_chained(copied):
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from rk_broken_links('proposals_proposalevent')")
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "select count(*) from proposals_proposalevent where pgh_obj_id = any(%s)",
            [list(copied.values_list("pk", flat=True))],
        )
        assert cursor.fetchone()[0] > 3 * len(copied)
