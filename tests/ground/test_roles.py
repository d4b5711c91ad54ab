"""The application's role does all the work and owns nothing."""

import pytest
from django.db import DatabaseError, connection, transaction

from proposals.enums import Status
from proposals.management import grants
from proposals.models import Proposal
from tests.builders import make_proposal

ROLE = "rakortek_app_on_trial"


@pytest.fixture
def app_role(db):
    """Work as the application's role until the end of the test."""
    with connection.cursor() as cursor:
        cursor.execute(f"create role {ROLE}")
        grants.give(ROLE)
        cursor.execute(f"grant {ROLE} to current_user")
        cursor.execute(f"set local role {ROLE}")


def test_application_role_carries_a_proposal_from_draft_to_agreed(app_role):
    proposal = make_proposal(status=Status.AGREED)
    assert Proposal.objects.get(pk=proposal.pk).status == Status.AGREED
    with connection.cursor() as cursor:
        cursor.execute("select current_user, count(*) from proposals_proposalevent")
        who, events = cursor.fetchone()
    assert (who, events > 0) == (ROLE, True)


def test_application_role_owns_nothing(app_role):
    with connection.cursor() as cursor:
        cursor.execute(
            "select (select count(*) from pg_class where pg_get_userbyid(relowner) = %(role)s)"
            " + (select count(*) from pg_proc where pg_get_userbyid(proowner) = %(role)s)"
            " + (select count(*) from pg_namespace where pg_get_userbyid(nspowner) = %(role)s)",
            {"role": ROLE},
        )
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    "statement",
    [
        "alter table proposals_proposal disable trigger all",
        "drop trigger rk_refuse_row on proposals_proposalevent",
        "truncate proposals_proposalevent",
        "update proposals_proposalevent set pgh_label = 'other'",
        "delete from proposals_proposalevent",
        "insert into django_migrations (app, name, applied) values ('proposals', '9999', now())",
        "create table own (id int)",
        "set local session_replication_role = replica",
    ],
)
def test_application_role_cannot_touch_what_guards_the_data(app_role, statement):
    with (
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
