"""The floors of the house: a module imports only from floors below its own, at the top of its file.

The rooms stand side by side without doors between them. What only types need is free.
"""

from graphlib import CycleError, TopologicalSorter

import pytest

from tests.house import sources

FLOORS = {
    "proposals.enums": 0,
    "proposals.rupiah": 0,
    "proposals.refused": 0,
    "proposals.transitions": 1,
    "proposals.fields": 1,
    "proposals.access": 2,
    "proposals.lifecycle": 2,
    "proposals.models": 3,
    "proposals.web": 4,
    "proposals.notices": 4,
    "proposals.completeness": 4,
    "proposals.ceilings": 4,
    "proposals.timeline": 4,
    "proposals.uploads": 4,
    "proposals.templatetags": 4,
    "proposals.likeness": 4,
    "proposals.workflow": 5,
    "proposals.advice": 5,
    "proposals.changes": 5,
    "proposals.totals": 5,
    "proposals.purses": 5,
    "proposals.keeping": 5,
    "proposals.urls": 7,
    "proposals.admin": 7,
    "proposals.apps": 7,
    "proposals.management": 7,
    "proposals.demo": 6.5,  # works through every room, and commands alone know it
}
ROOMS = (
    *("home", "catalogue", "filing", "review", "harmonisation"),
    *("priorities", "meeting", "reports", "api"),
)
FLOORS |= {f"proposals.{room}": 6 for room in ROOMS}
ORDER = {"queries": 0, "actions": 1, "tasks": 2, "forms": 2, "views": 3, "urls": 4}
"""Inside a room; modules of other names are read by all of these and know no view and no URL."""
KNOWS_ROOMS = {"rakortek.urls", "rakortek.account_urls", "rakortek.settings"}

MODULES = sorted(sources.modules())


def unit(module):
    """Return the part of the house: proposals.review of proposals.review.views."""
    return ".".join(module.split(".")[:2])


def at_run_time(module):
    return [one for one in sources.imports(sources.modules()[module]) if not one.is_for_types]


OURS = [module for module in MODULES if module.startswith("proposals.")]
GROUND = [module for module in MODULES if module.startswith("rakortek")]


def offences(modules, judged):
    """Return what each module does against a rule, by its name; nothing is as it should be."""
    found = {
        module: [one for one in at_run_time(module) if judged(module, one)] for module in modules
    }
    return {
        module: [f"line {one.line}: {one.module}" for one in wrong]
        for module, wrong in found.items()
        if wrong
    }


def test_every_module_stands_on_a_floor():
    assert [module for module in OURS if unit(module) not in FLOORS] == []


def test_a_module_imports_only_from_floors_below():
    def reaches_up(module, one):
        own, other = unit(module), unit(one.module)
        is_ours = one.module.startswith("proposals.") and other != own
        return is_ours and FLOORS.get(other, 9) >= FLOORS[own]

    assert offences(OURS, reaches_up) == {}


def test_the_ground_is_known_by_commands_alone():
    above = [module for module in OURS if unit(module) != "proposals.management"]
    assert offences(above, lambda _, one: one.module.startswith("rakortek")) == {}


def test_the_ground_knows_no_room():
    ignorant = [module for module in GROUND if module not in KNOWS_ROOMS]
    assert offences(ignorant, lambda _, one: one.module.startswith("proposals")) == {}


def in_room(module):
    """Return room and name inside: ("review", "views") of proposals.review.views.desk."""
    parts = module.split(".")
    return (parts[1], parts[2]) if len(parts) > 2 and parts[1] in ROOMS else None


def test_a_room_is_read_from_queries_to_urls():
    def reads_upward(module, one):
        (room, own), other = in_room(module), in_room(one.module)
        return other and other[0] == room and other[1] != own and not may_read(own, other[1])

    assert offences([module for module in OURS if in_room(module)], reads_upward) == {}


def may_read(own, other):
    """Tell whether a module of a room may read another of the same room."""
    if own in ORDER and other in ORDER:
        return ORDER[other] < ORDER[own]
    return other not in {"views", "urls"} or own == "urls"


def test_imports_stand_at_the_top():
    assert offences(MODULES, lambda _, one: one.is_inline) == {}


def test_no_import_goes_round():
    graph = {module: {one.module for one in at_run_time(module)} - {module} for module in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"import cycle: {' <- '.join(error.args[1])}")


def test_migrations_import_nothing_of_ours_but_their_own_statements():
    folder = sources.ROOT / "proposals" / "migrations"
    ours = [
        f"{path.name} line {one.line}"
        for path in sorted(folder.glob("*.py"))
        for one in sources.imports(path)
        if not one.module.startswith("proposals.migrations.")
    ]
    assert ours == []
