"""A world of random people who do random things, through the actions that pages use."""

import copy
import random
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from proposals.enums import (
    Action,
    Delivery,
    GateResult,
    JoiningKind,
    JointAction,
    NomenclatureLevel,
    ReasonFor,
    RequestTo,
    Role,
)
from proposals.fields import FIELDS
from proposals.filing import actions as filing
from proposals.harmonisation import actions as harmonisation
from proposals.models import (
    FundingSource,
    JointProgramme,
    Office,
    Proposal,
    ReturnPoint,
    ReviewCriterion,
    Share,
)
from proposals.review import actions as review
from proposals.transitions import JOINT_TRANSITIONS, TRANSITIONS
from proposals.workflow import Given, Point, hindrances, joint_hindrances, take
from tests import cast, lists
from tests.builders import (
    current_year,
    make_ceiling,
    make_office_year,
    make_proposal,
    make_year,
)
from tests.proofs.heads import HeadActs

REASONS = {
    Action.REDIRECT: ReasonFor.REDIRECT,
    Action.DEFER: ReasonFor.DEFER,
    Action.REJECT: ReasonFor.REFUSAL,
    Action.AGREE_CHANGED: ReasonFor.CHANGE,
}
WEIGHTS = {
    "take": 40,
    "answer_gates": 6,
    "write_review": 8,
    "finish_review": 6,
    "answer_point": 8,
    "save_content": 10,
    "begin": 3,
    "form_group": 5,
    "design": 12,
    "advance": 12,
    "change_members": 5,
    "consent": 4,
    "set_order": 3,
    "head_work": 8,
    "fix_order": 2,
    "send_several": 2,
    "comment": 2,
}
FREQUENT = {Action.SEND, Action.ACCEPT_FOR_REVIEW, Action.PUT_ON_DESK, Action.AGREE}
FREQUENT |= {Action.AGREE_CHANGED, Action.REOPEN}
RARE = {Action.WITHDRAW, Action.REDIRECT, Action.REJECT, Action.MERGE, Action.RELEASE}
ACTION_WEIGHTS = [8 if a in FREQUENT else 1 if a in RARE else 3 for a in Action]
BEGUN = ("draft", "draft", "sent", "sent", "under_review", "under_review", "under_review")
BEGUN += ("at_desk", "at_desk", "returned", "agreed", "under_review", "deferred", "at_desk")


