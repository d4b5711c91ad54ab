"""Everything the database itself refuses, tried with raw SQL, each by the name of its rule.

The statements stand in ``broken/``. Rules held by triggers are tried once more while the triggers
of the history package are told to stand aside: ours do not listen.
"""

import re

import pgtrigger
import pytest
from django.apps import apps
from django.db import connection

from proposals.enums import NomenclatureLevel, RequestTo, Role
from tests import cast, lists
from tests.house import sources
from tests.models.broken import (  # noqa: F401 - each registers its breaches
    catalogue,
    ceilings,
    joint,
    leaving,
    letters,
    overlap,
    parts,
    people,
    priority,
    proposal,
    review,
    typed,
    workbook,
    year,
)
from tests.models.refusals import BROKEN, refused, run
from tests.scenes import kept_for_module, scribble

GUARDS = sources.ROOT / "proposals" / "migrations" / "sql" / "guards.sql"
RULES = set(re.findall(r"rk_stop\('(\w+)'", GUARDS.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    """Make the cast and the lists once; each test leaves them as they are."""
    with kept_for_module(django_db_blocker):
        for role in Role:
            cast.person(role)
        for level in NomenclatureLevel:
            lists.nomenclature(level)
        for make in (lists.intervention, lists.commodity, lists.papers, lists.criteria):
            make()
        for source in ("apbd_prov", "apbd_kab", "dak_fisik_ikm", "bkk_prov"):
            lists.funding(source)
        lists.gates(RequestTo.OWN)
        lists.district(lists.region(cast.REGENCY))
        lists.region(cast.OTHER_REGENCY)
        yield


@pytest.fixture
def scene(stage):
    with scribble():
        yield


@pytest.mark.usefixtures("scene")
@pytest.mark.parametrize("breach", BROKEN, ids=str)
def test_the_database_refuses(breach):
    for broken in breach.prepare():
        steps = broken if isinstance(broken, list) else [broken]
        with refused(breach.rule):
            run(*steps)
        if breach.rule in RULES:
            with refused(breach.rule, standing_aside=pgtrigger.ignore):
                run(*steps)


def constraints():
    return {
        constraint.name
        for model in apps.get_app_config("proposals").get_models()
        for constraint in model._meta.constraints
        if not model.__name__.endswith("Event")
    }


def test_every_constraint_was_broken_once():
    assert constraints() - {breach.rule for breach in BROKEN} == set()


@pytest.mark.django_db
def test_every_rule_of_the_guards_is_installed(django_assert_num_queries):
    with django_assert_num_queries(1), connection.cursor() as cursor:
        cursor.execute("select string_agg(prosrc, '') from pg_proc where proname like 'rk\\_%'")
        (installed,) = cursor.fetchone()
    assert [rule for rule in sorted(RULES) if f"'{rule}'" not in installed] == []


def test_every_rule_of_the_guards_was_broken_once():
    assert RULES - {breach.rule for breach in BROKEN} == set()


def test_breaches_have_names_of_their_own():
    names = [str(breach) for breach in BROKEN]
    assert len(names) == len(set(names))
