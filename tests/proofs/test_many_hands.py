"""Many hands at once, each in a session of its own: nobody's act is lost, no two break a rule.

Here the transactions are real. Acts are carried out or refused in words; the database neither
deadlocks nor refuses, and when all are done every invariant holds.
"""

import threading
from collections import Counter

import pytest
from django.db import DatabaseError, connection, transaction

from proposals.refused import Refused
from tests.proofs import invariants
from tests.proofs.world import World

pytestmark = pytest.mark.django_db(transaction=True)


class Hand(threading.Thread):
    """One of many who act at the same time, with a die of their own."""

    def __init__(self, world, n_acts):
        super().__init__(daemon=True)
        self.world, self.n_acts = world, n_acts
        self.came = Counter()
        self.errors = []

    def run(self):
        try:
            for _ in range(self.n_acts):
                self.one_act()
        finally:
            connection.close()

    def one_act(self):
        try:
            with transaction.atomic():
                name = self.world.act()
        except Refused:
            self.came["refused in words"] += 1
        except DatabaseError as error:
            self.errors.append(str(error))
        else:
            self.came["carried out"] += name is not None


def test_many_hands_at_once_leave_a_whole_house(many, figure):
    first = World(0)
    hands = [Hand(first.beside(seed), many(8, 250)) for seed in range(1, many(3, 7))]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(600)
    came = sum((hand.came for hand in hands), Counter())
    assert [error for hand in hands for error in hand.errors] == []
    with transaction.atomic():
        assert invariants.broken_rules() == {}
    assert invariants.broken_links() == []
    assert invariants.forged_versions() == []
    numbers = list(invariants.numbers().values())
    assert len(numbers) == len(set(numbers))
    figure("sessions at once", len(hands))
    for name, count in sorted(came.items()):
        figure(name, count)
