"""The queue as somebody asks for it as a workbook: the rows, the columns and the words."""

from dataclasses import dataclass

from django.http import QueryDict

from proposals import access
from proposals.models import PlanningYear, User
from proposals.models.proposal import ProposalQuerySet
from proposals.review import listing, queries, saved, workbook
from proposals.review.forms.filters import FilterForm


@dataclass(frozen=True)
class Asked:
    """What one person may read of the queue, filtered as the address says."""

    rows: ProposalQuerySet
    columns: list[workbook.Column]
    title: str
    year: PlanningYear | None
    name: str
    query: str

    def written(self, tell: workbook.Tell = workbook.silent) -> bytes:
        """Return the workbook."""
        return workbook.of_queue(self.rows, self.columns, self.title, self.year, tell)


def asked_for(user: User, year: PlanningYear | None, query: QueryDict) -> Asked:
    """Read an address as the list does."""
    view = saved.chosen_view(query.get("tampilan", ""), user)
    form = FilterForm(query, lists=queries.choices())
    rows = queries.for_queue(queries.queue(user, year, view, form.wanted()))
    chips = [f"{chip.word}: {chip.value}" for chip in listing.chips(form, query)]
    columns = workbook.columns_for(
        with_scores=access.sees_scores(user), with_decisions=access.sees_decisions(user)
    )
    title = " · ".join([str(view.word), *chips])
    return Asked(rows, columns, title, year, workbook.name(view, year), query.urlencode())
