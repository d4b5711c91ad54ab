"""The scale of the example year: statistics come in, points are given, and it is frozen.

Every figure is marked as an illustration in its file.
"""

from decimal import Decimal

from proposals.catalogue.loading import rows
from proposals.demo.acting import act
from proposals.demo.people import Cast
from proposals.enums import CutRule
from proposals.models import PlanningYear, ScaleScore, ScaleVersion
from proposals.priorities.actions import scale, scenarios
from proposals.priorities.actions.statistics import bring_in
from proposals.priorities.computing import Found
from proposals.priorities.cutting import Settings
from proposals.priorities.statistics import KINDS

STATISTICS = {"neraca": "supply_second_source_example", "tenaga-kerja": "labour_example"}
REASON = "Arahan gubernur: bahan baku, bahan penolong dan tenaga kerja dipetakan dahulu (contoh)"
SCENARIOS = {
    "Ketat, dari awal": Settings(CutRule.STRICT, 30, 0, is_afresh=True),
    "Mengisi, satu per daerah": Settings(CutRule.GREEDY, 30, 1, is_afresh=True),
    "Tanpa skala sektor": Settings(CutRule.STRICT, 0, 0, is_afresh=True),
}


def make_scale(year: PlanningYear, cast: Cast) -> None:
    """Let the admin bring statistics in and the coordinator weigh and freeze the scale."""
    for kind, name in STATISTICS.items():
        lines = [(n, dict(line)) for n, line in enumerate(rows.read(name), start=2)]
        act(cast.admin, bring_in, kind=KINDS[kind], lines=lines)
    version = act(cast.coordinator, scale.begin_version, year=year, reason=REASON)
    for line in rows.read("scale_points_example"):
        _give(version, line, cast)
    version.refresh_from_db()
    act(cast.coordinator, scale.freeze, version=version, row_version=version.row_version)
    for name, settings in SCENARIOS.items():
        act(cast.coordinator, scenarios.keep, year=year, name=name, settings=settings)


def _give(version: ScaleVersion, line: rows.Line, cast: Cast) -> None:
    score = ScaleScore.objects.select_related("version", "sector").get(
        version=version, sector__key=line["sector_key"], criterion=line["criterion"]
    )
    given = Found(Decimal(line["points"]), line["basis"], line["source"], line["certainty"])
    act(
        cast.coordinator,
        scale.give_points,
        score=score,
        row_version=score.version.row_version,
        given=given,
    )
