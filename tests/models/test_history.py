"""History: one event per change, refused to nobody's hand but the trigger's, chained per object."""

import pghistory
import pgtrigger
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from proposals.enums import Role, Status
from proposals.models import Comment, Decision, Proposal, Version
from tests import cast
from tests.builders import make_joint, make_proposal

pytestmark = pytest.mark.django_db

EVENTS = [
    model
    for model in apps.get_app_config("proposals").get_models()
    if model.__name__.endswith("Event")
]
FROZEN = (Decision, Version, Comment)
ProposalEvent = apps.get_model("proposals", "ProposalEvent")
UserEvent = apps.get_model("proposals", "UserEvent")
TOUCHES = ("update {0} set pgh_label = 'lain'", "delete from {0}")


def sql(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchall() if cursor.description else None


def is_refused(statement, *before, error="append-only"):
    with pytest.raises(DatabaseError, match=error), transaction.atomic():
        sql("; ".join([*before, statement]))


def broken():
    """Return every broken link of every event table."""
    return [
        (model.__name__, *link)
        for model in EVENTS
        for link in sql("select * from rk_broken_links(%s::regclass)", model._meta.db_table)
    ]


def may_pretend_to_replicate():
    return sql("select rolsuper from pg_roles where rolname = current_user") == [(True,)]


# Append-only ------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [ProposalEvent, UserEvent], ids=lambda m: m.__name__)
@pytest.mark.parametrize("touch", TOUCHES)
def test_the_owner_cannot_touch_an_event(model, touch):
    make_proposal(is_bare=True)
    is_refused(touch.format(model._meta.db_table))


@pytest.mark.parametrize("touch", TOUCHES)
def test_triggers_told_to_stand_aside_still_guard_events(touch):
    make_proposal(is_bare=True)
    aside = pgtrigger.ignore()
    with pytest.raises(DatabaseError, match="append-only"), aside, transaction.atomic():
        sql(touch.format(ProposalEvent._meta.db_table))


@pytest.mark.parametrize("touch", TOUCHES)
def test_a_superuser_who_plays_replica_cannot_touch_an_event(touch):
    if not may_pretend_to_replicate():
        pytest.skip("the role of this database is no superuser: it may not play replica")
    make_proposal(is_bare=True)
    replica = "set local session_replication_role = replica"
    is_refused(touch.format(ProposalEvent._meta.db_table), replica)


@pytest.mark.parametrize("model", [*EVENTS, *FROZEN], ids=lambda m: m.__name__)
def test_no_table_of_history_is_emptied(model):
    is_refused(f"truncate {model._meta.db_table} cascade", "set local rakortek.may_flush = off")


def test_emptying_proposals_stops_at_what_was_decided():
    off = "set local rakortek.may_flush = off"
    is_refused("truncate proposals_proposal cascade", off)


def comment():
    author = cast.person(Role.REVIEWER)
    return Comment.objects.create(proposal=make_proposal(is_bare=True), author=author, text="Ya")


@pytest.mark.parametrize(
    "row",
    [
        lambda: Decision.objects.get(proposal=make_proposal(status=Status.AGREED)),
        lambda: Version.objects.get(proposal=make_proposal(status=Status.SENT)),
        comment,
    ],
    ids=["decision", "version", "comment"],
)
def test_what_was_decided_sent_and_said_stays(row):
    kept = row()
    table, key = kept._meta.db_table, kept.pk
    replica = ["set local session_replication_role = replica"] * may_pretend_to_replicate()
    for before in ([], replica):
        is_refused(f"update {table} set id = id where id = {key}", *before)
        is_refused(f"delete from {table} where id = {key}", *before)


# One event per change ---------------------------------------------------------------------------


def labels(proposal):
    return list(
        ProposalEvent.objects.filter(pgh_obj_id=proposal.pk)
        .order_by("pgh_id")
        .values_list("pgh_label", flat=True)
    )


def test_each_change_leaves_one_event_with_its_values():
    draft = make_proposal(is_bare=True, title="Judul lama")
    Proposal.objects.filter(pk=draft.pk).update(title="Judul baru")
    events = ProposalEvent.objects.filter(pgh_obj_id=draft.pk).order_by("pgh_id")
    assert list(events.values_list("pgh_label", "title")) == [
        ("insert", "Judul lama"),
        ("update", "Judul baru"),
    ]


def test_saving_without_a_change_leaves_no_event():
    draft = make_proposal(is_bare=True)
    Proposal.objects.filter(pk=draft.pk).update(title=draft.title)
    assert labels(draft) == ["insert"]


def test_raw_sql_leaves_events_too():
    draft = make_proposal(is_bare=True)
    sql("update proposals_proposal set title = 'Lain' where id = %s", draft.pk)
    sql("delete from proposals_proposal where id = %s", draft.pk)
    assert labels(draft) == ["insert", "update", "delete"]


def test_many_rows_changed_at_once_leave_an_event_each():
    drafts = [make_proposal(is_bare=True) for _ in range(3)]
    Proposal.objects.update(target_group="Perajin")
    assert [labels(draft) for draft in drafts] == [["insert", "update"]] * 3


def test_an_event_says_who_and_from_where():
    officer = cast.person(Role.OFFICER)
    with pghistory.context(user=officer.pk, address="203.0.113.7"):
        draft = make_proposal(is_bare=True)
    event = ProposalEvent.objects.get(pgh_obj_id=draft.pk)
    assert event.pgh_context == {"user": officer.pk, "address": "203.0.113.7"}


def test_no_event_keeps_a_password():
    cast.person(Role.OFFICER)
    names = {field.name for field in UserEvent._meta.concrete_fields}
    assert names & {"password", "last_login"} == set()


# The chain --------------------------------------------------------------------------------------


def test_the_chain_of_a_whole_story_holds():
    make_joint(state="agreed")
    make_proposal(status=Status.DEFERRED, n_lines=3)
    make_proposal(status=Status.WITHDRAWN)
    assert broken() == []


def test_the_chain_holds_for_a_session_in_another_zone():
    with transaction.atomic():
        sql("set local timezone = 'Asia/Makassar'")
        make_proposal(status=Status.AGREED)
    assert broken() == []


def behind_the_guards(statement, *values):
    """Change an event as one could who owns the table and disables its triggers."""
    table = ProposalEvent._meta.db_table
    sql("set constraints all immediate")
    sql(f"alter table {table} disable trigger user")
    sql(statement, *values)
    sql(f"alter table {table} enable always trigger rk_refuse_row")


def three_events():
    draft = make_proposal(is_bare=True, title="Satu")
    for title in ("Dua", "Tiga"):
        Proposal.objects.filter(pk=draft.pk).update(title=title)
    events = ProposalEvent.objects.filter(pgh_obj_id=draft.pk).order_by("pgh_id")
    return draft.pk, list(events.values_list("pgh_id", flat=True))


def test_one_event_changed_behind_the_guards_is_found():
    draft, (_, second, _third) = three_events()
    behind_the_guards(
        "update proposals_proposalevent set requested_rp = 1 where pgh_id = %s", second
    )
    assert broken() == [("ProposalEvent", second, draft)]


def test_one_event_lost_behind_the_guards_is_found():
    draft, (_, second, third) = three_events()
    behind_the_guards("delete from proposals_proposalevent where pgh_id = %s", second)
    assert broken() == [("ProposalEvent", third, draft)]


def test_who_did_it_is_part_of_the_chain():
    draft, (first, *_) = three_events()
    behind_the_guards(
        "update proposals_proposalevent set pgh_context = '{\"user\": 1}' where pgh_id = %s", first
    )
    assert broken() == [("ProposalEvent", first, draft)]


def test_a_forged_hash_is_written_over():
    draft, (first, *_) = three_events()
    names = [f.column for f in ProposalEvent._meta.concrete_fields if f.name != "pgh_id"]
    quoted = ", ".join(f'"{name}"' for name in names)
    sql(
        f"insert into proposals_proposalevent ({quoted}, pgh_prev, pgh_hash)"
        f" select {quoted}, ''::bytea, ''::bytea from proposals_proposalevent where pgh_id = %s",
        first,
    )
    assert (labels(Proposal(pk=draft)), broken()) == (["insert", "update", "update", "insert"], [])
