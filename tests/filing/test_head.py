"""The head's room: everything of the office, approved, ordered, given back, sent in one act."""

import pytest
from django.urls import reverse
from django.utils import timezone

from proposals.enums import Status
from proposals.filing import actions
from proposals.filing.views import heading
from proposals.models import Comment, OfficeNote, OfficeYear, Proposal, Version
from proposals.refused import Refused
from tests.builders import current_year, make_proposal
from tests.filing.pages import save

pytestmark = pytest.mark.django_db


def status_of(proposal):
    return Proposal.objects.get(pk=proposal.pk).status


def approval_of(proposal):
    return Proposal.objects.get(pk=proposal.pk).approved_by


def waiting(rank=None, **fields):
    return make_proposal(status=Status.AWAITING_HEAD, own_rank=rank, **fields)


def sent_by(client, *proposals):
    return client.post(
        reverse("filing:send_complete"), {"usulan": [one.pk for one in proposals]}, follow=True
    )


def told(response):
    return (
        [line.proposal.number for line in response.context["sent"]],
        [(line.proposal.title, line.hindrances) for line in response.context["left"]],
    )


def test_the_head_sees_every_proposal_with_what_it_lacks(client_of, head, officer):
    whole = waiting(1, title="Lengkap")
    lame = make_proposal(is_bare=True, own_rank=2, title="Kurang")
    sent = make_proposal(status=Status.SENT, own_rank=3, title="Sudah")
    make_proposal(status=Status.WITHDRAWN)
    page = client_of(head).get(reverse("filing:head"))
    lines = page.context["lines"]
    assert [line.proposal for line in lines] == [whole, lame, sent]
    assert [line.is_complete for line in lines] == [True, False, False]
    assert [line.may_go for line in lines] == [True, False, False]
    assert lines[1].lacks[0] == "Isi: Jenis kegiatan."
    assert "1 lengkap, BELUM DIKIRIM" in page.content.decode()
    assert client_of(officer).get(reverse("filing:head")).status_code == 404


@pytest.mark.parametrize("n_rows", [1, 30])
def test_the_head_room_costs_the_same_for_any_number(
    client_of, head, n_rows, django_assert_num_queries
):
    make_proposal(status=Status.SENT)
    for rank in range(1, n_rows + 1):
        make_proposal(status=(Status.SENT, Status.AWAITING_HEAD)[rank % 2], own_rank=rank)
    visitor = client_of(head)
    visitor.get(reverse("filing:head"))
    for name, n in (("head", 8), ("send_complete", 7), ("receipts", 7)):
        with django_assert_num_queries(n):
            assert visitor.get(reverse(f"filing:{name}")).status_code == 200


def test_a_large_office_is_paged_and_its_order_is_fixed_whole(client_of, head, monkeypatch):
    monkeypatch.setattr(heading, "PER_PAGE", 2)
    made = [make_proposal(own_rank=rank) for rank in (1, 2)]
    made += [make_proposal(own_rank=3, is_bare=True), waiting(4), make_proposal()]
    visitor, address = client_of(head), reverse("filing:head")
    first = visitor.get(address)
    pages = [first, *(visitor.get(f"{address}?page={n}") for n in (2, 3))]
    assert [[line.proposal for line in one.context["lines"]] for one in pages] == [
        made[:2],
        made[2:4],
        made[4:],
    ]
    assert {(one.context["n_unsent"], one.context["n_ready"]) for one in pages} == {(4, 4)}
    assert {one.context["order"] for one in pages} == {",".join(str(one.pk) for one in made)}
    visitor.post(reverse("filing:order"), {"urutan": first.context["order"]})
    assert [Proposal.objects.get(pk=one.pk).own_rank for one in made] == [1, 2, 3, 4, 5]


def test_a_draft_is_approved_and_a_change_takes_the_approval_back(client_of, head, officer):
    draft = make_proposal()
    client_of(head).post(reverse("filing:approve", args=[draft.pk]))
    assert approval_of(draft) == head
    save(client_of(officer), draft, background="Alasan yang lain sama sekali")
    assert approval_of(draft) is None
    client_of(head).post(reverse("filing:approve", args=[draft.pk]))
    draft.outputs.all().delete()
    assert approval_of(draft) is None
    shown = client_of(head).post(reverse("filing:approve", args=[draft.pk]), follow=True)
    assert approval_of(draft) is None
    assert "Sebutkan sedikitnya satu keluaran" in shown.content.decode()


