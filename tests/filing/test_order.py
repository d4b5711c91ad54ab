"""The own order: ranks 1..n, what was sent keeps its rank, the buttons work without JavaScript."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from proposals.enums import Status
from proposals.filing.actions import set_order
from proposals.models import Proposal
from proposals.refused import Refused
from tests.builders import current_year, make_proposal, set_state

pytestmark = pytest.mark.django_db

LIST = reverse("filing:own_list")


def order(*proposals, by):
    set_order(year=current_year(), by=by, proposal_ids=[one.pk for one in proposals])


def ranks(*proposals):
    return [Proposal.objects.get(pk=one.pk).own_rank for one in proposals]


def test_ranks_count_from_one(officer):
    a, b, c = (make_proposal() for _ in range(3))
    order(c, a, b, by=officer)
    assert ranks(a, b, c) == [2, 3, 1]
    order(a, b, c, by=officer)
    assert ranks(a, b, c) == [1, 2, 3]


def test_what_is_not_named_follows_behind(officer):
    a, b, c = (make_proposal() for _ in range(3))
    order(a, b, c, by=officer)
    order(c, by=officer)
    assert ranks(a, b, c) == [2, 3, 1]


def test_what_was_sent_keeps_its_rank(officer):
    a, b, c = (make_proposal() for _ in range(3))
    order(a, b, c, by=officer)
    sent = make_proposal(status=Status.SENT, own_rank=4)
    order(c, b, a, sent, by=officer)
    assert ranks(a, b, c, sent) == [3, 2, 1, 4]
    with pytest.raises(Refused) as refusal:
        order(a, b, c, make_proposal(), sent, by=officer)
    assert refusal.value.reasons == ("RT22-6301-01 sudah dikirim: peringkatnya tetap.",)


def test_a_gap_before_a_sent_one_is_filled(officer):
    sent, draft = make_proposal(status=Status.SENT, own_rank=2), make_proposal()
    order(draft, sent, by=officer)
    assert ranks(draft, sent) == [1, 2]


def test_reordering_touches_no_open_form(officer):
    a, b = make_proposal(), make_proposal()
    order(b, a, by=officer)
    assert [Proposal.objects.get(pk=one.pk).row_version for one in (a, b)] == [1, 1]


def test_strangers_and_signed_years_are_refused(officer, reviewer, other_officer):
    a = make_proposal()
    for stranger in (reviewer, other_officer):
        with pytest.raises(Refused):
            order(a, by=stranger)
    set_state(current_year(), "signed")
    with pytest.raises(Refused):
        order(a, by=officer)


def test_up_and_down_are_plain_submits(client_of, officer):
    a, b, c = (make_proposal() for _ in range(3))
    visitor = client_of(officer)
    response = visitor.post(LIST, {"naik": c.pk})
    assert response.url == f"/usulan/?pindah=naik-{c.pk}#usulan-{c.pk}"
    assert ranks(a, b, c) == [1, 3, 2]
    visitor.post(LIST, {"turun": a.pk})
    assert ranks(a, b, c) == [2, 3, 1]


def test_htmx_swaps_the_list_and_keeps_the_button_in_hand(client_of, officer):
    a, b = make_proposal(title="Satu"), make_proposal(title="Dua")
    response = client_of(officer).post(LIST, {"naik": b.pk}, headers={"HX-Request": "true"})
    page = response.content.decode()
    assert page.strip().startswith('<section id="own-table"')
    assert f'name="naik" value="{b.pk}" disabled aria-label="Naikkan: Dua">' in page  # at the top
    assert f'name="turun" value="{b.pk}" aria-label="Turunkan: Dua" autofocus' in page
    assert "Urungkan" in page
    assert ranks(a, b) == [2, 1]


@pytest.mark.parametrize("pk", ["", "x", "9" * 30, "-1", "0"])
def test_a_forged_row_moves_nothing(client_of, officer, pk):
    a, b = make_proposal(), make_proposal()
    visitor = client_of(officer)
    visitor.post(LIST, {"naik": pk})
    visitor.post(LIST, {"naik": a.pk})  # the first one has no way up
    assert ranks(a, b) == [None, None]


def test_a_step_passes_over_what_was_sent(client_of, officer):
    sent = make_proposal(status=Status.SENT, own_rank=2)
    a, b = make_proposal(own_rank=1), make_proposal(own_rank=3)
    client_of(officer).post(LIST, {"naik": b.pk})
    assert ranks(b, sent, a) == [1, 2, 3]


def dragged(visitor, proposal, behind=None, before=None):
    key = ":".join(str(one.pk) if one else "" for one in (proposal, behind, before))
    return visitor.post(LIST, {"geser": key})


def test_a_row_dragged_behind_or_before_another_takes_that_place(client_of, officer):
    a, b, c, d = (make_proposal() for _ in range(4))
    order(a, b, c, d, by=officer)
    response = dragged(client_of(officer), a, behind=c, before=d)
    assert response.url == f"{LIST}?pindah=geser-{a.pk}#usulan-{a.pk}"
    assert ranks(a, b, c, d) == [3, 1, 2, 4]
    dragged(client_of(officer), d, before=b)
    assert ranks(a, b, c, d) == [4, 2, 3, 1]


def test_dragging_leads_around_what_was_sent(client_of, officer):
    a, b, c = (make_proposal() for _ in range(3))
    order(a, b, c, by=officer)
    sent = make_proposal(status=Status.SENT, own_rank=4)
    dragged(client_of(officer), a, behind=sent)
    assert ranks(a, b, c, sent) == [3, 1, 2, 4]


@pytest.mark.parametrize("key", ["", "x", "0:1:2", "{own}", "{own}:{own}:", "9" * 30])
def test_a_place_that_is_not_there_moves_nothing(client_of, officer, key):
    a, b = make_proposal(), make_proposal()
    order(a, b, by=officer)
    response = client_of(officer).post(LIST, {"geser": key.format(own=a.pk)})
    assert (response.status_code, response.url, ranks(a, b)) == (302, LIST, [1, 2])


def test_the_order_is_asked_for_only_once_the_rows_are_held(officer):
    """Whoever waited for the head who fixed the order is then told so, in words."""
    a, b = make_proposal(), make_proposal()
    with CaptureQueriesContext(connection) as asked:
        order(b, a, by=officer)
    said = [query["sql"] for query in asked]
    held = next(at for at, sql in enumerate(said) if "FOR UPDATE" in sql)
    fixed = next(at for at, sql in enumerate(said) if "order_fixed_at" in sql)
    assert held < fixed
