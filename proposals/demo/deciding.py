"""How the 60 example proposals end: what decisions_example.csv says, row by row."""

from dataclasses import dataclass
from decimal import Decimal

from proposals.catalogue.loading.rows import Line
from proposals.demo.lists import Lists
from proposals.demo.province import Province
from proposals.enums import Action, Recommendation, RegencyWord
from proposals.models import Proposal
from proposals.workflow import Given

AGREED, AGREED_WITH_NOTE = "setuju", "setuju_catatan"
MERGED, REDIRECTED, RETURNED = "gabung", "alihkan", "kembalikan"
OTHER_REASON = "ubah_lainnya"
REASONS = {
    "Target diturunkan": "ubah_target",
    "Dilaksanakan satu paket": "ubah_biaya_satuan",
    "Lengkapi:": "ubah_bertahap",
    "Diteruskan ke provinsi": "alih_provinsi",
}
"""How a note begins, and the reason code that fits it."""
RETURN_POINTS = (
    (
        "nomenclature",
        "Perjelas urusan: pameran dagang termasuk urusan perdagangan.",
        "kembali_kode",
    ),
    ("attachments", "Lampirkan daftar peserta.", "kembali_dokumen"),
)
OBJECTION = "Pelaku usaha yang siap lebih banyak daripada target yang disepakati (data contoh)."


@dataclass(frozen=True)
class Ending:
    """One line of the decisions, read."""

    kind: str
    amount_rp: Decimal
    note: str
    reason: str

    @property
    def recommendation(self) -> Recommendation:
        """Return what the reviewer proposes before it."""
        return {
            AGREED: Recommendation.AGREE,
            AGREED_WITH_NOTE: Recommendation.AGREE_CHANGED,
            MERGED: Recommendation.MERGE,
            REDIRECTED: Recommendation.REDIRECT,
        }[self.kind]


def ending_of(line: Line) -> Ending:
    """Read a line of the decisions."""
    kind, note = line["decision"], line["note_id"]
    reason = next((code for begin, code in REASONS.items() if note.startswith(begin)), OTHER_REASON)
    has_reason = kind in {AGREED_WITH_NOTE, REDIRECTED}
    return Ending(kind, Decimal(line["agreed_budget_rp"]), note, reason if has_reason else "")


class Deciding:
    """The province's way with each example proposal, from the gate to its result."""

    def __init__(self, province: Province, lists: Lists) -> None:
        self.province = province
        self.lists = lists

    def review(self, proposal: Proposal, ending: Ending) -> Proposal:
        """Check and score a proposal; the one that goes back is returned at the gate."""
        if ending.kind == RETURNED:
            self.province.answer_gates(proposal, most=2)
            return self.province.send_back(proposal, RETURN_POINTS)
        proposal = self.province.accept(proposal)
        is_agreed = ending.kind in {AGREED, AGREED_WITH_NOTE, MERGED}
        written = self.province.score(
            proposal,
            ending.recommendation,
            amount_rp=ending.amount_rp if is_agreed else None,
            reason=self.lists.reasons.get(ending.reason),
            note=ending.note,
        )
        self.province.finish(written)
        proposal.refresh_from_db()
        return proposal if ending.kind == MERGED else self.province.put_on_desk(proposal)

    def decide(self, proposal: Proposal, ending: Ending) -> Proposal:
        """Decide a proposal that lies on the desk."""
        reason = self.lists.reasons.get(ending.reason)
        if ending.kind == REDIRECTED:
            given = Given(reason=reason, note=ending.note)
            return self.province.decide(Action.REDIRECT, proposal, given)
        objects = ending.reason == "ubah_target"
        given = Given(
            agreed_rp=ending.amount_rp,
            reason=reason,
            note=ending.note,
            regency_word=RegencyWord.OBJECTS if objects else RegencyWord.AGREES,
            regency_note=OBJECTION if objects else "",
        )
        action = Action.AGREE if ending.kind == AGREED else Action.AGREE_CHANGED
        return self.province.decide(action, proposal, given)
