"""Weighing the criteria: begin a version, compute its points, weigh, give points, freeze."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from proposals import access
from proposals.enums import ScaleCriterion
from proposals.keeping import database, versions
from proposals.models import Commodity, PlanningYear, ScaleScore, ScaleVersion, ScaleWeight, User
from proposals.priorities.computing import Found, Tables
from proposals.refused import Refused

Key: TypeAlias = tuple[int | None, int | None, str]
"""Sector or commodity, and criterion."""
RENEWED = ("points", "computed", "basis", "source", "certainty", "is_by_hand")
LANGUAGE = "id"
"""What points rest on is data, kept in the language of the field."""
USUAL = {
    ScaleCriterion.RAW_MATERIAL: 30,
    ScaleCriterion.AUXILIARY: 15,
    ScaleCriterion.LABOUR: 15,
    ScaleCriterion.ADDED_VALUE: 25,
    ScaleCriterion.MARKET: 15,
}
"""Weights of the first version, as the design proposes them; the others begin at 0."""


@transaction.atomic
def begin_version(*, year: PlanningYear, by: User, reason: str) -> ScaleVersion:
    """Begin a draft with the weights in force and points computed anew; hand-given ones stay."""
    refuse_others(by)
    year = PlanningYear.objects.select_for_update(of=("self",)).get(pk=year.pk)
    _refuse_signed(year)
    before = ScaleVersion.objects.filter(year=year).order_by("-number").first()
    if before is not None and not before.is_frozen:
        raise Refused([_("A version is being weighed already: freeze it first.")])
    number = (ScaleVersion.objects.filter(year=year).aggregate(n=Max("number"))["n"] or 0) + 1
    with database.in_words():
        version = ScaleVersion.objects.create(
            year=year, number=number, reason=reason, created_by=by
        )
    old = {row.criterion: row.weight for row in before.weights.all()} if before else {}
    ScaleWeight.objects.bulk_create(
        ScaleWeight(
            version=version,
            criterion=one,
            weight=old.get(one, 0) if before else USUAL.get(one, 0),
        )
        for one in ScaleCriterion
    )
    ScaleScore.objects.bulk_create(_written(version, _by_hand(before)))
    return version


@transaction.atomic
def compute_again(*, version: ScaleVersion, by: User) -> None:
    """Compute the points of a draft from the tables as they are now; hand-given ones stay.

    Nothing typed is overwritten, so it may be pressed at any version of the row.
    """
    refuse_others(by)
    fresh = ScaleVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    row = _open(fresh, fresh.row_version)
    _renew(row)
    versions.save(row, is_changed=True)


@transaction.atomic
def weigh(
    *, version: ScaleVersion, by: User, row_version: int, weights: Mapping[str, int]
) -> ScaleVersion:
    """Set the weights of a draft; together they make 100. Pressed twice, they are set once."""
    refuse_others(by)
    standing = dict(version.weights.values_list("criterion", "weight"))
    if standing == dict(weights) and not version.is_frozen:
        return version
    row = _open(version, row_version)
    if sum(weights.values()) != 100:
        raise Refused([_("The weights make %(sum)s, not 100.") % {"sum": sum(weights.values())}])
    changed = False
    for own in ScaleWeight.objects.filter(version=row).order_by("pk"):
        if own.weight != weights[own.criterion]:
            own.weight, changed = weights[own.criterion], True
            own.save(update_fields=["weight"])
    versions.save(row, is_changed=changed)
    return row


@transaction.atomic
def give_points(*, score: ScaleScore, by: User, row_version: int, given: Found | None) -> None:
    """Give points by hand with basis and source; nothing given goes back to what is computed.

    Pressed twice, they are given once.
    """
    refuse_others(by)
    if given is not None and _is_given(score, given):
        return
    row = _open(score.version, row_version)
    with translation.override(LANGUAGE):
        kept = given or _computed(score)
    ScaleScore.objects.filter(pk=score.pk).update(
        points=kept.points,
        basis=kept.basis,
        source=kept.source,
        certainty=kept.certainty,
        is_by_hand=given is not None,
    )
    versions.save(row, is_changed=True)


def _is_given(score: ScaleScore, given: Found) -> bool:
    """Tell whether an earlier press has done this."""
    standing = Found(score.points, score.basis, score.source, score.certainty)
    return score.is_by_hand and not score.version.is_frozen and standing == given


def _computed(score: ScaleScore) -> Found:
    """Compute the points of one score anew, so that its basis fits them."""
    tables = Tables()
    if score.sector is not None:
        found = tables.of_sector(score.sector)
    else:
        found = tables.of_commodity(Commodity.objects.get(scale_scores=score.pk))
    one = found[score.criterion]
    if one.points != score.computed:
        raise Refused([_("The figures changed meanwhile: compute the points again first.")])
    return one


@transaction.atomic
def freeze(*, version: ScaleVersion, by: User, row_version: int) -> ScaleVersion:
    """Freeze a draft: from now on it is the year's scale and nothing of it changes."""
    refuse_others(by)
    row = _open(version, row_version)
    with database.in_words():
        versions.save(row, frozen_at=timezone.now(), frozen_by=by)
    return row


