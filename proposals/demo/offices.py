"""What the offices do: write, attach, order, hand to the head, send, answer and send again."""

from collections import defaultdict
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from proposals import advice, workflow
from proposals.catalogue.loading import rows
from proposals.catalogue.loading.rows import Line
from proposals.demo import content, pdf
from proposals.demo.acting import act
from proposals.demo.lists import Lists
from proposals.demo.people import PROVINCE, Cast
from proposals.enums import Action, OfficeKind
from proposals.filing import actions as filing
from proposals.models import PlanningYear, Proposal, ReadinessDocument, User
from proposals.workflow import Given

MARK = "DATA CONTOH"
LETTER = "surat_usulan"
PROMISED_AFTER = timedelta(days=60)
TYPE = "application/pdf"


class Offices:
    """The fourteen industry offices at work in one year."""

    def __init__(self, year: PlanningYear, cast: Cast, lists: Lists) -> None:
        self.year = year
        self.cast = cast
        self.lists = lists

    def write_letters(self) -> None:
        """Let every regency's officer upload the covering letter; the province needs none."""
        letter = self.lists.documents[LETTER]
        for (code, kind), office in self.lists.offices.items():
            if kind == OfficeKind.INDUSTRY and code != PROVINCE:
                upload = self._paper(letter, f"surat-usulan-{code}", office.name)
                act(self.cast.officer(code), filing.set_letter, year=self.year, upload=upload)

    def write(self, line: Line) -> Proposal:
        """Let the officer write one proposal with all its rows and papers."""
        officer = self.cast.officer(line["region_code"])
        proposal = act(
            officer,
            filing.begin_proposal,
            year=self.year,
            request_to=content.kind_of(line),
            title=line["title"],
            creation_key=uuid5(NAMESPACE_URL, f"{line['region_code']}/{line['title']}"),
        )
        proposal = act(
            officer,
            filing.save_content,
            proposal=proposal,
            row_version=proposal.row_version,
            values=content.values_of(line, self.lists),
            parts=content.parts_of(line, self.lists),
        )
        self._attach(proposal, line, officer)
        if int(line["own_rank"]) == 1:
            self._promise(proposal, officer)
        return proposal

    def _attach(self, proposal: Proposal, line: Line, officer: User) -> None:
        name = line["proposal_no"] or f"usulan-{line['region_code']}-{line['own_rank']}"
        for key in rows.words(line["attached_documents"]):
            document = self.lists.documents[key]
            if not document.is_per_office:
                upload = self._paper(document, f"{key}-{name.lower()}", line["title"])
                act(officer, filing.attach, proposal=proposal, document=document, upload=upload)

    def _promise(self, proposal: Proposal, officer: User) -> None:
        """Let the officer promise the required papers that are missing."""
        due_on = timezone.localdate() + PROMISED_AFTER
        for paper in advice.papers_of(proposal):
            if paper.document.is_required and paper.file is None:
                given = {"proposal": proposal, "document": paper.document, "due_on": due_on}
                act(officer, filing.promise, **given)

    def order(self, written: list[tuple[Line, Proposal]]) -> None:
        """Let each head set the order of the own office, as the files rank it."""
        ranked: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for line, proposal in written:
            ranked[line["region_code"]].append((int(line["own_rank"]), proposal.pk))
        for code, ranks in ranked.items():
            ids = [pk for _rank, pk in sorted(ranks)]
            act(self.sender(code), filing.set_order, year=self.year, proposal_ids=ids)

    def sender(self, code: str) -> User:
        """Return who sends for this region: its head, or the head of the provincial office."""
        return self.cast.province_head if code == PROVINCE else self.cast.head(code)

    def hand(self, proposal: Proposal) -> Proposal:
        """Let the officer hand a proposal to the head."""
        officer = self.cast.officer(proposal.office.region.code)
        return act(officer, workflow.take, Action.HAND_TO_HEAD, proposal=proposal)

    def send(self, proposal: Proposal) -> Proposal:
        """Let the officer hand a proposal over and the head send it."""
        proposal = self.hand(proposal)
        head = self.sender(proposal.office.region.code)
        return act(head, workflow.take, Action.SEND, proposal=proposal)

    def withdraw(self, proposal: Proposal, note: str) -> Proposal:
        """Let the head withdraw a proposal."""
        head = self.sender(proposal.office.region.code)
        return act(head, workflow.take, Action.WITHDRAW, proposal=proposal, given=Given(note=note))

    def answer(self, proposal: Proposal, answer: str) -> None:
        """Let the officer answer every open point of a return."""
        officer = self.cast.officer(proposal.office.region.code)
        for point in proposal.return_points.filter(settled_at__isnull=True).order_by("pk"):
            act(officer, filing.answer_point, point=point, answer=answer)

    def add_to_background(self, proposal: Proposal, sentence: str) -> Proposal:
        """Let the officer mend the background, which the return has opened."""
        proposal.refresh_from_db()
        return act(
            self.cast.officer(proposal.office.region.code),
            filing.save_content,
            proposal=proposal,
            row_version=proposal.row_version,
            values={"background": f"{proposal.background} {sentence}"},
            parts={},
        )

    def _paper(self, document: ReadinessDocument, name: str, about: str) -> SimpleUploadedFile:
        """Return a one-page PDF that stands for the named paper and says that it is an example."""
        lines = [document.name_id, about, f"Tahun anggaran {self.year.fiscal_year}"]
        lines.append("Berkas contoh yang dibuat sistem; bukan dokumen resmi.")
        return SimpleUploadedFile(f"{name}.pdf", pdf.page(MARK, lines), content_type=TYPE)
