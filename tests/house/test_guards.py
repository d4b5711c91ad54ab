"""What the database holds is what the code says: rendered tables, history and its guards."""

import re

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from proposals.models import guards
from tests.house import sources

pytestmark = pytest.mark.django_db

ALL = list(apps.get_app_config("proposals").get_models())
EVENTS = [model for model in ALL if model.__name__.endswith("Event")]
BUFFERS = {"OverlapSigns", "TypedText", "WorkbookRow"}
"""Tables without history: TypedText holds every key press until its section is saved as one event,
WorkbookRow what a file holds until it is applied by actions that leave events, OverlapSigns what
is read anew from a proposal at any time."""
OWN = [model for model in ALL if model not in EVENTS and model.__name__ not in BUFFERS]
SQL = sources.ROOT / "proposals" / "migrations" / "sql"


def by_name(model):
    return model.__name__


def rows(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


@pytest.mark.parametrize("name", guards.rendered())
def test_what_is_installed_is_what_is_rendered(name):
    assert rows("select prosrc from pg_proc where proname = %s", name) == [
        (guards.rendered()[name],)
    ]


def test_the_frozen_statements_are_fresh():
    frozen = (SQL / "tables.sql").read_text(encoding="utf-8")
    assert frozen.split("\n", 1)[1] == guards.functions_sql()
    assert (SQL / "choices.sql").read_text(encoding="utf-8") == guards.choices_sql() + "\n"
    assert (SQL / "choices_back.sql").read_text(
        encoding="utf-8"
    ) == guards.choices_back_sql() + "\n"


DEFINITION = """
select pg_get_constraintdef(oid) from pg_constraint where conrelid = %s::regclass and conname = %s
"""


def by_column(value):
    return value if isinstance(value, str) else ""


@pytest.mark.parametrize(("table", "column", "words"), list(guards.choices()), ids=by_column)
def test_a_column_of_a_closed_list_takes_its_words_alone(table, column, words):
    rule = f"{table.removeprefix('proposals_')}_{column}_is_known"
    ((check,),) = rows(DEFINITION, table, rule)
    with connection.cursor() as cursor:
        cursor.execute(f"create temporary table bare ({column} text, constraint rule {check})")
        cursor.execute(f"insert into bare select unnest(%s) returning {column}", [words])
        assert cursor.fetchall() == [(word,) for word in words]
        with pytest.raises(DatabaseError, match="rule"), transaction.atomic():
            cursor.execute(f"insert into bare ({column}) values ('tak dikenal')")
        cursor.execute("drop table bare")


LEFT_OUT = {"search", "overlaps_due_at", "password", "last_login", "text", "html"}
"""What events leave out: what is made anew, a mark for the worker, what is secret, and the body of
a letter, which its own row keeps: once written it is never changed (letter_stays_as_written)."""


TRIGGERS = """
select t.tgname, t.tgenabled, p.proname from pg_trigger t
join pg_proc p on p.oid = t.tgfoid
where t.tgrelid = %s::regclass and t.tgname like 'rk\\_%%' order by t.tgname
"""


@pytest.mark.parametrize("model", EVENTS, ids=by_name)
def test_every_event_table_is_chained_and_append_only_always(model):
    assert rows(TRIGGERS, model._meta.db_table) == [
        ("rk_chain", "A", f"rk_chain_{model._meta.model_name}"),
        ("rk_refuse_all", "A", "rk_refuse"),
        ("rk_refuse_row", "A", "rk_refuse"),
    ]


@pytest.mark.parametrize("model", OWN, ids=by_name)
def test_every_table_of_ours_leaves_events(model):
    assert f"{model.__name__}Event" in {event.__name__ for event in EVENTS}
    kept = {field.attname for field in model._meta.concrete_fields}
    event = apps.get_model("proposals", f"{model.__name__}Event")
    tracked = {f.attname for f in event._meta.concrete_fields if not f.name.startswith("pgh_")}
    assert kept - tracked <= LEFT_OUT


PGHISTORY = """
select count(*) from pg_trigger t where t.tgrelid = %s::regclass and t.tgname like 'pgtrigger\\_%%'
"""


@pytest.mark.parametrize("model", OWN, ids=by_name)
def test_insert_update_and_delete_each_have_a_trigger(model):
    assert rows(PGHISTORY, model._meta.db_table) == [(3,)]


def links():
    return [
        (f"{model.__name__}.{field.name}", field)
        for model in OWN
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
    ]


def test_every_foreign_key_protects_its_row():
    loose = [name for name, field in links() if field.remote_field.on_delete is not models.PROTECT]
    assert loose == []


def test_every_many_to_many_has_a_model_of_its_own():
    loose = [
        f"{model.__name__}.{field.name}"
        for model in OWN
        for field in model._meta.many_to_many
        if field.remote_field.through._meta.auto_created
    ]
    assert loose == []


def test_money_is_whole_rupiah():
    amounts = [
        (f"{model.__name__}.{field.name}", field.max_digits, field.decimal_places)
        for model in OWN
        for field in model._meta.concrete_fields
        if field.name.endswith("_rp")
    ]
    assert [name for name, digits, places in amounts if (digits, places) != (18, 0)] == []


NOT_CHOSEN = {
    *("sectorcode.sector", "commodity.sector", "derivativestage.sector"),
    *("derivativestage.upstream_commodity", "derivativestage.product_commodity"),
    *("derivativestage.parent", "nomenclature.parent", "nomenclature.division"),
    *("interventionnomenclature.intervention", "interventionnomenclature.nomenclature"),
    *("interventionfunding.intervention", "interventionfunding.funding_source"),
    *("documentintervention.document", "documentintervention.intervention"),
    *("sectorcode.industry_code", "supplybalance.commodity", "labourpotential.sector"),
    *("office.parent", "planningyear.office", "officeyear.office", "proposal.lead_division"),
    *("workbookupload.office", "scalescore.sector", "scalescore.commodity"),
}
"""Links between the lists themselves, and what no person chooses from a list."""


def test_every_choice_from_a_list_is_guarded_against_retired_rows():
    guarded = {
        f"{table.removeprefix('proposals_')}.{column.removesuffix('_id')}"
        for table, body in rows(
            "select t.tgrelid::regclass::text, p.prosrc from pg_trigger t"
            " join pg_proc p on p.oid = t.tgfoid where t.tgname = 'rk_not_retired'"
        )
        for column in re.findall(r"if new\.(\w+_id) is not null", body)
    }
    chosen = {
        f"{field.model._meta.model_name}.{field.name}"
        for _, field in links()
        if any(f.name == "is_retired" for f in field.related_model._meta.concrete_fields)
    }
    assert chosen - guarded - NOT_CHOSEN == set()
