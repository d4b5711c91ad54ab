"""What the stories of letters share: who was told what, and a post that takes letters."""

import pytest
from django.core import mail

from proposals.models import Notice
from proposals.notices import delivering


@pytest.fixture
def told(db):
    """Return a function: what a person was told, as kind and label, the oldest first."""

    def found(person, *, kind=None):
        rows = Notice.objects.filter(recipient=person).order_by("pk")
        rows = rows.filter(kind=kind) if kind else rows
        return [(one.kind, one.words.get("label", "")) for one in rows]

    return found


@pytest.fixture
def post(db):
    """Return a function: deliver what is due, and the letters as (address, subject)."""

    def delivered():
        mail.outbox = []
        delivering.deliver.func()
        return sorted((one.to[0], one.subject) for one in mail.outbox)

    return delivered
