"""Saving the form as a whole: content, answers and papers stand together or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from proposals.filing.actions.content import save_content
from proposals.filing.actions.papers import attach, promise
from proposals.filing.actions.parts import Row
from proposals.filing.actions.points import answer_point
from proposals.models import Proposal, ReadinessDocument, ReturnPoint, User
from proposals.uploads.kinds import Upload


@dataclass(frozen=True)
class Filled:
    """What a form holds in clean values; what is not named stays."""

    values: dict[str, object] = field(default_factory=dict)
    parts: dict[str, list[Row]] = field(default_factory=dict)
    answers: Iterable[tuple[ReturnPoint, str]] = ()
    uploads: Iterable[tuple[ReadinessDocument, Upload]] = ()
    promises: Iterable[tuple[ReadinessDocument, date | None]] = ()


@transaction.atomic
def save_filled(*, proposal: Proposal, by: User, row_version: int, filled: Filled) -> Proposal:
    """Save everything that one form holds, in one transaction."""
    saved = save_content(
        proposal=proposal,
        by=by,
        row_version=row_version,
        values=filled.values,
        parts=filled.parts,
    )
    for point, answer in filled.answers:
        answer_point(point=point, by=by, answer=answer)
    for document, upload in filled.uploads:
        attach(proposal=saved, by=by, document=document, upload=upload)
    for document, due_on in filled.promises:
        promise(proposal=saved, by=by, document=document, due_on=due_on)
    return saved
