"""The page of one proposal: who reads what of it, and what it costs."""

import pytest
from django.urls import reverse

from proposals.enums import Delivery, JointState, Status
from proposals.models import Comment, Share
from tests.builders import make_joint, make_proposal, set_state
from tests.moves import join, move

pytestmark = pytest.mark.django_db


def page_of(proposal):
    return reverse("filing:proposal", args=[proposal.pk])


@pytest.mark.parametrize("status", Status)
def test_the_page_costs_at_most_fifteen_queries_for_its_own_office(
    client_of, officer, status, django_assert_max_num_queries
):
    proposal = make_proposal(status=status, n_lines=5)
    visitor = client_of(officer)
    with django_assert_max_num_queries(15):
        assert visitor.get(page_of(proposal)).status_code == 200


@pytest.mark.parametrize("role", ["reviewer", "coordinator", "province_head", "bappeda", "admin"])
def test_the_page_costs_at_most_fifteen_queries_for_the_province(
    client_of, request, role, django_assert_max_num_queries
):
    proposal = make_proposal(status=Status.AGREED, n_lines=5)
    visitor = client_of(request.getfixturevalue(role))
    with django_assert_max_num_queries(15):
        assert visitor.get(page_of(proposal)).status_code == 200


ROLES = ("officer", "head", "other_officer", "reviewer", "province_head", "bappeda", "observer")


@pytest.mark.parametrize(
    ("status", "seen_by"),
    [
        (Status.DRAFT, {"officer", "head"}),
        (Status.AWAITING_HEAD, {"officer", "head"}),
        (Status.SENT, set(ROLES) - {"other_officer", "observer"}),
        (Status.AGREED, set(ROLES) - {"other_officer", "observer"}),
    ],
)
def test_who_opens_a_proposal(client_of, request, status, seen_by):
    proposal = make_proposal(status=status)
    people = {role: request.getfixturevalue(role) for role in ROLES}
    found = {
        role
        for role, who in people.items()
        if client_of(who).get(page_of(proposal)).status_code == 200
    }
    assert found == seen_by


def test_an_observer_reads_the_signed_result(client_of, observer):
    proposal = make_proposal(status=Status.AGREED)
    set_state(proposal.year, "signed")
    response = client_of(observer).get(page_of(proposal))
    assert [one.agreed_rp for one in response.context["result"].decisions] == [250_000_000]


@pytest.mark.parametrize(
    ("role", "n_decisions", "n_scores"),
    [("officer", 1, 2), ("bappeda", 1, 0), ("admin", 0, 0), ("reviewer", 1, 0)],
)
def test_result_and_score_are_told_as_far_as_access_goes(
    client_of, request, role, n_decisions, n_scores
):
    proposal = make_proposal(status=Status.AGREED, request_to="province")
    result = client_of(request.getfixturevalue(role)).get(page_of(proposal)).context["result"]
    assert (len(result.decisions), len(result.scores)) == (n_decisions, n_scores)


def test_before_the_review_is_over_its_score_is_told_to_nobody(client_of, officer):
    proposal = make_proposal(status=Status.AT_DESK)
    move(proposal, Status.RETURNED)
    result = client_of(officer).get(page_of(proposal)).context["result"]
    assert (result.scores, result.decisions) == ([], [])


def test_internal_notes_stay_inside_and_shared_ones_are_read(client_of, officer, reviewer):
    proposal = make_proposal(status=Status.UNDER_REVIEW)
    Comment.objects.create(proposal=proposal, author=reviewer, text="Rahasia", is_internal=True)
    Comment.objects.create(proposal=proposal, author=reviewer, text="Dari mana bahannya?")
    page = client_of(officer).get(page_of(proposal)).content.decode()
    assert ("Rahasia" in page, "Dari mana bahannya?" in page) == (False, True)


