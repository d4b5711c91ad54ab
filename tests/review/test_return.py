"""A proposal is returned, mended, answered, sent again, and taken in."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from proposals import workflow
from proposals.enums import Action, GateResult, RequestTo, Status
from proposals.filing import actions as filing
from proposals.models import Proposal, ReturnPoint
from proposals.refused import Refused
from proposals.review import actions
from tests import lists
from tests.builders import make_proposal
from tests.moves import make_review

pytestmark = pytest.mark.django_db


def address(proposal, name="proposal"):
    return reverse(f"review:{name}", args=[proposal.pk])


def points(*rows, due_on=None):
    """Return the form of a return: four rows, the rest left as they came."""
    due_on = due_on or timezone.localdate() + timedelta(days=5)
    data = {"points-TOTAL_FORMS": 4, "points-INITIAL_FORMS": 0}
    untouched = timezone.localdate() + timedelta(days=14)
    for number in range(4):
        field, what = rows[number] if number < len(rows) else ("", "")
        data |= {f"points-{number}-field": field, f"points-{number}-what": what}
        data |= {f"points-{number}-due_on": due_on if number < len(rows) else untouched}
    return data


def test_the_whole_way_back_and_forth(client_of, gate_checker, officer, head, reviewer):
    proposal = make_proposal(status=Status.SENT)
    number, sent_at = proposal.number, proposal.sent_at
    mend = (("background", "Sebutkan jumlah perajin"), ("target_group", "Siapa perajinnya"))
    browser = client_of(gate_checker)
    response = browser.post(address(proposal, "give_back"), points(*mend))
    assert response.headers["Location"] == "/telaah/"
    proposal.refresh_from_db()
    assert proposal.status == Status.RETURNED
    named = {"proposal": proposal, "by": officer, "row_version": proposal.row_version}
    with pytest.raises(Refused):
        filing.save_content(values={"title": "Judul lain"}, parts={}, **named)
    mended = {"background": "Ada 40 perajin tenun.", "target_group": "Perajin tenun Bati-Bati"}
    proposal = filing.save_content(values=mended, parts={}, **named)
    with pytest.raises(Refused) as refusal:
        workflow.take(Action.SEND, proposal=proposal, by=head)
    assert refusal.value.reasons == ("Answer every point of the return first.",)
    for point in ReturnPoint.objects.all():
        filing.answer_point(point=point, by=officer, answer="Sudah ditambahkan")
    workflow.take(Action.SEND, proposal=proposal, by=head)
    proposal.refresh_from_db()
    assert (proposal.status, proposal.number, proposal.sent_at) == (Status.SENT, number, sent_at)

    page = browser.get(address(proposal))
    changes = {change.code: change for change in page.context["dossier"].changes}
    assert sorted(changes) == ["background", "target_group"]
    told = [(piece.kind, piece.text) for piece in changes["target_group"].pieces]
    assert told == [
        ("same", "Perajin"),
        ("del", "olahan ubi kayu"),
        ("ins", "tenun Bati-Bati"),
    ]
    answered = [(one.field, one.answer) for one in page.context["dossier"].open_points]
    assert answered == [(field, "Sudah ditambahkan") for field, _what in mend]

    gates = lists.gates(RequestTo.PROVINCE)
    accepted = {"do": "accept"} | {f"gate_{gate.pk}": "passed" for gate in gates}
    browser.post(address(proposal, "gates"), accepted)
    proposal.refresh_from_db()
    assert proposal.status == Status.UNDER_REVIEW
    assert set(ReturnPoint.objects.values_list("settled_by", flat=True)) == {gate_checker.pk}


def test_a_resent_proposal_is_checked_and_scored_anew(officer, head, gate_checker, reviewer):
    proposal = make_proposal(status=Status.UNDER_REVIEW)
    review = make_review(proposal, reviewer)
    due_on = timezone.localdate()
    given = workflow.Given(points=(workflow.Point("title", "Perjelas", due_on),))
    workflow.take(Action.RETURN, proposal=proposal, by=reviewer, given=given)
    filing.answer_point(point=ReturnPoint.objects.get(), by=officer, answer="Sudah jelas")
    workflow.take(Action.SEND, proposal=proposal, by=head)
    review.refresh_from_db()
    proposal.refresh_from_db()
    assert (review.state, review.score_pct, proposal.score_pct) == ("draft", None, None)
    assert proposal.gate_answers.count() == 0
    passed = dict.fromkeys(lists.gates(RequestTo.PROVINCE), (GateResult.PASSED, ""))
    actions.accept(proposal=proposal, by=gate_checker, answers=passed)
    assert Proposal.objects.get().status == Status.UNDER_REVIEW


def test_a_return_without_a_point_is_refused(client_of, gate_checker):
    proposal = make_proposal(status=Status.SENT)
    response = client_of(gate_checker).post(address(proposal, "give_back"), points())
    assert response.status_code == 422
    assert response.context["points"].non_form_errors() == [
        "Sebutkan paling sedikit satu butir yang harus diperbaiki."
    ]
    assert ReturnPoint.objects.count() == 0


def test_a_point_without_words_is_told_and_the_others_stay_typed(client_of, gate_checker):
    proposal = make_proposal(status=Status.SENT)
    data = points(("title", "Perjelas tempatnya"), ("background", ""))
    response = client_of(gate_checker).post(address(proposal, "give_back"), data)
    forms = response.context["points"].forms
    assert [list(form.errors) for form in forms] == [[], ["what"], [], []]
    assert "Perjelas tempatnya" in response.content.decode()


@pytest.mark.parametrize("status", [Status.UNDER_REVIEW, Status.AT_DESK])
def test_a_reviewer_returns_too(client_of, reviewer, status):
    proposal = make_proposal(status=status)
    client_of(reviewer).post(address(proposal, "give_back"), points(("outputs", "Ukur hasilnya")))
    proposal.refresh_from_db()
    assert proposal.status == Status.RETURNED


def test_a_coordinator_does_not_return(client_of, coordinator):
    proposal = make_proposal(status=Status.SENT)
    data = points(("title", "Perjelas"))
    response = client_of(coordinator).post(address(proposal, "give_back"), data)
    assert response.status_code == 422
    proposal.refresh_from_db()
    assert proposal.status == Status.SENT
