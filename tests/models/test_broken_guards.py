"""Each guard is broken once: without it, what it refuses is refused no more.

So every breach in ``broken/`` is known to be caught by the rule it names and by nothing else.
"""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from tests.models.refusals import BROKEN, run
from tests.models.test_refusals import RULES, stage  # noqa: F401 - the scene of all breaches
from tests.scenes import scribble

pytestmark = pytest.mark.proof

SILENT = """
create or replace function rk_stop(rule text, message text) returns void language plpgsql as $rk$
begin
  if rule <> '{rule}' then
    raise exception '%', message using errcode = 'check_violation', constraint = rule;
  end if;
end $rk$
"""


def constraints():
    """Return every constraint of ours with its table, those of single columns included."""
    found = {}
    for model in apps.get_app_config("proposals").get_models():
        table = model._meta.db_table
        found |= {one.name: (table, one) for one in model._meta.constraints}
        found |= {f"{table}_{f.column}_key": (table, None) for f in model._meta.concrete_fields}
    return found


def is_index(constraint):
    unique = isinstance(constraint, models.UniqueConstraint)
    return unique and bool(constraint.condition is not None or constraint.expressions)


def statement_without(rule):
    """Return the statement that takes one rule out of the database."""
    if rule in RULES:
        return SILENT.format(rule=rule)
    table, constraint = constraints()[rule]
    if is_index(constraint):
        return f"drop index {rule}"
    return f"alter table {table} drop constraint {rule} cascade"


def refused_by(steps):
    """Try a breach and rub it out; return the name of the rule that refused it, if any."""
    try:
        with transaction.atomic():
            run(*steps)
            transaction.set_rollback(True)
    except DatabaseError as error:
        return error.__cause__.diag.constraint_name
    return None


@pytest.mark.parametrize("breach", BROKEN, ids=str)
def test_without_its_rule_nothing_is_refused_in_its_name(stage, breach):  # noqa: F811 - pytest's way
    with scribble():
        breaches = [one if isinstance(one, list) else [one] for one in breach.prepare()]
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute(statement_without(breach.rule))
            cursor.execute("set constraints all deferred")
        assert breach.rule not in {refused_by(steps) for steps in breaches}


@pytest.mark.django_db
def test_every_guard_is_broken_here(figure):
    rules = {breach.rule for breach in BROKEN}
    figure("guards broken once, each missed by its test", len(rules))
    figure("ways in which they were broken", len(BROKEN))
    assert rules >= RULES