def test_the_office_writes_comments_on_what_it_sent(client_of, officer, other_officer, bappeda):
    proposal = make_proposal(status=Status.SENT)
    address = reverse("filing:comment", args=[proposal.pk])
    client_of(officer).post(address, {"note": "Dari koperasi."})
    client_of(officer).post(address, {"note": " "})
    for stranger in (other_officer, bappeda):
        assert client_of(stranger).post(address, {"note": "x"}).status_code == 404
    comment = Comment.objects.get()
    assert (comment.text, comment.author, comment.is_internal) == ("Dari koperasi.", officer, False)


@pytest.mark.parametrize(
    ("delivery", "amount", "words"),
    [
        (
            Delivery.ACTIVITY,
            250_000_000,
            (
                "Digabung ke PROV-01: dilaksanakan provinsi di daerah Anda,"
                " senilai Rp\u00a0250.000.000."
            ),
        ),
        (
            Delivery.TRANSFER,
            250_000_000,
            "Digabung ke PROV-01: BKK (bantuan keuangan khusus) Rp\u00a0250.000.000.",
        ),
        (Delivery.OWN_MONEY, 250_000_000, "Digabung ke PROV-01: uang sendiri Rp\u00a0250.000.000."),
        (
            Delivery.ACTIVITY,
            0,
            "Digabung ke PROV-01: tercakup di dalamnya, tanpa bagian tersendiri.",
        ),
    ],
)
def test_a_merged_proposal_says_what_its_region_gets(client_of, officer, delivery, amount, words):
    joint = make_joint(state=JointState.FORMING)
    mine = joint.shares.get(proposal__office=officer.office)
    Share.objects.filter(pk=mine.pk).update(delivery=delivery, amount_rp=amount)
    joined = join(joint)
    response = client_of(officer).get(page_of(mine.proposal))
    assert (joined.number, response.context["result"].share) == ("PROV-01", words)
    assert words in response.content.decode()


def test_the_buttons_come_with_their_reasons(client_of, officer, head):
    draft = make_proposal(is_bare=True, intervention=None)
    page = client_of(head).get(page_of(draft))
    told = {offer.act.action: len(offer.reasons) for offer in page.context["offers"]}
    assert told == {"send": 11, "withdraw": 0}
    page = client_of(officer).get(page_of(make_proposal()))
    assert [(offer.act.action, offer.reasons) for offer in page.context["offers"]] == [
        ("hand_to_head", ())
    ]


def test_others_are_offered_nothing_of_this_room(client_of, reviewer):
    sent = make_proposal(status=Status.SENT)
    response = client_of(reviewer).get(page_of(sent))
    assert response.context["offers"] == []
    assert f"/telaah/{sent.pk}/" in response.content.decode()


@pytest.mark.parametrize("name", ["print", "print_list"])
def test_prints_are_marked_as_drafts_until_the_minutes_are_signed(client_of, officer, name):
    proposal = make_proposal(status=Status.AGREED)
    address = reverse(f"filing:{name}", args=[proposal.pk] if name == "print" else [])
    visitor = client_of(officer)
    assert "rk-draf-cap" in visitor.get(address).content.decode()
    set_state(proposal.year, "signed")
    assert "rk-draf-cap" not in visitor.get(address).content.decode()


def test_history_is_for_the_office_and_the_province(client_of, officer, reviewer, bappeda, admin):
    proposal = make_proposal(status=Status.AGREED)
    address = reverse("filing:history", args=[proposal.pk])
    people = (officer, reviewer, bappeda, admin)
    assert [client_of(who).get(address).status_code for who in people] == [200, 200, 404, 404]


def test_history_hides_scores_from_the_office(client_of, officer, reviewer):
    proposal = make_proposal(status=Status.AT_DESK, score_pct="71.3")
    address = reverse("filing:history", args=[proposal.pk])
    pages = [client_of(who).get(address).content.decode() for who in (officer, reviewer)]
    assert ["71,3" in page for page in pages] == [False, True]


def test_a_receipt_is_for_what_was_sent(client_of, officer, other_officer):
    sent, draft = make_proposal(status=Status.SENT), make_proposal()
    addresses = [reverse("filing:receipt", args=[one.pk]) for one in (sent, draft)]
    assert [client_of(officer).get(one).status_code for one in addresses] == [200, 404]
    assert client_of(other_officer).get(addresses[0]).status_code == 404
