"""Keeping ways to draw the cut-off line under a name, and letting them go."""

from django.db import transaction
from django.utils.translation import gettext as _

from proposals import access
from proposals.keeping import database
from proposals.models import CutScenario, PlanningYear, User
from proposals.priorities.cutting import Settings
from proposals.refused import Refused


@transaction.atomic
def keep(*, year: PlanningYear, by: User, name: str, settings: Settings) -> CutScenario:
    """Keep a way to draw the line under a name of its own."""
    _refuse_others(by)
    with database.in_words():
        return CutScenario.objects.create(
            year=year,
            name=name,
            rule=settings.rule,
            scale_share=settings.scale_share,
            floor=settings.floor,
            is_afresh=settings.is_afresh,
            created_by=by,
        )


@transaction.atomic
def let_go(*, scenario: CutScenario, by: User) -> None:
    """Remove a scenario; its history stays."""
    _refuse_others(by)
    scenario.delete()


def _refuse_others(by: User) -> None:
    if not access.sees_scores(by):
        raise Refused([_("Scenarios are kept by the reviewing province.")])
