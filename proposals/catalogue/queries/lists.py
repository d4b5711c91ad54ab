"""The rows of one list as its address asks for them: searched, filtered, sorted."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, CharField, Count, F, IntegerField, Model, Q, QuerySet, When
from django.db.models import Value as Constant
from django.db.models.expressions import Expression, OrderBy
from django.db.models.functions import Lower
from django.utils.translation import get_language

from proposals.catalogue.specs import SPECS, ListSpec
from proposals.models import Proposal, User
from proposals.models.listed import Listed

IN_USE, RETIRED, ALL = "in_use", "retired", "all"


def rows_of(spec: ListSpec, asked: Mapping[str, Any]) -> QuerySet[Listed]:
    """Return the rows that the clean values of the address ask for, in their order."""
    rows = spec.model._default_manager.select_related(*spec.loads)
    if words := asked.get("q"):
        found = Q()
        for column in spec.searches:
            found |= Q(**{f"{column}__icontains": words})
        rows = rows.filter(found)
    state = asked.get("state") or IN_USE
    if state != ALL:
        rows = rows.filter(is_retired=state == RETIRED)
    for name in spec.filters:
        if asked.get(name) not in {None, ""}:
            rows = rows.filter(**{name: asked[name]})
    return rows.order_by(*order_of(spec, asked.get("sort") or ""))


def order_of(spec: ListSpec, sort: str) -> list[OrderBy]:
    """Return the order: by the column asked for, or the list's own; the key decides ties."""
    is_known = sort.removeprefix("-") in spec.sorts
    names = (sort,) if is_known else spec.order
    return [*(_by(spec, name) for name in names), F("pk").asc()]


def _by(spec: ListSpec, name: str) -> OrderBy:
    bare = name.removeprefix("-")
    expression = _named("") if bare == "name" else _column(spec, bare)
    if name.startswith("-"):
        return expression.desc(nulls_last=True)
    return expression.asc(nulls_last=True)


def _column(spec: ListSpec, name: str) -> Expression | F:
    field = spec.model._meta.get_field(name)
    if field.is_relation:
        return _named(f"{name}__")
    return Lower(name) if isinstance(field, CharField) else F(name)


def _named(path: str) -> Expression | F:
    """Order by the name in the language of the screen, small and capital letters alike."""
    if get_language() != "en":
        return Lower(f"{path}name_id")
    english = When(~Q(**{f"{path}name_en": ""}), then=Lower(f"{path}name_en"))
    return Case(english, default=Lower(f"{path}name_id"))


def row_with_links(spec: ListSpec) -> QuerySet[Listed]:
    """Return rows loaded with all that their page tells."""
    return spec.model._default_manager.select_related(*spec.loads).prefetch_related(*spec.links)


def uses(spec: ListSpec, row: Model, user: User) -> int | None:
    """Count the proposals this person may read that use the row, where the list keeps count."""
    if not spec.used_in:
        return None
    rows = Proposal.objects.visible_to(user).filter(**{spec.used_in: row.pk})
    return rows.values("pk").distinct().count()


def counts() -> dict[str, int]:
    """Count the rows in use of every list, with one query."""
    one, *others = (_count(at, spec) for at, spec in enumerate(SPECS))
    found = dict(one.union(*others, all=True).values_list("at", "n"))
    return {spec.name: found.get(at, 0) for at, spec in enumerate(SPECS)}


def _count(at: int, spec: ListSpec) -> QuerySet[Any, Any]:
    rows = spec.model._default_manager.filter(is_retired=False).order_by()
    marked = rows.annotate(at=Constant(at, output_field=IntegerField())).values("at")
    return marked.annotate(n=Count("pk")).values("at", "n")
