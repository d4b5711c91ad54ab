"""The page of one proposal: who reads what on it, and what each form of it does."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from proposals.enums import ReasonFor, Role, Status
from proposals.models import Comment, Proposal, Review
from proposals.review import actions
from tests import cast, lists
from tests.builders import make_proposal
from tests.moves import make_review
from tests.review.scenes import posted, save

pytestmark = pytest.mark.django_db


def page_of(proposal, name="proposal"):
    return reverse(f"review:{name}", args=[proposal.pk])


def under_review(**fields):
    return make_proposal(status=Status.UNDER_REVIEW, **fields)


@pytest.mark.parametrize(
    ("role", "status", "queries"),
    [
        (Role.REVIEWER, Status.UNDER_REVIEW, 14),
        (Role.GATE_CHECKER, Status.SENT, 15),
        (Role.COORDINATOR, Status.UNDER_REVIEW, 14),
        (Role.PROVINCE_HEAD, Status.AT_DESK, 13),
    ],
)
@pytest.mark.parametrize("n_lines", [1, 30])
def test_page_costs_at_most_fifteen_queries(
    client_of, role, status, queries, n_lines, django_assert_num_queries
):
    proposal = make_proposal(status=status, n_lines=n_lines)
    for number in range(n_lines):
        named = {"text": f"Catatan {number}", "is_internal": False}
        actions.comment(proposal=proposal, by=cast.person(Role.COORDINATOR), **named)
    browser = client_of(cast.person(role))
    with django_assert_num_queries(queries):
        assert browser.get(page_of(proposal), {"tampilan": "semua"}).status_code == 200


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD, Role.ADMIN, Role.BAPPEDA, Role.OBSERVER])
def test_the_page_is_closed_to_who_reads_no_scores(client_of, role):
    proposal = under_review()
    browser = client_of(cast.person(role))
    for name in ("proposal", "history", "gates", "score", "give_back", "comment", "step"):
        assert browser.get(page_of(proposal, name)).status_code == 404, name
        assert browser.post(page_of(proposal, name)).status_code in {404, 405}, name


@pytest.mark.parametrize("status", [Status.DRAFT, Status.AWAITING_HEAD])
def test_a_draft_is_not_found_even_where_the_head_sees_it(
    client_of, province_head, province_office, status
):
    proposal = make_proposal(province_office, status)
    assert client_of(province_head).get(page_of(proposal)).status_code == 404


def test_history_leads_to_the_one_history_page(client_of, reviewer):
    proposal = under_review()
    response = client_of(reviewer).get(page_of(proposal, "history"))
    assert response.headers["Location"] == reverse("filing:history", args=[proposal.pk])


def test_a_draft_review_is_its_writers_alone(client_of, reviewer, other_reviewer, coordinator):
    proposal = under_review()
    save(proposal, reviewer, note="Masih saya pikirkan")
    seen = {
        person.pk: "Masih saya pikirkan"
        in client_of(person).get(page_of(proposal)).content.decode()
        for person in (reviewer, other_reviewer, coordinator)
    }
    assert seen == {reviewer.pk: True, other_reviewer.pk: False, coordinator.pk: False}


def test_a_finished_review_is_read_by_the_review_roles(client_of, gate_checker):
    proposal = under_review()
    make_review(proposal, note="Layak dilaksanakan")
    opinions = client_of(gate_checker).get(page_of(proposal)).context["dossier"].opinions
    assert [(one.review.note, len(one.marks)) for one in opinions] == [("Layak dilaksanakan", 2)]


def test_neighbours_are_those_of_the_saved_view(client_of, reviewer):
    first, second, third = (under_review() for _ in range(3))
    make_proposal(status=Status.SENT)
    response = client_of(reviewer).get(page_of(second), {"tampilan": "ditelaah", "urut": "nomor"})
    dossier = response.context["dossier"]
    assert (dossier.previous.number, dossier.following.number) == (first.number, third.number)
    alone = client_of(reviewer).get(page_of(second)).context["dossier"]
    assert (alone.previous, alone.following) == (None, None)
    last = client_of(reviewer).get(page_of(third), {"tampilan": "ditelaah", "urut": "baru"})
    dossier = last.context["dossier"]
    assert (dossier.previous, dossier.following.number) == (None, second.number)


def test_save_and_next_scores_brings_to_the_desk_and_leads_on(client_of, reviewer):
    first, second = under_review(), under_review()
    tail = "?tampilan=ditelaah&urut=nomor"
    data = posted(first, "finish", to_desk="on")
    response = client_of(reviewer).post(page_of(first, "score") + tail, data)
    assert response.headers["Location"] == page_of(second) + tail
    first.refresh_from_db()
    assert (first.status, first.score_pct) == (Status.AT_DESK, 80)
    response = client_of(reviewer).post(page_of(second, "score") + tail, posted(second, "finish"))
    assert response.headers["Location"] == "/telaah/" + tail
    second.refresh_from_db()
    assert second.status == Status.UNDER_REVIEW


def test_pressing_twice_is_pressing_once(client_of, reviewer):
    proposal = under_review()
    for _twice in range(2):
        data = posted(proposal, "finish", to_desk="on")
        assert client_of(reviewer).post(page_of(proposal, "score"), data).status_code == 302
    assert Review.objects.get().score_pct == 80


def test_a_missing_sentence_is_told_at_its_field_and_nothing_typed_is_lost(client_of, reviewer):
    proposal = under_review()
    fit, _cost = lists.criteria()
    data = posted(proposal, scores=(5, 4), note="Catatan panjang")
    response = client_of(reviewer).post(page_of(proposal, "score"), data)
    form = response.context["review_form"]
    assert response.status_code == 422
    assert form.errors == {f"why_{fit.pk}": ["Tulis penjelasan: skor 1, 2, atau 5 memerlukannya."]}
    page = response.content.decode()
    assert ("Catatan panjang" in page, f'href="#id_why_{fit.pk}"' in page) == (True, True)
    assert Review.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("seratus", "Tulis rupiah utuh"),
        ("-5", "Tulis rupiah utuh"),
        ("9" * 19, "Tulis rupiah utuh"),
    ],
)
def test_an_amount_that_is_none_is_told_at_its_field(client_of, reviewer, typed, error):
    proposal = under_review(n_lines=1)
    line = proposal.budget_lines.get()
    data = posted(proposal, **{f"line_{line.pk}": typed})
    form = client_of(reviewer).post(page_of(proposal, "score"), data).context["review_form"]
    assert list(form.errors) == [f"line_{line.pk}"]
    assert form[f"line_{line.pk}"].value() == typed


def test_a_stale_review_conflicts_and_keeps_what_was_typed(client_of, reviewer):
    proposal = under_review()
    save(proposal, reviewer, note="Dari jendela pertama")
    data = posted(proposal, note="Dari jendela kedua", recommended_rp="250.000.000")
    response = client_of(reviewer).post(page_of(proposal, "score"), data)
    assert response.status_code == 409
    assert [field.name for field in response.context["conflict"]] == ["note"]
    page = response.content.decode()
    assert "Dari jendela kedua" in page
    version = re.search(r'name="row_version" value="(\d+)"', page)[1]
    data["row_version"] = version
    assert client_of(reviewer).post(page_of(proposal, "score"), data).status_code == 302
    assert Review.objects.get().note == "Dari jendela kedua"


def test_confirming_the_offers_keeps_them_with_their_source(client_of, reviewer):
    lists.keyed(lists.ReviewCriterion, "s_kesiapan", group="kesiapan", weight=4)
    proposal = under_review()
    client_of(reviewer).post(page_of(proposal, "score"), posted(proposal, "confirm", scores=()))
    kept = Review.objects.get().scores.get()
    assert (kept.value, kept.computed) == (5, 5)
    assert kept.sentence == "Daftar kesiapan: semua 2 dokumen wajib ada."


def test_counting_shows_the_sums_and_keeps_nothing(client_of, reviewer):
    proposal = under_review(n_lines=2)
    first, _second = proposal.budget_lines.all()
    changed = {"recommendation": "agree_changed", f"line_{first.pk}": "100.000.000"}
    data = posted(proposal, "count", scores=(4, 3), **changed)
    sums = client_of(reviewer).post(page_of(proposal, "score"), data).context["review_form"].sums()
    assert (sums.proposed_rp, sums.difference_rp, float(sums.difference_pct)) == (
        225_000_000,
        -25_000_000,
        -10,
    )
    assert (float(sums.total_pct), sums.scored) == (72.5, 2)
    part = client_of(reviewer).post(
        page_of(proposal, "score"), data, headers={"HX-Request": "true"}
    )
    assert part.content.decode().strip().startswith('<div id="dock-sums"')
    assert Review.objects.count() == 0


def test_as_asked_copies_every_line(client_of, reviewer):
    proposal = under_review(n_lines=2)
    data = posted(proposal, "as_asked")
    form = client_of(reviewer).post(page_of(proposal, "score"), data).context["review_form"]
    shown = [row.amount.value() for row in form.line_rows()]
    assert shown == ["125.000.000", "125.000.000"]


def test_the_reason_in_the_dock_must_fit(client_of, reviewer):
    proposal = under_review()
    refusal = lists.reason(ReasonFor.REFUSAL)
    data = posted(proposal, recommendation="defer", reason=refusal.pk)
    response = client_of(reviewer).post(page_of(proposal, "score"), data)
    assert response.context["review_form"].non_field_errors() == [
        "Pilih alasan yang sesuai dengan rekomendasi Anda."
    ]


def test_a_comment_is_kept_and_an_empty_one_told(client_of, reviewer):
    proposal = under_review()
    browser = client_of(reviewer)
    sent = browser.post(page_of(proposal, "comment"), {"text": "Dari mana bahannya?"})
    assert sent.headers["Location"] == page_of(proposal) + "#talk"
    browser.post(page_of(proposal, "comment"), {"text": "Rahasia", "is_internal": "on"})
    assert browser.post(page_of(proposal, "comment"), {"text": " "}).status_code == 422
    assert list(Comment.objects.values_list("text", "is_internal")) == [
        ("Dari mana bahannya?", False),
        ("Rahasia", True),
    ]


def test_internal_notes_are_not_in_the_offices_page(client_of, reviewer, officer):
    proposal = under_review()
    for text, is_internal in (("Untuk semua", False), ("Hanya provinsi", True)):
        actions.comment(proposal=proposal, by=reviewer, text=text, is_internal=is_internal)
    page = client_of(officer).get(reverse("filing:proposal", args=[proposal.pk]))
    assert "Hanya provinsi" not in page.content.decode()


def test_the_coordinator_takes_the_other_steps_with_a_reason(client_of, coordinator):
    proposal, address = under_review(), None
    address = page_of(proposal, "step")
    browser = client_of(coordinator)
    empty = browser.post(address, {"action": "put_on_desk", "note": " "})
    assert empty.status_code == 422
    assert browser.post(address, {"action": "agree"}).headers["Location"] == page_of(proposal)
    browser.post(address, {"action": "put_on_desk", "note": "Dibahas langsung di rapat"})
    proposal.refresh_from_db()
    assert (proposal.status, proposal.unscored_reason) == (
        Status.AT_DESK,
        "Dibahas langsung di rapat",
    )


def test_the_coordinator_resumes_and_defers(client_of, coordinator):
    proposal = make_proposal(status=Status.RETURNED)
    browser, address = client_of(coordinator), page_of(proposal, "step")
    browser.post(address, {"action": "resume", "note": "Dijelaskan lewat telepon"})
    proposal.refresh_from_db()
    assert proposal.status == Status.UNDER_REVIEW
    reason = lists.reason(ReasonFor.DEFER)
    assert browser.post(address, {"action": "defer"}).status_code == 422
    browser.post(address, {"action": "defer", "reason": reason.pk, "note": "Tahun depan"})
    proposal.refresh_from_db()
    assert (proposal.status, proposal.result_reason) == (Status.DEFERRED, reason)
    assert proposal.decisions.get().recorded_by == coordinator


def test_an_act_asked_with_get_leads_to_the_page(client_of, reviewer):
    proposal = under_review()
    for name in ("score", "gates", "comment", "step", "give_back"):
        response = client_of(reviewer).get(page_of(proposal, name) + "?tampilan=tugas")
        assert response.headers["Location"] == page_of(proposal) + "?tampilan=tugas"


def test_a_due_day_in_the_past_is_told_at_its_field(client_of, gate_checker):
    proposal = make_proposal(status=Status.SENT)
    over = timezone.localdate() - timedelta(days=1)
    data = {"points-TOTAL_FORMS": 1, "points-INITIAL_FORMS": 0}
    data |= {"points-0-field": "title", "points-0-what": "Jelaskan", "points-0-due_on": over}
    response = client_of(gate_checker).post(page_of(proposal, "give_back"), data)
    assert response.context["points"].forms[0].errors == {
        "due_on": ["Hari ini sudah lewat: pilih hari sesudahnya."]
    }
    assert Proposal.objects.get().status == Status.SENT
