"""What every row of an uploaded file is judged by, read once; and what its rows stand for."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Min

from proposals.enums import WorkbookState
from proposals.filing.queries.limit import limit_of
from proposals.filing.workbook.columns import KEY, MARKS, PROPOSALS, REF, plain
from proposals.filing.workbook.findings import Places
from proposals.filing.workbook.listings import Listings, listings_for
from proposals.filing.workbook.reading import is_standing
from proposals.filing.workbook.standing import own_rows, read_marks
from proposals.models import Proposal, User, WorkbookRow, WorkbookUpload
from proposals.uploads.xlsx import text_of

BOOK = "book"
"""Name of the mark that tells one downloaded workbook from the next."""


@dataclass
class Bench:
    """What every row of a file is judged by; ``titles`` grows while the rows are read."""

    upload: WorkbookUpload
    by: User
    lists: Listings
    places: Places
    doubles: Mapping[str, int]
    titles: dict[str, str]
    left: int | None
    is_province: bool
    since_1904: bool


def bench_for(upload: WorkbookUpload, by: User) -> Bench:
    """Read the lists, the titles of the office and what it may still file, for this person."""
    rows = upload.rows.filter(sheet=PROPOSALS).exclude(key="")
    twice = rows.values("key").annotate(n=Count("pk"), first=Min("number")).filter(n__gt=1)
    own = Proposal.objects.filter(year=upload.year_id, office=upload.office_id)
    titles = own.order_by("-pk").values_list("title", "pk")
    limit = limit_of(upload.year_id, upload.office_id)
    return Bench(
        upload=upload,
        by=by,
        lists=listings_for(upload.office, upload.year),
        places=Places(upload.layout.get("sheets", {})),
        doubles=dict(twice.order_by("key").values_list("key", "first")),
        titles={plain(title): f"U{pk}" for title, pk in titles},
        left=limit.left if limit else None,
        is_province=upload.office.region.is_province,
        since_1904=bool(upload.layout.get("since_1904")),
    )


def creation_key(upload: WorkbookUpload, row: WorkbookRow) -> uuid.UUID:
    """Return the key of a new row: made from the one given out with it, or of the file and the row.

    It is of this office and year: a file of a colleague elsewhere, or of last year, begins anew.
    """
    given = text_of(row.cells.get(REF, ""))
    try:
        named = str(uuid.UUID(given))
    except ValueError:
        named = f"{upload.sha256}:{row.number}"
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{upload.office_id}:{upload.year_id}:{named}")


def standing_id(row: WorkbookRow) -> int | None:
    """Return the id of the proposal that a row names by its key; nothing for a new one."""
    key = text_of(row.cells.get(KEY, "")).strip()
    return int(key[1:]) if is_standing(key) else None


class Standing:
    """What stands online of some rows: the named proposals, and drafts that these rows made."""

    def __init__(self, upload: WorkbookUpload, rows: Iterable[WorkbookRow], by: User) -> None:
        found = list(rows)
        own = own_rows(by, upload.year)
        named = {row.pk: standing_id(row) for row in found}
        keys = {row.pk: creation_key(upload, row) for row in found if named[row.pk] is None}
        by_id = own.in_bulk([pk for pk in named.values() if pk is not None])
        by_key = {one.creation_key: one for one in own.filter(creation_key__in=keys.values())}
        self.proposals = {
            row.pk: by_id.get(named[row.pk] or 0) or by_key.get(keys.get(row.pk, uuid.UUID(int=0)))
            for row in found
        }
        self.applied = self._applied(upload, found)

    def _applied(
        self, upload: WorkbookUpload, rows: list[WorkbookRow]
    ) -> dict[int, dict[str, str]]:
        """Return the marks of what the same workbook wrote last time, by the row."""
        wrote = WorkbookRow.objects.filter(
            upload__office=upload.office_id,
            upload__state=WorkbookState.APPLIED,
            proposal__in=[one for one in self.proposals.values() if one is not None],
        )
        newest = wrote.order_by("proposal", "-upload").distinct("proposal")
        told = dict(newest.values_list("proposal", "found"))
        marks: dict[int, dict[str, str]] = {}
        for row in rows:
            proposal = self.proposals[row.pk]
            last = told.get(proposal.pk, {}) if proposal else {}
            book = read_marks(text_of(row.cells.get(MARKS, ""))).get(BOOK)
            if book and last.get(BOOK) == book:
                marks[row.pk] = read_marks(last.get("marks", ""))
        return marks