def refuse_others(by: User) -> None:
    """Refuse whoever does not set the scale, in words."""
    if not access.may_set_scale(by):
        raise Refused([_("The coordinator and the head of the provincial office set the scale.")])


def _open(version: ScaleVersion, row_version: int) -> ScaleVersion:
    row = versions.locked(version, row_version)
    if row.is_frozen:
        raise Refused([_("This version is frozen: begin a new one.")])
    _refuse_signed(row.year)
    return row


def _refuse_signed(year: PlanningYear) -> None:
    if year.is_signed:
        raise Refused([_("The minutes of this year are signed: its scale stays as it is.")])


def _by_hand(version: ScaleVersion | None) -> dict[Key, ScaleScore]:
    rows = ScaleScore.objects.filter(version=version, is_by_hand=True) if version else ()
    return {_key(row): row for row in rows}


def _written(version: ScaleVersion, kept: Mapping[Key, ScaleScore]) -> list[ScaleScore]:
    with translation.override(LANGUAGE):
        return list(_scores(version, kept))


def _renew(version: ScaleVersion) -> None:
    """Write what differs, so that rows keep their pages and the history tells changes alone."""
    standing = {_key(row): row for row in ScaleScore.objects.filter(version=version)}
    new, changed = [], []
    for row in _written(version, _by_hand(version)):
        old = standing.pop(_key(row), None)
        if old is None:
            new.append(row)
        elif any(getattr(old, name) != getattr(row, name) for name in RENEWED):
            row.pk = old.pk
            changed.append(row)
    ScaleScore.objects.filter(pk__in=[row.pk for row in standing.values()]).delete()
    ScaleScore.objects.bulk_update(changed, RENEWED)
    ScaleScore.objects.bulk_create(new)


def _key(row: ScaleScore) -> Key:
    return row.sector_id, row.commodity_id, row.criterion


def _scores(version: ScaleVersion, kept: Mapping[Key, ScaleScore]) -> Iterator[ScaleScore]:
    tables = Tables()
    for sector in tables.sectors:
        for criterion, found in tables.of_sector(sector).items():
            yield _score(version, (sector.pk, None, criterion), found, kept)
    for commodity in tables.scaled:
        for criterion, found in tables.of_commodity(commodity).items():
            yield _score(version, (None, commodity.pk, criterion), found, kept)


def _score(
    version: ScaleVersion, key: Key, found: Found, kept: Mapping[Key, ScaleScore]
) -> ScaleScore:
    sector_id, commodity_id, criterion = key
    row = ScaleScore(
        version=version,
        sector_id=sector_id,
        commodity_id=commodity_id,
        criterion=criterion,
        computed=found.points,
    )
    hand = kept.get(key)
    if hand is not None:
        row.points, row.basis, row.source = hand.points, hand.basis, hand.source
        row.certainty, row.is_by_hand = hand.certainty, True
    else:
        row.points, row.basis, row.source = found.points, found.basis, found.source
        row.certainty = found.certainty
    return row