def test_an_approval_is_taken_back_by_hand_and_by_taking_back(client_of, head, officer):
    ready = waiting()
    visitor = client_of(head)
    visitor.post(reverse("filing:approve", args=[ready.pk]))
    visitor.post(reverse("filing:approve", args=[ready.pk]), {"batal": "1"})
    assert approval_of(ready) is None
    visitor.post(reverse("filing:approve", args=[ready.pk]))
    client_of(officer).post(reverse("filing:act", args=[ready.pk, "take_back"]))
    assert (status_of(ready), approval_of(ready)) == (Status.DRAFT, None)


def test_only_the_own_head_approves_and_only_what_has_not_left(
    client_of, officer, head, other_head
):
    draft, sent = make_proposal(), make_proposal(status=Status.SENT)
    for stranger in (officer, other_head):
        answer = client_of(stranger).post(reverse("filing:approve", args=[draft.pk]))
        assert answer.status_code == 404
        with pytest.raises(Refused):
            actions.approve(proposal=draft, by=stranger)
    with pytest.raises(Refused, match="sudah keluar dari kantor"):
        actions.approve(proposal=sent, by=head)


def test_the_head_who_sends_approves_thereby(client_of, head):
    draft = make_proposal()
    sent_by(client_of(head), draft)
    assert (status_of(draft), approval_of(draft)) == (Status.SENT, head)


def test_the_head_of_the_province_has_the_same_room(client_of, province_head, province_office):
    draft = make_proposal(province_office, own_rank=1)
    visitor = client_of(province_head)
    page = visitor.get(reverse("filing:head"))
    assert [line.proposal for line in page.context["lines"]] == [draft]
    visitor.post(reverse("filing:approve", args=[draft.pk]))
    assert told(sent_by(visitor, draft)) == (["RT22-6300-01"], [])


def test_the_order_is_fixed_as_it_was_seen_and_opened_again(client_of, head, officer):
    first, second = make_proposal(own_rank=1), make_proposal()
    visitor, address = client_of(head), reverse("filing:order")
    visitor.post(address, {"urutan": f"{first.pk}"})
    assert OfficeYear.objects.get().order_fixed_by is None
    visitor.post(address, {"urutan": f"{second.pk},{first.pk}"})
    ranks = dict(Proposal.objects.values_list("pk", "own_rank"))
    assert (ranks, OfficeYear.objects.get().order_fixed_by) == ({second.pk: 1, first.pk: 2}, head)
    for who in (officer, head):
        with pytest.raises(Refused, match="Kepala dinas sudah menetapkan urutan"):
            actions.set_order(year=first.year, by=who, proposal_ids=[first.pk, second.pk])
    assert 'name="naik"' not in client_of(officer).get("/usulan/").content.decode()
    assert client_of(officer).post(address, {"buka": "1"}).status_code == 404
    visitor.post(address, {"buka": "1"})
    actions.set_order(year=first.year, by=officer, proposal_ids=[first.pk, second.pk])
    first.refresh_from_db()
    assert first.own_rank == 1


def test_a_fixed_order_lets_sending_and_withdrawing_through(client_of, head):
    first, second = waiting(1), waiting(2)
    ids = [first.pk, second.pk]
    actions.fix_order(year=current_year(), by=head, proposal_ids=ids)
    sent_by(client_of(head), first)
    act = reverse("filing:act", args=[second.pk, "withdraw"])
    client_of(head).post(act, {"note": "Pindah tahun"})
    assert [status_of(one) for one in (first, second)] == [Status.SENT, Status.WITHDRAWN]


def test_the_head_gives_back_with_a_note_that_stays_inside(
    client_of, officer, head, gate_checker, other_head
):
    ready = waiting()
    address = reverse("filing:give_back", args=[ready.pk])
    assert [client_of(who).get(address).status_code for who in (officer, other_head)] == [404, 404]
    assert client_of(head).post(address, {"note": ""}).status_code == 422
    assert client_of(head).post(address, {"note": "Turunkan nilainya"}).status_code == 302
    assert (status_of(ready), OfficeNote.objects.get().text) == ("draft", "Turunkan nilainya")
    assert Comment.objects.count() == 0
    assert client_of(head).post(address, {"note": "Lagi"}).status_code == 302
    assert OfficeNote.objects.count() == 1
    note = "Turunkan nilainya"
    assert note in client_of(officer).get(f"/usulan/{ready.pk}/").content.decode()
    home = client_of(officer).get("/").content.decode()
    assert f"Dikembalikan kepala dinas: {note}" in home
    sent_by(client_of(head), ready)
    for address in (f"/usulan/{ready.pk}/", f"/telaah/{ready.pk}/", f"/usulan/{ready.pk}/riwayat/"):
        assert note not in client_of(gate_checker).get(address).content.decode()


