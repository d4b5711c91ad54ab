"""The papers of a proposal: which are asked for, which are there, which are promised."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_date

from proposals.completeness import needs_money
from proposals.models import Attachment, DocumentIntervention, Proposal, ReadinessDocument


@dataclass(frozen=True)
class Paper:
    """One kind of document: the file that counts, those it replaced, the promised day."""

    document: ReadinessDocument
    current: Attachment | None
    replaced: tuple[Attachment, ...]
    promised_on: date | None
    is_needed: bool

    @property
    def is_lacking(self) -> bool:
        """Tell whether a paper without which nothing is sent is missing."""
        return self.is_needed and not (self.current and self.current.counts)


def documents_for(intervention_id: int | None) -> list[ReadinessDocument]:
    """Return the papers asked for this kind of activity, those needed to send first."""
    return list(asked_for(intervention_id))


def asked_for(intervention_id: int | None) -> QuerySet[ReadinessDocument]:
    """Return the rows of ``documents_for``, to be read within another query."""
    of_kind = DocumentIntervention.objects.filter(intervention=intervention_id)
    rows = ReadinessDocument.objects.in_use().filter(
        Q(blocks_sending=True) | Q(is_for_all=True) | Q(pk__in=of_kind.values("document"))
    )
    return rows.order_by("-blocks_sending", "-is_required", "name_id", "pk")


def papers_of(proposal: Proposal, documents: Iterable[ReadinessDocument]) -> list[Paper]:
    """Lay the papers of a proposal beside what is asked for; foreign papers stand at the end."""
    asked = {one.pk: one for one in documents if not one.is_per_office}
    files: dict[int, list[Attachment]] = {}
    for paper in proposal.attachments.all():
        files.setdefault(paper.document_id, []).append(paper)
        asked.setdefault(paper.document_id, paper.document)
    promised = {
        row["document"]: parse_date(row["due_on"]) for row in getattr(proposal, "promised_rows", ())
    }
    return [
        Paper(
            document=document,
            current=next((one for one in files.get(pk, ()) if one.replaced_at is None), None),
            replaced=tuple(one for one in files.get(pk, ()) if one.replaced_at is not None),
            promised_on=promised.get(pk),
            is_needed=document.blocks_sending and (document.key != "rab" or needs_money(proposal)),
        )
        for pk, document in asked.items()
    ]
