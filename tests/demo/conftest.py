"""The demo, loaded once for all tests of this folder and taken back after them."""

import pytest
from django.db import connection, transaction

from proposals.demo import loading


@pytest.fixture(scope="package")
def said(django_db_setup, django_db_blocker):
    """Load the demo inside one transaction; yield the lines it said."""
    lines = []
    with django_db_blocker.unblock(), transaction.atomic():
        loading.load(lines.append)
        with connection.cursor() as cursor:  # what is judged at the commit, judged now
            cursor.execute("set constraints all immediate; set constraints all deferred")
        yield lines
        transaction.set_rollback(True)


@pytest.fixture
def demo(said, db):
    """Give a test the loaded demo; what the test writes is taken back alone."""
    return said
