"""The whole form of one proposal: single fields, lists, answers to points, papers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from proposals.enums import TreeStage
from proposals.fields import FIELDS, Section
from proposals.filing.actions import Filled, open_codes
from proposals.filing.actions.parts import PARTS, Row
from proposals.filing.forms.content import CODE_OF, ContentForm, QuietForm
from proposals.filing.forms.papers import AnswerForm, PapersForm
from proposals.filing.forms.rows import MainRow, RowSet, make_set
from proposals.filing.queries.choices import Choices, choices_for
from proposals.filing.queries.codes import usable_codes
from proposals.filing.queries.papers import Paper, papers_of
from proposals.models import DerivativeStage, Proposal

SETS = ("outputs", "budget_lines", "co_funding", "financing_needs", "locations", "commodity_uses")


@dataclass(frozen=True)
class Loose:
    """Single forms, shaped like the rows of a list."""

    forms: list[QuietForm]

    def non_form_errors(self) -> list[str]:
        """Return nothing: each error stands at its own form."""
        return []


class Sheet:
    """The form of a proposal, unbound to be filled or bound to what was posted.

    Only what is open now is in it: a draft whole, a returned proposal where its points open it.
    """

    def __init__(
        self,
        proposal: Proposal,
        choices: Choices,
        papers: list[Paper],
        data: Any = None,
        files: Any = None,
    ) -> None:
        self.proposal, self.choices, self.data = proposal, choices, data
        self.paper_rows = papers
        points = [one for one in proposal.return_points.all() if one.settled_at is None]
        self.codes = open_codes(proposal.status, points)
        self.content = ContentForm(data, proposal=proposal, choices=choices, codes=self.codes)
        self.sets = {name: self._set(name) for name in SETS if PARTS[name].code in self.codes}
        self.main = self._main() if "commodity_uses" in self.codes else None
        self.answers = [AnswerForm(data, point=point) for point in points]
        has_papers = "attachments" in self.codes
        self.papers = PapersForm(data, files, papers=papers if has_papers else [])
        self._offer_code()

    def _set(self, name: str) -> RowSet:
        proposal, is_province = self.proposal, self.proposal.office.region.is_province
        kind = "regions" if name == "locations" and is_province else name
        return make_set(
            kind,
            data=self.data,
            prefix=name,
            initial=INITIAL[name](proposal),
            choices={
                "district": (self.choices.places, None),
                "region": (self.choices.places, None),
                "scheme": (self.choices.schemes, lambda row: row.scheme),
                "commodity": (self.choices.commodities, lambda row: row.get_kind_display()),
                "stage": (self.choices.stages, lambda row: row.tree_name_id),
            },
        )

    def _main(self) -> MainRow:
        uses = self.proposal.commodity_uses.all()
        standing = next((use for use in uses if use.role == "main"), None)
        form = MainRow(self.data, prefix="main", initial=_use(standing) if standing else None)
        commodity, stage = form.fields["commodity"], form.fields["stage"]
        commodity.offer(self.choices.commodities)  # type: ignore[attr-defined]  # a Pick
        chosen = form["commodity"].value()
        tree = self._stages_of(str(getattr(chosen, "pk", chosen) or ""))
        stage.offer(tree or self.choices.stages, _stage_group if tree else _tree)  # type: ignore[attr-defined]  # a Pick
        form.empty_permitted = True
        form.use_required_attribute = False
        return form

    def _stages_of(self, commodity: str) -> list[DerivativeStage]:
        """Return the industry tree of a commodity, whole; nothing where it has none."""
        stages = self.choices.stages
        trees = {
            stage.tree
            for stage in stages
            if commodity
            and commodity in {str(stage.upstream_commodity_id), str(stage.product_commodity_id)}
        }
        return [stage for stage in stages if stage.tree in trees]

    @property
    def tree(self) -> list[tuple[str, list[DerivativeStage]]]:
        """Return the industry tree of the chosen commodity, from raw material to product."""
        chosen = self.main["commodity"].value() if self.main else None
        rows = self._stages_of(str(getattr(chosen, "pk", chosen) or ""))
        found = [
            (str(stage.label), [row for row in rows if row.stage == stage]) for stage in TreeStage
        ]
        return found if rows else []

    def _offer_code(self) -> None:
        """Let the posted code be chosen where it is one of the year's edition."""
        field = self.content.fields.get("nomenclature")
        posted = str(self.content["nomenclature"].data or "") if field and self.data else ""
        if posted.isdecimal() and len(posted) < 19:
            edition = self.proposal.year.nomenclature_edition
            rows = usable_codes(edition, self.proposal.nomenclature_id).filter(pk=int(posted))
            field.offer(rows)  # type: ignore[union-attr]  # a Pick

    def again(self, data: Any = None, files: Any = None) -> "Sheet":
        """Return the same form with other data: empty, or bound to it; nothing is read anew."""
        return Sheet(self.proposal, self.choices, self.paper_rows, data, files)

    @cached_property
    def forms(self) -> list[QuietForm]:
        """Return the single forms in the order of the page."""
        found: list[QuietForm] = [self.content]
        if self.main is not None:
            found.append(self.main)
        return [*found, *self.answers, self.papers]

    def is_valid(self) -> bool:
        """Judge every form, so that every error is shown at once."""
        forms = [form.is_valid() for form in self.forms]
        rows = [rows.is_valid() for rows in self.sets.values()]
        return all(forms) and all(rows)

    def hush(self) -> None:
        """Show what was typed without judging it."""
        for form in self.forms:
            form.hush()
        for rows in self.sets.values():
            rows.hush()

    def filled(self) -> Filled:
        """Return what a valid form holds in clean values."""
        parts = {name: rows.rows() for name, rows in self.sets.items()}
        if self.main is not None and self.main.has_changed():
            parts["commodity_uses"].insert(0, self.main.row())
        return Filled(
            values=self.content.values(),
            parts=parts,
            answers=[(form.point, form.answer) for form in self.answers if form.answer],
            uploads=self.papers.uploads(),
            promises=self.papers.promises(),
        )

    @property
    def judged(self) -> list[Any]:
        """Return every form beside the first one as the list of errors wants them."""
        return [*self.sets.values(), Loose(self.forms[1:])]

    @property
    def due_on(self) -> date | None:
        """Return the last day for the open points; nothing where there are none."""
        return max((form.point.due_on for form in self.answers), default=None)

    @property
    def total_rp(self) -> Any:
        """Return what is requested as it stands in the boxes, or else in the proposal."""
        lines = self.sets.get("budget_lines")
        if lines is not None and lines.total_rp is not None:
            return lines.total_rp
        if "requested_rp" not in self.content.fields or self.data is None:
            return self.proposal.requested_rp
        return self.content.read("requested_rp")

    def n_wrong(self) -> dict[Section, int]:
        """Count what is wrong in each section of the page."""
        counts = dict.fromkeys(Section, 0)
        for code, number in self._wrong():
            counts[FIELDS[code].section] += number
        return counts

    def _wrong(self) -> Iterator[tuple[str, int]]:
        if self.data is None:
            return
        for name in self.content.errors:
            yield CODE_OF.get(name, "title"), 1
        for name, rows in self.sets.items():
            yield PARTS[name].code, rows.total_error_count()
        if self.main is not None:
            yield "commodity_uses", len(self.main.errors)
        for form in self.answers:
            yield form.point.field, len(form.errors)
        yield "attachments", len(self.papers.errors)


