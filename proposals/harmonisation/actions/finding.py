"""Finding overlaps behind the pages: what is marked is compared with the others of its year.

One proposal is one transaction, which clears its mark, so a crash loses none. All rows are locked
in one order and without waiting before anything is written; whoever is in the way comes first.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from time import monotonic
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from proposals.enums import OverlapVerdict, YearState
from proposals.harmonisation.overlaps.blocking import keys_of
from proposals.harmonisation.overlaps.judging import Judge
from proposals.harmonisation.overlaps.packing import fingerprint, packed, unpacked
from proposals.harmonisation.overlaps.pieces import Piece, Verdict
from proposals.harmonisation.overlaps.signs import Signs, signs_of
from proposals.harmonisation.queries.candidates import sharing
from proposals.harmonisation.queries.pieces import current_lists, pieces_of
from proposals.models import JointProgramme, OverlapPair, OverlapSigns, Proposal, Share
from proposals.transitions import WITH_PROVINCE

logger = logging.getLogger(__name__)

LOCK = 819
PUT_OFF = timedelta(minutes=10)
LONGEST_KEY = 120
MOST_NEW = 50
"""So many new pairs of one proposal are kept at once, the nearest: nobody reads more."""
YEAR = "select id from proposals_planningyear where id = %s for key share skip locked"
COLUMNS = ("kind", "score", "reasons", "fingerprint_a", "fingerprint_b")
FOUND = (*COLUMNS, "verdict", "verdict_reason", "judged_by", "judged_at", "row_version")


@dataclass(frozen=True, slots=True)
class Due:
    """A marked proposal, with the mark as it was read."""

    pk: int
    year_id: int
    marked_at: datetime
    is_with_province: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of another proposal: its signs, and the mark of its content."""

    signs: Signs
    fingerprint: str


def waiting() -> QuerySet[Proposal]:
    """Return the marked proposals of years that still move, the longest waiting first."""
    return (
        Proposal.objects.filter(overlaps_due_at__lte=Now())
        .exclude(year__state__in=[YearState.SIGNED, YearState.ARCHIVED])
        .order_by("overlaps_due_at", "pk")
    )


def find_due(*, seconds: float = 3.0) -> int:
    """Compare what is marked, for so long; return how many proposals were done."""
    judge, until, done, passed = Judge(current_lists()), monotonic() + seconds, 0, list[int]()
    while monotonic() < until:
        due = _next(passed)
        if due is None:
            break
        if _tried(due, judge):
            done += 1
        else:
            passed.append(due.pk)
    return done


def _tried(due: Due, judge: Judge) -> bool:
    """Compare one proposal; one that cannot be compared is put off, and the others go on."""
    try:
        return _look(due, judge)
    except Exception:
        logger.exception("Proposal %s could not be compared; tried again later.", due.pk)
        marked = Proposal.objects.filter(pk=due.pk, overlaps_due_at=due.marked_at)
        marked.update(overlaps_due_at=timezone.now() + PUT_OFF)
        return False


def _next(passed: Iterable[int]) -> Due | None:
    row = waiting().exclude(pk__in=list(passed)).first()
    marked_at = row.overlaps_due_at if row else None
    if row is None or marked_at is None:
        return None
    return Due(row.pk, row.year_id, marked_at, row.status in WITH_PROVINCE)


@transaction.atomic
def _look(due: Due, judge: Judge) -> bool:
    """Compare one proposal; False where somebody holds a row of it just now."""
    if not _is_alone():
        return False
    paired = {_other(pair, due.pk) for pair in _pairs_of(due.pk)}
    found, mark = dict[int, tuple[Verdict, str]](), ""
    if due.is_with_province:
        found, mark = _found(due, judge, paired)
    if not _locked(due, {*paired, *found}):
        transaction.set_rollback(True)
        return False
    if not due.is_with_province:
        OverlapSigns.objects.filter(proposal=due.pk).delete()
    rows = _pairs_of(due.pk).select_for_update(of=("self",))  # somebody may have judged meanwhile
    _write(due, mark, {_other(pair, due.pk): pair for pair in rows}, found)
    Proposal.objects.filter(pk=due.pk).update(overlaps_due_at=None)
    return True


