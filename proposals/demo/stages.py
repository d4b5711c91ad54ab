"""Where the further proposals stand: something to do for every role on every page."""

from collections.abc import Callable
from decimal import Decimal

from proposals.catalogue.loading.rows import Line
from proposals.demo.joining import Joining
from proposals.demo.offices import Offices
from proposals.demo.province import Province
from proposals.enums import Action, Recommendation
from proposals.models import Proposal
from proposals.workflow import Given

Stage = Callable[[Proposal], object]

GROUP: Line = {
    "kind": "consolidate",
    "title": "Penguatan Mebel dan Kerajinan Bambu Lereng Meratus",
    "lead_region": "63",
}
SHOP: Line = {
    "kind": "joint_service",
    "title": "Gerai dan Kurasi Bersama Oleh-oleh Banua Enam",
    "lead_region": "63",
    "intervention_key": "digitalisasi",
    "nomenclature_key": "P:3.31.02.1.01.05",
    "commodity_key": "",
    "budget_rp": "260000000",
    "output": "IKM terkurasi dan terdaftar di gerai",
    "output_unit": "IKM",
    "output_target": "70",
    "outcome": "Penjualan gerai",
    "outcome_unit": "juta rupiah/bulan",
    "outcome_target": "120",
}
SHOP_SHARES = (("RT22-6308-06", "90000000"), ("RT22-6311-06", "170000000"))