def _stage_group(row: DerivativeStage) -> Any:
    return row.get_stage_display()


def _tree(row: DerivativeStage) -> Any:
    return row.tree_name_id


def bound(proposal: Proposal, data: Any = None, files: Any = None) -> Sheet:
    """Return the form of a proposal, empty or bound to what was posted."""
    choices = choices_for(proposal)
    return Sheet(proposal, choices, papers_of(proposal, choices.documents), data, files)


def _use(use: Any) -> Row:
    return {name: getattr(use, name) for name in ("id", "quantity", "unit", "origin", "role")} | {
        "commodity": use.commodity_id,
        "stage": use.stage_id,
    }


def _rows(name: str, *columns: str) -> Any:
    def told(proposal: Proposal) -> list[Row]:
        rows = getattr(proposal, name).all()
        return [{column: getattr(row, column) for column in ("id", *columns)} for row in rows]

    return told


def _places(proposal: Proposal) -> list[Row]:
    return [
        {
            "id": row.pk,
            "district": row.district_id,
            "region": row.region_id,
            "village": row.village,
        }
        for row in proposal.locations.all()
    ]


INITIAL: dict[str, Any] = {
    "outputs": lambda proposal: [
        {name: getattr(row, name) for name in ("id", "kind", "text", "unit", "target")}
        for row in sorted(proposal.outputs.all(), key=lambda row: (row.position, row.pk))
    ],
    "budget_lines": _rows("budget_lines", "text", "volume", "unit", "unit_cost_rp"),
    "locations": _places,
    "co_funding": lambda proposal: list(proposal.co_funding_rows),
    "financing_needs": lambda proposal: list(proposal.financing_rows),
    "commodity_uses": lambda proposal: [
        _use(use) for use in proposal.commodity_uses.all() if use.role != "main"
    ],
}
