"""Leaving the office: handed over, sent, taken back, withdrawn; asked once more, done once."""

import pytest
from django.urls import reverse
from django.utils import timezone

from proposals.enums import Status
from proposals.models import OfficeYear, Proposal, Version
from tests.builders import current_year, make_proposal
from tests.filing.pages import save

pytestmark = pytest.mark.django_db


def step(client, proposal, action, **data):
    return client.post(reverse("filing:act", args=[proposal.pk, action]), data)


def status_of(proposal):
    return Proposal.objects.get(pk=proposal.pk).status


def close(year):
    year.opens_at, year.closes_at = (timezone.now() - timezone.timedelta(days=d) for d in (3, 1))
    year.save()


def test_from_draft_to_receipt_by_two_people(client_of, officer, head):
    draft = make_proposal(title="Rumah produksi mocaf")
    page = client_of(officer).get(f"/usulan/{draft.pk}/langkah/hand_to_head/")
    assert "Inilah yang akan dilihat dan dikirim kepala dinas." in page.content.decode()
    handed = step(client_of(officer), draft, "hand_to_head")
    assert (handed.url, status_of(draft)) == (f"/usulan/{draft.pk}/", Status.AWAITING_HEAD)
    page = client_of(head).get(f"/usulan/{draft.pk}/langkah/send/").content.decode()
    assert "Pelaku IKM terlatih, 50 orang" in page
    sent = step(client_of(head), draft, "send")
    assert sent.url == f"/usulan/{draft.pk}/tanda-terima/"
    receipt = client_of(head).get(sent.url).content.decode()
    version = Version.objects.get()
    assert "RT22-6301-01" in receipt
    assert version.sha256 in receipt
    assert f"{timezone.localtime(version.sent_at):%H.%M}\u00a0WITA" in receipt


def test_sending_twice_gives_one_number_and_leads_to_the_receipt(client_of, head):
    draft = make_proposal()
    first, second = (step(client_of(head), draft, "send") for _click in range(2))
    assert first.url == second.url == f"/usulan/{draft.pk}/tanda-terima/"
    assert Version.objects.count() == 1
    assert OfficeYear.objects.get().last_number == 1


def test_handing_over_twice_is_no_error(client_of, officer):
    draft = make_proposal()
    first, second = (step(client_of(officer), draft, "hand_to_head") for _click in range(2))
    assert first.url == second.url == f"/usulan/{draft.pk}/"
    assert status_of(draft) == Status.AWAITING_HEAD


def test_what_is_missing_is_told_and_nothing_is_sent(client_of, head):
    draft = make_proposal(is_bare=True, title="Belum lengkap")
    response = step(client_of(head), draft, "send")
    page = response.content.decode()
    assert (response.status_code, status_of(draft)) == (422, Status.DRAFT)
    assert "Sebutkan sedikitnya satu kecamatan" in page
    assert "Belum dilakukan. Isian Anda tetap tersimpan." in page
    assert "Belum tersimpan" not in page
    assert client_of(head).get(f"/usulan/{draft.pk}/tanda-terima/").status_code == 404


def test_after_closing_nothing_is_sent(client_of, head):
    draft = make_proposal()
    close(draft.year)
    page = client_of(head).get(f"/usulan/{draft.pk}/langkah/send/").content.decode()
    assert "Pengiriman sedang ditutup. Draf tetap dapat disimpan." in page
    assert (step(client_of(head), draft, "send").status_code, status_of(draft)) == (422, "draft")


def test_an_extension_of_one_office_opens_its_sending_alone(client_of, head, other_head):
    drafts = [make_proposal(head.office), make_proposal(other_head.office)]
    close(current_year())
    OfficeYear.objects.filter(office=head.office).update(
        extended_until=timezone.now() + timezone.timedelta(days=1), extension_reason="Banjir"
    )
    step(client_of(head), drafts[0], "send")
    step(client_of(other_head), drafts[1], "send")
    assert [status_of(draft) for draft in drafts] == [Status.SENT, Status.DRAFT]


def test_an_officer_takes_back_what_the_head_has_not_sent(client_of, officer):
    waiting = make_proposal(status=Status.AWAITING_HEAD)
    step(client_of(officer), waiting, "take_back")
    assert status_of(waiting) == Status.DRAFT


def test_withdrawing_wants_a_reason_and_keeps_it(client_of, head, officer):
    sent = make_proposal(status=Status.SENT)
    assert step(client_of(head), sent, "withdraw", note=" ").status_code == 422
    assert step(client_of(head), sent, "withdraw", note="Pindah tahun").status_code == 302
    page = client_of(officer).get(f"/usulan/{sent.pk}/").content.decode()
    assert (status_of(sent), "Ditarik: Pindah tahun" in page) == (Status.WITHDRAWN, True)


def test_an_officer_cannot_send_unless_the_office_allows_it(client_of, officer):
    draft = make_proposal()
    assert (step(client_of(officer), draft, "send").status_code, status_of(draft)) == (422, "draft")
    draft.office.officers_may_send = True
    draft.office.save()
    step(client_of(officer), draft, "send")
    assert status_of(draft) == Status.SENT


def test_a_role_changed_meanwhile_changes_what_is_possible(client_of, head):
    draft = make_proposal()
    visitor = client_of(head)
    visitor.get(f"/usulan/{draft.pk}/langkah/send/")
    head.role = "officer"
    head.save()
    response = step(visitor, draft, "send")
    assert (response.status_code, status_of(draft)) == (422, Status.DRAFT)
    assert "Di kantor Anda hanya kepala dinas yang mengirim" in response.content.decode()


def test_a_person_moved_to_another_office_finds_nothing_of_the_old_one(
    client_of, officer, other_office
):
    draft = make_proposal()
    visitor = client_of(officer)
    officer.office = other_office
    officer.save()
    assert visitor.get(f"/usulan/{draft.pk}/").status_code == 404
    assert step(visitor, draft, "hand_to_head").status_code == 404


@pytest.mark.parametrize("action", ["agree", "merge", "reject", "nonsense"])
def test_acts_of_other_rooms_are_not_found_here(client_of, head, action):
    draft = make_proposal()
    assert step(client_of(head), draft, action).status_code == 404


def test_another_offices_proposal_is_not_found(client_of, other_head, reviewer):
    sent = make_proposal(status=Status.SENT)
    for stranger in (other_head, reviewer):
        assert step(client_of(stranger), sent, "take_back").status_code == 404


def test_a_returned_proposal_is_answered_mended_and_sent_again(client_of, officer, head):
    returned = make_proposal(status=Status.RETURNED)
    point = returned.return_points.get()
    visitor = client_of(officer)
    refused = step(visitor, returned, "hand_to_head")
    assert "Jawab dahulu setiap butir perbaikan." in refused.content.decode()
    save(visitor, returned, background="60 dari 120 perajin", **{f"point-{point.pk}-text": "Sudah"})
    step(visitor, returned, "hand_to_head")
    sent = step(client_of(head), returned, "send")
    receipt = client_of(head).get(sent.url).content.decode()
    point.refresh_from_db()
    assert (point.answer, point.answered_by, status_of(returned)) == ("Sudah", officer, "sent")
    assert "versi 2" in receipt
