"""What tests are built on: every status and state is reached under every constraint and trigger."""

import pytest
from django.db import connection

from proposals.enums import JointState, RequestTo, Status
from proposals.models import Proposal
from tests.builders import make_joint, make_proposal

pytestmark = pytest.mark.django_db


def check_now():
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")


@pytest.mark.parametrize("kind", RequestTo)
@pytest.mark.parametrize("status", Status)
def test_a_proposal_of_every_kind_reaches_every_status(status, kind):
    made = make_proposal(status=status, request_to=kind, n_lines=2)
    check_now()
    read = Proposal.objects.get(pk=made.pk)
    assert (read.status, read.request_to, made.status) == (status, kind, status)


def test_the_province_files_its_own_programmes(province_office):
    made = make_proposal(province_office, Status.AGREED)
    check_now()
    assert (made.number, made.request_to) == ("RT22-6300-01", RequestTo.OWN)


@pytest.mark.parametrize("state", JointState)
def test_a_joint_programme_reaches_every_state(state):
    joint = make_joint(state=state)
    check_now()
    joint.refresh_from_db()
    assert joint.state == state


def test_numbers_of_an_office_run_on():
    numbers = [make_proposal(status=Status.SENT).number for _ in range(3)]
    assert numbers == ["RT22-6301-01", "RT22-6301-02", "RT22-6301-03"]


def test_a_proposal_at_the_desk_costs_few_queries(django_assert_max_num_queries):
    make_proposal(status=Status.AT_DESK)
    with django_assert_max_num_queries(30):
        make_proposal(status=Status.AT_DESK)
