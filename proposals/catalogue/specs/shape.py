"""The shape of one reference list: what its pages show, search, filter, sort and let be edited."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from proposals import timeline
from proposals.models.listed import Listed

Values = dict[str, Any]


@dataclass(frozen=True)
class ListSpec:
    """One list; pages, forms and queries of every list are made from such a row.

    ``name`` and ``one`` are the names of its addresses under ``path``; ``short`` is the word of
    its tab. ``columns`` stand in the table beside the name, ``fields`` in the form and among the
    facts, ``links`` are many-to-many columns among them. ``new_only`` fields are chosen once.
    ``words`` explain columns whose codes have no closed list in the model.
    """

    name: str
    one: str
    path: str
    model: type[Listed]
    title: Promise
    lead: Promise
    short: Promise | None = None
    add: Promise | None = None
    columns: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    new_only: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    order: tuple[str, ...] = ("name",)
    loads: tuple[str, ...] = ()
    used_in: str = ""
    code: str = ""
    helps: Mapping[str, Promise] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, Promise]] = field(default_factory=dict)
    children: tuple[timeline.Child, ...] = ()
    key_of: Callable[[Values], str] | None = None
    complete: Callable[[Values], Values] | None = None

    @property
    def tab(self) -> Promise:
        """Return the word of the list among the others."""
        return self.short or self.title

    def facts(self, *, is_edited: bool) -> tuple[str, ...]:
        """Return what is told beside the form, or instead of it."""
        fixed = tuple(name for name in (self.code, *self.columns) if name not in {"", *self.fields})
        fixed = tuple(dict.fromkeys((*fixed, *self.new_only)))
        return fixed if is_edited else tuple(dict.fromkeys((*fixed, *self.fields)))

    @property
    def searches(self) -> tuple[str, ...]:
        """Return the columns that the search box looks into."""
        return ("name_id", "name_en", *self.searched)

    @property
    def sorts(self) -> tuple[str, ...]:
        """Return what the table may be sorted by."""
        return ("name", *((self.code,) if self.code else ()), *self.columns)
