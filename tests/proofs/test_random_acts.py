"""Thousands of random acts by random people: whatever they try, the house stands.

Each act is taken through the actions that pages use. It is carried out, or refused in words; it
never ends in an error of the database, and after it every invariant holds.
"""

from collections import Counter

import pytest
from django.db import DatabaseError, transaction

from proposals.models import Decision, Proposal
from proposals.refused import Refused
from tests.proofs import invariants
from tests.proofs.world import World
from tests.scenes import scribble

pytestmark = pytest.mark.django_db


def one_act(world):
    """Do one act, all or nothing; return its name, nothing where there was nothing to do."""
    world.foretold = None
    with transaction.atomic():
        return world.act()


def told(world):
    """Return the end of the story, to read when something breaks."""
    return f"seed {world.seed}, act {len(world.story)}: {'; '.join(world.story[-4:])}"


def lived(world, n_acts):
    """Let the world live; return what came of its acts."""
    came = Counter()
    numbers = invariants.numbers()
    for _ in range(n_acts):
        refused = None
        try:
            name = one_act(world)
        except Refused as refusal:
            refused = list(refusal.reasons)
        except DatabaseError as error:
            pytest.fail(f"{told(world)}: an action let through what the database refuses: {error}")
        if world.foretold is not None:
            assert world.foretold == (refused or []), f"{told(world)}: two readers, two rules"
        assert invariants.broken_rules() == {}, told(world)
        fresh = invariants.numbers()
        assert numbers.items() <= fresh.items(), f"{told(world)}: a number changed"
        numbers = fresh
        if refused or name:
            came["refused in words" if refused else f"carried out: {name}"] += 1
    return came


def test_whatever_people_do_the_house_stands(many, figure):
    total, statuses = Counter(), Counter()
    for seed in range(many(1, 12)):
        with scribble():
            world = World(seed)
            total += lived(world, many(120, 600))
            statuses += Counter(Proposal.objects.values_list("status", flat=True))
            total["decisions"] += Decision.objects.count()
            assert invariants.broken_links() == []
            assert invariants.forged_versions() == []
            assert invariants.wrongly_seen(world.people) == []
    for name, count in sorted(total.items()):
        figure(name, count)
    figure("statuses reached at the end", len(statuses))
    assert total["refused in words"] > 0
    assert len(statuses) >= many(4, 11)
