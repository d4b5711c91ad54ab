"""Copies: of this year or an earlier one; what is left out is named, old years are questioned."""

from uuid import uuid4

import pytest
from django.urls import reverse

from proposals.enums import Status, YearState
from proposals.filing.actions import begin_proposal, copy_proposal
from proposals.models import Attachment, Output, Proposal
from proposals.refused import Refused
from tests.builders import current_year, make_proposal, make_year, set_state

pytestmark = pytest.mark.django_db


@pytest.fixture
def last_year(db):
    return make_year(2021)


def next_year(last):
    set_state(last, YearState.SIGNED)
    return make_year(2022)


def messages_of(response):
    return [str(one) for one in response.context["messages"]]


def test_last_years_proposal_becomes_a_draft_of_this_year(client_of, officer, last_year):
    old = make_proposal(
        year=last_year, n_lines=2, title="Pelatihan mocaf 2021", background="Sejak 2020"
    )
    Output.objects.filter(proposal=old).update(text="60 perajin 2021-2025")
    year = next_year(last_year)
    page = client_of(officer).get(reverse("filing:copies"))
    assert [row for row, _key in page.context["keys"]] == [old]
    answer = client_of(officer).post(reverse("filing:copy", args=[old.pk]), follow=True)
    made = Proposal.objects.exclude(pk=old.pk).get()
    assert (made.year, made.status, made.title) == (
        year,
        Status.DRAFT,
        "Pelatihan mocaf 2021 (salinan)",
    )
    assert (made.requested_rp, made.budget_lines.count()) == (old.requested_rp, 2)
    assert Attachment.objects.filter(proposal=made).count() == 0
    assert (made.number, made.own_rank, made.approved_at) == (None, None, None)
    told = messages_of(answer)
    assert told[1] == (
        "Teksnya menyebut 2020, 2021: periksa apakah masih sesuai dengan tahun anggaran 2022."
    )
    assert len(told) == 2


def test_retired_choices_stay_empty_and_are_named(client_of, officer):
    old = make_proposal()
    sector, commodity = old.sector, old.commodity_uses.get().commodity
    for row in (sector, commodity):
        row.is_retired = True
        row.save()
    answer = client_of(officer).post(reverse("filing:copy", args=[old.pk]), follow=True)
    made = Proposal.objects.exclude(pk=old.pk).get()
    assert (made.sector, made.commodity_uses.count()) == (None, 0)
    assert messages_of(answer)[1].startswith("Dikosongkan karena tidak dipakai lagi: ")
    assert [str(one) in messages_of(answer)[1] for one in (sector, commodity)] == [True, True]


def test_a_code_of_another_edition_stays_empty(officer):
    old = make_proposal()
    year = current_year()
    year.nomenclature_edition = "900-1/2023"
    year.save()
    made = copy_proposal(proposal=old, by=officer, year=year)
    assert made.proposal.nomenclature is None
    assert [str(old.nomenclature) in text for text in made.left_out] == [True]


def test_the_same_press_twice_makes_one_copy(client_of, officer):
    old, key = make_proposal(), uuid4()
    address = reverse("filing:copy", args=[old.pk])
    first, second = (client_of(officer).post(address, {"creation_key": key}) for _press in "ab")
    assert (first.url, Proposal.objects.count()) == (second.url, 2)
    client_of(officer).post(address)
    assert Proposal.objects.count() == 3


def test_another_offices_proposals_are_not_there_to_copy(
    client_of, other_officer, head, reviewer, officer
):
    sent = make_proposal(status=Status.SENT)
    assert client_of(other_officer).get(reverse("filing:copies")).context["keys"] == []
    assert client_of(other_officer).post(reverse("filing:copy", args=[sent.pk])).status_code == 404
    assert client_of(reviewer).get(reverse("filing:copies")).status_code == 404
    with pytest.raises(Refused):
        copy_proposal(proposal=sent, by=reviewer, year=sent.year)


@pytest.mark.parametrize("n_rows", [1, 30])
def test_the_list_of_copies_costs_the_same(client_of, officer, n_rows, django_assert_num_queries):
    for _row in range(n_rows):
        make_proposal()
    visitor = client_of(officer)
    visitor.get(reverse("filing:copies"))
    with django_assert_num_queries(5):
        visitor.get(reverse("filing:copies"))


def test_an_officer_of_a_retired_office_is_told_so_in_words(client_of, officer, head):
    old = make_proposal()
    officer.office.is_retired = True
    officer.office.save()
    sentence = "Kantor Anda tidak dipakai lagi: tidak ada usulan baru yang dapat dimulai"
    with pytest.raises(Refused, match=sentence):
        begin_proposal(by=officer, year=old.year, request_to="own", title="Baru")
    data = {"request_to": "own", "title": "Baru", "creation_key": str(uuid4())}
    answer = client_of(officer).post(reverse("filing:new"), data)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    answer = client_of(officer).post(reverse("filing:copy", args=[old.pk]), follow=True)
    assert (sentence in answer.content.decode(), Proposal.objects.count()) == (True, 1)
