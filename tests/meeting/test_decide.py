"""One proposal at the desk: each result with its exact outcome, once however often pressed."""

import pytest
from django.urls import reverse

from proposals.enums import DecisionResult, ReasonFor, RegencyWord, Role, Status
from proposals.models import Decision
from tests import cast, lists
from tests.builders import make_ceiling, make_proposal, set_state

pytestmark = pytest.mark.django_db


def address(proposal):
    return reverse("meeting:decide", args=[proposal.pk])


def at_desk(**fields):
    return make_proposal(status=Status.AT_DESK, **({"recommended_rp": 200_000_000} | fields))


def said(action, after=0, **fields):
    """Return a decision as its form sends it: decided by the head, the regency not asked."""
    head = cast.person(Role.PROVINCE_HEAD)
    return {"action": action, "after": after, "do": "decide", "decided_by": head.pk} | fields


def outcome(proposal):
    proposal.refresh_from_db()
    return (proposal.status, proposal.agreed_rp, proposal.is_changed)


def test_agreeing_takes_the_asked_amount(client_of, province_head):
    proposal = at_desk()
    response = client_of(province_head).post(address(proposal), said("agree"))
    assert response.headers["Location"] == reverse("meeting:agenda")
    assert outcome(proposal) == (Status.AGREED, 250_000_000, False)
    decision = Decision.objects.get()
    told = (decision.requested_rp, decision.recommended_rp, decision.agreed_rp, decision.result)
    assert told == (250_000_000, 200_000_000, 250_000_000, DecisionResult.AGREED)


def test_agreeing_with_changes_needs_amount_and_reason(client_of, province_head):
    proposal, browser = at_desk(), client_of(province_head)
    lists.reason(ReasonFor.REFUSAL)
    response = browser.post(address(proposal), said("agree_changed", agreed_rp=""))
    assert (response.status_code, response.context["form"].errors) == (
        422,
        {
            "reason": ["Pilih alasan yang sesuai dengan hasilnya."],
            "agreed_rp": ["Isi nilai yang disepakati."],
        },
    )
    change = lists.reason(ReasonFor.CHANGE)
    words = {"agreed_rp": "180 juta", "reason": change.pk, "note": "Mesin satu saja"}
    browser.post(address(proposal), said("agree_changed", **words))
    assert outcome(proposal) == (Status.AGREED, 180_000_000, True)
    assert (proposal.result_reason, proposal.result_note) == (change, "Mesin satu saja")


@pytest.mark.parametrize(
    ("action", "reason_for", "status"),
    [
        ("redirect", ReasonFor.REDIRECT, Status.REDIRECTED),
        ("defer", ReasonFor.DEFER, Status.DEFERRED),
        ("reject", ReasonFor.REFUSAL, Status.REJECTED),
    ],
)
def test_other_results_need_their_reason(client_of, coordinator, action, reason_for, status):
    proposal, browser = at_desk(), client_of(coordinator)
    assert browser.post(address(proposal), said(action)).status_code == 422
    reason = lists.reason(reason_for)
    browser.post(address(proposal), said(action, reason=reason.pk))
    assert outcome(proposal) == (status, None, False)
    assert proposal.result_reason == reason


def test_a_deputy_records_what_the_head_decides(client_of, coordinator, province_head):
    proposal = at_desk()
    words = {"regency_word": "objects", "regency_note": "Meminta nilai penuh", "note": "Dibahas"}
    client_of(coordinator).post(address(proposal), said("agree", **words))
    decision = Decision.objects.get()
    assert (decision.decided_by, decision.recorded_by) == (province_head, coordinator)
    told = (decision.regency_word, decision.regency_note, decision.note)
    assert told == (RegencyWord.OBJECTS, "Meminta nilai penuh", "Dibahas")


def test_an_objection_says_to_what_and_nobody_else_is_named_decider(client_of, coordinator, admin):
    data = said("agree", regency_word="objects", decided_by=admin.pk)
    form = client_of(coordinator).post(address(at_desk()), data).context["form"]
    assert sorted(form.errors) == ["decided_by", "regency_note"]
    assert Decision.objects.count() == 0


def test_missing_papers_are_named_in_the_condition(client_of, province_head):
    proposal = at_desk()
    for name in ("DED", "Bukti lahan"):
        lists.document(name.lower().replace(" ", "_"), name_id=name)
    browser = client_of(province_head)
    assert "Bukti lahan, DED" in browser.get(address(proposal)).content.decode()
    browser.post(address(proposal), said("agree", on_condition="on", note="Tahap satu."))
    proposal.refresh_from_db()
    assert proposal.result_note == (
        "Tahap satu. Dengan syarat dokumen berikut menyusul: Bukti lahan, DED."
    )


def test_the_ceiling_refuses_a_request_until_a_reason_stands(client_of, province_head):
    make_ceiling(240_000_000)
    proposal, browser = at_desk(), client_of(province_head)
    response = browser.post(address(proposal), said("agree"))
    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "Pagu Apbd prov akan terlampaui: turunkan nilainya atau tulis alasannya."
    ]
    assert 'name="override_reason"' in response.content.decode()
    browser.post(address(proposal), said("agree", override_reason="Ditutup perubahan APBD"))
    assert outcome(proposal) == (Status.AGREED, 250_000_000, False)
    assert Decision.objects.get().override_reason == "Ditutup perubahan APBD"