class Stages:
    """One method for each word in the column ``stage`` of the further proposals."""

    def __init__(self, offices: Offices, province: Province, joining: Joining) -> None:
        self.offices = offices
        self.province = province
        self.joining = joining
        self.groups: dict[str, list[Proposal]] = {"grouped": [], "consent_missing": []}

    def bring(self, proposal: Proposal, stage: str) -> None:
        """Bring a written proposal to its stage."""
        stages: dict[str, Stage] = {
            "draft_begun": self.stays,
            "draft_complete": self.stays,
            "awaiting_head": self.awaits_head,
            "sent": self.is_sent,
            "gates_begun": self.has_gates_begun,
            "under_review": self.is_under_review,
            "review_begun": self.has_a_draft_review,
            "sent_again": self.is_sent_again,
            "at_desk": self.is_at_desk,
            "at_desk_unscored": self.is_at_desk_unscored,
            "returned": self.is_returned,
            "returned_answered": self.is_answered,
            "deferred": self.is_deferred,
            "rejected": self.is_rejected,
            "withdrawn": self.is_withdrawn,
            "redirected": self.is_redirected,
            "grouped": self.is_grouped,
            "consent_missing": self.misses_consent,
        }
        stages[stage](proposal)

    def stays(self, _proposal: Proposal) -> None:
        """Leave a draft as it was written."""

    def awaits_head(self, proposal: Proposal) -> None:
        """Hand it to the head, who has not looked yet."""
        self.offices.hand(proposal)

    def is_sent(self, proposal: Proposal) -> Proposal:
        """Send it; the gate checker has not begun."""
        return self.offices.send(proposal)

    def has_gates_begun(self, proposal: Proposal) -> None:
        """Send it and answer some of the gates."""
        self.province.answer_gates(self.is_sent(proposal), most=2)

    def is_under_review(self, proposal: Proposal) -> Proposal:
        """Pass the gates; nobody has scored."""
        return self.province.accept(self.is_sent(proposal))

    def has_a_draft_review(self, proposal: Proposal) -> None:
        """Begin a review and leave it unfinished."""
        accepted = self.is_under_review(proposal)
        self.province.score(accepted, Recommendation.AGREE, most=2)
        self.province.comment(
            accepted,
            self.province.reviewer_of(accepted),
            "Mohon jelaskan siapa yang mengelola toko daring setelah pendampingan selesai.",
            is_internal=False,
        )
        self.province.comment(
            accepted,
            self.province.cast.officer(accepted.office.region.code),
            "Koperasi perajin yang mengelola; surat kesediaannya menyusul.",
            is_internal=False,
        )

    def is_sent_again(self, proposal: Proposal) -> None:
        """Return it once; the office has mended it and sent it again: two versions."""
        sent = self.is_sent(proposal)
        self.province.answer_gates(sent, most=1)
        what = "Sebutkan berapa ton garam yang beredar sekarang dan dari mana bahan bakunya."
        returned = self.province.send_back(sent, [("background", what, "kembali_pasokan")])
        mended = self.offices.add_to_background(
            returned, "Saat ini beredar 1.150 ton setahun; bahan baku dari Madura lewat Trisakti."
        )
        self.offices.answer(mended, "Angka dan asal bahan baku sudah ditambahkan.")
        self.province.accept(self.offices.send(mended))

    def is_at_desk(self, proposal: Proposal) -> Proposal:
        """Score it and lay it on the desk, with a note inside the province."""
        scored = self._scored(
            proposal, Recommendation.AGREE_CHANGED, "ubah_bertahap", Decimal("0.8")
        )
        self.province.comment(
            scored,
            self.province.cast.coordinator,
            "Tanyakan kepada kabupaten apakah ruang produksi dapat menyusul tahun depan.",
            is_internal=True,
        )
        return self.province.put_on_desk(scored)

    def is_at_desk_unscored(self, proposal: Proposal) -> None:
        """Lay it on the desk without a score, with the reason why."""
        self.province.put_on_desk_unscored(
            self.is_under_review(proposal), "Dibahas langsung karena terkait kajian provinsi."
        )

    def is_returned(self, proposal: Proposal) -> Proposal:
        """Return it with two points that the office has not answered."""
        points = (
            ("outputs", "Tulis jumlah kelompok yang memakai mesin.", "kembali_indikator"),
            ("commodity_uses", "Jelaskan pasokan kelapa setiap bulan.", "kembali_pasokan"),
        )
        return self.province.send_back(self.is_sent(proposal), points)

    def is_answered(self, proposal: Proposal) -> None:
        """Return it; the office has answered and not sent again."""
        point = ("background", "Sebutkan hasil uji tekan bata press.", "kembali_lainnya")
        returned = self.province.send_back(self.is_sent(proposal), [point])
        mended = self.offices.add_to_background(returned, "Uji tekan memberi 62 kg per cm2.")
        self.offices.answer(mended, "Hasil uji tekan sudah ditulis.")

    def is_deferred(self, proposal: Proposal) -> None:
        """Defer it at the desk: its land is not ready."""
        scored = self._scored(proposal, Recommendation.DEFER, "tunda_lahan")
        note = "Dibahas kembali setelah surat lahan kelurahan terbit."
        self._decide(Action.DEFER, self.province.put_on_desk(scored), "tunda_lahan", note)

    def is_rejected(self, proposal: Proposal) -> None:
        """Do not agree it."""
        scored = self._scored(proposal, Recommendation.REJECT, "tolak_manfaat")
        note = "Rencana sentra dapat disusun dengan narasumber di daerah."
        self._decide(Action.REJECT, self.province.put_on_desk(scored), "tolak_manfaat", note)

    def is_withdrawn(self, proposal: Proposal) -> None:
        """Let the office withdraw what it has sent."""
        note = "Kegiatan sudah dibiayai pihak pelabuhan."
        self.offices.withdraw(self.is_sent(proposal), note)

    def is_redirected(self, proposal: Proposal) -> None:
        """Pass it on to another office during the review."""
        note = "Diteruskan ke dinas kelautan dan perikanan."
        self._decide(Action.REDIRECT, self.is_under_review(proposal), "alih_perikanan", note)

    def is_grouped(self, proposal: Proposal) -> None:
        """Keep it for the group that is being compared."""
        self.groups["grouped"].append(self.is_under_review(proposal))

    def misses_consent(self, proposal: Proposal) -> None:
        """Keep it for the programme that waits for a consent."""
        scored = self._scored(proposal, Recommendation.MERGE)
        self.groups["consent_missing"].append(scored)

    def join_the_rest(self) -> None:
        """Form the group that is being compared, and the programme that waits for a consent."""
        self.joining.form(GROUP, self.groups["grouped"])
        shares: list[Line] = [
            {
                "proposal_no": number,
                "amount_rp": amount,
                "funding_key": "apbd_prov",
                "delivery": "activity",
            }
            for number, amount in SHOP_SHARES
        ]
        joint = self.joining.form(SHOP, self.groups["consent_missing"])
        self.joining.join(self.joining.design(joint, SHOP, shares))

    def _scored(
        self,
        proposal: Proposal,
        recommendation: Recommendation,
        reason: str = "",
        part: Decimal | None = None,
    ) -> Proposal:
        accepted = self.is_under_review(proposal)
        written = self.province.score(
            accepted,
            recommendation,
            amount_rp=part and (accepted.requested_rp or 0) * part,
            reason=self.province.lists.reasons.get(reason),
        )
        self.province.finish(written)
        accepted.refresh_from_db()
        return accepted

    def _decide(self, action: Action, proposal: Proposal, reason: str, note: str) -> None:
        given = Given(reason=self.province.lists.reasons[reason], note=note)
        self.province.decide(action, proposal, given)