def _is_alone() -> bool:
    """Hold a lock until the commit: two searches at once would miss each other's proposals."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s, 0)", [LOCK])
        return bool(cursor.fetchone() == (True,))


def _pairs_of(pk: int) -> QuerySet[OverlapPair]:
    return OverlapPair.objects.filter(Q(a=pk) | Q(b=pk)).order_by("pk")


def _other(pair: OverlapPair, pk: int) -> int:
    return pair.b_id if pair.a_id == pk else pair.a_id


def _found(due: Due, judge: Judge, paired: set[int]) -> tuple[dict[int, tuple[Verdict, str]], str]:
    """Return the verdicts on a proposal by the other one, and the mark of its content."""
    piece = pieces_of([due.pk])[due.pk]
    signs = signs_of(piece, judge.lists)
    row = columns_of(piece, signs)
    mark: str = row["fingerprint"]
    OverlapSigns.objects.update_or_create(proposal_id=due.pk, defaults=row)
    others = {*sharing(row["keys"], due.pk), *paired}
    found = {}
    for pk, known in _known(others, judge).items():
        if verdict := judge(signs, known.signs):
            found[pk] = verdict, known.fingerprint
    for pk in sorted(found.keys() - paired, key=lambda pk: (-found[pk][0].score, pk))[MOST_NEW:]:
        del found[pk]
    return found, mark


def columns_of(piece: Piece, signs: Signs) -> dict[str, Any]:
    """Return what ``OverlapSigns`` keeps of a piece: keys, signs, the mark of its content."""
    return {
        "keys": sorted({key[:LONGEST_KEY] for key in keys_of(signs)}),
        "signs": packed(signs),
        "fingerprint": fingerprint(piece),
    }


def _known(ids: Iterable[int], judge: Judge) -> dict[int, Known]:
    rows = OverlapSigns.objects.filter(proposal__in=list(ids), proposal__status__in=WITH_PROVINCE)
    told = rows.values_list("proposal", "signs", "fingerprint")
    return {pk: Known(unpacked(signs, judge.lists), mark) for pk, signs, mark in told}


def _locked(due: Due, others: set[int]) -> bool:
    """Lock the year, a proposal as it was read, and those it is paired with.

    False where somebody holds one of them: what is written later waits for no other lock.
    """
    with connection.cursor() as cursor:
        cursor.execute(YEAR, [due.year_id])
        if cursor.fetchone() is None:
            return False
    rows = dict(
        Proposal.objects.filter(pk__in=[due.pk, *others])
        .select_for_update(of=("self",), no_key=True, skip_locked=True)
        .order_by("pk")
        .values_list("pk", "overlaps_due_at")
    )
    return len(rows) == len(others) + 1 and rows[due.pk] == due.marked_at


def _write(
    due: Due, mark: str, pairs: dict[int, OverlapPair], found: dict[int, tuple[Verdict, str]]
) -> None:
    grouped = _grouped_with(due.pk)
    gone, changed = [], []
    for other, pair in pairs.items():
        if pair.verdict == OverlapVerdict.CONFIRMED and other in grouped:
            continue
        seen = found.get(other)
        if seen is None and pair.verdict != OverlapVerdict.DISMISSED:
            gone.append(pair)
        elif seen is not None:
            values = _values(due.pk, other, seen[0], (mark, seen[1]))
            if _renewed(pair, values, grouped.get(other)):
                changed.append(pair)
    _throw_away(gone)
    OverlapPair.objects.bulk_update(changed, FOUND)
    OverlapPair.objects.bulk_create(
        _new(due, other, _values(due.pk, other, verdict, (mark, its)), grouped.get(other))
        for other, (verdict, its) in sorted(found.items())
        if other not in pairs
    )


def _new(
    due: Due, other: int, values: dict[str, object], group: JointProgramme | None
) -> OverlapPair:
    a, b = sorted((due.pk, other))
    pair = OverlapPair(year_id=due.year_id, a_id=a, b_id=b, **values)
    if group is not None:
        pair.settle(group.title, group.created_by)
    return pair


def _grouped_with(pk: int) -> dict[int, JointProgramme]:
    """Return the proposals in the group that this one is a member of, with the group."""
    shares = Share.objects.filter(joint__shares__proposal=pk).exclude(proposal=pk)
    return {one.proposal_id: one.joint for one in shares.select_related("joint__created_by")}


def _values(pk: int, other: int, verdict: Verdict, marks: tuple[str, str]) -> dict[str, object]:
    mine, theirs = marks
    return {
        "kind": verdict.kind.value,
        "score": Decimal(str(verdict.score)),
        "reasons": [[code, _listed(given)] for code, given in verdict.reasons],
        "fingerprint_a": mine if pk < other else theirs,
        "fingerprint_b": theirs if pk < other else mine,
    }


def _listed(given: tuple[object, ...]) -> list[object]:
    return [list(one) if isinstance(one, tuple) else one for one in given]


def _renewed(pair: OverlapPair, values: dict[str, object], group: JointProgramme | None) -> bool:
    """Give a pair what was found; tell whether it changed.

    What a person dismissed stays dismissed while both contents are as they were; what stands in
    one group is settled, and what does no longer waits for a word again.
    """
    marks = (values["fingerprint_a"], values["fingerprint_b"])
    is_same_content = marks == (pair.fingerprint_a, pair.fingerprint_b)
    if pair.verdict == OverlapVerdict.DISMISSED and is_same_content:
        return False
    before = {name: getattr(pair, name) for name in FOUND}
    for name, value in values.items():
        setattr(pair, name, value)
    pair.open_again()
    if group is not None:
        pair.settle(group.title, group.created_by)
    if before == {name: getattr(pair, name) for name in FOUND}:
        return False
    pair.row_version += 1
    return True


def _throw_away(pairs: list[OverlapPair]) -> None:
    """Take away pairs that hold no longer; of a group that is no more the verdict goes first."""
    for pair in pairs:
        if pair.verdict != OverlapVerdict.OPEN:
            pair.open_again()
            pair.save()
    OverlapPair.objects.filter(pk__in=[pair.pk for pair in pairs]).delete()
