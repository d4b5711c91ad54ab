"""Keeping ways to draw the cut-off line under a name, and letting them go."""

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from proposals import access
from proposals.keeping import database
from proposals.models import CutScenario, PlanningYear, User
from proposals.priorities.cutting import Settings
from proposals.refused import Refused


@transaction.atomic
def keep(*, year: PlanningYear, by: User, name: str, settings: Settings) -> CutScenario:
    """Keep a way to draw the line under a name of its own; pressed twice, it is kept once."""
    _refuse_others(by)
    said = asdict(settings)
    before = CutScenario.objects.filter(year=year, name=name, **said).first()
    if before is not None:
        return before
    with database.in_words():
        return CutScenario.objects.create(year=year, name=name, created_by=by, **said)


@transaction.atomic
def let_go(*, scenario: CutScenario, by: User) -> None:
    """Remove a scenario; its history stays."""
    _refuse_others(by)
    scenario.delete()


def _refuse_others(by: User) -> None:
    if not access.sees_scores(by):
        raise Refused([_("Scenarios are kept by the reviewing province.")])
