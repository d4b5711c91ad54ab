"""Rows of the reference lists: add, change, retire and bring back; nothing is ever deleted."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max, Model
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from proposals.catalogue.specs import ListSpec
from proposals.enums import YearState
from proposals.keeping import database, versions
from proposals.models import GateAnswer, PriorityFlag, Proposal, ReviewCriterion, Score, Synonym
from proposals.models.listed import Listed
from proposals.refused import DoneAlready, Refused
from proposals.transitions import WITH_PROVINCE

Values = dict[str, Any]
Linked = Mapping[str, Iterable[Model]]
RUNNING = (YearState.OPEN, YearState.CLOSED, YearState.MEETING)
KEY_LENGTH = 60
FIXED_ONCE_USED = ("weight", "applies_to_own", "applies_to_requests")


@transaction.atomic
def add_row(spec: ListSpec, values: Values, links: Linked) -> Listed:
    """Add a row; its key is made of its name, so a form sent twice does not add two."""
    values = spec.complete(values) if spec.complete else values
    key = spec.key_of(values) if spec.key_of else slugify(values["name_id"]).replace("-", "_")
    key = key[:KEY_LENGTH].strip("-_")
    if not key:
        raise Refused([_("The name needs letters or digits.")])
    if spec.model._default_manager.filter(key=key).exists():
        raise Refused([_("A row with this name is in the list already, in use or retired.")])
    with database.in_words():
        row = spec.model._default_manager.create(key=key, **values)
        _link(row, links)
    _follow(row)
    return row


@transaction.atomic
def change_row(spec: ListSpec, row: Listed, version: int, values: Values, links: Linked) -> bool:
    """Change a row that is still as it was seen; tell whether anything differed."""
    fresh = versions.locked(row, version)
    values = spec.complete(values) if spec.complete else values
    if isinstance(fresh, ReviewCriterion):
        _refuse_new_rule(fresh, values)
    with database.in_words():
        is_saved = versions.save(fresh, is_changed=_link(fresh, links), **values)
    if is_saved:
        _follow(fresh)
    return is_saved


@transaction.atomic
def set_retired(row: Listed, version: int, *, is_retired: bool) -> bool:
    """Retire a row, so that it is not chosen anew, or bring it back; old uses keep it."""
    fresh = versions.locked_once(row, version, is_retired=is_retired)
    if is_retired and (reason := retiring_hindrance(fresh)):
        raise Refused([reason])
    is_saved = versions.save(fresh, is_retired=is_retired)
    if is_saved:
        _follow(fresh)
    return is_saved


def _follow(row: Listed) -> None:
    """Have all proposals of the running years compared anew with the new words.

    The rows are locked in the order in which joint programmes lock theirs.
    """
    if not isinstance(row, Synonym):
        return
    sent = Proposal.objects.filter(year__state__in=RUNNING, status__in=sorted(WITH_PROVINCE))
    locked = sent.select_for_update(of=("self",), no_key=True).order_by("number", "pk")
    ids = list(locked.values_list("pk", flat=True))
    Proposal.objects.filter(pk__in=ids).update(overlaps_due_at=timezone.now())


def retiring_hindrance(row: Listed) -> str:
    """Return why a row cannot be retired now, or an empty text."""
    name = row._meta.model_name
    if name not in {"sector", "commodity"}:
        return ""
    flags = PriorityFlag.objects.filter(
        **{name: row.pk}, year__state__in=[YearState.PREPARED, *RUNNING]
    )
    flag = flags.select_related("year").first()
    if flag is None:
        return ""
    return _("It is flagged as a priority of %(year)s. Take the flag away first.") % {
        "year": flag.year
    }


@transaction.atomic
def new_criteria_version(after: int | None = None) -> int:
    """Copy the criteria in use as a version of their own and retire the one before.

    Weights belong to a version as a whole, so a running year keeps the list it began with.
    ``after`` names the version that was seen last: a second press makes no second copy.
    """
    rows = list(ReviewCriterion.objects.in_use().select_for_update().order_by("pk"))
    last = last_criteria_version()
    if after not in {None, last}:
        raise DoneAlready
    if reason := version_hindrance():
        raise Refused([reason])
    for row in rows:
        versions.save(row, is_retired=True)
        values = {name: getattr(row, name) for name in _copied_columns()}
        ReviewCriterion.objects.create(**values, version=last + 1)
    return last + 1


def last_criteria_version() -> int:
    """Return the newest version of the criteria."""
    found: int | None = ReviewCriterion.objects.aggregate(last=Max("version"))["last"]
    return found or 0


def _copied_columns() -> list[str]:
    own = {"id", "version", "is_retired", "row_version"}
    return [f.attname for f in ReviewCriterion._meta.concrete_fields if f.name not in own]


def version_hindrance() -> str:
    """Return why no new version is made now: a running year was checked or scored already."""
    gates = GateAnswer.objects.filter(proposal__year__state__in=RUNNING)
    scores = Score.objects.filter(review__proposal__year__state__in=RUNNING)
    if gates.exists() or scores.exists():
        return _("A running year is checked with this version. Make a new one after it.")
    return ""


def is_criterion_used(row: ReviewCriterion) -> bool:
    """Tell whether a gate was answered or a score given by this criterion."""
    return (
        GateAnswer.objects.filter(criterion=row).exists()
        or Score.objects.filter(criterion=row).exists()
    )


def _refuse_new_rule(row: ReviewCriterion, values: Values) -> None:
    changed = any(name in values and getattr(row, name) != values[name] for name in FIXED_ONCE_USED)
    if changed and is_criterion_used(row):
        raise Refused(
            [_("Scores were given with this weight. Make a new version of the list to change it.")]
        )


def _link(row: Listed, links: Linked) -> bool:
    """Bring many-to-many columns to these rows; tell whether anything differed."""
    changed = False
    for name, wanted in links.items():
        manager = getattr(row, name)
        before = set(manager.order_by().values_list("pk", flat=True))
        chosen = {one.pk for one in wanted}
        if before != chosen:
            manager.remove(*manager.filter(pk__in=before - chosen))
            manager.add(*(one for one in wanted if one.pk not in before))
            changed = True
    return changed
