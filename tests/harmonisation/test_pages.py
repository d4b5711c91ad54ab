"""What each page shows to whom, and what it costs."""

import pytest
from django.urls import reverse

from proposals.enums import JointState, RequestTo, Status
from tests import cast
from tests.builders import make_ceiling, make_joint, make_proposal

pytestmark = pytest.mark.django_db


def page(name, *args, **query):
    return reverse(f"harmonisation:{name}", args=args, query=query or None)


def make_members(n, **fields):
    offices = [cast.make_office(cast.REGENCY), cast.make_office(cast.OTHER_REGENCY)]
    return [make_proposal(offices[i % 2], Status.UNDER_REVIEW, **fields) for i in range(n)]


@pytest.mark.parametrize("state", JointState)
def test_every_page_of_a_programme_opens_for_the_coordinator(client_of, coordinator, state):
    joint = make_joint(state=state)
    client = client_of(coordinator)
    for name in ("group", "programme", "history"):
        assert client.get(page(name, joint.pk)).status_code == 200, name
    assert client.get(page("board", grup=joint.pk, keadaan="all")).status_code == 200
    assert client.get(page("programmes")).status_code == 200
    is_open = state in {JointState.FORMING, JointState.JOINED}
    for name in ("edit", "shares", "add"):
        assert client.get(page(name, joint.pk)).status_code == (200 if is_open else 404), name
    for step in ("gabungkan", "urai"):
        assert client.get(page("act", joint.pk, step)).status_code in {200, 302}
    for share in joint.shares.all():
        assert client.get(page("remove", joint.pk, share.pk)).status_code == (
            200 if is_open else 404
        )


def test_comparing_and_beginning_open_for_a_reviewer(client_of, reviewer):
    members = make_members(2)
    client = client_of(reviewer)
    ids = [member.pk for member in members]
    assert client.get(page("compare", usulan=ids)).status_code == 200
    assert client.get(page("compare")).status_code == 200
    assert client.get(page("new_group")).status_code == 200
    assert client.get(page("new_group", usulan=ids)).status_code == 200
    assert client.post(page("new_group"), {"usulan": ids}).status_code == 200
    assert client.post(page("new_group"), {"usulan": ids[:1]}).status_code == 422
    response = client.post(
        page("new_group"),
        {
            "usulan": ids,
            "title": "Tapioka",
            "kind": "chain",
            "lead_office": cast.make_office(cast.PROVINCE).pk,
        },
    )
    assert response.status_code == 302
