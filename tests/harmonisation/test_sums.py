"""Shares always add up and requests never change: raw SQL cannot break it, nor can any walk."""

import random
from collections import Counter
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from django.utils import timezone

from proposals.enums import JointAction, JointState, RequestTo, Status
from proposals.harmonisation import actions
from proposals.models import JointProgramme, Proposal, Share
from proposals.refused import Refused
from tests import cast, lists
from tests.builders import make_ceiling, make_proposal
from tests.harmonisation.story import check_now, form, fresh, give, joined, take
from tests.proofs.invariants import broken_rules
from tests.scenes import scribble

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint(office, other_office, coordinator):
    members = [make_proposal(where, Status.UNDER_REVIEW) for where in (office, other_office)]
    return joined(coordinator, members, 100, 200)


RAW = {
    "a share changed alone": "update proposals_share set amount_rp = amount_rp + 1",
    "the amount changed alone": "update proposals_jointprogramme set amount_rp = amount_rp - 1",
    "a share deleted alone": "delete from proposals_share where amount_rp = 200",
    "a member released with its share": "update proposals_proposal set status = 'under_review'",
    "the programme unjoined": "update proposals_jointprogramme set state = 'forming'",
    "the number changed": "update proposals_jointprogramme set number = 'PROV-77'",
    "agreed without a decision": "update proposals_jointprogramme set state = 'agreed',"
    " decided_at = now()",
    "a negative share": "update proposals_share set amount_rp = -1 where amount_rp = 100",
    "a request changed": "update proposals_proposal set requested_rp = 1",
    "a proposal in two programmes": "insert into proposals_share (joint_id, proposal_id, amount_rp,"
    " funding_source_id, delivery, note, consent_note) select joint_id, proposal_id, 0,"
    " funding_source_id, delivery, '', '' from proposals_share",
}


def commit(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        check_now()


@pytest.mark.parametrize("statement", RAW.values(), ids=RAW)
def test_raw_sql_cannot_break_a_joined_programme(joint, statement):
    with pytest.raises(IntegrityError):
        commit(statement)
    assert sum(joint.shares.values_list("amount_rp", flat=True)) == fresh(joint).amount_rp == 300


# Any walk ---------------------------------------------------------------------------------------

OPEN = (JointState.FORMING, JointState.JOINED)
AMOUNTS = (0, 1, 7, 250_000_000, 999_999_999_999)


class Walk:
    """Random acts on programmes; refused ones are part of the walk."""

    def __init__(self, seed, by):
        self.random, self.by, self.did = random.Random(seed), by, Counter()
        kinds = (RequestTo.PROVINCE, RequestTo.OWN)
        self.proposals = [
            make_proposal(
                cast.make_office(code), Status.UNDER_REVIEW, request_to=kind, requested_rp=rp
            )
            for code in ("63.01", "63.02", "63.03")
            for kind, rp in zip(kinds, (250_000_000, 125_000_001), strict=True)
        ]

    def step(self):
        acts = 2 * [self.form, self.share, self.share, self.join, self.add, self.leave, self.agree]
        act = self.random.choice([*acts, self.reopen, self.dissolve])
        try:
            with transaction.atomic():
                act()
        except Refused:
            return False
        self.did[act.__name__] += 1
        return True

    def programme(self, *states):
        """Choose a programme, mostly one in a state in which the act may be carried out."""
        rows = list(JointProgramme.objects.exclude(state=JointState.DISSOLVED).order_by("pk"))
        fit = [one for one in rows if one.state in states]
        rows = fit if fit and self.random.random() < 0.8 else rows
        if not rows:
            raise Refused(["none"])
        return self.random.choice(rows)

    def some(self, most):
        """Choose proposals, mostly free ones."""
        taken = set(Share.objects.values_list("proposal_id", flat=True))
        free = [one for one in self.proposals if one.pk not in taken]
        rows = free if free and self.random.random() < 0.9 else self.proposals
        return self.random.sample(rows, self.random.randint(1, min(most, len(rows))))

    def form(self):
        members = self.some(4)
        lead = self.random.choice([None, None, members[0].office, self.proposals[0].office])
        form(self.by, members, lead=lead, title=f"P{self.did.total()}")

    def share(self):
        joint = self.programme(*OPEN)
        wanted = [self.random.choice(AMOUNTS) for _ in range(joint.shares.count())]
        total = sum(wanted) if self.random.random() < 0.9 else self.random.choice(AMOUNTS)
        give(joint, *wanted, by=self.by, total=total)

    def join(self):
        joint = self.programme(JointState.FORMING)
        if joint.amount_rp is None:
            ones = [1] * joint.shares.count()
            give(joint, *ones, by=self.by, total=sum(ones))
            joint = fresh(joint)
        actions.save_programme(
            joint=joint,
            by=self.by,
            row_version=joint.row_version,
            values={"nomenclature": lists.nomenclature()},
        )
        take(JointAction.JOIN, joint, self.by)

    def add(self):
        actions.add_members(joint=self.programme(*OPEN), by=self.by, proposals=self.some(1))

    def leave(self):
        shares = list(self.programme(*OPEN).shares.order_by("pk"))
        if not shares:
            raise Refused(["none"])
        amount = self.random.choice([None, *(Decimal(one) for one in AMOUNTS)])
        actions.remove_member(
            share=self.random.choice(shares), by=self.by, reason="Keluar", amount_rp=amount
        )

    def dissolve(self):
        take(JointAction.DISSOLVE, self.programme(*OPEN), self.by)

    def agree(self):
        """Agree what is joined, consents given or not, within the ceiling or above it."""
        joint = self.programme(JointState.JOINED)
        if joint.state == JointState.JOINED and self.random.random() < 0.7:
            joint.shares.update(consent_at=timezone.now(), consent_by=self.by)
        take(JointAction.AGREE, joint, self.by)

    def reopen(self):
        take(JointAction.REOPEN, self.programme(JointState.AGREED), self.by)


def requested():
    rows = Proposal.objects.order_by("office").values("office").annotate(rp=Sum("requested_rp"))
    return list(rows)


RULES_OF_SHARES = (
    "shares add up to their programme",
    "exactly the members of joined programmes are merged",
    "an agreed programme has every consent",
    "no ceiling is passed without a written reason",
)


def walked(seed, acts, by):
    """Walk until so many acts were carried out."""
    for funding in ("apbd_prov", "dak_fisik_ikm"):
        make_ceiling(600_000_000, funding=funding)
    walk = Walk(seed, by)
    asked = requested()
    tried = 0
    while walk.did.total() < acts:
        tried += 1
        if walk.step():  # what was refused was rolled back
            assert (broken_rules(RULES_OF_SHARES), requested()) == ({}, asked)
    return walk.did, tried


@pytest.mark.parametrize("half", [0, 1])
def test_on_any_walk_shares_add_up_requests_stay_and_ceilings_hold(coordinator, half, many, figure):
    did, tried = Counter(), 0
    for seed in range(many(1, 10)):
        with scribble():
            carried, times = walked(2 * seed + half, many(60, 500), coordinator)
            did, tried = did + carried, tried + times
    figure("joins, splits and changes of amounts that were carried out", did.total())
    figure("of the walk's acts refused in words", tried - did.total())
    assert set(did) == {"form", "share", "join", "add", "leave", "dissolve", "agree", "reopen"}
