"""Lists cut into pages: by number with a count up to 1.000, or by key where lists are long."""

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.formats import number_format

from proposals.web.requests import number_in

M = TypeVar("M", bound=Model)

PER_PAGE = 25
COUNT_LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Some rows of a list, and the addresses of those before and after them ("" where none).

    ``first`` is 0 where a page by key does not know its position.
    """

    rows: list[M]
    total: int
    is_capped: bool
    first: int
    previous: str
    next: str

    def __iter__(self) -> Iterator[M]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def total_text(self) -> str:
        """Write the count, "1.000+" where counting stopped."""
        return number_format(self.total, use_l10n=True, force_grouping=True) + (
            "+" if self.is_capped else ""
        )

    @property
    def last(self) -> int:
        """Return the position of the last row on this page."""
        return self.first + len(self.rows) - 1

    @property
    def has_others(self) -> bool:
        """Tell whether there is another page at all."""
        return bool(self.previous or self.next)


def numbered(
    request: HttpRequest,
    rows: QuerySet[M],
    *,
    per_page: int = PER_PAGE,
    total: int | None = None,
) -> Page[M]:
    """Cut out the page that ``?page=`` names: two queries, whatever the number of rows.

    Give ``total`` where a page has counted the rows already.
    """
    if total is None:
        total = rows.order_by().values("pk")[: COUNT_LIMIT + 1].count()
    is_capped = total > COUNT_LIMIT
    total = min(total, COUNT_LIMIT)
    number = max(1, number_in(request.GET.get("page", ""), 7) or 1)
    if not is_capped:
        number = min(number, max(1, -(-total // per_page)))
    start = (number - 1) * per_page
    found = list(rows[start : start + per_page + 1])
    return Page(
        rows=found[:per_page],
        total=total,
        is_capped=is_capped,
        first=start + 1 if found else 0,
        previous=_address(request, page=number - 1) if number > 1 else "",
        next=_address(request, page=number + 1) if len(found) > per_page else "",
    )


def keyed(
    request: HttpRequest, rows: QuerySet[M], order: Sequence[str], *, per_page: int = PER_PAGE
) -> Page[M]:
    """Cut out the rows after (or before) a key: page 4,000 costs what page 1 costs.

    ``order`` names columns of the model that are never empty, the last one unique ("-sent_at",
    "pk"). A key that cannot be read gives the first page.
    """
    total = rows.order_by().values("pk")[: COUNT_LIMIT + 1].count()
    back = _key(request.GET.get("before", ""), rows, order)
    ahead = _key(request.GET.get("after", ""), rows, order) if back is None else None
    turned = [_turned(name) for name in order] if back is not None else list(order)
    key = back if back is not None else ahead
    wanted = rows.order_by(*turned)
    found = list((wanted.filter(_beyond(turned, key)) if key else wanted)[: per_page + 1])
    has_more, found = len(found) > per_page, found[:per_page]
    if back is not None:
        found.reverse()
    has_next, has_previous = (True, has_more) if back is not None else (has_more, bool(ahead))
    is_back, is_ahead = bool(found and has_previous), bool(found and has_next)
    return Page(
        rows=found,
        total=min(total, COUNT_LIMIT),
        is_capped=total > COUNT_LIMIT,
        first=0,
        previous=_address(request, before=_cursor(found[0], order)) if is_back else "",
        next=_address(request, after=_cursor(found[-1], order)) if is_ahead else "",
    )


def _address(request: HttpRequest, **place: object) -> str:
    """Return the query string of this list at another place; search and filters stay."""
    query = request.GET.copy()
    for name in ("page", "before", "after"):
        query.pop(name, None)
    query.update({name: str(value) for name, value in place.items()})
    return f"?{query.urlencode()}"


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _cursor(row: Model, order: Sequence[str]) -> str:
    """Write the key of a row as one word for the address."""
    values = [getattr(row, name.removeprefix("-")) for name in order]
    text = json.dumps(values, cls=DjangoJSONEncoder, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _key(text: str, rows: QuerySet[M], order: Sequence[str]) -> list[Any] | None:
    """Read a key back into clean values, or nothing where somebody wrote it by hand."""
    if not text or len(text) > 400:
        return None
    try:
        padded = text + "=" * (-len(text) % 4)
        values = json.loads(base64.urlsafe_b64decode(padded.encode()))
        fields = [_field(rows.model, name) for name in order]
        clean = [field.to_python(value) for field, value in zip(fields, values, strict=True)]
    except (ValueError, TypeError, OverflowError, ValidationError):
        return None
    return None if any("\x00" in value for value in clean if isinstance(value, str)) else clean


def _field(model: type[Model], name: str) -> Field[Any, Any]:
    """Return the column an order name stands for."""
    bare = name.removeprefix("-")
    return next(
        field
        for field in model._meta.concrete_fields
        if field.name == bare or (bare == "pk" and field.primary_key)
    )


def _beyond(order: Sequence[str], key: Sequence[Any]) -> Q:
    """Keep what comes after the key: (a > x) or (a = x and b > y) ..."""
    beyond, equal = Q(), Q()
    for name, value in zip(order, key, strict=True):
        bare = name.removeprefix("-")
        step = "lt" if name.startswith("-") else "gt"
        beyond |= equal & Q(**{f"{bare}__{step}": value})
        equal &= Q(**{bare: value})
    return beyond
