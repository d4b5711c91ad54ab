"""When something fails in the middle: the session, the database; nothing typed is lost."""

import threading
import time

import pytest
from django.db import connection
from django.test import Client

from proposals.models import Proposal
from tests.builders import make_proposal
from tests.cast import PASSWORD, make_office, person
from tests.filing.pages import boxes, fill_url, opened

OWN_PAGE = {"Origin": "http://testserver"}
LONG = "Perajin belum menguasai cara olah yang bersih. " * 80


@pytest.mark.django_db
def test_a_long_form_survives_the_end_of_the_session(client_of, officer):
    draft = make_proposal(n_lines=3, requested_rp=600)
    visitor = client_of(officer)
    data = opened(visitor, draft) | {"background": LONG, "aksi": "simpan"}
    visitor.logout()
    ended = visitor.post(fill_url(draft), data, headers=OWN_PAGE)
    assert ended.status_code == 401
    sealed = boxes(ended, None)
    back = visitor.post(
        "/masuk/", sealed | {"login": officer.email, "password": PASSWORD}, headers=OWN_PAGE
    )
    offered = boxes(back, "resend")
    assert offered["background"] == LONG
    saved = visitor.post(fill_url(draft), offered, headers=OWN_PAGE)
    assert (saved.status_code, Proposal.objects.get(pk=draft.pk).background) == (302, LONG.strip())


@pytest.mark.django_db(transaction=True)
def test_the_database_gone_in_the_middle_of_a_save_loses_nothing():
    officer = person("officer", make_office())
    draft = make_proposal(n_lines=1, requested_rp=100)
    visitor = Client(raise_request_exception=False)
    visitor.force_login(officer)
    data = opened(visitor, draft) | {"background": LONG, "aksi": "simpan"}
    answers = []
    with connection.copy().cursor() as holder:
        holder.execute("begin")
        holder.execute("select from proposals_proposal where id = %s for update", [draft.pk])
        saving = threading.Thread(target=lambda: answers.append(post(visitor, draft, data)))
        saving.start()
        cut_who_waits()
        saving.join(20)
        holder.execute("rollback")
        holder.connection.close()
    (answer,) = answers
    assert answer.status_code == 503
    assert Proposal.objects.get(pk=draft.pk).row_version == 1
    again = boxes(answer, "resend")
    assert (again["background"], again["budget_lines-0-text"]) == (LONG, "Belanja 1")
    assert post(visitor, draft, again).status_code == 302
    assert Proposal.objects.get(pk=draft.pk).background == LONG.strip()


def post(visitor, draft, data):
    try:
        return visitor.post(fill_url(draft), data, headers=OWN_PAGE)
    finally:
        connection.close()


def cut_who_waits():
    """End the one session that waits for a lock in this database."""
    sql = (
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where datname = current_database() and wait_event_type = 'Lock'"
    )
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(sql)
            if cursor.fetchall():
                return
        time.sleep(0.05)
    pytest.fail("the save never waited for the row")
