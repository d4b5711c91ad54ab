"""What the search offers on the board: a few suggestions at a time, one of them opened."""

from functools import cached_property

from proposals import web
from proposals.harmonisation.queries import suggestions
from proposals.harmonisation.queries.suggestions import MOST_PAIRS, Suggestion
from proposals.models import Sector

SHOWN = 6


class Offer:
    """The suggestions of the year that is worked in: one query, cut into pages of six.

    The address may ask for one sector, or for what was decided without a word on the pair.
    """

    def __init__(self, request: web.PersonRequest) -> None:
        user, year = request.user, web.current_year(request)
        sector = _number(request, "sektor")
        self.sector = Sector.objects.filter(pk=sector).first() if sector else None
        self.is_decided = request.GET.get("diputus") == "1"
        decided = suggestions.open_pairs(user, year, is_decided=True, sector=self.sector)
        waiting = suggestions.open_pairs(user, year, sector=self.sector)
        found = list((decided if self.is_decided else waiting)[: MOST_PAIRS + 1])
        self.n_decided = decided.count()
        self.is_cut = len(found) > MOST_PAIRS
        self.all = suggestions.suggestions(found[:MOST_PAIRS])
        self._wanted, self._page = _number(request, "saran"), max(1, _number(request, "halaman"))

    @property
    def is_narrow(self) -> bool:
        """Tell whether the address asks for a part of the suggestions."""
        return self.is_decided or self.sector is not None

    @property
    def is_named(self) -> bool:
        """Tell whether the address asks for a suggestion that is there."""
        return self._named is not None

    @cached_property
    def _named(self) -> Suggestion | None:
        """Return the suggestion that holds the pair of the address."""
        return next(
            (one for one in self.all if any(pair.pk == self._wanted for pair in one.pairs)), None
        )

    @cached_property
    def chosen(self) -> Suggestion | None:
        """Return the one that is opened: the one named in the address, else the nearest."""
        return self._named or next(iter(self.all), None)

    @cached_property
    def page(self) -> int:
        """Return the number of the page shown: never beyond the last."""
        return min(self._page, max(1, -(-len(self.all) // SHOWN)))

    @property
    def shown(self) -> list[Suggestion]:
        """Return the suggestions of this page."""
        return self.all[(self.page - 1) * SHOWN : self.page * SHOWN]

    @property
    def previous(self) -> int | None:
        """Return the number of the page before, if there is one."""
        return self.page - 1 if self.page > 1 else None

    @property
    def following(self) -> int | None:
        """Return the number of the page after, if there is one."""
        return self.page + 1 if self.page * SHOWN < len(self.all) else None


def _number(request: web.PersonRequest, name: str) -> int:
    return web.number_in(request.GET.get(name, ""), 9) or 0
