"""What the province does with one proposal: gates, score, desk, return, decision, comments.

Scores, which no file has, follow a fixed rule: what the tables offer is confirmed, the rest is 3,
4 or 5 by a checksum of number and criterion, with a sentence where one is needed.
"""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from zlib import crc32

from django.utils import timezone

from proposals import advice, workflow
from proposals.demo.acting import act
from proposals.demo.lists import Lists
from proposals.demo.people import Cast
from proposals.enums import Action, GateResult, NomenclatureLevel, Recommendation, RequestTo
from proposals.models import Proposal, ReasonCode, Review, ReviewCriterion, User
from proposals.review import actions as review
from proposals.review.actions import ScoreGiven
from proposals.workflow import Given, Point

READY_LAND, CODE = "g_lahan_siap", "g_nomenklatur"
LAND_PAPER = "status_lahan"
WRONG_LEVEL = (
    "Kode kabupaten/kota dipakai untuk permintaan ke provinsi; diganti kode provinsi bila"
    " provinsi yang melaksanakan."
)
VALUES = (3, 4, 4, 4, 5)
DAYS_TO_MEND = 5


class Province:
    """The provincial office at work."""

    def __init__(self, cast: Cast, lists: Lists) -> None:
        self.cast = cast
        self.lists = lists
        land = lists.documents[LAND_PAPER].interventions
        self._building = set(land.order_by("key").values_list("key", flat=True))

    def answer_gates(self, proposal: Proposal, most: int | None = None) -> None:
        """Let the gate checker answer the gates, or only the first few."""
        gates = advice.criteria_for(proposal).filter(is_gate=True).order_by("key", "pk")
        answers = {gate: self._gate(gate, proposal) for gate in gates[:most]}
        act(self.cast.gate_checker, review.answer_gates, proposal=proposal, answers=answers)

    def _gate(self, gate: ReviewCriterion, proposal: Proposal) -> tuple[GateResult, str]:
        if gate.key == READY_LAND:
            return self._land(proposal)
        if gate.key == CODE and _has_wrong_level(proposal):
            return GateResult.CONDITIONAL, WRONG_LEVEL
        return GateResult.PASSED, ""

    def _land(self, proposal: Proposal) -> tuple[GateResult, str]:
        if proposal.attachments.filter(document__key=LAND_PAPER).exists():
            return GateResult.PASSED, ""
        if proposal.intervention is None or proposal.intervention.key not in self._building:
            return GateResult.NOT_APPLICABLE, "Bukan kegiatan fisik yang memerlukan lahan."
        return GateResult.CONDITIONAL, "Bukti lahan menyusul dan dicatat sebagai kesiapan."

    def accept(self, proposal: Proposal) -> Proposal:
        """Let the gate checker answer every gate and take the proposal into review."""
        self.answer_gates(proposal)
        checker = self.cast.gate_checker
        return act(checker, workflow.take, Action.ACCEPT_FOR_REVIEW, proposal=proposal)

    def reviewer_of(self, proposal: Proposal) -> User:
        """Return who scores this proposal: the reviewer of its division."""
        division = proposal.lead_division
        return self.cast.reviewer(division.key if division else "")

    def score(
        self,
        proposal: Proposal,
        recommendation: Recommendation,
        *,
        amount_rp: Decimal | None = None,
        reason: ReasonCode | None = None,
        note: str = "",
        most: int | None = None,
    ) -> Review:
        """Let the reviewer score and recommend; with ``most`` only the first few criteria."""
        points = advice.criteria_for(proposal).filter(is_gate=False).order_by("key", "pk")
        offers = advice.computed_scores(proposal)
        scores = {point: _given(point, proposal, offers.get(point.key)) for point in points[:most]}
        return act(
            self.reviewer_of(proposal),
            review.save_review,
            proposal=proposal,
            row_version=0,
            scores=scores,
            recommendation=recommendation,
            recommended_rp=amount_rp,
            reason=reason,
            note=note,
        )

    def finish(self, written: Review) -> Review:
        """Let the reviewer make the review final."""
        return act(written.reviewer, review.finish_review, review=written)

    def put_on_desk(self, proposal: Proposal) -> Proposal:
        """Let the reviewer put a scored proposal on the desk."""
        return act(self.reviewer_of(proposal), workflow.take, Action.PUT_ON_DESK, proposal=proposal)

    def put_on_desk_unscored(self, proposal: Proposal, note: str) -> Proposal:
        """Let the coordinator put a proposal on the desk without a score."""
        given = Given(note=note)
        coordinator = self.cast.coordinator
        return act(coordinator, workflow.take, Action.PUT_ON_DESK, proposal=proposal, given=given)

    def send_back(self, proposal: Proposal, points: Iterable[tuple[str, str, str]]) -> Proposal:
        """Let the gate checker return a proposal: field, what to mend, reason."""
        due_on = timezone.localdate() + timedelta(days=DAYS_TO_MEND)
        given = Given(
            points=tuple(
                Point(field, what, due_on, self.lists.reasons[reason])
                for field, what, reason in points
            )
        )
        checker = self.cast.gate_checker
        return act(checker, workflow.take, Action.RETURN, proposal=proposal, given=given)

    def decide(self, action: Action, proposal: Proposal, given: Given) -> Proposal:
        """Let the head of the provincial office decide."""
        return act(self.cast.province_head, workflow.take, action, proposal=proposal, given=given)

    def comment(self, proposal: Proposal, by: User, text: str, *, is_internal: bool) -> None:
        """Let somebody write a remark."""
        act(by, review.comment, proposal=proposal, text=text, is_internal=is_internal)


def _has_wrong_level(proposal: Proposal) -> bool:
    code = proposal.nomenclature
    is_regency_code = code is not None and code.level == NomenclatureLevel.REGENCY
    return is_regency_code and proposal.request_to == RequestTo.PROVINCE


def _given(
    criterion: ReviewCriterion, proposal: Proposal, offer: advice.Offer | None
) -> ScoreGiven:
    if offer is not None:
        return ScoreGiven(offer.value)
    value = VALUES[crc32(f"{proposal.number}/{criterion.key}".encode()) % len(VALUES)]
    if value == 5:
        return ScoreGiven(5, f"{criterion.score_5} (penilaian contoh).")
    return ScoreGiven(value)