class World(HeadActs):
    """Everything is drawn from one die, so that a seed tells the whole story again."""

    def __init__(self, seed):
        self.die = random.Random(seed)
        self.seed, self.story = seed, []
        self.people = self._people()
        make_year(2022)
        for office in Office.objects.filter(kind="industry"):
            office.officers_may_send = self.often()
            office.save()
        self._make_lists()
        make_ceiling(900_000_000)
        make_ceiling(400_000_000, sector=lists.sector())
        make_ceiling(500_000_000, funding="dak_fisik_ikm")
        for status in BEGUN:
            self.begin(status)

    @staticmethod
    def _make_lists():
        """Make every row of the lists now; one made within an act goes when the act is refused."""
        for purse in ("apbd_prov", "dak_fisik_ikm", "bkk_prov", "apbd_kab"):
            lists.funding(purse)
        for act in ReasonFor:
            lists.reason(act)
        for level in NomenclatureLevel:
            lists.nomenclature(level)
        for code in (cast.REGENCY, cast.OTHER_REGENCY, cast.PROVINCE):
            lists.district(lists.region(code))
            make_office_year(cast.make_office(code))
        lists.sector("padi")
        lists.gates(RequestTo.OWN)
        for make in (lists.intervention, lists.commodity, lists.papers, lists.criteria):
            make()

    def beside(self, seed):
        """Return the same world with a die of its own, for somebody who acts at the same time."""
        other = copy.copy(self)
        other.die = random.Random(seed)
        other.seed, other.story = seed, []
        return other

    @staticmethod
    def _people():
        offices = [cast.make_office(code) for code in (cast.REGENCY, cast.OTHER_REGENCY)]
        province = cast.make_office(cast.PROVINCE)
        people = [cast.person(r, o) for r in (Role.OFFICER, Role.HEAD) for o in offices]
        people += [cast.person(Role.OFFICER, province), cast.person(Role.REVIEWER, number=2)]
        rest = set(Role) - {Role.OFFICER, Role.HEAD}
        return people + [cast.person(role) for role in sorted(rest)]

    # Drawing -------------------------------------------------------------------------------

    def often(self, chance=0.85):
        return self.die.random() < chance

    def one_of(self, rows):
        rows = list(rows)
        return self.die.choice(rows) if rows else None

    def somebody(self, *roles, office=None):
        """Draw a person, mostly of one of these roles (and office), now and then anybody."""
        fitting = [p for p in self.people if not roles or p.role in roles]
        if office is not None and self.often():
            fitting = [p for p in fitting if p.office_id == office] or fitting
        return self.one_of(fitting if self.often(0.9) and fitting else self.people)

    def proposal(self, *statuses):
        """Draw a proposal, mostly in one of these statuses."""
        rows = Proposal.objects.order_by("pk")
        fitting = rows.filter(status__in=statuses) if statuses and self.often(0.9) else rows
        return self.one_of(fitting) or self.one_of(rows)

    def joint(self, *states):
        rows = JointProgramme.objects.order_by("pk")
        return self.one_of(rows.filter(state__in=states) if self.often() else rows)

    def amount(self):
        return Decimal(self.die.choice([0, 1, 10**6, 50_000_000, 250_000_000, 10**9]))

    def words(self, action=None):
        """Draw what is said with an act; now and then something is left out."""
        whole = self.often(0.9)
        due_on = timezone.localdate() + timedelta(days=self.die.choice([-1, 0, 7, 14]))
        points = [
            Point(self.die.choice(list(FIELDS)), "Perbaiki", due_on)
            for _ in range(self.die.randint(0 if not whole else 1, 2))
        ]
        act = REASONS.get(action)
        return Given(
            note="Sesuai rapat" if whole else " ",
            reason=lists.reason(act) if act and whole else None,
            agreed_rp=self.amount() if whole else None,
            override_reason="Arahan gubernur" if self.often(0.1) else "",
            points=tuple(points),
        )

    def act(self):
        """Draw an act and do it; return its name, nothing where there was nothing to do."""
        (name,) = self.die.choices(list(WEIGHTS), list(WEIGHTS.values()))
        self.story.append(name)
        return name if getattr(self, name)() else None

    # Acts ----------------------------------------------------------------------------------

    def take(self):
        (action,) = self.die.choices(list(Action), ACTION_WEIGHTS)
        row = TRANSITIONS[action]
        proposal = self.proposal(*row.sources)
        by = self.somebody(*row.by, office=proposal.office_id)
        self.story[-1:] = [f"{action} of {proposal.pk}, {proposal.status}, by {by.role}"]
        given = self.words(action)
        if action == Action.AGREE and self.often(0.7):
            given = Given(agreed_rp=proposal.requested_rp, override_reason=given.override_reason)
        said = None
        if Proposal.objects.visible_to(by).filter(pk=proposal.pk).exists():
            said = hindrances(action, proposal=proposal, user=by, given=given)
        try:
            take(action, proposal=proposal, by=by, given=given)
        finally:
            self.foretold = said
        return True

    def answer_gates(self):
        proposal = self.proposal("sent")
        gates = list(ReviewCriterion.objects.filter(is_gate=True).order_by("pk"))
        results = [GateResult.PASSED] * 8 + list(GateResult)
        answers = {
            gate: (self.die.choice(results), "Menyusul" if self.often() else "")
            for gate in gates
            if self.often(0.95)
        }
        by = self.somebody(Role.GATE_CHECKER)
        review.answer_gates(proposal=proposal, by=by, answers=answers)
        return True

    def write_review(self):
        proposal, by = self.proposal("under_review"), self.somebody(Role.REVIEWER)
        standing = proposal.reviews.filter(reviewer=by).first()
        scores = {
            one: review.ScoreGiven(
                self.die.choice([None, 1, 2, 3, 4, 5]), "Sesuai data" if self.often() else ""
            )
            for one in lists.criteria()
            if self.often(0.95)
        }
        review.save_review(
            proposal=proposal,
            by=by,
            row_version=(standing.row_version if standing else 0) if self.often(0.95) else 99,
            scores=scores,
            recommendation=self.die.choice(["agree", "agree", "merge", "defer", ""]),
            recommended_rp=self.amount() if self.often(0.5) else None,
            reason=lists.reason(ReasonFor.DEFER) if self.often(0.3) else None,
        )
        return True

    def finish_review(self):
        proposal = self.proposal("under_review")
        mine = self.one_of(proposal.reviews.filter(state="draft").order_by("pk"))
        if mine:
            review.finish_review(review=mine, by=mine.reviewer if self.often() else self.somebody())
        return mine

    def answer_point(self):
        point = self.one_of(ReturnPoint.objects.filter(answer="").order_by("pk"))
        if point:
            by = self.somebody(Role.OFFICER, Role.HEAD, office=point.proposal.office_id)
            filing.answer_point(point=point, by=by, answer="Sudah" if self.often() else "")
        return point

    def save_content(self):
        proposal = self.proposal("draft", "returned")
        by = self.somebody(Role.OFFICER, Role.HEAD, office=proposal.office_id)
        self.story[-1:] = [f"content of {proposal.pk}, {proposal.status}, by {by.role}"]
        values = {
            "title": f"Usulan {self.die.randrange(10**6)}",
            "background": self.die.choice(["Perlu alat", "Perlu pelatihan"]),
            "requested_rp": self.amount(),
            "sector": lists.sector(self.die.choice(["singkong", "padi"])),
        }
        chosen = self.die.sample(list(values), self.die.randint(0, 2))
        parts = {}
        if self.often(0.3):
            parts["budget_lines"] = [
                {"text": "Belanja", "volume": Decimal(2), "unit": "paket", "unit_cost_rp": cost}
                for cost in self.die.sample([1, 10**6, 10**8], self.die.randint(0, 2))
            ]
        filing.save_content(
            proposal=proposal,
            by=by,
            row_version=proposal.row_version if self.often(0.95) else 99,
            values={name: values[name] for name in chosen},
            parts=parts,
        )
        return chosen or parts

    def begin(self, status="draft"):
        if Proposal.objects.count() >= 40:
            return False
        office = cast.make_office(
            self.die.choice([cast.REGENCY, cast.OTHER_REGENCY, cast.PROVINCE])
        )
        provincial = office.region.is_province
        kind = RequestTo.OWN if provincial else self.die.choice(list(RequestTo))
        amount = self.die.choice([50_000_000, 250_000_000, 600_000_000])
        lines = self.die.choice([0, 2])
        ready = {"agreed_rp": 1_000_000} if status == "agreed" else {}
        content = {"request_to": kind, "requested_rp": amount, "n_lines": lines, **ready}
        make_proposal(office, status, **content)
        return True

    def form_group(self):
        fitting = Proposal.objects.filter(status__in=["under_review", "at_desk"])
        rows = list((fitting if self.often() else Proposal.objects).order_by("pk"))
        chosen = self.die.sample(rows, min(len(rows), self.die.randint(2, 3)))
        lead = self.one_of(Office.objects.filter(kind="industry").order_by("pk"))
        harmonisation.form_group(
            year=current_year(),
            by=self.somebody(Role.REVIEWER, Role.COORDINATOR, Role.PROVINCE_HEAD),
            proposals=chosen,
            kind=self.die.choice(list(JoiningKind)),
            title="Program bersama",
            lead_office=lead if self.often(0.4) else current_year().office,
        )
        return True

    def design(self):
        joint = self.joint("forming", "joined")
        if joint is None:
            return False
        sources = list(FundingSource.objects.order_by("pk"))
        shares = {
            share.pk: harmonisation.ShareGiven(
                self.amount(), self.die.choice(sources), self.die.choice(list(Delivery))
            )
            for share in joint.shares.order_by("pk")
        }
        total = sum((one.amount_rp for one in shares.values()), Decimal(0))
        harmonisation.save_programme(
            joint=joint,
            by=self.somebody(Role.COORDINATOR, Role.PROVINCE_HEAD),
            row_version=joint.row_version,
            values={
                "amount_rp": total if self.often() else self.amount(),
                "nomenclature": lists.nomenclature(),
            },
            shares=shares,
        )
        return True

    def advance(self):
        (action,) = self.die.choices(list(JointAction), [6, 6, 2, 3, 1])
        row = JOINT_TRANSITIONS[action]
        joint = self.joint(*row.sources)
        if joint is None:
            return False
        by, given = self.somebody(*row.by), self.words()
        self.story[-1:] = [f"{action} of programme {joint.pk}, {joint.state}, by {by.role}"]
        said = joint_hindrances(action, joint=joint, user=by, given=given)
        version = joint.row_version
        try:
            harmonisation.advance(action, joint=joint, by=by, row_version=version, given=given)
        finally:
            self.foretold = said
        return True

    def change_members(self):
        joint = self.joint("forming", "joined")
        if joint is None:
            return False
        by = self.somebody(Role.COORDINATOR, Role.PROVINCE_HEAD, Role.REVIEWER)
        if self.often(0.5):
            new = [self.proposal("sent", "under_review", "at_desk")]
            harmonisation.add_members(
                joint=joint, by=by, proposals=new, row_version=joint.row_version
            )
        elif share := self.one_of(joint.shares.order_by("pk")):
            reason = "Dibahas sendiri" if self.often() else ""
            harmonisation.remove_member(
                share=share, by=by, reason=reason, row_version=joint.row_version
            )
        return True

    def consent(self):
        share = self.one_of(Share.objects.order_by("pk"))
        if share:
            by = self.somebody(Role.HEAD, office=share.proposal.office_id)
            act = harmonisation.consent if self.often() else harmonisation.withdraw_consent
            act(share=share, by=by, note="Setuju" if self.often() else "")
        return share

    def comment(self):
        by = self.somebody()
        review.comment(
            proposal=self.proposal(), by=by, text="Perlu data", is_internal=self.often(0.5)
        )
        return True