def test_what_was_approved_is_given_back_too(client_of, head, officer):
    draft = make_proposal()
    with pytest.raises(Refused):
        actions.give_back(proposal=draft, by=head, note="Tunggu")
    actions.approve(proposal=draft, by=head)
    client_of(head).post(reverse("filing:give_back", args=[draft.pk]), {"note": "Tunggu dulu"})
    assert (approval_of(draft), OfficeNote.objects.get().author) == (None, head)


def test_all_that_are_complete_go_in_one_previewed_act(client_of, head):
    whole, approved, still = waiting(1), make_proposal(own_rank=2), make_proposal(own_rank=3)
    lame = make_proposal(is_bare=True, own_rank=4, title="Kurang")
    visitor = client_of(head)
    actions.approve(proposal=approved, by=head)
    preview = visitor.get(reverse("filing:send_complete"))
    going = [(line.proposal, line.is_expected) for line in preview.context["going"]]
    assert going == [(whole, True), (approved, True), (still, False)]
    assert [line.proposal for line in preview.context["staying"]] == [lame]
    assert Version.objects.count() == 0
    assert visitor.post(reverse("filing:send_complete")).status_code == 422
    assert told(sent_by(visitor, whole, approved)) == (["RT22-6301-01", "RT22-6301-02"], [])
    assert status_of(still) == Status.DRAFT


def test_one_that_cannot_go_holds_up_no_other_and_says_why(client_of, head):
    whole, lame = waiting(1), waiting(2, title="Tanpa hasil")
    Proposal.objects.filter(pk=lame.pk).update(status=Status.DRAFT)
    lame.outputs.all().delete()
    numbers, left = told(sent_by(client_of(head), whole, lame))
    assert numbers == ["RT22-6301-01"]
    assert [title for title, _reasons in left] == ["Tanpa hasil"]
    assert left[0][1][0].startswith("Sebutkan sedikitnya satu keluaran")
    assert [status_of(one) for one in (whole, lame)] == [Status.SENT, Status.DRAFT]


def test_sending_all_twice_sends_once_and_shows_the_same_receipt(client_of, head):
    rows = waiting(1), waiting(2)
    first, second = (told(sent_by(client_of(head), *rows)) for _press in range(2))
    assert first == second == (["RT22-6301-01", "RT22-6301-02"], [])
    assert (Version.objects.count(), OfficeYear.objects.get().last_number) == (2, 2)


def test_two_presses_at_one_moment_count_as_sent(head):
    ready = waiting()
    results = actions.send_all(proposals=[ready, ready], by=head)
    assert [(one.proposal.number, one.reasons) for one in results] == [("RT22-6301-01", ())] * 2


def test_a_proposal_of_another_office_never_goes_along(client_of, head, other_head):
    foreign = make_proposal(other_head.office, Status.AWAITING_HEAD)
    answer = client_of(head).post(reverse("filing:send_complete"), {"usulan": [foreign.pk]})
    assert (answer.status_code, status_of(foreign)) == (422, Status.AWAITING_HEAD)
    assert "Pilih sedikitnya satu usulan." in answer.content.decode()


def test_the_receipt_names_number_time_and_checksum_on_screen_and_on_paper(
    client_of, head, officer
):
    rows = waiting(1), waiting(2)
    shown = sent_by(client_of(head), *rows)
    printed = client_of(officer).get(
        reverse("filing:receipts"), {"usulan": [rows[0].pk, rows[1].pk], "cetak": 1}
    )
    for version in Version.objects.all():
        moment = f"{timezone.localtime(version.sent_at):%H.%M}\u00a0WITA"
        for page in (shown.content.decode(), printed.content.decode()):
            found = [word in page for word in (version.sha256, version.proposal.number, moment)]
            assert found == [True, True, True]
    assert "DRAF" not in printed.content.decode()


def test_after_closing_the_preview_says_so_and_nothing_goes(client_of, head):
    ready = waiting()
    year = ready.year
    year.closes_at = timezone.now() - timezone.timedelta(hours=1)
    year.save()
    page = client_of(head).get(reverse("filing:send_complete"))
    assert "Pengiriman sedang ditutup" in page.content.decode()
    assert page.context["going"] == []
    numbers, left = told(sent_by(client_of(head), ready))
    assert (numbers, left[0][1]) == ([], ("Pengiriman sedang ditutup. Draf tetap dapat disimpan.",))


def test_days_and_hours_are_told_with_the_extension(client_of, head):
    ready = waiting()
    year = ready.year
    year.closes_at = timezone.now() - timezone.timedelta(hours=1)
    year.save()
    until = timezone.now() + timezone.timedelta(days=2, hours=5, minutes=30)
    OfficeYear.objects.update(extended_until=until, extension_reason="Banjir")
    for address in ("/", reverse("filing:head"), "/usulan/"):
        page = client_of(head).get(address).content.decode()
        assert "2 hari 5 jam sampai penutupan." in page
