"""Labour on the scale: one source at a time, the newest year that speaks of the province."""

from decimal import Decimal

from proposals.enums import Certainty
from proposals.models import LabourPotential
from proposals.priorities.computing import Tables
from proposals.priorities.queries import people
from tests import lists


def told(region, workers, trained, source="BPS", year=2020, certainty=Certainty.CERTAIN):
    LabourPotential.objects.create(
        sector=lists.sector(),
        region=lists.region(region),
        data_year=year,
        workers=workers,
        trained=trained,
        source=source,
        certainty=certainty,
    )


def points():
    found = Tables().labour[lists.sector().pk]
    return found.points, found.basis, found.source, found.certainty


def test_regions_of_one_source_count_together_however_certain_they_are(db):
    told("63.01", 100, 10)
    told("63.02", 300, 150, certainty=Certainty.LIKELY)
    said = "160 dari 400 tenaga kerja sudah terlatih (2020)"
    assert points() == (Decimal("40.0"), said, "BPS", Certainty.LIKELY)


def test_of_two_sources_the_lower_one_counts_and_a_part_of_the_province_does_not(db):
    for region in ("63.01", "63.02"):
        told(region, 100, 80, source="A")
        told(region, 100, 30, source="B")
    told("63.01", 100, 1, source="C")
    told("63.01", 100, 99, year=2021)
    assert (points()[0], points()[2]) == (Decimal("30.0"), "B")


def test_a_source_of_the_province_is_not_added_to_its_regions(db):
    told("63", 1000, 500)
    told("63.01", 100, 10)
    (one,) = people.labour()
    assert (one.workers, points()[0]) == (1000, Decimal("50.0"))


def test_who_is_not_counted_is_no_untrained_worker(db):
    told("63.01", 100, 10)
    told("63.02", 900, None)
    (one,) = people.labour()
    assert (one.workers, points()[0]) == (1000, Decimal("10.0"))


def test_the_map_tells_of_each_region_the_lower_of_two_sources(db):
    told("63.01", 100, 80, source="A")
    told("63.01", 90, 30, source="B")
    told("63.02", 900, None)
    lists.region("63.03")
    rows = {one.region.code: one for one in people.by_region(people.labour())}
    said = {code: (row.workers, row.trained, row.percent) for code, row in rows.items()}
    assert said == {
        "63.01": (90, 30, Decimal(3000) / 90),
        "63.02": (900, None, None),
        "63.03": (None, None, None),
    }
    assert (rows["63.01"].level, rows["63.03"].level) == (72.0, None)
