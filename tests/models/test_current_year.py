"""Which year everybody works in while others are prepared or signed."""

import pytest

from proposals.enums import YearState
from proposals.models import PlanningYear
from tests import builders

pytestmark = pytest.mark.django_db


def current():
    year = PlanningYear.objects.current()
    return year and year.fiscal_year


def test_a_running_year_stays_current_while_the_next_is_prepared():
    running = builders.make_year(2022, YearState.MEETING)
    builders.make_year(2023, YearState.PREPARED)
    assert current() == 2022
    builders.set_state(running, YearState.SIGNED)
    assert current() == 2023


def test_an_archived_year_is_never_current():
    year = builders.make_year(2022, YearState.SIGNED)
    assert current() == 2022
    builders.set_state(year, YearState.ARCHIVED)
    assert current() is None
