"""Proposals with all that a comparison looks at, in one query whatever their number."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, JSONObject, NullIf
from django.utils.translation import get_language

from proposals import likeness
from proposals.enums import Action, OverlapVerdict, ResultKind, UseRole
from proposals.models import (
    BudgetLine,
    CommodityUse,
    JointProgramme,
    Location,
    Output,
    OverlapPair,
    Proposal,
    Share,
    User,
)
from proposals.models.overlap import percent_of
from proposals.models.proposal import ProposalQuerySet
from proposals.transitions import TRANSITIONS

PARTS = ("results", "places", "uses", "lines")


@dataclass(frozen=True, slots=True)
class Result:
    """One output or outcome of a proposal, or of the programme itself."""

    kind: str
    text: str
    unit: str
    target: Decimal


@dataclass(frozen=True, slots=True)
class Use:
    """One commodity of a proposal, with the quantity a year where it is known."""

    role: str
    name: str
    quantity: Decimal | None
    unit: str
    stage: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the cost estimate."""

    text: str
    total_rp: Decimal


@dataclass(frozen=True, slots=True)
class Nearest:
    """The pair that a proposal makes with the nearest of those it is set beside."""

    pair: int
    percent: int
    said: tuple[str, ...] = ()
    """The words that both texts name, as this proposal writes them."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One proposal as a comparison reads it; ``proposal.share`` is loaded where it has one."""

    proposal: Proposal
    results: list[Result]
    places: list[str]
    uses: list[Use]
    lines: list[Line]
    nearest: Nearest | None = None

    @property
    def may_be_redirected(self) -> bool:
        """Tell whether it may still be sent on to the authority or affair that it belongs to."""
        return self.proposal.status in TRANSITIONS[Action.REDIRECT].sources

    @property
    def commodity(self) -> str:
        """Return the name of the main commodity, or nothing."""
        return next((use.name for use in self.uses if use.role == UseRole.MAIN), "")

    def results_of(self, kind: ResultKind) -> list[Result]:
        """Return the outputs, or the outcomes."""
        return [result for result in self.results if result.kind == kind]


def members_of(joint: JointProgramme) -> list[Compared]:
    """Return the members of a group with their shares, in the order of their numbers."""
    rows = Proposal.objects.filter(share__joint=joint).select_related(
        "share__funding_source", "share__consent_by"
    )
    members = compared(rows, Share.objects.filter(joint=joint).values("proposal"))
    for member in members:
        member.proposal.share.joint = joint
    return members


def chosen(ids: Iterable[int], by: User) -> list[Compared]:
    """Return the proposals of these ids that this person may read, taken or not."""
    wanted = list(ids)
    return compared(Proposal.objects.visible_to(by).filter(pk__in=wanted), wanted)


def compared(rows: ProposalQuerySet, among: Any = ()) -> list[Compared]:
    """Load proposals with their parts, and the nearest of ``among``: one query."""
    loaded = (
        rows.select_related(
            "office__region",
            "sector",
            "intervention",
            "nomenclature",
            "funding_source",
            "share__joint",
        )
        .annotate(**_parts(), nearest=_nearest(among))
        .order_by("number", "pk")
    )
    return [_read(proposal, vars(proposal)) for proposal in loaded]


def _parts() -> dict[str, ArraySubquery]:
    return {
        "results": _part(
            Output.objects.order_by("kind", "position", "pk"),
            kind="kind",
            text="text",
            unit="unit",
            target=_digits("target"),
        ),
        "places": _part(
            Location.objects.order_by("position", "pk"),
            place=Coalesce("district__name", "region__short_name"),
            village="village",
        ),
        "uses": _part(
            CommodityUse.objects.order_by("position", "pk"),
            role="role",
            name=_name("commodity"),
            quantity=_digits("quantity"),
            unit="unit",
            stage=_name("stage"),
        ),
        "lines": _part(
            BudgetLine.objects.order_by("position", "pk"),
            text="text",
            total_rp=_digits("total_rp"),
        ),
    }


def _nearest(among: Any) -> Subquery:
    """Return the nearest pair with one of these, unless a person said that it is none."""
    me = OuterRef("pk")
    pairs = OverlapPair.objects.filter(Q(a=me, b__in=among) | Q(b=me, a__in=among))
    told = JSONObject(pair="pk", a="a_id", score=Cast("score", CharField()), reasons="reasons")
    near = pairs.exclude(verdict=OverlapVerdict.DISMISSED).order_by("-score", "pk")
    return Subquery(near.values(told=told)[:1])


def _part(rows: QuerySet[Any], **columns: Any) -> ArraySubquery:
    return ArraySubquery(rows.filter(proposal=OuterRef("pk")).values(json=JSONObject(**columns)))


def _digits(column: str) -> Cast:
    """Keep every digit: a fraction in JSON would be read as a float."""
    return Cast(column, CharField())


def _name(relation: str) -> Any:
    """Name a reference row in the language of the screen."""
    indonesian = F(f"{relation}__name_id")
    if get_language() != "en":
        return indonesian
    return Coalesce(NullIf(F(f"{relation}__name_en"), Value("")), indonesian)


def _read(proposal: Proposal, row: dict[str, Any]) -> Compared:
    return Compared(
        proposal=proposal,
        results=[Result(**one | {"target": Decimal(one["target"])}) for one in row["results"]],
        places=[", ".join(filter(None, (one["place"], one["village"]))) for one in row["places"]],
        uses=[
            Use(**one | {"quantity": _number(one["quantity"]), "stage": one["stage"] or ""})
            for one in row["uses"]
        ],
        lines=[Line(one["text"], Decimal(one["total_rp"])) for one in row["lines"]],
        nearest=_near(row["nearest"], proposal.pk),
    )


def _near(told: dict[str, Any] | None, mine: int) -> Nearest | None:
    if told is None:
        return None
    said = likeness.said_of(told["reasons"], int(told["a"] != mine))
    return Nearest(told["pair"], percent_of(Decimal(told["score"])), said)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