def test_counting_shows_the_ceiling_as_it_would_stand_and_decides_nothing(client_of, province_head):
    make_ceiling(600_000_000)
    make_proposal(status=Status.AGREED, agreed_rp=400_000_000, requested_rp=400_000_000)
    proposal, browser = at_desk(), client_of(province_head)
    room = browser.get(address(proposal)).context["rooms"][0]
    assert (room.agreed_rp, room.left_after_rp, room.is_passed) == (400_000_000, 0, False)
    data = said("agree_changed", agreed_rp="200.000.001") | {"do": "count"}
    part = browser.post(address(proposal), data, headers={"HX-Request": "true"})
    assert part.content.decode().split("<section", 1)[1].startswith(' id="rooms"')
    assert part.context["rooms"][0].left_after_rp == -1
    page = browser.post(address(proposal), data)
    assert (page.status_code, page.context["is_passed"]) == (200, True)
    assert 'value="200.000.001"' in page.content.decode()
    assert outcome(proposal) == (Status.AT_DESK, None, False)


def test_without_a_ceiling_no_limit_applies_and_the_page_says_so(client_of, province_head):
    page = client_of(province_head).get(address(at_desk())).content.decode()
    assert "Belum ada pagu untuk sumber dana ini: tidak ada batas." in page


def test_the_same_decision_twice_is_kept_once(client_of, province_head):
    proposal, browser = at_desk(), client_of(province_head)
    for _twice in range(2):
        response = browser.post(address(proposal), said("agree", note="Sepakat"))
        assert response.status_code == 302
    assert Decision.objects.count() == 1


def test_a_decision_made_meanwhile_is_never_overwritten(client_of, province_head, coordinator):
    proposal = at_desk()
    client_of(coordinator).post(address(proposal), said("agree"))
    reason = lists.reason(ReasonFor.REFUSAL)
    data = said("reject", reason=reason.pk, note="Tidak cocok")
    response = client_of(province_head).post(address(proposal), data)
    assert response.status_code == 409
    [told] = response.context["form"].non_field_errors()
    assert told.startswith("Muhammad Noor sudah memutuskan sementara itu (")
    assert "Tidak cocok" in response.content.decode()
    assert outcome(proposal) == (Status.AGREED, 250_000_000, False)


def test_reopening_needs_a_reason_and_keeps_the_old_decision(client_of, province_head):
    proposal, browser = make_proposal(status=Status.AGREED), client_of(province_head)
    first = proposal.decisions.get()
    assert browser.get(address(proposal)).context["is_reopening"] is True
    assert browser.post(address(proposal), said("reopen", first.pk)).status_code == 422
    response = browser.post(address(proposal), said("reopen", first.pk, note="Salah hitung"))
    assert response.headers["Location"] == address(proposal)
    assert outcome(proposal) == (Status.AT_DESK, None, False)
    results = list(proposal.decisions.values_list("result", flat=True))
    assert results == ["reopened", "agreed"]
    reopened = proposal.decisions.first()
    browser.post(address(proposal), said("agree", reopened.pk))
    assert outcome(proposal) == (Status.AGREED, 250_000_000, False)
    assert proposal.decisions.count() == 3


def test_after_signing_nothing_is_decided(client_of, province_head):
    proposal = at_desk()
    set_state(proposal.year, "signed")
    response = client_of(province_head).post(address(proposal), said("agree"))
    assert response.context["form"].non_field_errors() == [
        "Berita acara sudah ditandatangani: perubahan sekarang memerlukan adendum."
    ]
    assert outcome(proposal) == (Status.AT_DESK, None, False)


def test_the_desk_leads_on_to_the_next_of_the_regency(client_of, province_head, other_office):
    first, second, other = at_desk(), at_desk(), at_desk(office=other_office)
    browser = client_of(province_head)
    response = browser.post(address(first), said("agree"))
    assert response.headers["Location"] == address(second)
    response = browser.post(address(second), said("agree"))
    assert response.headers["Location"] == reverse("meeting:agenda")
    assert outcome(other)[0] == Status.AT_DESK


@pytest.mark.parametrize(
    "typed", ["", "-1", "seratus juta", "1.234,5", "9" * 19, "1e9", "0x10", "\u0661\u0662"]
)
def test_an_amount_that_is_none_decides_nothing(client_of, province_head, typed):
    proposal, change = at_desk(), lists.reason(ReasonFor.CHANGE)
    data = said("agree_changed", agreed_rp=typed, reason=change.pk, note="Catatan")
    response = client_of(province_head).post(address(proposal), data)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["agreed_rp"])
    assert response.context["form"]["note"].value() == "Catatan"
    assert Decision.objects.count() == 0


def test_agreeing_to_nothing_is_an_amount_too(client_of, province_head):
    proposal, change = at_desk(), lists.reason(ReasonFor.CHANGE)
    data = said("agree_changed", agreed_rp="0", reason=change.pk)
    client_of(province_head).post(address(proposal), data)
    assert outcome(proposal) == (Status.AGREED, 0, True)
