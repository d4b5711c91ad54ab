"""The buffer of what is being typed: kept as it is, dropped when it is saved; no history."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from proposals import access
from proposals.filing.actions.rows import WRITABLE
from proposals.models import Proposal, TypedText, User
from proposals.models.typed import PRESENCE
from proposals.refused import Refused

MAX_CHARACTERS = 100_000
MAX_GIVEN = 300


def keep_typed(
    *,
    proposal: Proposal,
    by: User,
    section: str,
    values: Mapping[str, str],
    base: Mapping[str, str],
) -> None:
    """Keep one section as it is typed, and note that the person is there; one statement.

    An empty section name only notes that the person is there. Nothing is judged: also half an
    amount is kept. Raises :class:`Refused` where the person may not write, nothing is open, or the
    text is larger than any form.
    """
    refuse_typing(proposal, by)
    if sum(len(name) + len(text) for name, text in values.items()) > MAX_CHARACTERS:
        raise Refused([_("This is more text than the portal can keep.")])
    rows = [TypedText(proposal=proposal, user=by, section=PRESENCE, saved_at=timezone.now())]
    if section != PRESENCE:
        rows.append(
            TypedText(
                proposal=proposal, user=by, section=section, values=dict(values), base=dict(base)
            )
        )
    TypedText.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["proposal", "user", "section"],
        update_fields=["values", "base", "saved_at"],
    )


def refuse_typing(proposal: Proposal, by: User) -> None:
    """Raise :class:`Refused` where nothing can be filled in by this person any more."""
    if not access.may_write_content(by, proposal.office_id):
        raise Refused([_("This proposal belongs to another office.")])
    if proposal.status not in WRITABLE:
        raise Refused([_("This proposal cannot be changed now; here it can be read.")])
    if proposal.year.is_signed:
        raise Refused([_("The minutes are signed: a change now needs an addendum.")])


def drop_typed(*, proposal: Proposal, by: User, section: str | None = None) -> None:
    """Drop one section of the person's buffer, or all: it is saved."""
    rows = TypedText.objects.filter(proposal=proposal, user=by).exclude(section=PRESENCE)
    (rows if section is None else rows.filter(section=section)).delete()


def hold_typed(*, proposal: Proposal, by: User) -> TypedText:
    """Lock the row that stands for the person's buffer: before the proposal and the sections.

    In this order saving and :func:`keep_typed` never wait for each other in a ring.
    """
    rows = TypedText.objects.select_for_update()
    return rows.get_or_create(proposal=proposal, user=by, section=PRESENCE)[0]


@transaction.atomic
def remember_given(
    *,
    proposal: Proposal,
    by: User,
    marks: Mapping[str, Sequence[str]],
    ids: Mapping[str, str],
) -> None:
    """Remember what saving made of the marks and the new rows, in case the answer gets lost."""
    there = hold_typed(proposal=proposal, by=by)
    there.given = {
        "marks": _newest(there.given.get("marks", {}) | dict(marks)),
        "ids": _newest(there.given.get("ids", {}) | dict(ids)),
    }
    there.save(update_fields=["given"])


def _newest(found: dict[str, object]) -> dict[str, object]:
    return dict(list(found.items())[-MAX_GIVEN:])
